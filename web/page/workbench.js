/**
 * What is done with photos: their background is removed, a person looks, repairs, finishes and saves. Fetched when the
 * page itself can be used, or with the first photo if that is sooner.
 *
 * @module
 */

import { t, onLanguage } from '../words/words.js';
import { Meter } from '../shared/meter.js';
import { byId } from './dom.js';
import { explained, toProblem } from './explain.js';
import { listenToKeys } from './keys.js';
import { Many } from './many.js';
import { FinishTools } from './panels/finish.js';
import { CHECKER, LookPanel, VIEWS } from './panels/look.js';
import { RepairPanel } from './panels/repair.js';
import { copy, fileName, save, SavePanel, share } from './panels/save.js';
import { Tabs } from './panels/tabs.js';
import { pictureSize } from './picture-size.js';
import { openWithStrokes, Studio } from './studio.js';
import { View } from './view.js';
import { BRUSH } from './viewer/brush.js';
import { Viewer } from './viewer/viewer.js';

/** @import { Draft } from '../gossamer.js' */
/** @import { Stroke } from '../engine/options.js' */
/** @import { Edit } from './edit.js' */
/** @import { Incoming } from './intake/gathering.js' */
/** @import { Picture, State, Subject } from './state.js' */
/** @import { Screen } from './studio.js' */

/** How often progress reaches the page: a screen reader need not hear of a stage that is over at once. */
const TICK_MS = 250;
const BLUR = Object.freeze({ kind: /** @type {const} */ ('blur') });

/** @type {State} */
let state = { name: 'empty', note: null };

/**
 * The run that counts: an older one that ends later finds another in its place.
 *
 * @type {AbortController | null}
 */
let running = null;

let ticking = 0;

let lastTurn = Promise.resolve();

/** Counts what a hand does: all that a slider tells while it is moved is one decision. */
let gesture = 0;

/** Whether all of the photo is in sight. */
let isFitted = true;

/** Stands for the last wish for the stage: what belongs to an older one comes too late. */
let showing = {};

/** Settled when the viewer knows the photo at hand, true where the browser can show it. @type {Promise<boolean>} */
let shown = Promise.resolve(false);

const viewer = new Viewer(byId('viewer', HTMLElement), {
  onstroke: (stroke) => draw(stroke),
  onframe: (rect, settled) => finish.moved(rect, settled),
  onview: ({ zoom, brush, fitted }) => {
    isFitted = fitted;
    view.renderZoom(zoom);
    if (Math.abs(brush - repair.radius) > 0.5) repair.radius = brush;
  },
});
const look = new LookPanel({
  onview: (name) => { viewer.view = name; },
  oncompare: (on) => { viewer.compare = on ? 0.5 : null; },
  onbackdrop: (backdrop) => decide({ backdrop }),
  onsubject: lookAgain,
  onbadimage: () => note(t('look.badImage')),
});
const repair = new RepairPanel({ onbrush: applyTool });
const finish = new FinishTools(byId('finish', HTMLElement), viewer, {
  onwishes: (wishes) => decide({ finish: wishes }),
  onbackground: (colour) => {
    decide({ backdrop: look.ofColour(colour) });
    saving.showBackground();
  },
});
const saving = new SavePanel();
const tabs = new Tabs(byId('tabs', HTMLElement), (id) => {
  applyTool();
  finish.open(id === 'finish');
});
const view = new View(look);
const many = new Many(byId('many', HTMLElement), (item) => {
  if (item.file) show({ file: item.file, notices: [], queued: item });
});

/** Opens the system's file chooser. */
let choose = () => {};

/**
 * Begin.
 *
 * @param {() => void} chooseFiles opens the system's file chooser
 */
export function start(chooseFiles) {
  choose = chooseFiles;
  listen();
  onLanguage(render);
  render();
  many.lookForLeftovers().catch(console.error);
}

/**
 * One photo goes on the stage, several into the list; and where there is a list, one more as well. What is on the stage
 * when the list begins is one of its photos.
 *
 * @param {Incoming[]} photos
 * @param {string[]} notices
 */
export async function receive(photos, notices) {
  const [first] = photos;
  if (photos.length === 1 && first && !many.isThere) return show({ file: first.file, notices, queued: null });
  const staged = many.isThere ? null : pictureAtHand();
  try {
    const items = await many.add(staged ? [{ file: staged.file, path: '' }, ...photos] : photos);
    if (staged) staged.queued = items[0] ?? null;
    note([t('page.added', { count: photos.length }), ...notices].join(' '));
  } catch (error) {
    note(explained(toProblem(error)).message);
  }
}

