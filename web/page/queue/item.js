/**
 * One photo of a queue, and what can be said about many of them. Types and sums alone; queue.js makes things happen.
 *
 * @module
 */

/** @import { Notice, Progress } from '../../shared/protocol.js' */
/** @import { ResultRef } from './store.js' */

/**
 * @typedef {object} Outcome What `run` makes of a photo.
 * @property {Blob} blob
 * @property {string} name to save it under
 * @property {number | null} confidence 0 to 1
 * @property {Notice[]} notices
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} RunOptions
 * @property {AbortSignal} signal
 * @property {(progress: Progress) => void} onprogress
 * @property {any} output what the queue's `output` was when this photo began
 * @property {Item} item
 *
 * @typedef {(file: File, options: RunOptions) => Promise<Outcome>} Run
 *
 * @typedef {object} Runner Who makes photos.
 * @property {Run} run
 * @property {number} atOnce photos that `run` is given at a time
 * @property {(file: File) => boolean} takes whether it makes such a photo
 *
 * @typedef {'waiting' | 'working' | 'done' | 'failed' | 'saved'} ItemState
 * @typedef {{ code: string, message: string, advice: string }} Problem both texts empty where there is nothing to say
 *
 * @typedef {object} Item For others to read.
 * @property {number} id
 * @property {File | null} file null for a result of an earlier page, which can be saved but not made again
 * @property {string} name of the photo
 * @property {string} path of its folder, below the one that was chosen; '' for that one. Safe to make folders of
 * @property {ItemState} state
 * @property {number} progress 0 to 1
 * @property {{ done: number, total: number } | null} bytes of the engine's download, while this photo waits for it
 * @property {Problem | null} error
 * @property {number | null} confidence
 * @property {Notice[]} notices
 * @property {number} width of the result, 0 as long as there is none
 * @property {number} height
 * @property {string} resultName '' as long as there is none
 * @property {ResultRef | null} resultRef there while the state is `done`
 * @property {string | null} madeWith the output it was made with, as text; null for one of an earlier page
 *
 * @typedef {object} Trouble Why the queue has paused, or no longer writes into the folder.
 * @property {'engine' | 'space' | 'folder'} kind
 * @property {string} code of the error, '' where there is none
 * @property {string} message as it came, '' where there is nothing more to say
 * @property {string} advice
 *
 * @typedef {object} Outlet Where results go as soon as they are made; a folder.
 * @property {string} name
 * @property {(path: string, name: string, blob: Blob) => Promise<void>} write
 *
 * @typedef {{ item: Item, path: string, name: string, blob: Blob }} Result
 * @typedef {Record<ItemState | 'all' | 'doubtful', number>} Counts
 */

/** Below this a cut-out is worth a look. The pipeline itself speaks up below 0.5; looking costs less than missing. */
const DOUBTFUL = 0.75;

/** The pace is that of the last photos: the machine may have become busier since the first ones. */
const PACE_PHOTOS = 15;

/**
 * @param {number} id
 * @param {Pick<Item, 'file' | 'path' | 'name'>} photo
 * @returns {Item}
 */
export function newItem(id, { file, path, name }) {
  return {
    id, file, path, name, state: 'waiting', progress: 0, bytes: null, error: null, confidence: null, notices: [],
    width: 0, height: 0, resultName: '', resultRef: null, madeWith: null,
  };
}

/** @param {ItemState} state */
const isSettled = (state) => state !== 'waiting' && state !== 'working';

/** Whether a result is worth a look. @param {Pick<Item, 'state' | 'confidence' | 'notices'>} item */
export function isDoubtful({ state, confidence, notices }) {
  if (state !== 'done' && state !== 'saved') return false;
  return (confidence !== null && confidence < DOUBTFUL) || notices.some(({ code }) => /^subject-|^low-memory$/.test(code));
}

/** @param {readonly Item[]} items @returns {Counts} */
export function count(items) {
  const counts = { all: items.length, waiting: 0, working: 0, done: 0, failed: 0, saved: 0, doubtful: 0 };
  for (const item of items) {
    counts[item.state] += 1;
    if (isDoubtful(item)) counts.doubtful += 1;
  }
  return counts;
}

/** How many photos' worth of work is left, of one in work a part. @param {readonly Item[]} items */
export function workLeft(items) {
  return items.reduce((left, { state, progress }) => left + (isSettled(state) ? 0 : 1 - progress), 0);
}

/** How long a photo takes. */
export class Pace {
  /** @type {number[]} */
  #last = [];

  /** @param {number} ms */
  add(ms) {
    this.#last = [...this.#last, ms].slice(-PACE_PHOTOS);
  }

  /** The median, null before there is one. */
  get ms() {
    return this.#last.toSorted((a, b) => a - b)[this.#last.length >> 1] ?? null;
  }
}
