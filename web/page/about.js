/** The dialog that says what this page does, what it saw in the last photo, and how long each step took. @module */

import { byId } from './dom.js';
import { bandRow, confidenceRow, loadedRow, networkRow, seenRow, timingRow } from './words.js';

/** @import { Cutout } from './state.js' */

/**
 * @param {() => Cutout | null} lastCutout
 * @returns {{ close: () => void, isOpen: () => boolean }}
 */
export function aboutDialog(lastCutout) {
  const dialog = byId('details', HTMLDialogElement);
  byId('one-core', HTMLElement).hidden = self.crossOriginIsolated;
  byId('about', HTMLButtonElement).addEventListener('click', () => {
    list(lastCutout());
    dialog.showModal();
  });
  byId('close-details', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // the part outside its content: the page behind
  });
  return { close: () => dialog.close(), isOpen: () => dialog.open };
}

/** @param {Cutout | null} cutout */
function list(cutout) {
  byId('last-run', HTMLElement).hidden = cutout === null;
  if (cutout === null) return;
  const { result: { model, confidence, bandWidth, timings, details }, loadedBytes } = cutout;
  const { networkWidth, networkHeight } = details;
  const rows = [];
  if (model !== null) rows.push(networkRow(model));
  if (networkWidth !== null && networkHeight !== null) rows.push(seenRow(networkWidth, networkHeight));
  if (confidence !== null) rows.push(confidenceRow(confidence));
  rows.push(bandRow(bandWidth), ...Object.entries(timings).map(([stage, ms]) => timingRow(stage, ms)));
  if (loadedBytes > 0) rows.push(loadedRow(loadedBytes));
  const cells = rows.flatMap(([name, value]) => [text('dt', name), text('dd', value)]);
  byId('timings', HTMLElement).replaceChildren(...cells);
}

/**
 * @param {'dt' | 'dd'} tag
 * @param {string} content
 */
function text(tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}
