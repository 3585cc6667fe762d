/**
 * The page as it starts: its words, the ways photos come in, its dialogs. Small, so that it can be used at once; the
 * tools come when nothing else is to be done.
 *
 * @module
 */

import { registerOffline } from '../offline/offline.js';
import { onLanguage, t } from '../words/words.js';
import { openableDialogs } from './dialogs.js';
import { byId, setText } from './dom.js';
import { takeIn } from './intake/intake.js';
import { nothing, remarks } from './intake/remarks.js';
import { mountSamples } from './intake/samples.js';
import { renderInvitation } from './invitation.js';
import { mountUpdateNotice } from './privacy/notice.js';
import { applySettings } from './settings.js';

/** @import { Incoming } from './intake/gathering.js' */

/** @typedef {typeof import('./workbench.js')} Workbench */

/** Some browsers never say that they are idle. */
const IDLE_MS = 1000;

/** @type {Workbench | null} */
let bench = null;
/** @type {Promise<Workbench> | null} */
let loading = null;

const dialogs = openableDialogs(() => bench?.studioAtHand() ?? null);
const intake = takeIn({
  onfiles: (photos, about) => receive(photos, remarks(about)),
  onnothing: (about) => say(nothing(about)),
  onlooking: (count) => say(t('intake.looking', { count })),
});

registerOffline();
mountUpdateNotice(byId('update', HTMLElement));
mountSamples(byId('samples', HTMLElement), (photos) => receive(photos, []));
listen();
onLanguage(render);
await applySettings();
render();
document.body.dataset.state ??= 'empty';
if ('requestIdleCallback' in globalThis) requestIdleCallback(() => { workbench().catch(console.error); });
else setTimeout(() => { workbench().catch(console.error); }, IDLE_MS);

/** The tools; a failure is forgotten, so that the next photo tries again. */
function workbench() {
  loading ??= import('./workbench.js').then((module) => {
    bench = module;
    module.start(intake.choose);
    return module;
  });
  loading.catch(() => { loading = null; });
  return loading;
}

/**
 * @param {Incoming[]} photos
 * @param {string[]} notices
 */
async function receive(photos, notices) {
  dialogs.closeAll();
  try {
    (await workbench()).receive(photos, notices);
  } catch (error) {
    console.error(error);
    setText(byId('status', HTMLElement), `${t('error.asset-missing')} ${t('error.asset-missing.advice')}`);
  }
}

/** @param {string} text */
async function say(text) {
  (await workbench()).note(text);
}

/** Until there are the tools, which say more. */
function render() {
  if (bench) return;
  renderInvitation();
  setText(byId('status', HTMLElement), t('page.ready'));
  setText(byId('facts', HTMLElement), t('page.formats'));
}

function listen() {
  byId('choose', HTMLButtonElement).addEventListener('click', intake.choose);
  const folder = byId('folder', HTMLButtonElement);
  folder.addEventListener('click', intake.chooseFolder);
  folder.hidden = !intake.hasFolders;
  // For the mouse alone, which expects a large target: the keyboard has the button inside.
  byId('drop', HTMLElement).addEventListener('click', ({ target }) => {
    const isEmpty = document.body.dataset.state === 'empty';
    if (isEmpty && !(target instanceof Element && target.closest('button'))) intake.choose();
  });
}
