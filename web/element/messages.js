/**
 * What crosses between the element and `embed.html`, its engine on another origin. Types, and the name both sides go by.
 *
 *   element's page ── Connect, once, with a port ──▶ window of embed.html
 *                  ── ToEngine ─────────────────────▶ over the port
 *                  ◀─ FromEngine ──────────────────── over the port
 *
 * @module
 */

/** @import { BackendWish, PlainError, Progress } from '../shared/protocol.js' */
/** @import { RemoveResult } from '../gossamer.js' */

/** Changes with any change of what follows: both files come from one build, but a cache may hold an older one. */
export const CONNECT = 'gossamer-connect-2';

/**
 * @typedef {object} Wishes Options of `removeBackground` that an attribute can ask for.
 * @property {'auto' | 'person' | 'object'} subject
 * @property {BackendWish} backend
 * @property {{ type: 'png' | 'webp' | 'jpeg' | 'alpha', background: string | null, crop: 'subject' | null }} output
 *
 * @typedef {{ type: typeof CONNECT }} Connect
 *
 * @typedef {{ type: 'remove', id: number, photo: Blob, wishes: Wishes }} Remove Ids count up.
 * @typedef {{ type: 'cancel', id: number }} Cancel
 * @typedef {Remove | Cancel} ToEngine
 *
 * @typedef {{ type: 'ready' }} Ready The page around may use the engine.
 * @typedef {{ type: 'refused' }} Refused It may not; nothing follows.
 * @typedef {{ type: 'progress', id: number, progress: Progress }} Working
 * @typedef {{ type: 'result', id: number, result: RemoveResult }} Result The matte's buffer is moved.
 * @typedef {{ type: 'error', id: number, error: PlainError }} Failure
 * @typedef {Ready | Refused | Working | Result | Failure} FromEngine
 */
