/** Shows a state: the one place that writes to the page when something has changed. @module */

import { t } from '../words/words.js';
import { byId, setText } from './dom.js';
import { explained, noticed } from './explain.js';
import { draftRows, fillRows, joined, megabytes, percent, pixels, seconds } from './figures.js';
import { renderInvitation } from './invitation.js';
import { CHECKER } from './panels/look.js';

/** @import { LookPanel } from './panels/look.js' */
/** @import { Failed, Picture, State } from './state.js' */

/** Where the focus goes when what had it is no longer there, best first. */
const HOME = {
  empty: ['choose'],
  working: ['cancel'],
  done: ['download'],
  failed: ['retry', 'back', 'other'],
};

export class View {
  #progress = byId('progress', HTMLProgressElement);
  #error = byId('error', HTMLElement);
  #look;

  /** @param {LookPanel} look */
  constructor(look) {
    this.#look = look;
  }

  /** @param {State} state */
  render(state) {
    const { body } = document;
    body.dataset.state = state.name;
    // The photo is looked at again: the tools stay, with what was chosen.
    body.toggleAttribute('data-again', state.name === 'working' && state.back !== null);
    renderInvitation();
    setText(byId('status', HTMLElement), statusOf(state));
    setText(byId('facts', HTMLElement), factsOf(state));
    this.#progress.value = state.name === 'working' ? state.meter.fraction : 0;
    this.#renderCaption(state);
    this.#renderProblem(state.name === 'failed' ? state : null);
    this.#renderStudio(state);
    this.#keepFocus(state.name);
  }

  /** @param {number} scale of the viewer: screen pixels for one of the photo */
  renderZoom(scale) {
    setText(byId('zoom-level', HTMLElement), percent(scale));
  }

  /** @param {State} state */
  #renderCaption(state) {
    const picture = pictureOf(state);
    const notices = state.name === 'done' ? state.studio.draft.notices.map(noticed) : [];
    setText(byId('file-name', HTMLElement), picture?.file.name ?? '');
    setText(byId('notices', HTMLElement), [...(picture?.notices ?? []), ...notices].join(' '));
  }

  /** @param {Failed | null} failed */
  #renderProblem(failed) {
    const words = failed ? explained(failed.problem) : null;
    setText(byId('error-message', HTMLElement), words?.message ?? '');
    setText(byId('error-advice', HTMLElement), words?.advice ?? '');
    this.#error.hidden = failed === null;
    if (failed === null) return;
    const { retryable } = failed.problem;
    byId('retry', HTMLButtonElement).hidden = !retryable;
    byId('back', HTMLButtonElement).hidden = failed.back === null;
    byId('other', HTMLButtonElement).classList.toggle('primary', !retryable);
  }

  /** @param {State} state */
  #renderStudio(state) {
    const studio = state.name === 'done' ? state.studio : null;
    byId('undo', HTMLButtonElement).disabled = !studio?.history.before;
    byId('redo', HTMLButtonElement).disabled = !studio?.history.after;
    if (state.name === 'working') this.#look.show(state.back?.edit.backdrop ?? CHECKER, state.subject);
    if (!studio) return;
    const { draft, edit } = studio;
    this.#look.show(edit.backdrop, edit.subject);
    this.#look.allowSureness(draft.layers.sureness !== null);
    fillRows(byId('figures', HTMLElement), draftRows(draft));
  }

  /** @param {State['name']} name */
  #keepFocus(name) {
    const active = document.activeElement;
    if (!active || active === document.body || active.checkVisibility({ visibilityProperty: true })) return;
    const targets = HOME[name].map((id) => byId(id, HTMLButtonElement));
    targets.find((button) => !button.hidden)?.focus();
  }
}

/** @param {State} state */
function statusOf(state) {
  switch (state.name) {
    case 'empty':
      return state.note ?? t('page.ready');
    case 'working':
      return state.meter.stage === null ? t('page.started') : t(`stage.${state.meter.stage}`);
    case 'done':
      return state.busy ?? state.note ?? t('page.done');
    case 'failed':
      return t('page.failed');
  }
}

/** @param {State} state */
function factsOf(state) {
  switch (state.name) {
    case 'empty':
      return t('page.formats');
    case 'working':
      return workingFacts(state.meter.bytes, performance.now() - state.startedAt);
    case 'done': {
      const { width, height, timings } = state.studio.draft;
      return joined(pixels(width, height), seconds(workedMs(timings), 1), t('page.onDevice'));
    }
    case 'failed':
      return t('page.readyAgain');
  }
}

/**
 * "12.4 MB of 30.1 MB, once per device · 3 s"
 *
 * @param {{ done: number, total: number } | null} bytes of the download, while it runs
 * @param {number} elapsedMs
 */
function workingFacts(bytes, elapsedMs) {
  const elapsed = seconds(Math.floor(elapsedMs / 1000) * 1000, 0);
  if (bytes === null) return elapsed;
  return joined(t('page.loadedOf', { done: megabytes(bytes.done), total: megabytes(bytes.total) }), elapsed);
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
  return state.name === 'done' ? state.studio.picture : state.picture;
}
