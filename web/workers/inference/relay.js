/**
 * Which backend runs the networks: one on the GPU where one has shown that it is right and faster, WebAssembly
 * everywhere else, and at once where the GPU fails in the middle of a photo.
 *
 * @module
 */

/** @import { BackendMemory, BackendState, BackendWish, GpuBackend, Output } from '../../shared/protocol.js' */
/** @import { Model } from './networks.js' */

/**
 * @typedef {object} GpuLike
 * @property {GpuBackend} backend
 * @property {(model: string) => boolean} knows
 * @property {(model: string, data: Float32Array, height: number, width: number) => Promise<Output>} run
 * @property {() => void} end
 *
 * @typedef {object} WasmLike
 * @property {(model: string, data: Float32Array, height: number, width: number) => Promise<Output>} run
 * @property {(model: string, pixels: number) => number} paceOf
 *
 * @typedef {'trial' | 'chosen' | 'asked'} Purpose For a trial nobody waits; `asked`: somebody asked for it by name.
 *
 * @typedef {object} Hands What starts and finds the backends.
 * @property {() => Promise<WasmLike>} startWasm
 * @property {(backend: GpuBackend, purpose: Purpose) => Promise<GpuLike>} startGpu Rejected where it fails, or computes
 *   something else.
 * @property {(backend: GpuBackend, software: boolean) => Promise<string | null>} describe
 * @property {(state: BackendState) => void} report
 */

export class Relay {
  /** @type {Promise<WasmLike> | null} */
  #wasm = null;
  /** @type {Promise<GpuLike | null>} */
  #gpu = Promise.resolve(null);
  /** @type {BackendWish} */
  #wish = 'wasm';
  #memory;
  #hands;
  #person;
  #trying = false;

  /**
   * @param {Hands} hands
   * @param {Model} person The network that every photo is shown to first.
   * @param {BackendMemory} memory What this device has shown before.
   */
  constructor(hands, person, memory) {
    this.#hands = hands;
    this.#person = person;
    this.#memory = structuredClone(memory);
  }

