/**
 * Notices that workers no longer answer: they live, no event tells of it, and every later call would wait behind the
 * one that hangs. A browser's own fault can do that (a lost message, a compiler that never ends).
 *
 * @module
 */

const TICK_MS = 1000;
/** The longest stage of the largest photo, on a slow phone, stays well below this. */
const SILENT_TICKS = 300;
/** A task that was cancelled ends with the stage it is in; nobody wants to wait for that much longer. */
const CANCELLED_TICKS = 30;

export class Silence {
  /** Tasks that the workers have, and whether they are still wanted. @type {Map<number, boolean>} */
  #open = new Map();
  #ticks = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /** @param {() => void} onsilence Called once; whoever is told ends the workers. */
  constructor(onsilence) {
    this.onsilence = onsilence;
  }

  /** @param {number} id */
  sent(id) {
    if (this.#open.size === 0) this.#begin();
    this.#open.set(id, true);
  }

  /** Nobody waits for it any more, but the workers may still be at it. @param {number} id */
  cancelled(id) {
    if (this.#open.has(id)) this.#open.set(id, false);
  }

  /** The workers are done with it. @param {number} id */
  settled(id) {
    this.heard();
    this.#open.delete(id);
    if (this.#open.size === 0) this.end();
  }

  /** Anything at all was heard of them. */
  heard() {
    this.#ticks = 0;
  }

  end() {
    clearInterval(this.#timer);
  }

  /** Ticks are counted, not time: a laptop that was asleep has been silent for a night. */
  #begin() {
    this.heard();
    this.#timer = setInterval(() => {
      this.#ticks += 1;
      const [first] = this.#open.values(); // tasks begin in order, and none of the others is heard of either
      if (this.#ticks < (first ? SILENT_TICKS : CANCELLED_TICKS)) return;
      this.end();
      this.onsilence();
    }, TICK_MS);
  }
}
