/** What a queue and its photos say about themselves, in words. @module */

/** @import { Icon } from './icons.js' */
/** @import { Item } from './item.js' */
/** @import { Queue } from './queue.js' */
import { number, t } from '../../words/words.js';
import { explained, noticed } from '../explain.js';
import { isDoubtful } from './item.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Under this, what is left is told in seconds. */
const SOON_MS = 90_000;

/** "12 of 200 photos · 1 failed · about 7 minutes left" @param {Queue} queue */
export function sumWords(queue) {
  const { all, waiting, working, failed } = queue.counts;
  if (all === 0) return t('queue.empty');
  const parts = [t('queue.ofAll', { settled: all - waiting - working, count: all })];
  if (failed) parts.push(t('queue.failedCount', { count: failed }));
  if (queue.paused && waiting + working) parts.push(t(queue.running ? 'queue.pausing' : 'queue.paused'));
  else if (queue.running && queue.msLeft !== null) parts.push(timeWords(queue.msLeft));
  return parts.join(' · ');
}

/** In steps that don't flicker. @param {number} ms */
function timeWords(ms) {
  if (ms >= SOON_MS) return t('queue.minutesLeft', { count: Math.round(ms / MINUTE_MS) });
  const step = ms > 20 * SECOND_MS ? 10 : 5;
  return t('queue.secondsLeft', { count: Math.max(step, Math.ceil(ms / SECOND_MS / step) * step) });
}

/** @param {Item} item */
export function stateWords(item) {
  const { state, progress, bytes, confidence, error } = item;
  if (state === 'waiting') return t('queue.waiting');
  if (state === 'working') {
    if (bytes) return t('queue.loading', { done: number(bytes.done / 1e6, 1), total: number(bytes.total / 1e6, 1) });
    return t('queue.working', { percent: Math.floor(progress * 100) });
  }
  if (state === 'failed') {
    const reason = reasonWords(error);
    return error?.code === 'aborted' ? t('queue.cancelled') : t('queue.because', { state: t('queue.failed'), reason });
  }
  const done = t(state === 'done' ? 'queue.done' : 'queue.saved');
  if (!isDoubtful(item)) return done;
  const doubtful = t('queue.stateAnd', { state: done, more: t('queue.doubtful') });
  if (confidence === null) return doubtful;
  const sure = t('queue.confidence', { percent: Math.round(confidence * 100) });
  return t('queue.stateAnd', { state: doubtful, more: sure });
}

/** What came with a result, in full. @param {Item} item */
export const noticeWords = ({ notices }) => notices.map(noticed).join(' ');

/** @param {Item['error']} error */
function reasonWords(error) {
  if (error?.code === 'result-gone') return t('queue.resultGone');
  if (!error?.message) return t('queue.unexplained');
  const { message, advice } = explained(error);
  return `${message} ${advice}`.trim();
}

/** @param {Item} item @returns {Icon} */
export function stateIcon(item) {
  if (isDoubtful(item)) return 'doubtful';
  return item.state === 'failed' && item.error?.code === 'aborted' ? 'cancelled' : item.state;
}

/** Tells those who don't see the list how it goes: four times on the way, and at the end. */
export class Announcer {
  #element;
  #quarter = 0;
  #wasBusy = false;

  /** @param {HTMLElement} element a live region */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Queue} queue */
  update(queue) {
    const { all, waiting, working, failed, doubtful } = queue.counts;
    const settled = all - waiting - working;
    const busy = waiting + working > 0;
    const quarter = all ? Math.floor((settled / all) * 4) : 0;
    if (busy && quarter > this.#quarter) this.say(t('queue.saidProgress', { settled, count: all }));
    if (!busy && this.#wasBusy && all) {
      const parts = [t('queue.saidDone', { count: all })];
      if (failed) parts.push(t('queue.saidFailed', { count: failed }));
      if (doubtful) parts.push(t('queue.saidDoubtful', { count: doubtful }));
      this.say(parts.join(' '));
    }
    this.#quarter = quarter;
    this.#wasBusy = busy;
  }

  /** @param {string} text */
  say(text) {
    this.#element.textContent = text;
  }
}
