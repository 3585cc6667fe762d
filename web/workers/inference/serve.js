/** Answers requests for runs of a network that come over a port. @module */

/** @import { InferReply, InferRequest, Output } from '../../shared/protocol.js' */
import { failure, outOfMemory, toPlain } from '../../shared/errors.js';
import { reportDeath } from '../reports.js';

/** ONNX Runtime and the browsers have no error of their own for a failed allocation. */
const NO_MEMORY = /bad_?\s?alloc|alloc\w* fail|fail\w* to alloc|out of memory/i;

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
    if (isBroken(error)) return reportDeath(failure('worker-died', `A network broke off: ${String(error)}.`));
    reply(port, { id, error: toPlain(NO_MEMORY.test(String(error)) ? outOfMemory(error) : error, 'worker-died') });
  }
}

/** Whether WebAssembly was stopped in the middle: then its memory may not be used again. @param {unknown} error */
function isBroken(error) {
  return error instanceof WebAssembly.RuntimeError;
}

/**
 * @param {MessagePort} port
 * @param {InferReply} message
 * @param {Transferable[]} [moved]
 */
function reply(port, message, moved = []) {
  port.postMessage(message, moved);
}
