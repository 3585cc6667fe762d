/**
 * What this browser can do, found out before anything is downloaded.
 *
 * @module
 */

import { failure } from '../shared/errors.js';

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where WebAssembly knows SIMD.
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);
// More threads than this only compete: the network's layers are too small to share further.
const MAX_THREADS = 8;
// An engine takes up to one, beside the browser and all else.
const ENOUGH_GIGABYTES = 4;

/** Throw `unsupported-browser`, naming what is missing, where the engine can't run. */
export function requireCapabilities() {
  const missing = missingCapability();
  if (missing) throw failure('unsupported-browser', `This browser has no ${missing}, which Gossamer needs.`);
}

/**
 * Whether threads can share memory. They can't without cross-origin isolation; WebKitGTK isolates a page, and keeps
 * shared memory from it all the same.
 */
export function hasThreads() {
  return globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined' && !isAppleMobile();
}

/** Threads for ONNX Runtime. */
export function threadCount() {
  if (!hasThreads()) return 1;
  return Math.min(navigator.hardwareConcurrency || 1, MAX_THREADS);
}

/**
 * Whether a second engine is worth its memory, and there is enough of that. With threads the first one has all cores.
 * Phones end a page that takes too much: on those, what there is has to be known.
 */
export function hasRoomForAnother() {
  const { deviceMemory: gigabytes } = /** @type {{ deviceMemory?: number }} */ (navigator);
  if (hasThreads() || (navigator.hardwareConcurrency || 1) < 2) return false;
  return gigabytes === undefined ? !isMobile() : gigabytes >= ENOUGH_GIGABYTES;
}

/**
 * What may be tried in idle time, best first. On Apple's phones WebGPU ends the page after some hundred runs. Trying
 * WebGPU is a download of 17 MB, which is not for those who save data.
 *
 * @returns {import('../shared/protocol.js').GpuBackend[]}
 */
export function gpuCandidates() {
  const { connection } = /** @type {{ connection?: { saveData: boolean } }} */ (/** @type {unknown} */ (navigator));
  return isAppleMobile() || connection?.saveData ? [] : ['webgpu', 'webgl'];
}

function missingCapability() {
  if (typeof WebAssembly === 'undefined') return 'WebAssembly';
  if (!WebAssembly.validate(SIMD_MODULE)) return 'WebAssembly SIMD';
  if (typeof Worker === 'undefined') return 'web workers';
  if (typeof OffscreenCanvas === 'undefined') return 'OffscreenCanvas';
  if (!globalThis.crypto?.subtle) return 'secure context (https or localhost)';
  return null;
}

function isMobile() {
  return isAppleMobile() || /Android|Mobile/.test(navigator.userAgent);
}

/** There, WebAssembly threads hang or run out of memory. An iPad calls itself a Mac, but has touch. */
function isAppleMobile() {
  return /iPhone|iPad/.test(navigator.userAgent)
    || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}