  /**
   * Use a backend from now on, or with `auto` the one that was found to be best. Resolves when it can run; where it
   * can't, WebAssembly can.
   *
   * @param {BackendWish} wish
   */
  async use(wish) {
    this.#wish = wish;
    this.#gpu = this.#change(this.#gpu, wish); // at once: a photo that comes right after waits for it
    if (!await this.#gpu) await this.#cpu();
    await this.#report();
  }

  /**
   * Run one network. The data is kept until somebody has run it.
   *
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   * @returns {Promise<Output>}
   */
  async run(model, data, height, width) {
    const gpu = await this.#gpu;
    if (gpu?.knows(model)) {
      try {
        return await gpu.run(model, data, height, width);
      } catch (error) {
        await this.#giveUp(gpu, error);
      }
    }
    return (await this.#cpu()).run(model, data, height, width);
  }

  /**
   * Run the network for people on nothing: a first pass is slower than the next ones, for it plans memory or compiles
   * shaders. For idle time only; while a photo waits, or Python still starts, it would take the processor from them.
   */
  warmUp() {
    return this.#pass(this);
  }

  /**
   * Try what this device has not been asked yet, one after the other, and go on with the first that is right and faster
   * than WebAssembly. Photos that come meanwhile are not held up.
   *
   * @param {readonly GpuBackend[]} candidates
   */
  async tryGpus(candidates) {
    if (this.#trying || this.#wish !== 'auto' || await this.#gpu) return;
    this.#trying = true;
    try {
      const { name, input: { size } } = this.#person;
      const limit = (await this.#cpu()).paceOf(name, size * size);
      for (const backend of candidates) {
        const adapter = await this.#hands.describe(backend, false);
        if (adapter === null || this.#memory.adapters[backend] === adapter) continue;
        if (await this.#try(backend, adapter, limit)) break;
      }
    } finally {
      this.#trying = false;
      await this.#report();
    }
  }

  /**
   * @param {GpuBackend} backend
   * @param {string} adapter
   * @param {number} limit ms
   * @returns {Promise<boolean>} whether it is used from now on
   */
  async #try(backend, adapter, limit) {
    /** @type {GpuLike | null} */
    let gpu = null;
    try {
      gpu = await this.#hands.startGpu(backend, 'trial');
      await this.#pass(gpu);
      const started = performance.now();
      await this.#pass(gpu);
      const ms = performance.now() - started;
      this.#remember(backend, adapter, null);
      if (ms < limit && this.#wish === 'auto') {
        this.#memory.chosen = backend;
        this.#gpu = Promise.resolve(gpu);
        return true;
      }
    } catch (error) {
      this.#remember(backend, adapter, error);
    }
    gpu?.end();
    return false;
  }

  /** @param {Pick<GpuLike, 'run'>} runner */
  async #pass(runner) {
    const { name, input: { size } } = this.#person;
    await runner.run(name, new Float32Array(3 * size * size), size, size);
  }

  /**
   * @param {Promise<GpuLike | null>} former
   * @param {BackendWish} wish
   * @returns {Promise<GpuLike | null>}
   */
  async #change(former, wish) {
    const before = await former;
    const backend = wish === 'auto' ? this.#memory.chosen ?? 'wasm' : wish;
    if (before?.backend === backend) return before;
    before?.end();
    return backend === 'wasm' ? null : this.#start(backend, wish !== 'auto');
  }

  /**
   * @param {GpuBackend} backend
   * @param {boolean} forced Whether somebody asked for this one: then one in software will do, and a past failure too.
   * @returns {Promise<GpuLike | null>}
   */
  async #start(backend, forced) {
    const adapter = await this.#hands.describe(backend, forced).catch(() => null);
    if (adapter === null || (!forced && this.#memory.adapters[backend] !== adapter)) {
      if (this.#memory.chosen === backend) this.#memory.chosen = null; // another GPU, or none: to be tried anew
      return null;
    }
    try {
      const gpu = await this.#hands.startGpu(backend, forced ? 'asked' : 'chosen');
      this.#remember(backend, adapter, null);
      return gpu;
    } catch (error) {
      this.#remember(backend, adapter, error);
      return null;
    }
  }

  #cpu() {
    const wasm = this.#wasm ?? this.#hands.startWasm();
    wasm.catch(() => { this.#wasm = null; }); // the next call tries again
    this.#wasm = wasm;
    return wasm;
  }

  /**
   * @param {GpuLike} gpu
   * @param {unknown} error
   */
  async #giveUp(gpu, error) {
    if (await this.#gpu !== gpu) return; // it was given up already, or another one was asked for
    this.#gpu = Promise.resolve(null);
    gpu.end();
    this.#remember(gpu.backend, this.#memory.adapters[gpu.backend] ?? '', error);
    await this.#report();
  }

  /**
   * What came of a backend. That its files could not be had says nothing about the device.
   *
   * @param {GpuBackend} backend
   * @param {string} adapter
   * @param {unknown} error null if it did well
   */
  #remember(backend, adapter, error) {
    if (error) console.warn(error);
    if (isUnreachable(error)) return;
    this.#memory.adapters[backend] = adapter;
    delete this.#memory.refused[backend];
    if (error === null) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#memory.refused[backend] = { reason, date: new Date().toISOString() };
    if (this.#memory.chosen === backend) this.#memory.chosen = null;
  }

  async #report() {
    this.#hands.report({ inUse: (await this.#gpu)?.backend ?? 'wasm', memory: structuredClone(this.#memory) });
  }
}

/** @param {unknown} error */
function isUnreachable(error) {
  return error instanceof Error && 'code' in error && ['asset-missing', 'asset-corrupt'].includes(String(error.code));
}
