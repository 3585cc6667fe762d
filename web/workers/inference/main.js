/**
 * The inference worker: onnxruntime-web behind a port. It knows tensors and model names, nothing of photos.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Boot, ToInference } from '../../shared/protocol.js' */
import { bootWorker } from '../reports.js';
import { describeAdapter } from './adapter.js';
import { Gpu } from './gpu.js';
import { entry, Networks, readManifest } from './networks.js';
import { Relay } from './relay.js';
import { serve } from './serve.js';

/** @type {Promise<Relay>} */
const started = new Promise((resolve) => {
  addEventListener('message', (/** @type {MessageEvent<ToInference>} */ { data }) => {
    if (data.type === 'boot') {
      bootWorker(data, async (gate) => {
        const relay = await startRelay(gate, data);
        serve(data.port, (...request) => relay.run(...request));
        resolve(relay);
      });
    } else {
      started.then((relay) => follow(relay, data)).catch(console.error); // a photo will meet the error again
    }
  });
});

/**
 * @param {AssetGate} gate
 * @param {Boot} boot
 */
async function startRelay(gate, boot) {
  const manifest = await readManifest(gate);
  const person = entry(manifest.models, manifest.subjects.person);
  const relay = new Relay({
    startWasm: () => Networks.start(gate, manifest, 'wasm', boot.threads),
    startGpu: (backend, purpose) => Gpu.start(backend, purpose, boot, manifest),
    describe: describeAdapter,
    report: (state) => postMessage({ type: 'backend', state }),
  }, person, boot.memory);
  await relay.use(boot.wish);
  return relay;
}

/**
 * @param {Relay} relay
 * @param {Exclude<ToInference, Boot>} message
 */
function follow(relay, message) {
  if (message.type === 'warm') return relay.warmUp();
  return message.type === 'use' ? relay.use(message.wish) : relay.tryGpus(message.candidates);
}
