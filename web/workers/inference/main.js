/**
 * The inference worker: onnxruntime-web behind a port. It knows tensors and model names, nothing of photos.
 *
 * @module
 */

/** @import { Boot, InferReply, InferRequest } from '../../shared/protocol.js' */
import { failure, toPlain } from '../../shared/errors.js';
import { bootWorker } from '../reports.js';
import { Networks } from './networks.js';

addEventListener('message', (/** @type {MessageEvent<Boot>} */ { data: boot }) => {
  bootWorker(boot, async (gate) => {
    const networks = await Networks.start(gate, boot.threads);
    boot.port.onmessage = ({ data }) => answer(networks, boot.port, data);
  });
}, { once: true });

/**
 * @param {Networks} networks
 * @param {MessagePort} port
 * @param {InferRequest} request
 */
async function answer(networks, port, { id, model, data, height, width }) {
  try {
    const output = await networks.run(model, data, height, width);
    reply(port, { id, output }, [output.data.buffer]);
  } catch (error) {
    console.error(error);
    reply(port, { id, error: toPlain(failure('worker-died', String(error), { stage: 'infer' })) });
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
