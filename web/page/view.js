/** Shows a state: the one place that writes to the page when something has changed. @module */

import { byId, setText } from './dom.js';
import { Viewer } from './viewer.js';
import * as words from './words.js';

/** @import { Backdrop } from './backdrop.js' */
/** @import { Format } from './download.js' */
/** @import { Cutout, Failed, Picture, State, Subject } from './state.js' */
/** @import { Scene } from './viewer.js' */

/** Where the focus goes when what had it is no longer there, best first. */
const HOME = {
  empty: ['choose'],
  working: ['cancel'],
  done: ['download'],
  failed: ['retry', 'back', 'other'],
};

export class View {
  format = byId('format', HTMLSelectElement);
  compare = byId('compare', HTMLButtonElement);
  subject = byId('subject', HTMLSelectElement);
  #canvas = byId('result', HTMLCanvasElement);
  #viewer = new Viewer(this.#canvas);
  #progress = byId('progress', HTMLProgressElement);
  #error = byId('error', HTMLElement);
  #backdrop;

  /** @param {Backdrop} backdrop */
  constructor(backdrop) {
    this.#backdrop = backdrop;
    const touch = matchMedia('(hover: none)').matches;
    setText(byId('invitation', HTMLElement), words.invitation(touch));
    const hint = byId('paste-hint', HTMLElement);
    setText(hint, words.pasteHint(/Mac|iP(hone|ad)/.test(navigator.platform)));
    hint.hidden = touch;
  }

  /** @param {State} state */
  render(state) {
    document.body.dataset.state = state.name;
    setText(byId('status', HTMLElement), statusOf(state));
    setText(byId('facts', HTMLElement), factsOf(state));
    this.#progress.value = state.name === 'working' ? state.meter.fraction : 0;
    this.#renderCaption(state);
    this.#renderProblem(state.name === 'failed' ? state : null);
    this.#renderFormats();
    const subject = subjectOf(state);
    if (this.subject.value !== subject) this.subject.value = subject; // untouched while its list is open
    this.#renderPicture(state);
    this.#keepFocus(state.name);
  }

  /** @param {State} state */
  #renderCaption(state) {
    const picture = pictureOf(state);
    const notices = state.name === 'done' ? state.cutout.result.notices.map(({ message }) => message) : [];
    setText(byId('file-name', HTMLElement), picture?.file.name ?? '');
    setText(byId('notices', HTMLElement), [...(picture?.notices ?? []), ...notices].join(' '));
  }

  /** @param {Failed | null} failed */
  #renderProblem(failed) {
    setText(byId('error-message', HTMLElement), failed?.problem.message ?? '');
    setText(byId('error-advice', HTMLElement), failed?.problem.advice ?? '');
    this.#error.hidden = failed === null;
    if (failed === null) return;
    const { retryable } = failed.problem;
    byId('retry', HTMLButtonElement).hidden = !retryable;
    byId('back', HTMLButtonElement).hidden = failed.back === null;
    byId('other', HTMLButtonElement).classList.toggle('primary', !retryable);
  }

  #renderFormats() {
    for (const option of this.format.options) {
      const format = /** @type {Format} */ (option.value);
      setText(option, words.formatWords(format, words.onColour(this.#backdrop.name)));
    }
  }

  /** @param {State} state */
  #renderPicture(state) {
    const cutout = cutoutOf(state)?.raster ?? null;
    const preview = pictureOf(state)?.preview ?? null;
    this.compare.disabled = preview === null;
    const original = this.compare.ariaPressed === 'true' && preview !== null;
    /** @type {Scene['face']} */
    const face = cutout ? (original ? 'photo' : 'cutout') : 'dimmed';
    this.#viewer.show({ photo: preview, cutout, face, colour: this.#backdrop.colour });
    this.#canvas.ariaLabel = words.picture[face];
  }

  /** @param {State['name']} name */
  #keepFocus(name) {
    const place = document.activeElement?.closest('[data-for]');
    if (!(place instanceof HTMLElement) || place.dataset.for?.split(' ').includes(name)) return;
    const targets = HOME[name].map((id) => byId(id, HTMLButtonElement));
    targets.find((button) => !button.hidden)?.focus();
  }
}

/** @param {State} state */
function statusOf(state) {
  switch (state.name) {
    case 'empty':
      return state.note ?? words.status.ready;
    case 'working':
      return state.meter.stage === null ? words.status.started : words.stageWords(state.meter.stage);
    case 'done':
      return state.note ?? words.status.done;
    case 'failed':
      return words.status.failed;
  }
}

/** @param {State} state */
function factsOf(state) {
  switch (state.name) {
    case 'empty':
      return words.facts.formats;
    case 'working':
      return words.workingFacts(state.meter.bytes, performance.now() - state.startedAt);
    case 'done':
      return words.doneFacts(state.cutout.result, workedMs(state.cutout.result.timings));
    case 'failed':
      return words.facts.failed;
  }
}

/**
 * The work on the photo alone: the total also counts what had to be loaded before the first one.
 *
 * @param {Record<string, number>} timings ms by stage
 */
function workedMs({ total: _, ...stages }) {
  return Object.values(stages).reduce((sum, ms) => sum + ms, 0);
}

/** @param {State} state @returns {Picture | null} */
function pictureOf(state) {
  if (state.name === 'empty') return null;
  return state.name === 'done' ? state.cutout.picture : state.picture;
}

/** @param {State} state @returns {Cutout | null} */
function cutoutOf(state) {
  if (state.name === 'empty') return null;
  return state.name === 'done' ? state.cutout : state.back;
}

/** @param {State} state @returns {Subject} */
function subjectOf(state) {
  if (state.name === 'working') return state.subject;
  return cutoutOf(state)?.subject ?? 'auto';
}
