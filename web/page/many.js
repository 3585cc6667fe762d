/**
 * Many photos on the page: the queue, how its photos are made, and the one of them that is on the stage. All of it is
 * fetched when more than one photo has come in, or something of an earlier visit waits to be saved.
 *
 * @module
 */

/** @import { Output, RemoveResult } from '../gossamer.js' */
/** @import { Edit } from './edit.js' */
/** @import { Incoming } from './intake/gathering.js' */
/** @import { BatchPanel } from './panels/batch.js' */
/** @import { Item, Run, RunOptions } from './queue/item.js' */
/** @import { Leftovers } from './queue/leftovers.js' */
/** @import { Queue } from './queue/queue.js' */
import { hasRoomForAnother } from '../engine/capabilities.js';
import { removeBackground } from '../gossamer.js';
import { fileName } from './panels/save.js';

/** While one waits for the network, Python decodes the next and encodes the last: docs/decisions/0019-pipelining.md. */
const AT_ONCE = 2;

/** @typedef {typeof removeBackground} Remove */

/** @typedef {{ queue: Queue, batch: BatchPanel, offer: (leftovers: Leftovers) => void }} Parts */

export class Many {
  #host;
  #onopen;
  /** @type {Promise<Parts> | null} */
  #loading = null;
  /** @type {Parts | null} */
  #parts = null;
  /** @type {WeakMap<Item, { edit: Edit, own: Output }>} */
  #handwork = new WeakMap();

  /**
   * @param {HTMLElement} host hidden as long as there is no list
   * @param {(item: Item) => void} onopen Somebody wants to see one of them on the stage.
   */
  constructor(host, onopen) {
    this.#host = host;
    this.#onopen = onopen;
  }

  /** Whether there is a list. */
  get isThere() {
    return !this.#host.hidden;
  }

  /**
   * @param {Incoming[]} photos
   * @returns {Promise<Item[]>}
   */
  async add(photos) {
    const { queue } = await this.#load();
    return queue.add(photos);
  }

  /** Look whether an earlier visit has left results that were never saved. For a quiet moment. */
  async lookForLeftovers() {
    const { findLeftovers } = await import('./queue/leftovers.js');
    const leftovers = await findLeftovers();
    if (leftovers) (await this.#load()).offer(leftovers);
  }

  /** How the photos are made. @returns {Output} */
  get output() {
    return this.#parts?.batch.output ?? {};
  }

  /**
   * A person has worked on one of them: that is its result, and what is made of it from now on.
   *
   * @param {Item} item
   * @param {RemoveResult} result
   * @param {Edit} edit
   * @param {Output} own frame, size and shadow, where they were chosen for this one
   */
  async revise(item, result, edit, own) {
    this.#handwork.set(item, { edit, own });
    await this.#parts?.queue.revise(item, outcomeOf(item.name, result, this.output));
  }

  /** What a person has decided about one of them, if it was on the stage before. @param {Item} item */
  editOf(item) {
    return this.#handwork.get(item)?.edit ?? null;
  }

  /**
   * @param {Remove} remove
   * @param {File} file
   * @param {RunOptions} options
   */
  async #run(remove, file, { signal, onprogress, output, item }) {
    const { edit, own } = this.#handwork.get(item) ?? { edit: null, own: {} };
    const wishes = { subject: edit?.subject ?? 'auto', strokes: edit?.strokes ?? [], output: { ...output, ...own } };
    return outcomeOf(file.name, await remove(file, { signal, onprogress, ...wishes }), output);
  }

  /** @returns {Promise<Parts>} */
  #load() {
    this.#loading ??= this.#make();
    this.#loading.catch(() => { this.#loading = null; }); // the next photo tries again
    return this.#loading;
  }

  async #make() {
    const [{ Queue }, { mountQueue }, { BatchPanel }] = await Promise.all([
      import('./queue/queue.js'), import('./queue/queue-view.js'), import('./panels/batch.js'),
    ]);
    const runBy = (/** @type {Remove} */ remove) => /** @type {Run} */ ((file, options) => this.#run(remove, file, options));
    const queue = new Queue({ run: runBy(removeBackground), atOnce: AT_ONCE });
    if (hasRoomForAnother()) await this.#addSecondEngine(queue, runBy);
    const batch = new BatchPanel(this.#host, (output) => { queue.output = output; });
    queue.output = batch.output;
    const { offer } = mountQueue(this.#host, queue, { onopen: this.#onopen });
    queue.subscribe(() => this.#show(queue));
    this.#parts = { queue, batch, offer: (leftovers) => {
      this.#reveal(true);
      offer(leftovers);
    } };
    return this.#parts;
  }

  /** @param {Queue} queue @param {(remove: Remove) => Run} runBy */
  async #addSecondEngine(queue, runBy) {
    const { SecondEngine } = await import('./queue/second-engine.js');
    new SecondEngine(queue, runBy, AT_ONCE);
  }

  /** The list is there while it holds anything. @param {Queue} queue */
  #show({ items }) {
    this.#reveal(items.length > 0);
  }

  /** @param {boolean} there */
  #reveal(there) {
    this.#host.hidden = !there;
    document.body.toggleAttribute('data-queue', there);
  }
}

/**
 * @param {string} original
 * @param {RemoveResult} result
 * @param {Output} output
 */
function outcomeOf(original, { blob, confidence, notices, width, height }, { type = 'png' }) {
  const format = type === 'trimap' ? 'png' : type;
  return { blob, name: fileName(original, format, blob.type), confidence, notices, width, height };
}
