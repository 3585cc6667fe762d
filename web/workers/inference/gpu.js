/**
 * A GPU as seen from the inference worker: another worker, watched, and ended when it fails.
 *
 * @module
 */

/** @import { Boot, FromInference, GpuBackend, Output } from '../../shared/protocol.js' */
/** @import { Manifest } from './networks.js' */
/** @import { Purpose } from './relay.js' */
import { GossamerError } from '../../shared/errors.js';
import { Inference } from '../python/inference.js';
import { entry } from './networks.js';

/** Without a word while it starts: shaders are compiled meanwhile, downloads give signs of life. */
const SILENCE_MS = 60_000;
/** A run of any GPU that is worth using takes a tenth of that, its shaders for a new size included. */
const RUN_MS = 20_000;
/** Who asks for one by name may mean one in software, which takes its time. */
const PATIENCE = Object.freeze({ trial: 1, chosen: 1, asked: 5 });

export class Gpu {
  #worker = new Worker(new URL('../gpu/main.js', import.meta.url), { type: 'module', name: 'gossamer gpu' });
  #watch = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;
  /** @type {(error: Error) => void} */
  #fail = () => {};
  /** @type {() => void} */
  #ready = () => {};
  #failed = /** @type {Promise<never>} */ (new Promise((_, reject) => { this.#fail = reject; }));
  #inference;

  /**
   * @param {GpuBackend} backend
   * @param {Purpose} purpose
   * @param {Boot} boot Our own.
   * @param {Manifest} manifest
   */
  constructor(backend, purpose, boot, manifest) {
    this.backend = backend;
    this.purpose = purpose;
    this.manifest = manifest;
    this.#failed.catch(() => {}); // heard by those who wait; nobody may be waiting
    const { port1, port2 } = new MessageChannel();
    const lifeline = `gossamer-${crypto.randomUUID()}`;
    this.#inference = new Inference(port1);
    this.#worker.onmessage = ({ data }) => this.#receive(data, lifeline);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new Error(`The GPU's worker failed: ${event.message}`));
    };
    this.#worker.postMessage({ ...boot, backend, lifeline, port: port2 }, [port2]);
  }

  /**
   * Wait until it has shown that it computes what it should. It is ended if it doesn't.
   *
   * @param {ConstructorParameters<typeof Gpu>} words
   */
  static async start(...words) {
    const gpu = new Gpu(...words);
    try {
      await gpu.#started();
      return gpu;
    } catch (error) {
      gpu.end();
      throw error;
    }
  }

  /** Whether it runs this network. @param {string} model */
  knows(model) {
    return entry(this.manifest.models, model).check !== undefined;
  }

  /**
   * @param {string} model
   * @param {Float32Array} data Not moved: should this fail, another backend needs it.
   * @param {number} height
   * @param {number} width
   * @returns {Promise<Output>}
   */
  async run(model, data, height, width) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const patience = RUN_MS * PATIENCE[this.purpose];
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No result after ${patience / 1000} s`)), patience);
    });
    try {
      const running = this.#inference.run(model, data.slice(), height, width, this.#watch.signal);
      return /** @type {Output} */ (await Promise.race([running, this.#failed, late]));
    } finally {
      clearTimeout(timer);
    }
  }

  /** End it; runs in flight are rejected. */
  end() {
    clearTimeout(this.#silence);
    this.#watch.abort();
    this.#worker.terminate();
    this.#fail(new Error('The GPU was given up.'));
  }

  async #started() {
    const ready = new Promise((resolve) => { this.#ready = () => resolve(null); });
    this.#listen();
    try {
      await Promise.race([ready, this.#failed]);
    } finally {
      clearTimeout(this.#silence);
    }
  }

  #listen() {
    clearTimeout(this.#silence);
    const patience = SILENCE_MS * PATIENCE[this.purpose];
    this.#silence = setTimeout(() => this.#fail(new Error(`No sign of life for ${patience / 1000} s`)), patience);
  }

  /**
   * @param {FromInference} message
   * @param {string} lifeline
   */
  #receive(message, lifeline) {
    if (message.type === 'alive') this.#watchLifeline(lifeline);
    else if (message.type === 'ready') this.#ready();
    else if (message.type === 'dead') this.#fail(new GossamerError(message.error));
    else if (message.type === 'loading') {
      this.#listen();
      if (this.purpose !== 'trial') postMessage(message); // somebody waits for it
    }
  }

  /** It holds this lock as long as it lives. @param {string} name */
  #watchLifeline(name) {
    navigator.locks
      .request(name, { signal: this.#watch.signal }, () => this.#fail(new Error('The browser ended the GPU’s worker.')))
      .catch(() => {}); // aborted by end()
  }
}
