/**
 * What a person has decided about a photo, as plain values: going back is to take an earlier value.
 *
 * @module
 */

/** @import { Stroke } from '../engine/options.js' */
/** @import { Subject } from './state.js' */
/** @import { Wishes } from './finish/wishes.js' */
/** @import { Backdrop } from './panels/look.js' */

/**
 * @typedef {object} Edit
 * @property {Subject} subject what to look for
 * @property {readonly Stroke[]} strokes each one a change of its own, oldest first
 * @property {Backdrop} backdrop
 * @property {Wishes | null} finish crop, size and shadow; null where nothing was chosen
 */

const MOST_STEPS = 200;

/** The decisions about one photo, in their order, and which one holds. */
export class History {
  /** @type {Edit[]} */
  #edits;
  #index = 0;

  /** @param {Edit} first */
  constructor(first) {
    this.#edits = [first];
  }

  /** @returns {Edit} */
  get now() {
    return /** @type {Edit} */ (this.#edits[this.#index]);
  }

  /** @returns {Edit | null} what undo goes back to */
  get before() {
    return this.#edits[this.#index - 1] ?? null;
  }

  /** @returns {Edit | null} what redo goes on to */
  get after() {
    return this.#edits[this.#index + 1] ?? null;
  }

  /**
   * Decide something; what was undone is forgotten.
   *
   * @param {Edit} edit
   */
  add(edit) {
    this.#edits = [...this.#edits.slice(0, this.#index + 1), edit].slice(-MOST_STEPS);
    this.#index = this.#edits.length - 1;
  }

  /**
   * Change what holds now, without a step of its own: a slider that is still being moved.
   *
   * @param {Edit} edit
   */
  replace(edit) {
    this.#edits = [...this.#edits.slice(0, this.#index), edit];
  }

  back() {
    if (this.before) this.#index -= 1;
  }

  forth() {
    if (this.after) this.#index += 1;
  }
}
