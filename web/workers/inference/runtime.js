/** ONNX Runtime for each backend: which files it is made of, and how it is started. @module */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Backend } from '../../shared/protocol.js' */
/** @import { InferenceSession, env, Tensor } from 'onnxruntime-web' */

/**
 * @typedef {{ InferenceSession: typeof InferenceSession, Tensor: typeof Tensor, env: typeof env }} Ort
 * @typedef {{ api: string, loader?: string, binary?: string }} RuntimeFiles
 */

/** @type {Readonly<Record<Backend, RuntimeFiles>>} */
const NAMES = {
  wasm: {
    api: 'ort.wasm.min.mjs',
    loader: 'ort-wasm-simd-threaded.mjs',
    binary: 'ort-wasm-simd-threaded.wasm',
  },
  // 16.8 MB: the builds for browsers without JSPI have over 25 MiB, which some hosts refuse.
  webgpu: {
    api: 'ort.jspi.min.mjs',
    loader: 'ort-wasm-simd-threaded.jspi.mjs',
    binary: 'ort-wasm-simd-threaded.jspi.wasm',
  },
  webgl: { api: 'ort.webgl.min.mjs' },
};

/**
 * @param {AssetGate} gate
 * @param {Backend} backend
 * @returns {RuntimeFiles} Their paths.
 */
export function runtimeFiles(gate, backend) {
  const find = (/** @type {string} */ name) => (
    gate.find(new RegExp(`^runtime/onnxruntime-web-[^/]*/${name.replaceAll('.', '\\.')}$`))
  );
  const { api, loader, binary } = NAMES[backend];
  return { api: find(api), ...(loader && binary ? { loader: find(loader), binary: find(binary) } : {}) };
}

/**
 * @param {AssetGate} gate
 * @param {RuntimeFiles} files
 * @param {number} threads
 * @returns {Promise<Ort>}
 */
export async function startRuntime(gate, { api, loader, binary }, threads) {
  if (!loader || !binary) return gate.module(api);
  const [ort] = await Promise.all([
    gate.module(api),
    gate.bytes(binary), // both checked here; the runtime fetches the one, through the gate, and imports the other
    gate.bytes(loader),
  ]);
  const wasmPaths = { mjs: gate.url(loader), wasm: gate.url(binary) };
  Object.assign(ort.env.wasm, { numThreads: threads, wasmPaths });
  return ort;
}
