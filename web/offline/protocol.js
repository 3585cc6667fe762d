/**
 * What the page and the service worker say to each other, and what the build tells the service worker. Types alone.
 *
 *   page ── Ask ──▶ service worker    each with a port for its Reply
 *        ◀─ Tell ──                   without being asked
 *
 * @module
 */

/** @import { Asset } from '../shared/protocol.js' */

/**
 * @typedef {object} BuildFacts Written into `service-worker.js` by the build.
 * @property {string} id The hash over all of dist/, as in `assets.json`.
 * @property {Record<string, Asset>} shell Fetched when the worker is installed, by path.
 * @property {Asset} whole All files of `shell` in that order, one behind the other.
 * @property {Record<string, Asset>} kept Kept as they are fetched, or all at once when a person asks for it.
 * @property {string[]} optional Those of `kept` that only some devices use: kept as they are fetched, and no part of all.
 * @property {Record<string, string>} headers For hosts that send none.
 * @property {Record<string, Record<string, string | null>>} pages Headers that differ for single pages; null: left off.
 *
 * @typedef {object} Entry One request, as the ledger lists it.
 * @property {number} at Milliseconds since 1970.
 * @property {string | null} method null where nobody said.
 * @property {string} url Absolute.
 * @property {string} kind What it was for, the request's `destination`; empty for `fetch`.
 * @property {number | null} status null where no answer was seen.
 * @property {number | null} bytes Of the answer's body; null where they are not known.
 * @property {'network' | 'cache' | 'refused' | 'passed' | 'browser'} from `passed`: on to the network, the answer not
 *   looked at; `browser`: seen by the page alone, from the network or the browser's own cache.
 */

// --- page → service worker -------------------------------------------------------------------------------------

/**
 * @typedef {{ type: 'hello', build: string }} Hello The first message of a page, and after each change of worker.
 * @typedef {{ type: 'status', check: boolean }} AskStatus With `check`, what is kept is read and compared with its hash.
 * @typedef {{ type: 'settled', path: string }} AskSettled What became of a file that was fetched just now.
 * @typedef {{ type: 'wish', on: boolean }} Wish Whether all that is kept shall stay complete, over updates too.
 * @typedef {{ type: 'forget' }} Forget Remove what is kept.
 * @typedef {{ type: 'cut', on: boolean }} Cut Answer this page from the cache alone, or no longer.
 * @typedef {{ type: 'use' }} Use To a worker that waits: take over.
 * @typedef {{ type: 'control' }} Control To a worker that is active, from a page that it does not control.
 * @typedef {Hello | AskStatus | AskSettled | Wish | Forget | Cut | Use | Control} Ask
 */

// --- service worker → page -------------------------------------------------------------------------------------

/**
 * @typedef {{ entries: Entry[], build: string, known: boolean }} HelloReply Requests since the page was opened; which
 *   build the worker is of; whether it has the files of the page's.
 * @typedef {object} StatusReply
 * @property {boolean} shell Whether the shell is complete.
 * @property {number} have Bytes kept.
 * @property {number} total Bytes there are to keep.
 * @property {string[]} missing Paths not kept.
 * @property {boolean} wished
 *
 * @typedef {'kept' | 'absent' | 'corrupt' | 'full'} Verdict `full`: the browser gives no more room.
 * @typedef {{ type: 'failed', message: string }} Failed Instead of any reply.
 * @typedef {{ type: 'requests', entries: Entry[] }} Tell
 */

export {};