/** @param {Picture} picture */
async function show(picture) {
  const left = studioAtHand();
  if (!await clearStage(left)) return;
  look.view = 'cutout';
  look.toggleCompare(false);
  tabs.choose('look');
  shown = showPhoto(picture.file, showing);
  // What was chosen for the last photo holds for this one, but for what lay in that one: a series is made alike.
  const wishes = left?.edit.finish ? { ...left.edit.finish, rect: null } : null;
  const backdrop = left?.edit.backdrop ?? CHECKER;
  const before = picture.queued && many.editOf(picture.queued);
  open(picture, before ?? { subject: 'auto', strokes: [], backdrop, finish: wishes }, null);
}

/** Back to the list, with what was changed. */
async function toList() {
  if (!await clearStage(studioAtHand())) return;
  viewer.setPhoto(null);
  finish.forget();
  enter({ name: 'empty', note: null });
}

/**
 * End what runs, and let go of the photo that is there.
 *
 * @param {Studio | null} left
 * @returns {Promise<boolean>} false if somebody else wanted the stage meanwhile
 */
async function clearStage(left) {
  running?.abort();
  running = null;
  const mine = {};
  showing = mine;
  if (left) await leave(left);
  return mine === showing;
}

/**
 * Let go of a photo. What was changed of one in the list goes there first.
 *
 * @param {Studio} studio
 */
async function leave(studio) {
  const own = studio.edit.finish ? finish.output : {}; // while the panel is still this photo's
  await lastTurn;
  const { queued } = studio.picture;
  try {
    if (queued && studio.isChanged) {
      if (state.name === 'done') enter({ ...state, busy: t('page.exporting') });
      const make = () => studio.export({ ...many.output, ...own });
      const result = await make().catch(make); // the browser may have ended the workers: they begin anew
      await many.revise(queued, result, studio.edit, own);
    }
  } catch (error) {
    console.error(error); // the photo in the list is as it was before
  } finally {
    studio.close();
  }
}

/**
 * @param {File} file
 * @param {object} mine the wish for the stage that this is part of
 * @returns {Promise<boolean>} false where the browser can't show it, though the pipeline may read it
 */
async function showPhoto(file, mine) {
  viewer.setPhoto(null);
  try {
    const size = await pictureSize(file);
    if (mine !== showing) return false;
    viewer.setPhoto(file, size); // goes on by itself
    return true;
  } catch {
    return false;
  }
}

/**
 * Open a photo, or open it again to look for something else.
 *
 * @param {Picture} picture
 * @param {Edit} edit what has been decided about it
 * @param {Studio | null} back the cut-out that it already has
 * @param {() => void} [ondone] Called before it is shown, to enter the decision that led to it.
 */
async function open(picture, edit, back, ondone = () => {}) {
  const retry = () => open(picture, edit, back, ondone);
  running?.abort();
  const abort = new AbortController();
  running = abort;
  const meter = new Meter();
  enter({ name: 'working', picture, subject: edit.subject, meter, startedAt: performance.now(), back });
  try {
    const draft = await openWithStrokes(picture, edit.subject, edit.strokes, {
      signal: abort.signal,
      onprogress: (progress) => meter.update(progress),
      onglance: (glance) => abort === running && viewer.setGlance(glance),
      onphoto: (photo) => {
        const { width, height } = photo; // it is moved to another thread, and has none after that
        if (abort === running) shown = viewer.setPhoto(photo, { width, height });
        else photo.close();
      },
    });
    const photoIsThere = await shown;
    if (abort !== running) {
      draft.close();
      return;
    }
    running = null;
    if (!photoIsThere) viewer.setPhoto(new OffscreenCanvas(1, 1), draft); // the cut-out alone, then
    shown = Promise.resolve(true);
    if (back) {
      ondone();
      back.replaceDraft(draft);
      applyEdit(back.edit);
    }
    enter({ name: 'done', studio: back ?? newStudio(picture, draft, edit, meter), note: null, busy: null });
  } catch (error) {
    if (abort !== running) return;
    running = null;
    enter({ name: 'failed', picture, problem: toProblem(error), back, retry });
  }
}

/**
 * @param {Picture} picture
 * @param {Draft} draft
 * @param {Edit} edit
 * @param {Meter} meter
 */
function newStudio(picture, draft, edit, meter) {
  finish.forget();
  /** @type {Screen} */
  const screen = {
    setDraft: (shown) => {
      viewer.setLayers({ ...shown.layers, width: shown.width, height: shown.height });
      finish.setDraft(shown);
    },
    patch: (patch) => {
      viewer.patch(patch);
      finish.touched();
    },
  };
  const studio = new Studio(picture, draft, edit, meter.loadedBytes, screen);
  applyEdit(edit);
  return studio;
}

