/** The self-test: its button, what is going on, and what came of it, in words. @module */

/** @import { Outcome } from './selftest-protocol.js' */
/** @import { OfflineSection } from './offline-section.js' */
import { offlineState, refresh } from '../../offline/offline.js';
import { sum } from '../../offline/ledger.js';
import { t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { toProblem } from '../explain.js';
import { size, seconds, trouble } from './format.js';
import { cutAndTry } from './selftest.js';

const LEAST_SHARE = 0.05;

export class SelftestSection {
  #title = h('h3');
  #about = h('p');
  #yours = h('p', { className: 'privacy-note' });
  #run = h('button', { type: 'button' });
  #cancel = h('button', { type: 'button', hidden: true });
  #status = h('p', { role: 'status' });
  #need = h('button', { type: 'button', hidden: true });
  #report = h('div', { className: 'privacy-report' });
  /** @type {AbortController | null} */
  #running = null;
  /** @type {Outcome | null | undefined} undefined: not run yet */
  #outcome = undefined;

  element = h('section', { className: 'privacy-section' }, this.#title, this.#about, this.#yours,
    h('div', { className: 'privacy-actions' }, this.#run, this.#cancel, this.#need), this.#status, this.#report);

  /** @param {OfflineSection} offline Makes things available where they are not. */
  constructor(offline) {
    this.#run.addEventListener('click', () => this.run());
    this.#cancel.addEventListener('click', () => this.#running?.abort());
    this.#need.addEventListener('click', async () => {
      this.#need.hidden = true;
      setText(this.#status, '');
      if (await offline.make()) await this.run();
    });
    this.render();
  }

  async run() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#outcome = undefined;
    this.#need.hidden = true;
    this.render();
    try {
      if (await this.#isReady()) {
        const { signal } = this.#running;
        this.#outcome = await cutAndTry(this.element, (step) => setText(this.#status, t(`selftest.${step}`)), signal);
        setText(this.#status, t('selftest.back'));
        if (signal.aborted) this.#outcome = undefined;
      }
    } catch (error) {
      setText(this.#status, trouble(toProblem(error)));
    } finally {
      this.#running = null;
      this.render();
    }
  }

  render() {
    const working = this.#running !== null;
    setText(this.#title, t('selftest.title'));
    setText(this.#about, t('selftest.about'));
    setText(this.#yours, t('selftest.yours'));
    setText(this.#run, t('selftest.run'));
    setText(this.#cancel, t('common.cancel'));
    this.#run.disabled = working;
    this.#cancel.hidden = !working;
    this.#report.replaceChildren(...(this.#outcome === undefined ? [] : report(this.#outcome)));
  }

  /** Whether there is a service worker, and everything is on this device and sound. */
  async #isReady() {
    setText(this.#status, t('selftest.checking'));
    await refresh({ check: true });
    const { controlled, heavy: { have, total } } = offlineState();
    if (!controlled || total === 0) {
      setText(this.#status, t('selftest.needsWorker'));
      return false;
    }
    if (have === total) return true;
    const missing = size(total - have);
    setText(this.#status, t('selftest.needsFiles', { size: missing }));
    setText(this.#need, t('offline.make', { size: missing }));
    this.#need.hidden = false;
    return false;
  }
}

/**
 * @param {Outcome | null} outcome
 * @returns {Node[]}
 */
function report(outcome) {
  const problem = problemOf(outcome);
  const verdict = h('p', { className: problem === null ? 'privacy-good' : 'privacy-bad' });
  if (outcome === null || outcome.cutout === null) {
    verdict.textContent = t('selftest.failed', { reason: problem ?? '' });
    return [verdict];
  }
  const { cutout: { width, height, ms, blob }, refused, entries } = outcome;
  verdict.textContent = problem === null
    ? t('selftest.passed', { width, height, seconds: seconds(ms) })
    : t('selftest.failed', { reason: problem });
  const { cache } = sum(entries);
  const picture = h('img', { src: URL.createObjectURL(blob), alt: t('selftest.picture'), width, height });
  picture.addEventListener('load', () => URL.revokeObjectURL(picture.src));
  return [
    verdict,
    h('p', {}, t('selftest.files', { count: cache.requests, size: size(cache.bytes) })),
    h('p', {}, t('selftest.refused', { count: refused.length })),
    h('ul', {}, ...refused.map((probe) => h('li', {}, t(`selftest.probe.${probe}`)))),
    picture,
  ];
}

/** @param {Outcome | null} outcome @returns {string | null} null: passed */
function problemOf(outcome) {
  if (outcome === null) return t('selftest.noAnswer');
  const { cutout, error, reached, entries } = outcome;
  const { network } = sum(entries);
  if (reached.length > 0) {
    return t('selftest.notRefused', { list: reached.map((probe) => t(`selftest.probe.${probe}`)).join(', ') });
  }
  if (network.requests > 0) return t('selftest.reached', { count: network.requests });
  if (cutout === null) return error ? trouble(error) : t('selftest.noCutout');
  return cutout.share < LEAST_SHARE || cutout.share > 1 - LEAST_SHARE ? t('selftest.noCutout') : null;
}
