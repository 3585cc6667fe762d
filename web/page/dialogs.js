/** The dialogs: what this is and how it went; privacy and offline use. @module */

import { hasThreads } from '../engine/capabilities.js';
import { onLanguage, t } from '../words/words.js';
import { byId, h } from './dom.js';
import { fillRows, timingRows } from './figures.js';
import { keyName, SHORTCUTS } from './keys.js';

/** @import { Studio } from './studio.js' */

/** @typedef {'about' | 'privacy'} DialogButton its id */

/**
 * @param {() => Studio | null} lastStudio
 * @returns {{ open: (button: DialogButton) => void, closeAll: () => void }}
 */
export function openableDialogs(lastStudio) {
  const tellOfRun = () => {
    const studio = lastStudio();
    byId('last-run', HTMLElement).hidden = studio === null;
    if (studio) fillRows(byId('timings', HTMLElement), timingRows(studio.draft, studio.loadedBytes));
  };
  const about = openable('details', tellOfRun);
  const privacy = openable('privacy-details', showPrivacy);
  byId('one-core', HTMLElement).hidden = hasThreads();
  onLanguage(() => {
    listShortcuts();
    tellOfRun(); // the language is chosen right beside it
  });
  listShortcuts();
  const dialogs = { about, privacy };
  return {
    open: (button) => dialogs[button].open(),
    closeAll: () => Object.values(dialogs).forEach(({ dialog }) => dialog.close()),
  };
}

/**
 * @param {string} id of the dialog
 * @param {() => void} onopen
 */
function openable(id, onopen) {
  const dialog = byId(id, HTMLDialogElement);
  dialog.querySelector('.close')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // the part outside its content: the page behind
  });
  const open = () => {
    if (dialog.open) return; // asked for twice before it could be
    onopen();
    dialog.showModal();
  };
  return { dialog, open };
}

/** @type {Promise<import('./privacy/panel.js').PrivacyPanel> | null} */
let privacyPanel = null;

/** The panel is fetched when it is first looked at. */
async function showPrivacy() {
  privacyPanel ??= import('./privacy/panel.js').then(({ mountPrivacy }) => (
    mountPrivacy(byId('privacy-panel', HTMLElement))
  ));
  try {
    (await privacyPanel).update();
  } catch (error) {
    console.error(error);
    privacyPanel = null; // the next look tries again
  }
}

function listShortcuts() {
  const rows = SHORTCUTS.flatMap(({ keys, word }) => [
    h('dt', {}, t(word)),
    h('dd', {}, ...keys.flatMap((key, index) => [index > 0 ? ' ' : '', h('kbd', { dir: 'ltr' }, keyName(key))])),
  ]);
  byId('shortcuts', HTMLElement).replaceChildren(...rows);
}
