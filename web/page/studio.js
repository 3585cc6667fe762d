/**
 * The photo under work: its draft in the engine, the decisions about it, and the files made of it.
 *
 * @module
 */

/** @import { Draft, Output } from '../gossamer.js' */
/** @import { Stroke } from '../engine/options.js' */
/** @import { Glance, Patch, Progress } from '../shared/protocol.js' */
/** @import { Edit } from './edit.js' */
/** @import { FileResult, Picture, Subject } from './state.js' */
import { openDraft } from '../gossamer.js';
import { History } from './edit.js';

/**
 * @typedef {object} Screen What shows the photo; the viewer is one.
 * @property {(draft: Draft) => void} setDraft
 * @property {(patch: Patch) => void} patch
 *
 * @typedef {object} Opening
 * @property {AbortSignal} signal
 * @property {(progress: Progress) => void} onprogress
 * @property {(glance: Glance) => void} onglance
 * @property {(photo: ImageBitmap) => void} onphoto
 */

export class Studio {
  /** Work on the draft is done in its order. @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** Files that were made of the photo as it is, by what was asked for. @type {Map<string, FileResult>} */
  #files = new Map();
  #screen;
  /** @type {number | null} */
  #gesture = null;

  /**
   * @param {Picture} picture
   * @param {Draft} draft
   * @param {Edit} edit
   * @param {number} loadedBytes what had to be downloaded for it
   * @param {Screen} screen
   */
  constructor(picture, draft, edit, loadedBytes, screen) {
    this.picture = picture;
    this.draft = draft;
    this.history = new History(edit);
    this.loadedBytes = loadedBytes;
    /** Whether anything was decided since it was opened that makes another result. */
    this.isChanged = false;
    this.#screen = screen;
    screen.setDraft(draft);
  }

  get edit() {
    return this.history.now;
  }

  /**
   * Draw one stroke.
   *
   * @param {Stroke} stroke
   * @returns {Promise<boolean>} whether it changed anything
   */
  draw(stroke) {
    return this.#next(async () => {
      const patch = await this.draft.repair(stroke);
      if (!patch) return false;
      this.decide({ strokes: [...this.edit.strokes, stroke] });
      this.#screen.patch(patch);
      return true;
    });
  }

  /**
   * Decide something that needs no work on the matte.
   *
   * @param {Partial<Edit>} part
   * @param {number | null} [gesture] Of a hand: what is decided in the same one is one decision.
   */
  decide(part, gesture = null) {
    const edit = { ...this.edit, ...part };
    if (gesture !== null && gesture === this.#gesture) this.history.replace(edit);
    else this.history.add(edit);
    this.#gesture = gesture;
    this.#touched(Object.keys(part).some((name) => name !== 'backdrop'));
  }

  /**
   * Whether going there needs the photo to be opened again: for another subject, or because the strokes to be undone are
   * older than what the workers remember.
   *
   * @param {Edit} target
   */
  isFar(target) {
    const undoes = target.strokes.length < this.edit.strokes.length;
    return target.subject !== this.edit.subject || (undoes && !this.draft.canUndo);
  }

  /** Go back one decision, to one that is not far. */
  undo() {
    return this.#next(() => this.#step('back', 'forth', this.history.before));
  }

  /** Go on to the decision that was undone last. */
  redo() {
    return this.#next(() => this.#step('forth', 'back', this.history.after));
  }

  /**
   * Another draft of the same photo takes the place of this one, with all strokes.
   *
   * @param {Draft} draft
   */
  replaceDraft(draft) {
    this.draft.close();
    this.draft = draft;
    this.#screen.setDraft(draft);
    this.#touched(true);
  }

  /**
   * Make a file, or take the one that was made.
   *
   * @param {Output} output
   * @param {{ signal?: AbortSignal, onprogress?: (progress: Progress) => void }} [options]
   * @returns {Promise<FileResult>}
   */
  export(output, options) {
    return this.#next(async () => {
      const key = JSON.stringify(output);
      const made = this.#files.get(key) ?? await this.draft.export(output, options);
      this.#files.set(key, made);
      return made;
    });
  }

  close() {
    this.draft.close();
    this.#files.clear();
  }

  /**
   * @param {'back' | 'forth'} way
   * @param {'back' | 'forth'} otherWay
   * @param {Edit | null} target
   */
  async #step(way, otherWay, target) {
    if (!target) return;
    const steps = target.strokes.length - this.edit.strokes.length;
    this.history[way](); // before anybody can decide something else
    this.#gesture = null;
    try {
      const patch = await this.#follow(steps, target);
      if (patch) this.#screen.patch(patch);
    } catch (error) {
      this.history[otherWay]();
      throw error;
    }
    this.#touched(true);
  }

  /**
   * @param {number} steps of the strokes: back, none or forth
   * @param {Edit} target
   * @returns {Promise<Patch | null>}
   */
  async #follow(steps, target) {
    if (steps === 0) return null;
    if (steps < 0) return this.draft.undo();
    const last = /** @type {Stroke} */ (target.strokes.at(-1));
    return this.draft.canRedo ? this.draft.redo() : this.draft.repair(last); // a draft made anew has nothing undone
  }

  /** @param {boolean} isChange of the result, not only of what it is looked at on */
  #touched(isChange) {
    this.isChanged ||= isChange;
    this.#files.clear();
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #next(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

/**
 * Open a photo, with the strokes that were drawn on it before: each a change of its own, so that each can be undone.
 *
 * @param {Picture} picture
 * @param {Subject} subject
 * @param {readonly Stroke[]} strokes
 * @param {Opening} opening
 * @returns {Promise<Draft>}
 */
export async function openWithStrokes({ file }, subject, strokes, opening) {
  const draft = await openDraft(file, { subject, ...opening });
  try {
    for (const stroke of strokes) {
      const patch = await draft.repair(stroke);
      if (patch) putPatch(draft, patch);
    }
    return draft;
  } catch (error) {
    draft.close();
    throw error;
  }
}

/**
 * Bring the layers of a draft that nobody shows yet up to date.
 *
 * @param {Draft} draft
 * @param {Patch} patch
 */
function putPatch({ layers, width: stride }, { x, y, width, height, pixels, trimap }) {
  for (let row = 0; row < height; row += 1) {
    const [from, to] = [row * width, (y + row) * stride + x];
    layers.pixels.set(pixels.subarray(4 * from, 4 * (from + width)), 4 * to);
    layers.trimap.set(trimap.subarray(from, from + width), to);
  }
}
