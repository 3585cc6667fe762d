/**
 * The four states of the page. Types alone.
 *
 *   empty ──▶ working ──▶ done
 *     ▲         │  ▲        │ another photo, another kind of subject, another file format
 *     └─ cancel ┤  └────────┤
 *               └─▶ failed ─┘ try again, another photo
 *
 * @module
 */

/** @import { removeBackground, RemoveOptions } from '../gossamer.js' */
/** @import { Meter } from './progress.js' */
/** @import { Raster } from './raster.js' */

/**
 * @typedef {NonNullable<RemoveOptions['subject']>} Subject
 *
 * @typedef {object} Picture One photo that came in.
 * @property {File} file kept: other formats are made from it
 * @property {string[]} notices about how it came in
 * @property {Raster | null} preview null until decoded, and where the browser cannot show it
 *
 * @typedef {object} Cutout
 * @property {Picture} picture
 * @property {Subject} subject what was looked for
 * @property {Awaited<ReturnType<typeof removeBackground>>} result as transparent PNG
 * @property {Raster | null} raster of the result
 * @property {number} loadedBytes what had to be downloaded for it
 * @property {Map<string, Blob>} files what was saved before, by format and colour
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
 * @property {Cutout | null} back the result that is still there, when this photo has one already
 *
 * @typedef {object} Done
 * @property {'done'} name
 * @property {Cutout} cutout
 * @property {string | null} note what just happened
 *
 * @typedef {object} Failed
 * @property {'failed'} name
 * @property {Picture} picture
 * @property {Problem} problem
 * @property {Cutout | null} back the result that is still there
 * @property {() => void} retry
 *
 * @typedef {{ message: string, advice: string, retryable: boolean }} Problem
 * @typedef {Empty | Working | Done | Failed} State
 */

export {};
