/**
 * What a queue needs of the browser: a screen that stays on while it works, a question before results are lost.
 *
 * @module
 */

/** @import { Queue } from './queue.js' */

/**
 * @param {Queue} queue
 * @returns {() => void} ends it
 */
export function guard(queue) {
  const wake = new WakeLock();
  let asking = false;
  const update = () => {
    wake.want(queue.running);
    const unsaved = queue.items.some(({ state }) => state === 'done');
    if (unsaved === asking) return;
    asking = unsaved;
    // Only while there is something to lose: a page that listens for this is slower to come back to.
    if (unsaved) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  };
  const unsubscribe = queue.subscribe(update);
  const onvisible = () => wake.renew();
  document.addEventListener('visibilitychange', onvisible);
  update();
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', onvisible);
    removeEventListener('beforeunload', ask);
    wake.want(false);
  };
}

/** @param {BeforeUnloadEvent} event */
function ask(event) {
  event.preventDefault();
}

/** Keeps the screen on. The browser ends a lock whenever the page is hidden. */
class WakeLock {
  #wanted = false;
  /** @type {Promise<WakeLockSentinel | null> | null} */
  #held = null;

  /** @param {boolean} wanted */
  want(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.renew();
    else this.#release();
  }

  renew() {
    if (!this.#wanted || document.visibilityState !== 'visible') return;
    this.#release();
    // Refused on a low battery, and in browsers that don't know it: the screen may go off, the work goes on.
    this.#held = navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  }

  #release() {
    this.#held?.then((lock) => lock?.release());
    this.#held = null;
  }
}
