/**
 * The ways photos come in: chosen, a folder of them, dropped anywhere on the page (folders as well), pasted, opened with
 * the installed app.
 *
 * @module
 */

/** @import { Choosers } from './chooser.js' */
/** @import { About, Incoming, Place } from './gathering.js' */
import { choosers } from './chooser.js';
import { filesIn, isForWriting } from './clipboard.js';
import { Gathering } from './gathering.js';
import { placeOfEntry } from './places.js';

/**
 * @typedef {object} Takers
 * @property {(photos: Incoming[], about: About) => void} onfiles at least one photo; `remarks` has words for what was
 *   left out
 * @property {(about: About) => void} onnothing something came in that holds no photo; `nothing` has words for it
 * @property {(photos: number) => void} [onlooking] a folder is being walked, and this is how many there are so far
 * @property {() => void} [onexpected] a photo is about to come: a chooser was opened, or files are held over the page
 *
 * @typedef {{ files: FileSystemFileHandle[] }} Launch
 * @typedef {{ setConsumer: (consumer: (launch: Launch) => void) => void }} LaunchQueue
 */

/** How often a walk through folders is heard of. */
const LOOKING_EVERY_MS = 250;

/**
 * Listen on the whole page.
 *
 * @param {Takers} takers
 * @returns {Choosers} to open the system's choosers
 */
export function takeIn(takers) {
  listenForDrops(takers);
  document.addEventListener('paste', (event) => {
    if (isForWriting(event)) return;
    offerFiles(new Gathering('paste'), filesIn(event.clipboardData), takers);
  });
  const queue = /** @type {{ launchQueue?: LaunchQueue }} */ (/** @type {unknown} */ (globalThis)).launchQueue;
  queue?.setConsumer(({ files }) => openLaunched(files, takers));
  const { choose, chooseFolder, hasFolders } = choosers({
    onfiles: (files) => offerFiles(new Gathering('choose'), files, takers),
    onfolder: (files) => offerFolderFiles(files, takers),
    onplace: (folder) => offerPlaces(new Gathering('folder'), [folder], takers),
  });
  /** @param {() => void} open */
  const expecting = (open) => () => {
    takers.onexpected?.();
    open();
  };
  return { choose: expecting(choose), chooseFolder: expecting(chooseFolder), hasFolders };
}

/** @param {Takers} takers */
function listenForDrops(takers) {
  // Every element under the pointer sends its own enter and leave: only a count tells when the page is left.
  let depth = 0;
  /** @param {number} next */
  const setDepth = (next) => {
    depth = Math.max(0, next);
    document.body.toggleAttribute('data-dragging', depth > 0);
  };
  document.addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return;
    if (depth === 0) takers.onexpected?.();
    setDepth(depth + 1);
  });
  document.addEventListener('dragleave', (event) => {
    if (holdsFiles(event)) setDepth(depth - 1);
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault(); // or the browser would open what is dropped
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    setDepth(0);
    takeDropped(event.dataTransfer, takers);
  });
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * @param {DataTransfer | null} data
 * @param {Takers} takers
 */
function takeDropped(data, takers) {
  const gathering = new Gathering('drop');
  // All at once: after the event, the items are gone.
  const entries = [...(data?.items ?? [])].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry?.() : null));
  const folders = entries.filter((entry) => entry?.isDirectory);
  if (folders.length === 0) {
    offerFiles(gathering, filesIn(data), takers);
    return;
  }
  // Folders are among the files too, as something that can't be read.
  const places = entries.flatMap((entry) => (entry ? [placeOfEntry(entry)] : []));
  offerPlaces(gathering, places, takers);
}

/**
 * @param {readonly FileSystemFileHandle[]} handles
 * @param {Takers} takers
 */
async function openLaunched(handles, takers) {
  if (handles.length === 0) return; // opened without a file
  const files = await Promise.all(handles.map((handle) => handle.getFile().catch(() => null)));
  offerFiles(new Gathering('open'), files.filter((file) => file !== null), takers);
}

/**
 * @param {Gathering} gathering
 * @param {File[]} files
 * @param {Takers} takers
 */
function offerFiles(gathering, files, takers) {
  for (const file of files) gathering.addFile(file);
  offer(gathering, takers);
}

/**
 * @param {File[]} files of a chosen folder
 * @param {Takers} takers
 */
function offerFolderFiles(files, takers) {
  const gathering = new Gathering('folder');
  for (const file of files) gathering.addFromFolder(file, file.webkitRelativePath.split('/').slice(1, -1));
  offer(gathering, takers);
}

/**
 * @param {Gathering} gathering
 * @param {Place[]} places
 * @param {Takers} takers
 */
async function offerPlaces(gathering, places, takers) {
  let last = performance.now();
  const onlooking = (/** @type {number} */ photos) => {
    if (performance.now() - last < LOOKING_EVERY_MS) return;
    last = performance.now();
    takers.onlooking?.(photos);
  };
  for (const place of places) await gathering.add(place, places.length === 1, onlooking);
  offer(gathering, takers);
}

/**
 * @param {Gathering} gathering
 * @param {Takers} takers
 */
function offer({ incoming, about }, takers) {
  if (incoming.length > 0) takers.onfiles(incoming, about);
  else takers.onnothing(about);
}
