/**
 * A matte that can still be changed, kept by the workers: strokes, undo and redo, files of it.
 *
 * @module
 */

/** @import { Boxes, Changed, JobContent, JobOptions, JobResult, JobStroke, Opened, Patch, PhotoContent } from '../shared/protocol.js' */
/** @import { ShadowLayer, ShadowOptions } from '../shared/protocol.js' */
/** @import { Engine, Listeners } from './engine.js' */
import { failure } from '../shared/errors.js';

/** @typedef {(signal: AbortSignal) => Promise<{ content: PhotoContent, moved: Transferable[] }>} OpenPhoto */

let next = 1;

export class DraftKeeper {
  #engine;
  #open;
  #number = next++;
  #closed = false;
  /** Of the workers that have it. @type {object | null} */
  #life = null;
  /** All that was drawn and not undone: with it the draft is made again when the workers have died. @type {JobStroke[][]} */
  #done = [];
  /** @type {JobStroke[][]} */
  #undone = [];
  /** While new workers make it again: whoever comes meanwhile waits for the same. @type {Promise<void> | null} */
  #again = null;
  /** How many changes the workers remember, either way. */
  #undoable = 0;
  #redoable = 0;

  /**
   * @param {Engine} engine
   * @param {OpenPhoto} open Called again should the workers have to start anew.
   */
  constructor(engine, open) {
    this.#engine = engine;
    this.#open = open;
  }

  get canUndo() {
    return this.#undoable > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /**
   * @param {Listeners} listeners
   * @returns {Promise<Opened>}
   */
  async open(listeners) {
    try {
      /** @type {Opened} */
      const opened = await this.#engine.run(async (signal) => {
        const { content, moved } = await this.#open(signal);
        return { content: { ...content, kind: 'open', draft: this.#number }, moved };
      }, listeners);
      this.#life = this.#engine.life;
      if (!this.#closed) this.#engine.drafts.add(this);
      this.#undoable = 0;
      this.#redoable = 0;
      return opened;
    } catch (error) {
      if (this.#engine.life) this.#forget(); // an abort may have come when the workers had it already
      throw error;
    }
  }

  /**
   * @param {JobStroke[]} strokes
   * @returns {Promise<Patch | null>}
   */
  async repair(strokes) {
    await this.#atHand();
    const patch = await this.#draw(strokes);
    if (patch) {
      this.#done.push(strokes);
      this.#undone = [];
    }
    return patch;
  }

  /** @returns {Promise<Patch | null>} */
  async undo() {
    await this.#atHand();
    const patch = await this.#change({ kind: 'undo', draft: this.#number });
    const strokes = patch && this.#done.pop();
    if (strokes) this.#undone.push(strokes);
    return patch;
  }

  /** @returns {Promise<Patch | null>} */
  async redo() {
    await this.#atHand();
    const strokes = this.#undone.at(-1);
    if (!strokes) return null;
    // New workers know nothing of what was undone, but drawing it again is the same.
    const remembered = this.#redoable > 0;
    const patch = await (remembered ? this.#change({ kind: 'redo', draft: this.#number }) : this.#draw(strokes));
    this.#undone.pop();
    this.#done.push(strokes);
    return patch;
  }

  /**
   * @param {JobOptions} options
   * @param {Listeners} listeners
   * @returns {Promise<JobResult>}
   */
  async export(options, listeners) {
    await this.#atHand(listeners);
    return this.#engine.run(sending({ kind: 'export', draft: this.#number, options }), listeners);
  }

  /** @returns {Promise<Boxes>} */
  async boxes() {
    await this.#atHand();
    return this.#engine.run(sending({ kind: 'boxes', draft: this.#number }));
  }

  /**
   * @param {ShadowOptions} shadow
   * @returns {Promise<ShadowLayer | null>}
   */
  async shadow(shadow) {
    await this.#atHand();
    /** @type {{ layer: ShadowLayer | null }} */
    const { layer } = await this.#engine.run(sending({ kind: 'shadow', draft: this.#number, shadow }));
    return layer;
  }

  /** Forget it; calls from now on are rejected with `disposed`. */
  close() {
    this.#closed = true;
    this.#engine.drafts.delete(this);
    if (this.#life !== null && this.#life === this.#engine.life) this.#forget(); // else gone with its workers
  }

  #forget() {
    this.#engine.run(sending({ kind: 'close', draft: this.#number })).catch(() => {});
  }

  /** @param {JobStroke[]} strokes */
  #draw(strokes) {
    return this.#change({ kind: 'repair', draft: this.#number, strokes });
  }

  /**
   * @param {JobContent} content
   * @returns {Promise<Patch | null>}
   */
  async #change(content) {
    /** @type {Changed} */
    const { patch, undoable, redoable } = await this.#engine.run(sending(content));
    this.#undoable = undoable;
    this.#redoable = redoable;
    return patch;
  }

  /**
   * See that the workers have the draft: new ones make it again, stroke by stroke.
   *
   * @param {Listeners} [listeners]
   */
  async #atHand(listeners = {}) {
    if (this.#closed) throw failure('disposed', 'The draft was closed.');
    if (this.#again === null && this.#life !== null && this.#life === this.#engine.life) return;
    this.#again ??= this.#makeAgain(listeners).finally(() => { this.#again = null; });
    await this.#again;
  }

  /** @param {Listeners} listeners */
  async #makeAgain(listeners) {
    await this.open(listeners);
    for (const strokes of this.#done) await this.#draw(strokes);
    if (this.#closed) this.#forget();
  }
}

/**
 * A task that has nothing to open first.
 *
 * @param {JobContent} content
 */
function sending(content) {
  return async () => ({ content, moved: [] });
}
