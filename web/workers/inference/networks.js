/**
 * Networks on ONNX Runtime: loaded by name from the model manifest, warmed up, run.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Backend, Output } from '../../shared/protocol.js' */
/** @import { Ort } from './runtime.js' */
/** @import { InferenceSession } from 'onnxruntime-web' */
import { gpuModel } from './form.js';
import { runtimeFiles, startRuntime } from './runtime.js';

/**
 * @typedef {{ name: string }} ModelFile
 * @typedef {object} Model
 * @property {string} name
 * @property {{ name: string, size: number }} input
 * @property {{ name: string }} output
 * @property {ModelFile} file
 * @property {ModelFile} [gpu] What makes of it a model for GPUs.
 * @property {{ size: number, file: ModelFile }} [check] The matte that a GPU must reproduce; without one, none runs it.
 *
 * @typedef {{ subjects: { person: string, object: string }, models: Record<string, Model> }} Manifest
 */

/** @type {Readonly<Record<Backend, InferenceSession.SessionOptions>>} */
const SESSION_OPTIONS = {
  // The weights are stored as integers: make them floats once, at load, rather than for every photo.
  wasm: { executionProviders: ['wasm'], extra: { session: { disable_quant_qdq: '1' } } },
  webgpu: { executionProviders: ['webgpu'] },
  webgl: { executionProviders: ['webgl'] },
};
/** A session of WebGL is for one size of picture; photos come in a few. Each holds 26 MB of weights on the GPU. */
const MOST_SIZES = 4;

export class Networks {
  /** By model, or by model and size. @type {Map<string, Promise<InferenceSession>>} */
  #sessions = new Map();
  /** Models put together for the GPU: WebGL needs them for each size. @type {Map<string, Promise<Uint8Array>>} */
  #made = new Map();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** Milliseconds a pixel of the fastest run so far, by model. @type {Map<string, number>} */
  #pace = new Map();

  /**
   * @param {Ort} ort
   * @param {AssetGate} gate
   * @param {Manifest} manifest
   * @param {Backend} backend
   */
  constructor(ort, gate, manifest, backend) {
    this.ort = ort;
    this.gate = gate;
    this.manifest = manifest;
    this.backend = backend;
  }

  /**
   * Load the runtime and the network for people, at once: every photo is shown to that one first.
   *
   * @param {AssetGate} gate
   * @param {Manifest} manifest
   * @param {Backend} backend
   * @param {number} threads
   */
  static async start(gate, manifest, backend, threads) {
    const files = runtimeFiles(gate, backend);
    const { models, subjects: { person } } = manifest;
    const { check, input } = entry(models, person);
    gate.expect([...Object.values(files), ...networkFiles(entry(models, person), backend)]);
    const networks = new Networks(await startRuntime(gate, files, threads), gate, manifest, backend);
    const size = backend === 'wasm' || !check ? input.size : check.size; // what it is run with first
    await networks.#session(person, size, size);
    return networks;
  }

  /**
   * How long a run takes, by the fastest so far.
   *
   * @param {string} model
   * @param {number} pixels
   * @returns {number} Milliseconds; infinite before the first run.
   */
  paceOf(model, pixels) {
    return (this.#pace.get(model) ?? Infinity) * pixels;
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
    const session = await this.#session(model, height, width);
    const feeds = { [input.name]: new this.ort.Tensor('float32', data, [1, 3, height, width]) };
    const started = performance.now();
    const tensor = (await session.run(feeds, [output.name]))[output.name];
    const pace = (performance.now() - started) / (height * width);
    this.#pace.set(model, Math.min(pace, this.#pace.get(model) ?? Infinity));
    if (!tensor) throw new Error(`${model} gave no output ${output.name}`);
    const [, , outputHeight = 0, outputWidth = 0] = tensor.dims;
    return { data: /** @type {Float32Array} */ (tensor.data), height: outputHeight, width: outputWidth };
  }

  /**
   * A promise is kept, a failure is not: the next call tries again.
   *
   * @param {string} model
   * @param {number} height
   * @param {number} width
   */
  #session(model, height, width) {
    const key = this.backend === 'webgl' ? `${model} ${height}×${width}` : model;
    const session = this.#sessions.get(key) ?? this.#load(model);
    session.catch(() => this.#sessions.delete(key));
    this.#sessions.delete(key); // to the end: the first is the one not used for longest
    this.#sessions.set(key, session);
    if (this.backend === 'webgl') this.#keepFew();
    return session;
  }

  #keepFew() {
    const [oldest] = this.#sessions;
    if (!oldest || this.#sessions.size <= MOST_SIZES) return;
    const [key, session] = oldest;
    this.#sessions.delete(key);
    session.then((old) => old.release()).catch(console.warn);
  }

  /** @param {string} name */
  async #load(name) {
    const model = entry(this.manifest.models, name);
    try {
      const bytes = this.backend === 'wasm' ? await this.#bytes(model.file) : await this.#forGpu(model);
      return await this.ort.InferenceSession.create(bytes, SESSION_OPTIONS[this.backend]);
    } finally {
      this.gate.release(); // the session has its own copy, and a failure must not be remembered
    }
  }

  /** @param {Model} model */
  #forGpu(model) {
    const made = this.#made.get(model.name) ?? this.#make(model);
    made.catch(() => this.#made.delete(model.name));
    this.#made.set(model.name, made);
    return made;
  }

  /** @param {Model} model */
  async #make({ name, file, gpu }) {
    if (!gpu) throw new Error(`${name} has no form for GPUs`);
    const [form, weights] = await Promise.all([this.#bytes(gpu), this.#bytes(file)]);
    return gpuModel(form, weights, this.backend === 'webgl' ? 'zero' : 'open');
  }

  /** @param {ModelFile} file */
  async #bytes(file) {
    this.gate.expect([pathOf(file)]);
    return new Uint8Array(await this.gate.bytes(pathOf(file)));
  }
}

/** @param {AssetGate} gate @returns {Promise<Manifest>} */
export async function readManifest(gate) {
  return JSON.parse(new TextDecoder().decode(await gate.bytes('models/manifest.json')));
}

/**
 * @param {Record<string, Model>} models
 * @param {string} name
 */
export function entry(models, name) {
  const model = models[name];
  if (!model) throw new Error(`The manifest has no model ${name}`);
  return { ...model, name };
}

/** @param {ModelFile} file */
export function pathOf({ name }) {
  return `models/${name}`;
}

/**
 * @param {Model} model
 * @param {Backend} backend
 */
function networkFiles({ file, gpu, check }, backend) {
  const more = backend === 'wasm' ? [] : [check?.file, gpu];
  return [file, ...more].flatMap((one) => (one ? [pathOf(one)] : []));
}
