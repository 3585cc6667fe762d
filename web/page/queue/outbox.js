/**
 * Results on their way: into the store, where they wait, and out of it, into a folder, a ZIP or a download. None is let
 * go of before it is written somewhere else.
 *
 * @module
 */

/** @import { Item, Outcome, Outlet, Result, Trouble } from './item.js' */
/** @import { ResultRecord, ResultRef, ResultStore } from './store.js' */
import { Names } from './names.js';
import { inMemory, isOutOfSpace } from './store.js';

/** @typedef {Pick<ResultStore, 'put' | 'clear' | 'scratch'>} Store */

export class Outbox {
  /** The folder that every result goes into. @type {Outlet | null} */
  outlet = null;
  /** How far a save that takes its time has come. @type {{ done: number, total: number } | null} */
  saving = null;

  #onchange;
  #ontrouble;
  #names = new Names();

  /**
   * @param {Store} store
   * @param {object} on
   * @param {() => void} on.onchange
   * @param {(kind: Trouble['kind']) => void} on.ontrouble
   */
  constructor(store, { onchange, ontrouble }) {
    this.store = store;
    this.#onchange = onchange;
    this.#ontrouble = ontrouble;
  }

  /**
   * Take what was made of a photo: it is `done` then, or `saved`.
   *
   * @param {Item} item
   * @param {Outcome} outcome
   * @param {AbortSignal} signal of the work on it, which may be cancelled to the last
   */
  async take(item, { blob, name, confidence, notices, width, height }, signal) {
    const resultName = this.#names.claim(item.path, name);
    const about = { resultName, confidence, notices, width, height };
    Object.assign(item, about, { progress: 1, bytes: null });
    if (await this.#hand(item, blob)) return;
    item.resultRef = await this.#put({ name: item.name, path: item.path, ...about }, blob);
    if (signal.aborted) return this.drop(item);
    item.state = 'done';
    await this.#hand(item, blob); // a folder may have been chosen meanwhile
  }

  /**
   * Take a result that was made before.
   *
   * @param {Item} item
   * @param {string} name
   * @param {ResultRef} resultRef
   */
  adopt(item, name, resultRef) {
    Object.assign(item, { state: 'done', progress: 1, resultName: this.#names.claim(item.path, name), resultRef });
  }

  /** Let go of a result and its name. @param {Item} item */
  drop(item) {
    if (item.resultName) this.#names.release(item.path, item.resultName);
    item.resultRef?.remove();
    Object.assign(item, { resultName: '', resultRef: null });
  }

  /**
   * Write results into a folder, and all those to come.
   *
   * @param {Item[]} items
   * @param {Outlet} outlet
   */
  async saveInto(items, outlet) {
    if (this.saving) return;
    this.outlet = outlet;
    await this.#saveThem(items, async (results) => {
      for await (const { item, blob } of results) {
        if (this.outlet !== outlet || !await this.#hand(item, blob)) return;
      }
    });
  }

  /**
   * Write results to somewhere that has all of them, or none.
   *
   * @param {Item[]} items
   * @param {(results: AsyncIterable<Result>) => Promise<void>} write
   */
  async save(items, write) {
    await this.#saveThem(items, async (results) => {
      /** @type {[Item, ResultRef | null][]} */
      const written = [];
      await write(noted(results, written));
      // One that a person has made anew meanwhile is not the one that was written.
      for (const [item, ref] of written) if (item.state === 'done' && item.resultRef === ref) settle(item);
    });
  }

  /**
   * @param {Item[]} items
   * @param {(results: AsyncIterable<Result>) => Promise<void>} task
   */
  async #saveThem(items, task) {
    if (this.saving) return;
    const wanted = items.filter(({ state }) => state === 'done');
    this.saving = { done: 0, total: wanted.length };
    this.#onchange();
    try {
      await task(this.#results(wanted));
    } finally {
      this.saving = null;
      this.#onchange();
    }
  }

  /**
   * The results of items, one in memory at a time.
   *
   * @param {Item[]} items
   * @returns {AsyncGenerator<Result>}
   */
  async* #results(items) {
    for (const [done, item] of items.entries()) {
      this.saving = { done, total: items.length };
      this.#onchange();
      const blob = await item.resultRef?.blob().catch(() => null);
      if (blob) yield { item, path: item.path, name: item.resultName, blob };
      else if (item.state === 'done') this.#lose(item);
    }
  }

  /**
   * Give a result to the folder, if there is one.
   *
   * @param {Item} item
   * @param {Blob} blob
   * @returns {Promise<boolean>} whether it is saved
   */
  async #hand(item, blob) {
    if (!this.outlet) return false;
    try {
      await this.outlet.write(item.path, item.resultName, blob);
    } catch {
      this.outlet = null;
      this.#ontrouble('folder');
      return false;
    }
    settle(item);
    this.#onchange();
    return true;
  }

  /**
   * @param {ResultRecord} record
   * @param {Blob} blob
   */
  async #put(record, blob) {
    try {
      return await this.store.put(record, blob);
    } catch (error) {
      if (!isOutOfSpace(error)) throw error;
      this.#ontrouble('space');
      return inMemory(blob); // this one; there is no next one until somebody made room
    }
  }

  /** A result that was there, and isn't any more. @param {Item} item */
  #lose(item) {
    this.drop(item);
    Object.assign(item, { state: 'failed', progress: 0, error: { code: 'result-gone', message: '', advice: '' } });
  }
}

/**
 * Pass results on, and note which they were.
 *
 * @param {AsyncIterable<Result>} results
 * @param {[Item, ResultRef | null][]} written
 */
async function* noted(results, written) {
  for await (const result of results) {
    const ref = result.item.resultRef;
    yield result;
    written.push([result.item, ref]);
  }
}

/** It is written somewhere else, and need not be kept. @param {Item} item */
function settle(item) {
  item.resultRef?.remove();
  Object.assign(item, { state: 'saved', resultRef: null });
}
