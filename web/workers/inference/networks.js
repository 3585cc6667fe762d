/**
 * Networks on ONNX Runtime: loaded by name from the model manifest, warmed up, run.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Backend, Output } from '../../shared/protocol.js' */
/** @import { Ort } from './runtime.js' */
/** @import { InferenceSession } from 'onnxruntime-web' */
import { floatModel } from './form.js';
import { runtimeFiles, startRuntime } from './runtime.js';

/**
 * @typedef {{ name: string }} ModelFile
 * @typedef {object} Model
 * @property {string} name
 * @property {{ name: string, size: number }} input
 * @property {{ name: string }} output
 * @property {ModelFile} file
 * @property {ModelFile} wasm What makes of it a model with float weights.
 * @property {ModelFile} [gpu] What makes of it one for GPUs.
 * @property {{ size: number, file: ModelFile }} [check] The matte that a GPU must reproduce; without one, none runs it.
 *
 * @typedef {{ subjects: { person: string, object: string }, models: Record<string, Model> }} Manifest
 */

/** A session of WebGL is for one size of picture; photos come in a few. Each holds 26 MB of weights on the GPU. */
const MOST_SIZES = 4;

export class Networks {
  /** By model, or by model and size. @type {Map<string, Promise<InferenceSession>>} */
  #sessions = new Map();
  /** Files put together with float weights. WebGL needs them for each size. @type {Map<string, Promise<Uint8Array>>} */
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
    const first = entry(models, person);
    gate.expect([...Object.values(files), ...networkFiles(first, backend)]);
    const made = makeModel(gate, first, backend); // the runtime is still on its way
    made.catch(() => {}); // heard below
    const networks = new Networks(await startRuntime(gate, files, threads), gate, manifest, backend);
    networks.#made.set(person, made);
    const size = backend === 'wasm' || !first.check ? first.input.size : first.check.size; // what it is run with first
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
    try {
      return await this.ort.InferenceSession.create(await this.#file(name), { executionProviders: [this.backend] });
    } finally {
      // The session has its own copy, and a failure must not be remembered.
      if (this.backend !== 'webgl') this.#made.delete(name);
      this.gate.release();
    }
  }

  /** @param {string} name */
  #file(name) {
    const made = this.#made.get(name) ?? makeModel(this.gate, entry(this.manifest.models, name), this.backend);
    made.catch(() => this.#made.delete(name));
    this.#made.set(name, made);
    return made;
  }
}

/**
 * @param {AssetGate} gate
 * @param {Model} model
 * @param {Backend} backend
 */
async function makeModel(gate, model, backend) {
  const form = formOf(model, backend);
  if (!form) throw new Error(`${model.name} has no form for ${backend}`);
  const [formPath, filePath] = [pathOf(form), pathOf(model.file)];
  gate.expect([formPath, filePath]);
  const [graph, weights] = await Promise.all([gate.bytes(formPath), gate.bytes(filePath)]);
  return floatModel(new Uint8Array(graph), new Uint8Array(weights), backend === 'webgl' ? 'zero' : 'open');
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
function networkFiles(model, backend) {
  const check = backend === 'wasm' ? undefined : model.check?.file;
  return [model.file, formOf(model, backend), check].flatMap((one) => (one ? [pathOf(one)] : []));
}

/**
 * @param {Model} model
 * @param {Backend} backend
 */
function formOf({ wasm, gpu }, backend) {
  return backend === 'wasm' ? wasm : gpu;
}
