/**
 * The page as it starts: its words, the ways photos come in. Small, so that it can be used at once; its dialogs come
 * next, and the tools when nothing else is to be done.
 *
 * @module
 */

import '../offline/refusals.js';
import { onLanguage, t } from '../words/words.js';
import { byId, setText } from './dom.js';
import { takeIn } from './intake/intake.js';
import { mountSamples } from './intake/samples.js';
import { renderInvitation } from './invitation.js';
import { applySettings } from './settings.js';

/** @import { About, Incoming } from './intake/gathering.js' */
/** @import { DialogButton } from './dialogs.js' */

/** @typedef {typeof import('./workbench.js')} Workbench */

/** Some browsers never say that they are idle. */
const IDLE_MS = 1000;

/** @type {Workbench | null} */
let bench = null;

const beside = kept(async () => {
  const { start, nothing, remarks } = await import('./beside.js');
  return { dialogs: start(() => bench?.studioAtHand() ?? null), nothing, remarks };
});
/** The tools. */
const workbench = kept(async () => {
  const module = await import('./workbench.js');
  bench = module;
  module.start(intake.choose);
  return module;
});

const intake = takeIn({
  onfiles: receive,
  onnothing: async (about) => say((await beside()).nothing(about)),
  onlooking: (count) => say(t('intake.looking', { count })),
  onexpected: startEngine,
});

mountSamples(byId('samples', HTMLElement), (photos) => receive(photos, null));
listen();
onLanguage(render);
await applySettings();
render();
document.body.dataset.state ??= 'empty';
await firstFrame();
await beside().catch(console.error);
if ('requestIdleCallback' in globalThis) requestIdleCallback(() => { workbench().catch(console.error); });
else setTimeout(() => { workbench().catch(console.error); }, IDLE_MS);

/** What comes next must not delay it. Where nobody looks at the page there is none, and no need to wait long. */
function firstFrame() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, IDLE_MS);
  });
}

/**
 * What is fetched once; a failure is forgotten, so that the next one who needs it tries again.
 *
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>}
 */
function kept(load) {
  /** @type {Promise<T> | null} */
  let loading = null;
  return () => {
    loading ??= load();
    loading.catch(() => { loading = null; });
    return loading;
  };
}

/**
 * @param {Incoming[]} photos
 * @param {About | null} about what came in; null where there is nothing to be said of it
 */
async function receive(photos, about) {
  try {
    const { dialogs, remarks } = await beside();
    dialogs.closeAll();
    (await workbench()).receive(photos, about ? remarks(about) : []);
  } catch (error) {
    console.error(error);
    setText(byId('status', HTMLElement), `${t('error.asset-missing')} ${t('error.asset-missing.advice')}`);
  }
}

/** Use the time until a person has chosen a photo, or lets go of it. If that fails, the photo meets the same error. */
async function startEngine() {
  await workbench().catch(console.error); // in this order: the tools are what a person waits for
  const { preload } = await import('../gossamer.js');
  preload().catch(console.warn);
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
  for (const button of /** @type {DialogButton[]} */ (['about', 'privacy'])) {
    byId(button, HTMLButtonElement).addEventListener('click', () => {
      beside().then(({ dialogs }) => dialogs.open(button)).catch(console.error);
    });
  }
  // For the mouse alone, which expects a large target: the keyboard has the button inside.
  byId('drop', HTMLElement).addEventListener('click', ({ target }) => {
    const isEmpty = document.body.dataset.state === 'empty';
    if (isEmpty && !(target instanceof Element && target.closest('button'))) intake.choose();
  });
}
