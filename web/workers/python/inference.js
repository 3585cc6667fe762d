/**
 * The inference worker as seen from here: a promise for each tensor sent.
 *
 * @module
 */

/** @import { InferReply, InferRequest, Output } from '../../shared/protocol.js' */
import { GossamerError } from '../../shared/errors.js';

export class Inference {
  #next = 1;
  /** @type {Map<number, { resolve: (output: Output | null) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /** @param {MessagePort} port */
  constructor(port) {
    this.port = port;
    port.onmessage = ({ data }) => this.#receive(data);
  }

  /**
   * Run a network on another thread.
   *
   * @param {string} model
   * @param {Float32Array} data 1 × 3 × height × width; moved.
   * @param {number} height
   * @param {number} width
   * @param {AbortSignal} signal Stops the waiting; a network that runs can't be interrupted, but its answer can be ignored.
   * @returns {Promise<Output | null>} null if it was aborted
   */
  run(model, data, height, width, signal) {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      /** @type {InferRequest} */
      const request = { id, model, data, height, width };
      this.port.postMessage(request, [data.buffer]);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(id);
        resolve(null);
      });
    });
  }

  /** @param {InferReply} reply */
  #receive(reply) {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(new GossamerError(reply.error));
    else waiting?.resolve(reply.output);
  }
}
