/**
 * Many photos, one after the other: what is to be done, what has been, and what became of it. No DOM, and no pixels: a
 * photo is kept as the handle of its file, a result as a reference into the store.
 *
 *   waiting ──▶ working ──▶ done ──▶ saved
 *      ▲           │
 *      └── retry ──┴─▶ failed (or cancelled, which is a failure with the code `aborted`)
 *
 * One photo that fails never stops the others. What would make all of them fail (the engine can't be fetched, the disk
 * is full) pauses the queue instead, with the reason in `trouble`.
 *
 * @module
 */

/** @import { Progress } from '../../shared/protocol.js' */
/** @import { Item, Outcome, Outlet, Problem, Result, Run, Trouble } from './item.js' */
/** @import { Recovered } from './leftovers.js' */
/** @import { ResultRecord } from './store.js' */
import { Meter } from '../progress.js';
import { count, newItem, Pace, workLeft } from './item.js';
import { Names, safeFolders } from './names.js';
import { inMemory, isOutOfSpace, ResultStore } from './store.js';

/** Errors at these stages are no fault of the photo: the next one would meet them as well. */
const ENGINE_STAGES = new Set(['download', 'start']);

export class Queue {
  /** @type {Item[]} */
  items = [];
  paused = false;
  /** @type {Trouble | null} */
  trouble = null;
  /** @type {Outlet | null} */
  outlet = null;
  /** How far a save that takes its time has come. @type {{ done: number, total: number } | null} */
  saving = null;

  #run;
  #now;
  #output;
  #names = new Names();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {{ item: Item, abort: AbortController } | null} */
  #current = null;
  #busy = false;
  #nextId = 1;
  #pace = new Pace();

  /**
   * @param {object} wishes
   * @param {Run} wishes.run
   * @param {() => void} [wishes.onchange] Called after every change, often.
   * @param {any} [wishes.output] Handed to `run` as it is. Plain data.
   * @param {Pick<ResultStore, 'put' | 'clear' | 'scratch'>} [wishes.store]
   * @param {() => number} [wishes.now] ms
   */
  constructor({ run, onchange, output = null, store = new ResultStore(), now = () => performance.now() }) {
    this.#run = run;
    this.#now = now;
    this.#output = output;
    this.store = store;
    if (onchange) this.subscribe(onchange);
  }

