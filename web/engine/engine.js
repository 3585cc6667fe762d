/**
 * The engine: starts the workers on first use, gives them photos, settles every call whatever happens to them.
 *
 * @module
 */

/** @import { FromPython, Glance, JobContent, Outcome, Progress } from '../shared/protocol.js' */
import { failure, GossamerError } from '../shared/errors.js';
import { requireCapabilities } from './capabilities.js';
import { loadAssetList, WorkerPair } from './workers.js';

/**
 * @typedef {(progress: Progress) => void} OnProgress
 *
 * @typedef {object} Listeners
 * @property {AbortSignal} [signal]
 * @property {OnProgress} [onprogress]
 * @property {(glance: Glance) => void} [onglance]
 * @property {(photo: ImageBitmap) => void} [onphoto]
 *
 * @typedef {object} Call One task that a worker has.
 * @property {(result: Outcome) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {OnProgress} onprogress
 * @property {(glance: Glance) => void} onglance
 * @property {(photo: ImageBitmap) => void} onphoto
 *
 * @typedef {object} Life From one start of the workers to their end.
 * @property {Promise<WorkerPair>} ready
 * @property {(error: GossamerError) => void} end
 */

/** WebAssembly's memory never shrinks: after this long without work the workers are ended, and start when needed. */
const IDLE_MS = 5 * 60_000;
/** With a draft open somebody may only be looking at it; to make it again takes as long as a photo. */
const IDLE_WITH_DRAFTS_MS = 20 * 60_000;
/** After a photo, with no other one at work: time that nobody misses. */
const QUIET_MS = 3000;
/** After a start for nothing in particular: a photo that comes right then would have to wait for the warm-up. */
const WARM_MS = 500;

export class Engine {
  /** Those that are open, whoever keeps them. @type {Set<object>} */
  drafts = new Set();
  /** @type {Life | null} */
  #life = null;
  /** @type {Map<number, Call>} */
  #calls = new Map();
  /** @type {Set<OnProgress>} */
  #loading = new Set();
  #next = 1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;

  /** Stands for the workers that now run: what they keep is lost when this is another. @returns {object | null} */
  get life() {
    return this.#life;
  }

  /**
   * Start the workers, or wait until they have started. A failed start is forgotten: the next call tries again.
   *
   * @param {OnProgress} onprogress
   */
  async start(onprogress) {
    this.#loading.add(onprogress);
    clearTimeout(this.#idle);
    try {
      this.#life ??= this.#begin();
      return await this.#life.ready;
    } finally {
      this.#loading.delete(onprogress);
      this.#restLater();
    }
  }

  /**
   * Start the workers ahead of a first photo.
   *
   * @param {OnProgress} onprogress
   */
  async preload(onprogress) {
    const isNew = this.#life === null;
    const workers = await this.start(onprogress);
    workers.followWish();
    if (isNew) this.#whenQuiet(WARM_MS, () => workers.warmUp());
  }

  /**
   * Run one task. The workers start while what it is about is still being opened.
   *
   * @template {Outcome} T
   * @param {(signal: AbortSignal) => Promise<{ content: JobContent, moved: Transferable[] }>} open
   * @param {Listeners} [listeners]
   * @returns {Promise<T>} As the kind of task has it in protocol.js.
   */
  async run(open, listeners = {}) {
    const { signal = new AbortController().signal, onprogress = () => {}, onglance = () => {} } = listeners;
    const { onphoto = (photo) => photo.close() } = listeners;
    throwIfAborted(signal); // before anything is started for it
    const id = this.#next;
    this.#next += 1;
    const { promise, resolve, reject } = deferred();
    promise.catch(() => {}); // heard below
    clearTimeout(this.#quiet);
    this.#calls.set(id, { resolve, reject, onprogress, onglance, onphoto });
    /** @type {WorkerPair | null} */
    let workers = null;
    try {
      const both = Promise.all([open(signal), this.start(onprogress)]);
      // The workers may end while the photo is still being opened: then the call has been rejected already.
      const [{ content, moved }, started] = await untilAborted(signal, Promise.race([both, promise]));
      workers = started;
      started.followWish();
      started.send({ type: 'job', id, content }, moved);
      const result = await untilAborted(signal, promise);
      this.#whenQuiet(QUIET_MS, () => started.tryGpus());
      return result;
    } finally {
      if (signal.aborted) workers?.send({ type: 'cancel', id });
      this.#calls.delete(id);
      this.#restLater();
    }
  }

  /** End the workers and give their memory back; calls in flight are rejected with `disposed`. */
  dispose() {
    this.#life?.end(failure('disposed', 'The engine was ended.'));
  }

  /** Once nobody waits any more. */
  #restLater() {
    clearTimeout(this.#idle);
    if (this.#calls.size > 0 || this.#loading.size > 0) return;
    this.#idle = setTimeout(() => this.dispose(), this.drafts.size > 0 ? IDLE_WITH_DRAFTS_MS : IDLE_MS);
  }

  /**
   * Do something with time that nobody misses: unless a photo comes first.
   *
   * @param {number} ms
   * @param {() => void} work
   */
  #whenQuiet(ms, work) {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.#calls.size === 0) work();
    }, ms);
  }

