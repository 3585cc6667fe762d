/**
 * Networks on ONNX Runtime: loaded by name from the model manifest, warmed up, run.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Output } from '../../shared/protocol.js' */
/** @import { InferenceSession, env, Tensor } from 'onnxruntime-web' */

/**
 * @typedef {{ name: string, input: { name: string, size: number }, output: { name: string }, file: { name: string } }} Model
 * @typedef {{ subjects: { person: string, object: string }, models: Record<string, Model> }} Manifest
 * @typedef {{ InferenceSession: typeof InferenceSession, Tensor: typeof Tensor, env: typeof env }} Ort
 */

// The weights are stored as integers: make them floats once, at load, rather than for every photo.
const SESSION_OPTIONS = { executionProviders: ['wasm'], extra: { session: { disable_quant_qdq: '1' } } };

export class Networks {
  /** @type {Map<string, Promise<InferenceSession>>} */
  #sessions = new Map();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {Ort} ort
   * @param {AssetGate} gate
   * @param {Manifest} manifest
   */
  constructor(ort, gate, manifest) {
    this.ort = ort;
    this.gate = gate;
    this.manifest = manifest;
  }

  /**
   * Load the runtime and the network for people, at once: every photo is shown to that one first.
   *
   * @param {AssetGate} gate
   * @param {number} threads
   */
  static async start(gate, threads) {
    /** @type {Manifest} */
    const manifest = JSON.parse(new TextDecoder().decode(await gate.bytes('models/manifest.json')));
    const files = runtimeFiles(gate);
    const { models, subjects: { person } } = manifest;
    gate.expect([...Object.values(files), weights(models, person)]);
    const networks = new Networks(await startRuntime(gate, files, threads), gate, manifest);
    await networks.#session(person);
    return networks;
  }

  /**
   * Run the network for people on nothing: its first pass plans memory and is slower than the next ones. For idle time
   * only; while a photo waits, or Python still starts, it would take the processor from them.
   */
  async warmUp() {
    const { subjects: { person }, models } = this.manifest;
    const { size } = entry(models, person).input;
    await this.run(person, new Float32Array(3 * size * size), size, size);
  }

  /**
   * Run one network; runs are done one after the other.
   *
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   * @returns {Promise<Output>}
   */
  run(model, data, height, width) {
    const run = this.#last.then(() => this.#run(model, data, height, width));
    this.#last = run.catch(() => {});
    return run;
  }

  /**
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   * @returns {Promise<Output>}
   */
  async #run(model, data, height, width) {
    const { input, output } = entry(this.manifest.models, model);
    const session = await this.#session(model);
    const feeds = { [input.name]: new this.ort.Tensor('float32', data, [1, 3, height, width]) };
    const tensor = (await session.run(feeds, [output.name]))[output.name];
    if (!tensor) throw new Error(`${model} gave no output ${output.name}`);
    const [, , outputHeight = 0, outputWidth = 0] = tensor.dims;
    return { data: /** @type {Float32Array} */ (tensor.data), height: outputHeight, width: outputWidth };
  }

  /**
   * A promise is kept, a failure is not: the next call tries again.
   *
   * @param {string} model
   */
  #session(model) {
    let session = this.#sessions.get(model);
    if (!session) {
      session = this.#load(model);
      session.catch(() => this.#sessions.delete(model));
      this.#sessions.set(model, session);
    }
    return session;
  }

  /** @param {string} model */
  async #load(model) {
    const path = weights(this.manifest.models, model);
    this.gate.expect([path]);
    try {
      return await this.ort.InferenceSession.create(await this.gate.bytes(path), SESSION_OPTIONS);
    } finally {
      this.gate.release(); // the session has its own copy, and a failure must not be remembered
    }
  }
}

/** @param {AssetGate} gate */
function runtimeFiles(gate) {
  const find = (/** @type {string} */ name) => gate.find(new RegExp(`^runtime/onnxruntime-web-[^/]*/${name}$`));
  return {
    api: find('ort\\.wasm\\.min\\.mjs'),
    loader: find('ort-wasm-simd-threaded\\.mjs'),
    binary: find('ort-wasm-simd-threaded\\.wasm'),
  };
}

/**
 * @param {AssetGate} gate
 * @param {ReturnType<typeof runtimeFiles>} files
 * @param {number} threads
 * @returns {Promise<Ort>}
 */
async function startRuntime(gate, { api, loader, binary }, threads) {
  const [ort, wasmBinary] = await Promise.all([
    gate.module(api),
    gate.bytes(binary),
    gate.bytes(loader), // checked here, imported by the runtime
  ]);
  Object.assign(ort.env.wasm, { numThreads: threads, wasmBinary, wasmPaths: { mjs: gate.url(loader) } });
  return ort;
}

/**
 * @param {Record<string, Model>} models
 * @param {string} name
 */
function entry(models, name) {
  const model = models[name];
  if (!model) throw new Error(`The manifest has no model ${name}`);
  return model;
}

/**
 * @param {Record<string, Model>} models
 * @param {string} name
 */
function weights(models, name) {
  return `models/${entry(models, name).file.name}`;
}
