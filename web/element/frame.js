/**
 * The engine in a frame of its own origin, unseen, spoken to over a port that only that origin can have been given.
 *
 * @module
 */

/** @import { RemoveResult } from '../gossamer.js' */
/** @import { Options } from './engine.js' */
/** @import { Connect, FromEngine, ToEngine } from './messages.js' */
import { failure, GossamerError } from '../shared/errors.js';
import { CONNECT } from './messages.js';

/** For a page of a few kilobytes on a slow connection. */
const LOAD_TIMEOUT_MS = 60_000;
/** Of a frame that has loaded: what is blocked or refused by its headers says nothing at all. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * @typedef {object} Call
 * @property {(result: RemoveResult) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {Options['onprogress']} onprogress
 */

export class FramedEngine {
  #closed = false;
  /** @type {Map<number, Call>} */
  #calls = new Map();
  #next = 1;
  #frame;
  #port;

  /**
   * @param {HTMLIFrameElement} frame
   * @param {MessagePort} port
   */
  constructor(frame, port) {
    this.#frame = frame;
    this.#port = port;
    port.onmessage = ({ data }) => this.#receive(data);
    frame.addEventListener('load', () => this.#close()); // once more: it is another page now
    new MutationObserver((_, observer) => {
      if (this.closed) observer.disconnect();
    }).observe(document.documentElement, { childList: true });
  }

  /** Whether the frame, and with it the engine, is gone: taken out by the page, or led elsewhere. */
  get closed() {
    if (!this.#frame.isConnected) this.#close();
    return this.#closed;
  }

  /**
   * @param {URL} address Of `embed.html`.
   * @returns {Promise<FramedEngine>}
   */
  static async open(address) {
    const frame = document.createElement('iframe');
    frame.style.setProperty('display', 'none', 'important');
    frame.title = 'Gossamer';
    frame.allow = 'cross-origin-isolated'; // threads, where the page around is isolated itself
    frame.src = address.href;
    try {
      await loaded(frame);
      return new FramedEngine(frame, await connect(frame, address.origin));
    } catch (error) {
      frame.remove();
      throw error;
    }
  }

  /**
   * @param {Blob} photo
   * @param {Options} options
   * @returns {Promise<RemoveResult>}
   */
  removeBackground(photo, { signal, onprogress, ...wishes }) {
    if (this.closed) return Promise.reject(gone());
    if (signal.aborted) return Promise.reject(abortion(signal));
    const id = this.#next;
    this.#next += 1;
    const started = performance.now();
    const abort = new AbortController(); // ends listening
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.#send({ type: 'cancel', id });
        reject(abortion(signal));
      }, { signal: abort.signal });
      this.#calls.set(id, { resolve, reject, onprogress });
      this.#send({ type: 'remove', id, photo, wishes });
    }).then((result) => {
      const timings = { ...result.timings, total: performance.now() - started };
      return { ...result, timings };
    }).finally(() => {
      abort.abort();
      this.#calls.delete(id);
    });
  }

  /** @param {ToEngine} message */
  #send(message) {
    this.#port.postMessage(message);
  }

  /** @param {FromEngine} message */
  #receive(message) {
    if (!('id' in message)) return;
    const call = this.#calls.get(message.id);
    if (message.type === 'progress') call?.onprogress(message.progress);
    else if (message.type === 'result') call?.resolve(message.result);
    else call?.reject(new GossamerError(message.error));
  }

  #close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.close();
    this.#frame.remove();
    for (const call of this.#calls.values()) call.reject(gone());
  }
}

/**
 * Put the frame into the page, beside its body: what a page does with its content leaves it alone.
 *
 * @param {HTMLIFrameElement} frame
 * @returns {Promise<void>}
 */
function loaded(frame) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(unreachable(frame.src)), LOAD_TIMEOUT_MS);
    frame.addEventListener('load', () => {
      clearTimeout(late);
      resolve();
    }, { once: true });
    document.documentElement.append(frame);
  });
}

/**
 * Hand a port to the frame. The message can only be read by `origin`; whoever answers over the port has read it.
 *
 * @param {HTMLIFrameElement} frame
 * @param {string} origin
 * @returns {Promise<MessagePort>}
 */
function connect(frame, origin) {
  const { port1: port, port2 } = new MessageChannel();
  /** @type {Connect} */
  const message = { type: CONNECT };
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(unreachable(frame.src)), ANSWER_TIMEOUT_MS);
    port.onmessage = (/** @type {MessageEvent<FromEngine>} */ { data }) => {
      clearTimeout(late);
      if (data.type === 'ready') resolve(port);
      else reject(failure('embed-refused', `${origin} does not let ${location.origin} use it.`));
    };
    frame.contentWindow?.postMessage(message, origin, [port2]);
  });
}

/** @param {string} address */
function unreachable(address) {
  return failure('embed-unreachable', `${address} could not be loaded as a frame, or did not answer.`);
}

function gone() {
  return failure('embed-unreachable', 'The frame with the engine was taken out of the page.');
}

/** @param {AbortSignal} signal */
function abortion(signal) {
  return failure('aborted', 'Stopped as asked.', { cause: signal.reason });
}
