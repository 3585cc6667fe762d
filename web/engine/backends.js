/**
 * Which backend runs the networks on this device: what was asked for, what is in use, and what is remembered from one
 * visit to the next. The inference worker decides; this keeps its findings, which are of no use to anybody else.
 *
 * @module
 */

/** @import { BackendMemory, BackendState, BackendWish } from '../shared/protocol.js' */
import { invalidOption } from '../shared/errors.js';

/** @type {readonly BackendWish[]} */
export const WISHES = ['auto', 'webgpu', 'webgl', 'wasm'];

const KEY = 'gossamer.backend';

/** @type {BackendWish} */
let wish = 'auto';
/** @type {BackendState | null} */
let state = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Ask for a backend, for all photos from now on.
 *
 * @param {BackendWish} wanted
 * @throws {GossamerError} `option-invalid`
 */
export function wishForBackend(wanted) {
  if (!WISHES.includes(wanted)) throw invalidOption(`The option backend is none of ${WISHES.join(', ')}.`);
  wish = wanted;
}

export function wishedBackend() {
  return wish;
}

/** As the workers told last; null before they have started. */
export function backendState() {
  return state;
}

/** @param {() => void} listener Called when it is another one. */
export function onBackend(listener) {
  listeners.add(listener);
}

/**
 * What is known of this device. A new build or another version of the browser may do better, or worse.
 *
 * @param {string} build
 * @returns {BackendMemory}
 */
export function recallBackends(build) {
  try {
    const { of, memory } = JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? {};
    if (of === identity(build)) return { ...nothingKnown(), ...memory };
  } catch {
    // Nothing may be stored here, or something else is.
  }
  return nothingKnown();
}

/**
 * @param {string} build
 * @param {BackendState} told
 */
export function noteBackends(build, told) {
  state = told;
  try {
    localStorage.setItem(KEY, JSON.stringify({ of: identity(build), memory: told.memory }));
  } catch {
    // It is found out again on the next visit.
  }
  for (const listener of listeners) listener();
}

/** @param {string} build */
function identity(build) {
  return `${build} ${navigator.userAgent}`;
}

/** @returns {BackendMemory} */
function nothingKnown() {
  return { chosen: null, adapters: {}, refused: {} };
}
