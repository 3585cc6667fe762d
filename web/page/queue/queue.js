/**
 * Many photos, in turn: what is to be done, what has been, and what became of it. No DOM, and no pixels: a
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
/** @import { Item, Outcome, Outlet, Problem, Result, Run, Runner, Trouble } from './item.js' */
/** @import { Recovered } from './leftovers.js' */
/** @import { Store } from './outbox.js' */
import { Meter } from '../../shared/meter.js';
import { count, newItem, Pace, workLeft } from './item.js';
import { safeFolders } from './names.js';
import { Outbox } from './outbox.js';
import { ResultStore } from './store.js';

/** Errors at these stages are no fault of the photo: the next one would meet them as well. */
const ENGINE_STAGES = new Set(['download', 'start']);

export class Queue {
  /** @type {Item[]} */
  items = [];
  paused = false;
  /** @type {Trouble | null} */
  trouble = null;

  /** The first is there always. @type {[Runner, ...Runner[]]} */
  #runners;
  #now;
  #output;
  #outbox;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Set<{ item: Item, runner: Runner, abort: AbortController }>} */
  #working = new Set();
  #nextId = 1;
  #pace = new Pace();

  /**
   * @param {object} wishes
   * @param {Run} wishes.run
   * @param {number} [wishes.atOnce] Photos that `run` is given at a time.
   * @param {() => void} [wishes.onchange] Called after every change, often.
   * @param {any} [wishes.output] Handed to `run` as it is. Plain data.
   * @param {Store} [wishes.store]
   * @param {() => number} [wishes.now] ms
   */
  constructor({ run, atOnce = 1, onchange, output = null, store = new ResultStore(), now = () => performance.now() }) {
    this.#runners = [{ run, atOnce, takes: () => true }];
    this.#now = now;
    this.#output = output;
    this.#outbox = new Outbox(store, {
      onchange: () => this.#changed(),
      ontrouble: (kind) => this.#meet({ kind, code: '', message: '', advice: '' }),
    });
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
   * Give photos to another one as well, from now on.
   *
   * @param {Runner} runner
   */
  employ(runner) {
    this.#runners.push(runner);
    this.#changed();
    this.#work();
  }

  /**
   * Give it no more photos. Those that it has and can't finish wait for their turn again.
   *
   * @param {Runner} runner
   */
  dismiss(runner) {
    const index = this.#runners.indexOf(runner, 1);
    if (index > 0) this.#runners.splice(index, 1);
    this.#changed();
  }

  /** How many photos it has. @param {Runner} runner */
  inWork(runner) {
    return Array.from(this.#working).filter((work) => work.runner === runner).length;
  }

  /**
   * Add photos, and begin with them unless the queue is paused.
   *
   * @param {Iterable<File | { file: File, path: string }>} photos Without a path, it is that of a folder chosen by
   *   `<input webkitdirectory>`.
   */
  add(photos) {
    const added = Array.from(photos, (photo) => {
      const { file, path } = photo instanceof File ? { file: photo, path: pathOf(photo) } : photo;
      return this.#item({ file, path, name: file.name });
    });
    this.items.push(...added);
    this.#changed();
    this.#work();
    return added;
  }

  /** @param {Recovered[]} results of a page that ended; see leftovers.js */
  adopt(results) {
    for (const { name, path, resultName, resultRef, ...found } of results) {
      const item = Object.assign(this.#item({ file: null, path, name }), found);
      this.#outbox.adopt(item, resultName, resultRef);
      this.items.push(item);
    }
    this.#changed();
  }

  /** Where results wait. */
  get store() {
    return this.#outbox.store;
  }

  /** The folder that results go into as soon as they are made. */
  get outlet() {
    return this.#outbox.outlet;
  }

  /** How far a save that takes its time has come; null where none does. */
  get saving() {
    return this.#outbox.saving;
  }

  /** Whether a photo is being worked on. */
  get running() {
    return this.#working.size > 0;
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

  /**
   * Another result for a photo, which a person has made by hand; the photo need not be worked on any more.
   *
   * @param {Item} item
   * @param {Outcome} outcome
   */
  async revise(item, outcome) {
    if (!this.items.includes(item)) return;
    this.#abort(item);
    this.#outbox.drop(item);
    Object.assign(item, { state: 'working', error: null, madeWith: JSON.stringify(this.#output) });
    this.#changed();
    await this.#outbox.take(item, outcome, new AbortController().signal);
    this.#changed();
  }

  /** Let the photos in work be finished, and begin no other. */
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
    this.#outbox.drop(item);
    this.#changed();
  }

  /** Take everything out, and off the device. */
  async clear() {
    if (this.saving) return;
    this.cancelAll();
    const gone = this.items;
    this.items = [];
    this.#outbox.outlet = null;
    this.trouble = null;
    this.paused = false;
    for (const item of gone) this.#outbox.drop(item);
    this.#changed();
    await this.store.clear();
  }

  /**
   * Write all results into a folder: those there are, and those to come.
   *
   * @param {Outlet} outlet
   */
  saveInto(outlet) {
    if (this.trouble?.kind === 'folder') this.trouble = null;
    return this.#outbox.saveInto(this.items, outlet);
  }

  /**
   * Save results that wait. They are kept until all of them are written, and leave the store then.
   *
   * @param {Item[]} items
   * @param {(results: AsyncIterable<Result>) => Promise<void>} write
   */
  save(items, write) {
    return this.#outbox.save(items, write);
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
    const places = this.#runners.reduce((sum, { atOnce }) => sum + atOnce, 0);
    return this.#pace.ms === null ? null : (this.#pace.ms * workLeft(this.items)) / places;
  }

  /** Begin as many as may be in work; each that ends begins the next. */
  #work() {
    for (const runner of this.#runners) {
      while (this.inWork(runner) < runner.atOnce) {
        const item = this.#next(runner);
        if (!item) break;
        this.#process(item, runner).finally(() => this.#work());
      }
    }
  }

  /** @param {Runner} runner */
  #next(runner) {
    if (this.paused) return undefined;
    return this.items.find(({ state, file }) => state === 'waiting' && runner.takes(/** @type {File} */ (file)));
  }

  /** @param {Item} item @param {Runner} runner */
  async #process(item, runner) {
    const abort = new AbortController();
    const work = { item, runner, abort };
    this.#working.add(work);
    const output = this.#output;
    Object.assign(item, { state: 'working', error: null, madeWith: JSON.stringify(output) });
    this.#changed();
    try {
      const { outcome, ms } = await this.#attempt(work, output, 2);
      if (abort.signal.aborted) return;
      this.#pace.add(ms);
      await this.#outbox.take(item, outcome, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) return;
      if (this.#runners.includes(runner)) this.#fail(item, error);
      else this.#again(item);
    } finally {
      this.#working.delete(work);
      this.#changed();
    }
  }

  /**
   * @param {{ item: Item, runner: Runner, abort: AbortController }} work
   * @param {unknown} output
   * @param {number} tries More than one: a photo is not to blame for a worker that the browser ended at its turn.
   * @returns {Promise<{ outcome: Outcome, ms: number }>}
   */
  async #attempt(work, output, tries) {
    const { item, runner, abort: { signal } } = work;
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
      const outcome = await runner.run(/** @type {File} */ (item.file), { signal, onprogress, output, item });
      return { outcome, ms: this.#now() - started };
    } catch (error) {
      if (tries === 1 || signal.aborted || !this.#runners.includes(runner) || codeOf(error) !== 'worker-died') throw error;
      return this.#attempt(work, output, tries - 1);
    }
  }

  /** @param {Item} item @param {unknown} error */
  #fail(item, error) {
    const { code, stage, message, advice } = problemOf(error);
    Object.assign(item, { progress: 0, bytes: null });
    if (ENGINE_STAGES.has(stage) || code === 'aborted' || code === 'disposed') {
      // Not to be had, or ended by somebody else: the photo waits for its turn.
      item.state = 'waiting';
      this.#meet({ kind: 'engine', code, message, advice });
    } else {
      Object.assign(item, { state: 'failed', error: { code, message, advice } });
    }
  }

  /** @param {Trouble} trouble */
  #meet(trouble) {
    this.trouble = trouble;
    this.paused ||= trouble.kind !== 'folder'; // without the folder, results are kept as before
    this.#changed();
  }

  /** @param {Item} item */
  #cancel(item) {
    if (item.state !== 'waiting' && item.state !== 'working') return;
    const error = { code: 'aborted', message: '', advice: '' };
    Object.assign(item, { state: 'failed', progress: 0, bytes: null, error });
    this.#abort(item);
  }

  /** @param {Item} item */
  #abort(item) {
    for (const work of this.#working) if (work.item === item) work.abort.abort();
  }

  /** @param {Item} item */
  #again(item) {
    this.#outbox.drop(item);
    Object.assign(item, { state: 'waiting', progress: 0, error: null, confidence: null, notices: [] });
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

/**
 * What an error says; what is none of the project's own says nothing to a person.
 *
 * @param {unknown} error
 * @returns {Problem & { stage: string }}
 */
function problemOf(error) {
  const known = /** @type {Partial<Problem> & { stage?: string }} */ (error ?? {});
  const { code, stage = '', message = '', advice = '' } = known;
  if (typeof code === 'string') return { code, stage, message, advice }; // a DOMException has a number
  console.error(error);
  return { code: 'internal', stage: '', message: '', advice: '' };
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {Partial<Problem> | null} */ (error)?.code;

/** "chosen/day 1/a.jpg": "day 1". @param {File} file */
const pathOf = ({ webkitRelativePath = '' }) => webkitRelativePath.split('/').slice(1, -1).join('/');
