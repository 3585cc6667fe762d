/** Answers requests for runs of a network that come over a port. @module */

/** @import { InferReply, InferRequest, Output } from '../../shared/protocol.js' */
import { toPlain } from '../../shared/errors.js';

/**
 * @param {MessagePort} port
 * @param {(model: string, data: Float32Array, height: number, width: number) => Promise<Output>} run
 */
export function serve(port, run) {
  port.onmessage = ({ data }) => answer(port, run, data);
}

/**
 * @param {MessagePort} port
 * @param {Parameters<typeof serve>[1]} run
 * @param {InferRequest} request
 */
async function answer(port, run, { id, model, data, height, width }) {
  try {
    const output = await run(model, data, height, width);
    reply(port, { id, output }, [output.data.buffer]);
  } catch (error) {
    console.error(error);
    reply(port, { id, error: toPlain(error, 'worker-died') });
  }
}

/**
 * @param {MessagePort} port
 * @param {InferReply} message
 * @param {Transferable[]} [moved]
 */
function reply(port, message, moved = []) {
  port.postMessage(message, moved);
}
