/** The page's end of the worker that prepares pictures: requests, and promises of their answers. @module */

/** @import { FromPictures, PictureRequest } from '../../shared/pictures.js' */

/**
 * @typedef {{ images: ImageBitmap[], blob: Blob | null }} Answer
 * @typedef {(report: Exclude<FromPictures, { type: 'done' | 'failed' }>) => void} Listener
 * @typedef {{ resolve: (answer: Answer) => void, reject: (error: Error) => void, onreport: Listener }} Waiting
 */

/**
 * @template T
 * @typedef {T extends PictureRequest ? Omit<T, 'id'> : never} Unnumbered
 */

export class Pictures {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;

  /**
   * @param {Unnumbered<PictureRequest>} request
   * @param {Transferable[]} [moved]
   * @param {{ onreport?: Listener, signal?: AbortSignal }} [options] After an abort nothing is reported any more.
   * @returns {Promise<Answer>}
   */
  ask(request, moved = [], { onreport = close, signal } = {}) {
    const id = this.#last += 1;
    const worker = this.#worker ??= this.#start();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onreport });
      signal?.addEventListener('abort', () => {
        if (!this.#waiting.delete(id)) return;
        worker.postMessage({ type: 'forget', id });
        reject(signal.reason);
      });
      worker.postMessage({ ...request, id }, moved);
    });
  }

  /** End the worker; what it still works on is never answered. */
  end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
  }

  #start() {
    const url = new URL('../../workers/pictures/worker.js', import.meta.url);
    const worker = new Worker(url, { type: 'module', name: 'gossamer-pictures' });
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(`The worker for pictures failed: ${event.message || 'it could not be started'}.`);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.end();
    };
    return worker;
  }

  /** @param {FromPictures} message */
  #receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (message.type !== 'done' && message.type !== 'failed') {
      (waiting?.onreport ?? close)(message);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.type === 'failed') waiting?.reject(new Error(message.message));
    else if (waiting) waiting.resolve(message);
    else for (const image of message.images) image.close();
  }
}

/** What nobody waits for any more. @type {Listener} */
function close(report) {
  if ('image' in report) report.image.close();
}
