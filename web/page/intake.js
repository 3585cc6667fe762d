/** The ways a photo comes in: chosen, dropped anywhere on the page, pasted. @module */

import { byId } from './dom.js';

/**
 * @typedef {object} Takers
 * @property {(file: File, count: number) => void} onphoto the first picture, and how many files there were
 * @property {(how: 'paste' | 'drop') => void} onnothing something came in that holds no file
 */

/**
 * Listen on the whole page.
 *
 * @param {Takers} takers
 * @returns {{ choose: () => void }} `choose` opens the system's file chooser
 */
export function takeIn(takers) {
  const input = byId('file', HTMLInputElement);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = ''; // so that choosing the same file again is a change too
    offer(files, takers, () => {});
  });
  listenForDrops(takers);
  document.addEventListener('paste', (event) => {
    offer([...(event.clipboardData?.files ?? [])], takers, () => takers.onnothing('paste'));
  });
  return { choose: () => input.click() };
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
    if (holdsFiles(event)) setDepth(depth + 1);
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
    offer([...(event.dataTransfer?.files ?? [])], takers, () => takers.onnothing('drop'));
  });
}

/**
 * A file that says it is no picture is still offered when there is no better one: the pipeline looks at its
 * bytes and explains what is wrong with it.
 *
 * @param {File[]} files
 * @param {Takers} takers
 * @param {() => void} onnone
 */
function offer(files, takers, onnone) {
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
  if (file) takers.onphoto(file, files.length);
  else onnone();
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