/** The same photo again, looked at for something else; the last wish counts. @param {Subject} subject */
function lookAgain(subject) {
  running?.abort();
  running = null;
  inTurn(async () => {
    const studio = studioAtHand();
    if (!studio || state.name === 'failed') return;
    await open(studio.picture, { ...studio.edit, subject }, studio, () => studio.decide({ subject }));
  });
}

/** @param {Stroke} stroke */
async function draw(stroke) {
  await onStudio(t('page.solving'), async (studio) => {
    const changed = await studio.draw(stroke);
    return changed ? null : t('page.strokeBeside');
  });
  viewer.settle(stroke);
}

/** @param {Partial<Edit>} part */
function decide(part) {
  if (state.name === 'done') {
    state.studio.decide(part, gesture);
    if (part.backdrop) {
      saving.follow(part.backdrop);
      viewer.backdrop = part.backdrop;
    }
  } else {
    const studio = studioAtHand();
    if (studio) applyEdit(studio.edit); // looked at again, it has to wait: the panels show what holds
  }
  render();
}

/** What is seen of a decision at once. @param {Edit} edit */
function applyEdit({ backdrop, finish: wishes }) {
  viewer.backdrop = backdrop;
  finish.choose(wishes);
}

/** @param {'undo' | 'redo'} way */
function step(way) {
  const studio = studioAtHand();
  inTurn(async () => {
    if (!studio || studio !== studioAtHand() || state.name !== 'done') return;
    const { history } = studio;
    const target = way === 'undo' ? history.before : history.after;
    if (!target) return;
    if (studio.isFar(target)) {
      await open(studio.picture, target, studio, () => (way === 'undo' ? history.back() : history.forth()));
      return;
    }
    const done = t(way === 'undo' ? 'page.undone' : 'page.redone');
    await busyWith(studio, done, async () => {
      await studio[way]();
      return done;
    });
    if (studio === studioAtHand()) applyEdit(studio.edit);
  });
}

/**
 * What a person asks for is done in that order, and nothing is lost because something else was still being done.
 *
 * @param {() => Promise<void>} task that doesn't fail
 */
function inTurn(task) {
  lastTurn = lastTurn.then(task);
  return lastTurn;
}

/**
 * Do something to the photo that is there now, when its turn comes, and say how it went.
 *
 * @param {string} busy what is said meanwhile
 * @param {(studio: Studio) => Promise<string | null>} task resolves to what is said afterwards
 */
async function onStudio(busy, task) {
  const studio = studioAtHand();
  if (studio) await inTurn(() => busyWith(studio, busy, () => task(studio)));
}

/**
 * @param {Studio} studio
 * @param {string} busy
 * @param {() => Promise<string | null>} task
 */
async function busyWith(studio, busy, task) {
  const isThere = () => state.name === 'done' && state.studio === studio;
  if (isThere()) enter({ name: 'done', studio, note: null, busy });
  /** @type {string | null} */
  let said = null;
  try {
    said = await task();
  } catch (error) {
    const { message, advice } = explained(toProblem(error));
    said = `${message} ${advice}`;
  }
  if (isThere()) enter({ name: 'done', studio, note: said, busy: null });
}

/** What is wished for now, with where it lies in the photo. @param {Studio} studio */
function wishOf({ edit, draft: { width, height } }) {
  const { frame } = finish;
  const window = frame && { ...frame.rect, photo: { width, height } };
  return { ...saving.wish(edit.backdrop, finish.output), window };
}

/**
 * Make the file that is wished for.
 *
 * @param {Studio} studio
 * @param {ReturnType<typeof wishOf>} wish
 */
async function fileOf(studio, { output, behind, format, window }) {
  const { blob } = await studio.export(output);
  if (!behind || format === 'alpha') return blob;
  const { composite } = await import('./viewer/backdrops.js');
  const backdrop = behind.image ? /** @type {const} */ ({ kind: 'image', image: behind.image }) : BLUR;
  return composite(await createImageBitmap(blob), backdrop, studio.picture.file, { type: format, window });
}

/**
 * Make a file of the photo that is there, as it is wished for now, and hand it on.
 *
 * @param {(file: Promise<Blob>, name: (blob: Blob) => string) => Promise<string>} hand resolves to what is said
 * @param {boolean} [asPng]
 */
function handOn(hand, asPng = false) {
  const studio = studioAtHand();
  if (!studio) return;
  const wish = wishOf(studio);
  if (asPng && wish.format !== 'alpha') {
    wish.format = 'png';
    wish.output = { ...wish.output, type: 'png' };
  }
  onStudio(t('page.exporting'), () => {
    const name = (/** @type {Blob} */ blob) => fileName(studio.picture.file.name, wish.format, blob.type);
    return hand(fileOf(studio, wish), name);
  });
}