  /**
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Add photos, and begin with them unless the queue is paused.
   *
   * @param {Iterable<File | { file: File, path: string }>} photos Without a path, it is that of a folder chosen by
   *   `<input webkitdirectory>`.
   */
  add(photos) {
    for (const photo of photos) {
      const { file, path } = photo instanceof File ? { file: photo, path: pathOf(photo) } : photo;
      this.items.push(this.#item({ file, path, name: file.name }));
    }
    this.#changed();
    this.#work();
  }

  /** @param {Recovered[]} results of a page that ended; see leftovers.js */
  adopt(results) {
    for (const { name, path, resultName, resultRef, ...found } of results) {
      const item = this.#item({ file: null, path, name });
      Object.assign(item, found, { state: 'done', progress: 1, resultRef });
      item.resultName = this.#names.claim(item.path, resultName);
      this.items.push(item);
    }
    this.#changed();
  }

  /** Whether a photo is being worked on. */
  get running() {
    return this.#current !== null;
  }

  get output() {
    return this.#output;
  }

  /** For all photos from now on. Those that are done stay as they are; `redo` makes them anew. */
  set output(output) {
    this.#output = output;
    this.#changed();
  }

  /** Those made with another output than is wanted now. */
  get outdated() {
    const wanted = JSON.stringify(this.#output);
    return this.items.filter(({ file, madeWith, state }) => (
      file && (state === 'done' || state === 'saved') && madeWith !== wanted
    ));
  }

  /** Make all that is outdated anew. */
  redo() {
    if (this.saving) return;
    for (const item of this.outdated) this.#again(item);
    this.#changed();
    this.#work();
  }

  /** Let the photo in work be finished, and begin no other. */
  pause() {
    this.paused = true;
    this.#changed();
  }

  resume() {
    this.paused = false;
    this.trouble = null;
    this.#changed();
    this.#work();
  }

  /** @param {Item} item */
  retry(item) {
    if (item.state !== 'failed' || !item.file) return;
    this.#again(item);
    this.#changed();
    this.#work();
  }

  /** All that failed, and all that was cancelled. */
  retryFailed() {
    for (const item of this.items) if (item.state === 'failed' && item.file) this.#again(item);
    this.#changed();
    this.#work();
  }

  /** @param {Item} item */
  cancel(item) {
    this.#cancel(item);
    this.#changed();
  }

  /** Cancel all that is not done; `retryFailed` brings it back. */
  cancelAll() {
    for (const item of this.items) this.#cancel(item);
    this.#changed();
  }

  /** Take a photo out of the queue, and its result off the device. @param {Item} item */
  remove(item) {
    const index = this.items.indexOf(item);
    if (index < 0 || (this.saving && item.state === 'done')) return;
    this.#cancel(item);
    this.items.splice(index, 1);
    this.#drop(item);
    this.#changed();
  }

  /** Take everything out, and off the device. */
  async clear() {
    if (this.saving) return;
    this.cancelAll();
    const gone = this.items;
    this.items = [];
    this.outlet = null;
    this.trouble = null;
    this.paused = false;
    for (const item of gone) this.#drop(item);
    this.#changed();
    await this.store.clear();
  }

  /**
   * Write all results into a folder: those there are, and those to come.
   *
   * @param {Outlet} outlet
   */
  async saveInto(outlet) {
    if (this.saving) return;
    this.outlet = outlet;
    if (this.trouble?.kind === 'folder') this.trouble = null;
    await this.#saveThem(this.items, async (results) => {
      for await (const { item, blob } of results) {
        if (this.outlet !== outlet || !await this.#hand(item, blob)) return;
      }
    });
  }

  /**
   * Save results that wait. They are kept until all of them are written, and leave the store then.
   *
   * @param {Item[]} items
   * @param {(results: AsyncIterable<Result>) => Promise<void>} write
   */
  async save(items, write) {
    await this.#saveThem(items, async (results, wanted) => {
      await write(results);
      for (const item of wanted) if (item.state === 'done') this.#saved(item);
    });
  }

  get counts() {
    return count(this.items);
  }

  /** Share of the work that is done, 0 to 1. */
  get progress() {
    return this.items.length ? 1 - workLeft(this.items) / this.items.length : 0;
  }

  /** An estimate for what is left; null before there is one. */
  get msLeft() {
    return this.#pace.ms === null ? null : this.#pace.ms * workLeft(this.items);
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) await this.#process(item);
    } finally {
      this.#busy = false;
      this.#changed();
    }
  }

  #next() {
    return this.paused ? undefined : this.items.find(({ state }) => state === 'waiting');
  }

  /** @param {Item} item */
  async #process(item) {
    const abort = new AbortController();
    this.#current = { item, abort };
    const output = this.#output;
    Object.assign(item, { state: 'working', error: null, madeWith: JSON.stringify(output) });
    this.#changed();
    try {
      const { outcome, ms } = await this.#attempt(item, output, abort.signal, 2);
      if (abort.signal.aborted) return;
      this.#pace.add(ms);
      await this.#keep(item, outcome, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(item, error);
    } finally {
      this.#current = null;
      this.#changed();
    }
  }

  /**
   * @param {Item} item
   * @param {unknown} output
   * @param {AbortSignal} signal
   * @param {number} tries More than one: a photo is not to blame for a worker that the browser ended at its turn.
   * @returns {Promise<{ outcome: Outcome, ms: number }>}
   */
  async #attempt(item, output, signal, tries) {
    const meter = new Meter();
    let [started, begun] = [this.#now(), false];
    const onprogress = (/** @type {Progress} */ progress) => {
      if (signal.aborted) return;
      if (progress.unit === 'stages' && !begun) [started, begun] = [this.#now(), true]; // loading is no part of the pace
      meter.update(progress);
      Object.assign(item, { progress: meter.fraction, bytes: meter.bytes });
      this.#changed();
    };
    try {
      const outcome = await this.#run(/** @type {File} */ (item.file), { signal, onprogress, output });
      return { outcome, ms: this.#now() - started };
    } catch (error) {
      if (tries === 1 || signal.aborted || codeOf(error) !== 'worker-died') throw error;
      return this.#attempt(item, output, signal, tries - 1);
    }
  }

  /**
   * @param {Item} item
   * @param {Outcome} outcome
   * @param {AbortSignal} signal
   */
  async #keep(item, { blob, name, confidence, notices, width, height }, signal) {
    const resultName = this.#names.claim(item.path, name);
    Object.assign(item, { resultName, confidence, notices, width, height, progress: 1, bytes: null });
    if (await this.#hand(item, blob)) return;
    const resultRef = await this.#put({ name: item.name, path: item.path, ...found(item) }, blob);
    item.resultRef = resultRef;
    if (signal.aborted) return this.#drop(item);
    item.state = 'done';
    await this.#hand(item, blob); // a folder may have been chosen meanwhile
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
      this.#halt({ kind: 'space', message: '', advice: '' });
      return inMemory(blob); // this one; there is no next one until somebody made room
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
    } catch (error) {
      this.outlet = null;
      this.trouble = { kind: 'folder', message: '', advice: '' };
      this.#changed();
      return false;
    }
    if (this.items.includes(item)) this.#saved(item);
    this.#changed();
    return true;
  }

  /**
   * @param {Item[]} items
   * @param {(results: AsyncIterable<Result>, wanted: Item[]) => Promise<void>} task
   */
  async #saveThem(items, task) {
    const wanted = items.filter(({ state }) => state === 'done');
    if (this.saving) return;
    this.saving = { done: 0, total: wanted.length };
    this.#changed();
    try {
      await task(this.#results(wanted), wanted);
    } finally {
      this.saving = null;
      this.#changed();
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
      this.#changed();
      const blob = await item.resultRef?.blob().catch(() => null);
      if (blob) yield { item, path: item.path, name: item.resultName, blob };
      else if (item.state === 'done') this.#lose(item);
    }
  }

  /** A result that was there, and isn't any more. @param {Item} item */
  #lose(item) {
    this.#drop(item);
    Object.assign(item, { state: 'failed', progress: 0, error: { code: 'result-gone', message: '', advice: '' } });
  }

  /** @param {Item} item */
  #saved(item) {
    item.resultRef?.remove();
    Object.assign(item, { state: 'saved', resultRef: null });
  }

  /** @param {Item} item @param {unknown} error */
  #fail(item, error) {
    const { code, stage, message = '', advice = '' } = /** @type {Partial<Problem> & { stage?: string }} */ (error ?? {});
    Object.assign(item, { progress: 0, bytes: null });
    if (ENGINE_STAGES.has(stage ?? '') || code === 'aborted' || code === 'disposed') {
      // Ended by somebody else, or not to be had: the photo waits for its turn.
      item.state = 'waiting';
      this.#halt({ kind: 'engine', message, advice });
      return;
    }
    if (!code) console.error(error);
    item.state = 'failed';
    item.error = code ? { code, message, advice } : { code: 'internal', message: '', advice: '' };
  }

  /** @param {Trouble} trouble */
  #halt(trouble) {
    this.paused = true;
    this.trouble = trouble;
  }

  /** @param {Item} item */
  #cancel(item) {
    if (item.state !== 'waiting' && item.state !== 'working') return;
    Object.assign(item, { state: 'failed', progress: 0, bytes: null, error: { code: 'aborted', message: '', advice: '' } });
    if (this.#current?.item === item) this.#current.abort.abort();
  }

  /** @param {Item} item */
  #again(item) {
    this.#drop(item);
    Object.assign(item, { state: 'waiting', progress: 0, error: null, confidence: null, notices: [] });
  }

  /** Let go of a result and its name. @param {Item} item */
  #drop(item) {
    if (item.resultName) this.#names.release(item.path, item.resultName);
    item.resultRef?.remove();
    Object.assign(item, { resultName: '', resultRef: null });
  }

  /** @param {Pick<Item, 'file' | 'path' | 'name'>} photo */
  #item({ file, path, name }) {
    const id = this.#nextId;
    this.#nextId += 1;
    return newItem(id, { file, path: safeFolders(path).join('/'), name });
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}

/** @param {Item} item */
const found = ({ resultName, confidence, notices, width, height }) => (
  { resultName, confidence, notices, width, height }
);

/** @param {unknown} error */
const codeOf = (error) => /** @type {{ code?: unknown } | null} */ (error)?.code;

/** "chosen/day 1/a.jpg": "day 1". @param {File} file */
const pathOf = ({ webkitRelativePath = '' }) => webkitRelativePath.split('/').slice(1, -1).join('/');
