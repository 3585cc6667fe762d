/**
 * The four states of the page. Types alone.
 *
 *   empty ──▶ working ──▶ done
 *     ▲         │  ▲        │ another photo, another kind of subject
 *     └─ cancel ┤  └────────┤
 *               └─▶ failed ─┘ try again, another photo
 *
 * @module
 */

/** @import { DraftOptions, RemoveResult } from '../gossamer.js' */
/** @import { Item } from './queue/item.js' */
/** @import { Studio } from './studio.js' */
/** @import { Meter } from '../shared/meter.js' */
/** @import { PlainError } from '../shared/protocol.js' */

/**
 * @typedef {NonNullable<DraftOptions['subject']>} Subject
 *
 * @typedef {object} Picture One photo that came in.
 * @property {File} file kept: the draft is made from it, again if need be
 * @property {string[]} notices about how it came in
 * @property {Item | null} queued the item of the queue that it belongs to
 *
 * @typedef {object} Empty
 * @property {'empty'} name
 * @property {string | null} note what just happened
 *
 * @typedef {object} Working
 * @property {'working'} name
 * @property {Picture} picture
 * @property {Subject} subject what is looked for
 * @property {Meter} meter
 * @property {number} startedAt `performance.now()`
 * @property {Studio | null} back what is still there, when this photo has a cut-out already
 *
 * @typedef {object} Done
 * @property {'done'} name
 * @property {Studio} studio
 * @property {string | null} note what just happened
 * @property {string | null} busy what is being done to it
 *
 * @typedef {object} Failed
 * @property {'failed'} name
 * @property {Picture} picture
 * @property {PlainError} problem
 * @property {Studio | null} back the cut-out that is still there
 * @property {() => void} retry
 *
 * @typedef {Empty | Working | Done | Failed} State
 * @typedef {RemoveResult} FileResult
 */

export {};