function download() {
  handOn(async (file, nameOf) => {
    const blob = await file;
    save(blob, nameOf(blob));
    return t('page.saving', { name: nameOf(blob) });
  });
}

function copyToClipboard() {
  handOn(async (file) => {
    try {
      await copy(file);
    } catch {
      await file; // what went wrong with the picture says more
      return t('save.noCopy');
    }
    return t('page.copied');
  }, true);
}

function shareFile() {
  handOn(async (file, nameOf) => {
    const blob = await file;
    try {
      await share(blob, nameOf(blob));
    } catch {
      return t('save.noShare');
    }
    return t('page.shared');
  });
}

/** Stop what runs, and go back to the cut-out it was made from, or to the start. */
function cancel() {
  if (state.name !== 'working') return false;
  running?.abort();
  running = null;
  if (state.back) back();
  else enter({ name: 'empty', note: t('page.cancelled') });
  return true;
}

/** To the cut-out that is still there. */
function back() {
  const studio = 'back' in state && state.back;
  if (!studio) return;
  const { layers, width, height } = studio.draft;
  viewer.setLayers({ ...layers, width, height });
  finish.setDraft(studio.draft);
  enter({ name: 'done', studio, note: t('page.backToPrevious'), busy: null });
}

/** @returns {Picture | null} */
function pictureAtHand() {
  if (state.name === 'empty') return null;
  return state.name === 'done' ? state.studio.picture : state.picture;
}

/** The photo on the stage, once it has a cut-out. @returns {Studio | null} */
export function studioAtHand() {
  if (state.name === 'done') return state.studio;
  return 'back' in state ? state.back : null;
}

/** The viewer's tool: a brush while the brushes are there. */
function applyTool() {
  const tools = /** @type {const} */ ({ repair: repair.brush, finish: 'frame' });
  viewer.tool = tabs.chosen === 'repair' || tabs.chosen === 'finish' ? tools[tabs.chosen] : 'look';
  viewer.brush = repair.radius;
}

/** @param {-1 | 1 | 'fit' | 'actual'} way */
function zoom(way) {
  if (way === 'fit') viewer.fit();
  else if (way === 'actual') viewer.actualSize();
  else viewer.zoomStep(way);
}

/** @param {State} next */
function enter(next) {
  state = next;
  clearInterval(ticking);
  if (state.name === 'working') ticking = setInterval(render, TICK_MS);
  render();
}

function render() {
  view.render(state);
}

/** Say something in passing, unless there is something more important to say. @param {string} text */
export function note(text) {
  if (state.name === 'empty' || state.name === 'done') enter({ ...state, note: text });
}

function listen() {
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, () => { gesture += 1; }, true);
  document.addEventListener('change', () => { gesture += 1; });
  for (const id of ['another', 'other']) on(id, choose);
  on('cancel', cancel);
  on('retry', () => state.name === 'failed' && state.retry());
  on('back', back);
  on('list', toList);
  on('download', download);
  on('copy', copyToClipboard);
  on('share', shareFile);
  on('undo', () => step('undo'));
  on('redo', () => step('redo'));
  on('zoom-in', () => zoom(1));
  on('zoom-out', () => zoom(-1));
  on('zoom-fit', () => zoom(isFitted ? 'actual' : 'fit'));
  listenToKeys({
    open: () => done(choose),
    save: () => whenDone(download),
    copy: () => whenDone(copyToClipboard),
    undo: () => whenDone(() => step('undo')),
    redo: () => whenDone(() => step('redo')),
    cancel,
    view: (way) => whenDone(() => { look.view = VIEWS.at((VIEWS.indexOf(look.view) + way) % VIEWS.length) ?? 'cutout'; }),
    compare: () => whenDone(() => look.toggleCompare()),
    brush: (brush) => whenDone(() => {
      tabs.choose(brush === null ? 'look' : 'repair');
      if (brush !== null) repair.brush = brush;
    }),
    brushSize: (way) => whenDone(() => {
      repair.radius *= BRUSH.step ** way;
      applyTool();
    }),
    zoom: (way) => whenDone(() => zoom(way)),
  });
}

/** @param {() => unknown} action */
function done(action) {
  action();
  return true;
}

/** @param {() => unknown} action */
function whenDone(action) {
  return state.name === 'done' && done(action);
}

/**
 * @param {string} id of a button
 * @param {() => void} action
 */
function on(id, action) {
  byId(id, HTMLButtonElement).addEventListener('click', action);
}
