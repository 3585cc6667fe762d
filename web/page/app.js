/** The page: takes a photo in, has its background removed, shows and saves the result. @module */

import { GossamerError, removeBackground } from '../gossamer.js';
import { registerOffline } from '../offline/offline.js';
import { aboutDialog } from './about.js';
import { Backdrop } from './backdrop.js';
import { byId, fillWords } from './dom.js';
import { fileName, save } from './download.js';
import { takeIn } from './intake.js';
import { Meter } from './progress.js';
import { rasterise } from './raster.js';
import { View } from './view.js';
import { fixed, noted, unexplained } from './words.js';

/** @import { Format } from './download.js' */
/** @import { Progress } from '../shared/protocol.js' */
/** @import { Cutout, Picture, Problem, State, Subject } from './state.js' */

/**
 * @typedef {{ signal: AbortSignal, onprogress: (progress: Progress) => void, subject: Subject }} RunOptions
 *
 * @typedef {object} Run
 * @property {Picture} picture
 * @property {Subject} subject
 * @property {Cutout | null} back the result to go back to
 * @property {() => void} retry
 */

/** How often progress reaches the page: a screen reader need not hear of a stage that is over at once. */
const TICK_MS = 250;

/** @type {State} */
let state = { name: 'empty', note: null };

/**
 * The run that counts: an older one that ends later finds another in its place.
 *
 * @type {AbortController | null}
 */
let running = null;

let ticking = 0;

fillWords(fixed);
const backdrop = new Backdrop(render);
const view = new View(backdrop);
const about = aboutDialog(() => (state.name === 'done' ? state.cutout : null));
const intake = takeIn({ onphoto: receive, onnothing: (how) => note(noted.nothing[how]) });

listen();
render();
registerOffline();

/**
 * @param {File} file
 * @param {number} count how many came in at once
 */
function receive(file, count) {
  about.close();
  view.compare.ariaPressed = 'false';
  /** @type {Picture} */
  const picture = { file, notices: count > 1 ? [noted.onlyFirst(count)] : [], preview: null };
  rasterise(file).then((preview) => {
    picture.preview = preview;
    render();
  });
  cutOut(picture, 'auto', null);
}

/**
 * @param {Picture} picture
 * @param {Subject} subject
 * @param {Cutout | null} back the result it already has
 */
async function cutOut(picture, subject, back) {
  const retry = () => cutOut(picture, subject, back);
  const cutout = await work({ picture, subject, back, retry }, async (options, meter) => {
    const output = /** @type {const} */ ({ type: 'png', background: null });
    const result = await removeBackground(picture.file, { ...options, output });
    const raster = await rasterise(result.blob);
    const files = new Map([['png', result.blob]]);
    return { picture, subject, result, raster, loadedBytes: meter.loadedBytes, files };
  });
  if (cutout) enter({ name: 'done', cutout, note: null });
}

/** The same photo again, looked at for what was chosen. */
function lookAgain() {
  const subject = /** @type {Subject} */ (view.subject.value);
  if (state.name === 'done') cutOut(state.cutout.picture, subject, state.cutout);
  else if (state.name === 'working') cutOut(state.picture, subject, state.back);
}

/**
 * Save the cut-out in the chosen format. What is not PNG is made on the first wish for it, from the photo.
 *
 * @param {Cutout} cutout
 */
async function download(cutout) {
  const { picture, subject, files } = cutout;
  const format = /** @type {Format} */ (view.format.value);
  const background = format === 'jpeg' ? (backdrop.colour ?? '#ffffff') : null;
  const key = background === null ? format : `${format} ${background}`;
  const run = { picture, subject, back: cutout, retry: () => download(cutout) };
  const blob = files.get(key) ?? await work(run, async (options) => {
    const output = { type: format, background };
    return (await removeBackground(picture.file, { ...options, output })).blob;
  });
  if (!blob) return;
  files.set(key, blob);
  const name = fileName(picture.file.name, format, blob.type);
  save(blob, name);
  enter({ name: 'done', cutout, note: noted.saving(name) });
}

/**
 * One run of the pipeline, from the state `working` to its value or to the state `failed`. It ends what runs.
 *
 * @template T
 * @param {Run} run
 * @param {(options: RunOptions, meter: Meter) => Promise<T>} task
 * @returns {Promise<T | null>} null when it failed, was cancelled, or another run has taken its place
 */
async function work({ picture, subject, back, retry }, task) {
  running?.abort();
  const abort = new AbortController();
  running = abort;
  const meter = new Meter();
  enter({ name: 'working', picture, subject, meter, startedAt: performance.now(), back });
  try {
    const onprogress = (/** @type {Progress} */ progress) => meter.update(progress);
    const value = await task({ signal: abort.signal, onprogress, subject }, meter);
    return abort === running ? value : null;
  } catch (error) {
    if (abort === running) enter({ name: 'failed', picture, problem: explain(error), back, retry });
    return null;
  }
}

/** Stop what runs, and go back to the result it was made from, or to the start. */
function cancel() {
  if (state.name !== 'working') return;
  running?.abort();
  running = null;
  if (state.back) back();
  else enter({ name: 'empty', note: noted.cancelled });
}

/** To the result that is still there. */
function back() {
  if ('back' in state && state.back) enter({ name: 'done', cutout: state.back, note: null });
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function explain(error) {
  if (error instanceof GossamerError) {
    return { message: error.message, advice: error.advice, retryable: error.retryable };
  }
  console.error(error);
  return { ...unexplained, retryable: true };
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
function note(text) {
  if (state.name === 'empty' || state.name === 'done') enter({ ...state, note: text });
}

function listen() {
  for (const id of ['choose', 'another', 'other']) on(id, intake.choose);
  on('cancel', cancel);
  on('retry', () => state.name === 'failed' && state.retry());
  on('back', back);
  on('download', () => state.name === 'done' && download(state.cutout));
  on('compare', () => {
    view.compare.ariaPressed = String(view.compare.ariaPressed !== 'true');
    render();
  });
  view.subject.addEventListener('change', lookAgain);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !about.isOpen()) cancel();
  });
  // For the mouse alone, which expects a large target: the keyboard has the button inside.
  byId('drop', HTMLElement).addEventListener('click', (event) => {
    if (state.name === 'empty' && event.target !== byId('choose', HTMLElement)) intake.choose();
  });
}

/**
 * @param {string} id of a button
 * @param {() => void} action
 */
function on(id, action) {
  byId(id, HTMLButtonElement).addEventListener('click', action);
}
