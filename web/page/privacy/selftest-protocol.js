/**
 * What the page of the self-test tells the page that opened it. Types, and the names that both need.
 *
 * @module
 */

/** @import { Entry } from '../../offline/protocol.js' */
/** @import { PlainError } from '../../shared/protocol.js' */

/** The attempts to reach the network, by name. */
export const PROBES = /** @type {const} */ (['own', 'elsewhere', 'image', 'script']);

/**
 * @typedef {typeof PROBES[number]} Probe
 * @typedef {'trying' | 'starting' | 'working'} Step
 *
 * @typedef {object} Cutout
 * @property {Blob} blob
 * @property {number} width
 * @property {number} height
 * @property {number} ms
 * @property {number} share Of the photo's pixels that are opaque, 0 to 1.
 *
 * @typedef {object} Outcome
 * @property {Probe[]} refused By the browser's policy, or for a script by the service worker.
 * @property {Probe[]} reached All others, whatever they failed with.
 * @property {Entry[]} entries All requests of that page and its threads.
 * @property {Cutout | null} cutout
 * @property {PlainError | null} error Why there is no cut-out.
 *
 * @typedef {{ type: 'selftest-step', step: Step } | { type: 'selftest-outcome', outcome: Outcome }} FromTest
 */
