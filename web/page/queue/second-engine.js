/**
 * A second engine for a long queue, where threads can't be had and a core would stand idle. It is there only while it has
 * photos, and what it does not manage is left to the first: docs/decisions/0019-pipelining.md.
 *
 * @module
 */

/** @import { Item, Run, Runner } from './item.js' */
/** @import { Queue } from './queue.js' */
import { Engine } from '../../engine/engine.js';
import { removeIn } from '../../engine/remove.js';
import { isSmallFile } from '../../shared/small.js';

/** @typedef {typeof import('../../gossamer.js').removeBackground} Remove */

/** Its start takes as long as a few photos, and some 700 MB. */
const WORTH_A_START = 8;

export class SecondEngine {
  #queue;
  #runBy;
  #atOnce;
  /** From its start on. @type {Engine | null} */
  #engine = null;
  /** Once it has started. @type {Runner | null} */
  #runner = null;
  /** Something was amiss, probably memory: it would be again. */
  #hasFailed = false;

  /**
   * @param {Queue} queue Employs it when it is of use.
   * @param {(remove: Remove) => Run} runBy How a photo is made.
   * @param {number} atOnce
   */
  constructor(queue, runBy, atOnce) {
    this.#queue = queue;
    this.#runBy = runBy;
    this.#atOnce = atOnce;
    queue.subscribe(() => this.#look());
  }

  /** Whether it is of use, or no longer. */
  #look() {
    const waiting = this.#queue.paused ? 0 : this.#queue.items.filter(isForIt).length;
    if (this.#engine) {
      const inWork = this.#runner ? this.#queue.inWork(this.#runner) : 0;
      if (waiting + inWork === 0) this.#end();
    } else if (waiting >= WORTH_A_START && this.#queue.msLeft !== null && !this.#hasFailed) {
      this.#start(); // the first one has made a photo: nothing is to be fetched any more
    }
  }

  async #start() {
    const engine = new Engine();
    this.#engine = engine;
    try {
      await engine.preload(() => {});
    } catch {
      return this.#fail(engine);
    }
    if (this.#engine !== engine) return;
    const run = this.#runBy((source, options) => removeIn(engine, source, options));
    this.#runner = {
      run: (file, options) => this.#run(engine, run, file, options), atOnce: this.#atOnce, takes: isSmallFile,
    };
    this.#queue.employ(this.#runner);
  }

  /**
   * @param {Engine} engine
   * @param {Run} run
   * @param {Parameters<Run>} photo
   */
  async #run(engine, run, ...photo) {
    try {
      return await run(...photo);
    } catch (error) {
      // As docs/errors.md has it, the same call can succeed: then it is not the photo that is amiss.
      const [, { signal }] = photo;
      if (/** @type {{ retryable?: boolean } | null} */ (error)?.retryable && !signal.aborted) this.#fail(engine);
      throw error;
    }
  }

  /** @param {Engine} engine */
  #fail(engine) {
    if (this.#engine !== engine) return; // it has been ended meanwhile
    this.#hasFailed = true;
    this.#end();
  }

  #end() {
    const [engine, runner] = [this.#engine, this.#runner];
    this.#engine = null;
    this.#runner = null;
    engine?.dispose();
    if (runner) this.#queue.dismiss(runner);
  }
}

/** @param {Item} item */
function isForIt({ state, file }) {
  return state === 'waiting' && file !== null && isSmallFile(file);
}