  /** @returns {Life} */
  #begin() {
    requireCapabilities();
    const { promise: ready, resolve, reject } = deferred();
    ready.catch(() => {}); // heard by those who wait; nobody may be waiting when a worker dies later
    /** @type {WorkerPair | null} */
    let workers = null;
    /** @type {Life} */
    const life = {
      ready,
      end: (error) => {
        if (this.#life !== life) return;
        this.#life = null;
        workers?.end();
        reject(error);
        for (const call of this.#calls.values()) call.reject(error);
      },
    };
    const assets = loadAssetList();
    workers = new WorkerPair(assets, { // their scripts are fetched while the list is
      onready: () => resolve(workers),
      onloading: (progress) => this.#report(progress),
      onmessage: (message) => this.#receive(message),
      ondeath: life.end,
    });
    assets.catch(life.end);
    return life;
  }

  /**
   * Tell everybody who waits: for the start, or for a network that one of the photos turned out to need.
   *
   * @param {Progress} progress
   */
  #report(progress) {
    const calls = [...this.#calls.values()].map(({ onprogress }) => onprogress);
    for (const onprogress of new Set([...this.#loading, ...calls])) onprogress(progress);
  }

  /** @param {FromPython} message */
  #receive(message) {
    if (message.type === 'working') this.#calls.get(message.id)?.onprogress(message.progress);
    else if (message.type === 'glance') this.#calls.get(message.id)?.onglance(message.glance);
    else if (message.type === 'photo') this.#calls.get(message.id)?.onphoto(message.photo);
    else if (message.type === 'result') this.#calls.get(message.id)?.resolve(message.result);
    else if (message.type === 'error') this.#calls.get(message.id)?.reject(new GossamerError(message.error));
  }
}

/**
 * The promise's outcome, or `aborted` as soon as the signal says so, whichever is first.
 *
 * @template T
 * @param {AbortSignal} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function untilAborted(signal, promise) {
  promise.catch(() => {}); // it may fail after the abort, and nobody is left to hear it
  const { promise: aborted, reject } = deferred();
  const abort = () => reject(abortion(signal));
  signal.addEventListener('abort', abort);
  try {
    throwIfAborted(signal);
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** @param {AbortSignal} signal */
function throwIfAborted(signal) {
  if (signal.aborted) throw abortion(signal);
}

/** @param {AbortSignal} signal */
function abortion(signal) {
  return failure('aborted', 'Stopped as asked.', { cause: signal.reason });
}

/** @returns {{ promise: Promise<any>, resolve: (value: any) => void, reject: (error: unknown) => void }} */
function deferred() {
  /** @type {(value: any) => void} */
  let resolve = () => {};
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
