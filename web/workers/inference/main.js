/**
 * The inference worker: onnxruntime-web behind a port. It knows tensors and model names, nothing of photos.
 *
 * @module
 */

/** @import { InferReply, InferRequest, ToInference } from '../../shared/protocol.js' */
import { toPlain } from '../../shared/errors.js';
import { bootWorker } from '../reports.js';
import { Networks } from './networks.js';

/** @type {Promise<Networks>} */
const started = new Promise((resolve) => {
  addEventListener('message', (/** @type {MessageEvent<ToInference>} */ { data }) => {
    if (data.type === 'warm') {
      started.then((networks) => networks.warmUp()).catch(console.error); // a photo will meet the error again
    } else {
      bootWorker(data, async (gate) => {
        const networks = await Networks.start(gate, data.threads);
        data.port.onmessage = ({ data: request }) => answer(networks, data.port, request);
        resolve(networks);
      });
    }
  });
});

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
