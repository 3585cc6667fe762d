/**
 * Answers calls that come over a port. What comes is what anybody may have sent: only what has exactly the shape of a
 * call is one, and all else is dropped without an answer.
 *
 * @module
 */

/** @import { FromEngine, Remove, Wishes } from '../element/messages.js' */
import { dispose, removeBackground } from '../gossamer.js';
import { BACKENDS, CROPS, OUTPUTS, SUBJECTS } from '../element/options.js';
import { toPlain } from '../shared/errors.js';

/** The engine's memory goes back to a page that has not used it for so long. */
const IDLE_TIMEOUT_MS = 5 * 60_000;
/** No CSS colour is longer. */
const MAX_BACKGROUND_LENGTH = 200;

export class Service {
  /** @type {Map<number, AbortController>} */
  #running = new Map();
  /** The highest so far: an id that comes again is no new call. */
  #lastId = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;
  #port;

  /** @param {MessagePort} port */
  constructor(port) {
    this.#port = port;
  }

  start() {
    this.#port.onmessage = ({ data }) => this.#receive(data);
    this.#send({ type: 'ready' });
  }

  /** @param {unknown} data */
  #receive(data) {
    if (!isRecord(data) || !Number.isSafeInteger(data.id)) return;
    const id = Number(data.id);
    if (data.type === 'cancel') this.#running.get(id)?.abort();
    const call = data.type === 'remove' && id > this.#lastId ? readCall(id, data) : null;
    if (call) this.#run(call);
  }

  /** @param {Remove} call */
  async #run({ id, photo, wishes }) {
    const abort = new AbortController();
    this.#lastId = id;
    this.#running.set(id, abort);
    clearTimeout(this.#idle);
    try {
      const result = await removeBackground(photo, {
        ...wishes,
        signal: abort.signal,
        onprogress: (progress) => this.#send({ type: 'progress', id, progress }),
      });
      this.#send({ type: 'result', id, result }, [result.alpha.buffer]);
    } catch (error) {
      this.#send({ type: 'error', id, error: toPlain(error) });
    } finally {
      this.#running.delete(id);
      if (this.#running.size === 0) this.#idle = setTimeout(dispose, IDLE_TIMEOUT_MS);
    }
  }

  /**
   * @param {FromEngine} message
   * @param {Transferable[]} [moved]
   */
  #send(message, moved = []) {
    this.#port.postMessage(message, moved);
  }
}

/**
 * @param {number} id
 * @param {Record<string, unknown>} data
 * @returns {Remove | null}
 */
function readCall(id, { photo, wishes }) {
  if (!(photo instanceof Blob) || !isRecord(wishes) || !isRecord(wishes.output)) return null;
  const subject = member(SUBJECTS, wishes.subject);
  const backend = member(BACKENDS, wishes.backend);
  const type = member(OUTPUTS, wishes.output.type);
  const crop = member(CROPS, wishes.output.crop ?? 'none');
  const { background } = wishes.output;
  const plain = background === null || (typeof background === 'string' && background.length <= MAX_BACKGROUND_LENGTH);
  if (!subject || !backend || !type || !crop || !plain) return null;
  /** @type {Wishes} */
  const read = { subject, backend, output: { type, background, crop: crop === 'none' ? null : crop } };
  return { type: 'remove', id, photo, wishes: read };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * @template T
 * @param {readonly T[]} values
 * @param {unknown} value
 */
function member(values, value) {
  return values.find((one) => one === value);
}
