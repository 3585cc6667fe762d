/** The system's choosers for files and for a folder. @module */

/** @import { Place } from './gathering.js' */
import { h } from '../dom.js';
import { placeOfHandle } from './places.js';

/**
 * @typedef {object} Choosers
 * @property {() => void} choose
 * @property {() => void} chooseFolder
 * @property {boolean} hasFolders whether this browser can choose a folder
 *
 * @typedef {(options: { id: string, mode: 'read', startIn: string }) => Promise<FileSystemDirectoryHandle>} Picker
 */

const ALWAYS = 'image/jpeg,image/png,image/webp,image/gif,image/bmp,image/tiff,image/avif';
/** By name as well: many systems know no type for them, and would grey them out. */
const HEIC = 'image/heic,image/heif,.heic,.heif,.hif,.avif';

/**
 * @param {object} on
 * @param {(files: File[]) => void} on.onfiles
 * @param {(files: File[]) => void} on.onfolder all files of a folder, their paths in `webkitRelativePath`
 * @param {(folder: Place) => void} on.onplace a folder still to be walked
 * @returns {Choosers}
 */
export function choosers({ onfiles, onfolder, onplace }) {
  const files = input(onfiles);
  files.id = 'file';
  files.multiple = true;
  // Asked for anything but HEIC, Apple's phones and tablets hand over a JPEG that they make of it themselves.
  files.accept = isAppleMobile() ? ALWAYS : `${ALWAYS},${HEIC}`;
  const folder = input(onfolder);
  folder.id = 'folder-files';
  folder.webkitdirectory = true;

  // The better way, where there is one: the other asks if all files of the folder may be "uploaded".
  const system = /** @type {{ showDirectoryPicker?: Picker }} */ (/** @type {unknown} */ (globalThis));
  const chooseFolder = async () => {
    if (!system.showDirectoryPicker) return folder.click();
    try {
      onplace(placeOfHandle(await system.showDirectoryPicker({ id: 'photos', mode: 'read', startIn: 'pictures' })));
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      if (!cancelled) folder.click(); // in a frame of another site it is not allowed
    }
  };
  const hasFolders = 'showDirectoryPicker' in system || ('webkitdirectory' in HTMLInputElement.prototype && !matchMedia('(hover: none)').matches);
  return { choose: () => files.click(), chooseFolder, hasFolders };
}

/** @param {(files: File[]) => void} onfiles */
function input(onfiles) {
  const element = h('input', { type: 'file', hidden: true });
  element.addEventListener('change', () => {
    const files = [...(element.files ?? [])];
    element.value = ''; // so that choosing the same again is a change too
    if (files.length > 0) onfiles(files);
  });
  document.body.append(element);
  return element;
}

/** An iPad calls itself a Mac, but has touch. */
function isAppleMobile() {
  return /iPhone|iPad/.test(navigator.userAgent)
    || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}
