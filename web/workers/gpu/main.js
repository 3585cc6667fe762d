/**
 * A GPU's worker, started by the inference worker: the same networks on another backend of ONNX Runtime. It has a
 * thread of its own, so that a GPU that hangs or is lost can be ended, and its memory goes with it.
 *
 * @module
 */

/** @import { Boot, GpuBackend } from '../../shared/protocol.js' */
/** @import { Ort } from '../inference/runtime.js' */
import { verify } from '../inference/check.js';
import { Networks, readManifest } from '../inference/networks.js';
import { serve } from '../inference/serve.js';
import { bootWorker, reportDeath } from '../reports.js';

addEventListener('message', (/** @type {MessageEvent<Boot & { backend: GpuBackend }>} */ { data }) => {
  bootWorker(data, async (gate) => {
    const networks = await Networks.start(gate, await readManifest(gate), data.backend, 1);
    await verify(networks, gate);
    if (data.backend === 'webgpu') watchDevice(networks.ort);
    serve(data.port, async (...request) => {
      const output = await networks.run(...request);
      if (data.backend === 'webgl') requireContext(networks.ort);
      return output;
    });
  });
});

/** WebGL goes on without a word when it was lost or has too little memory; what it gives is wrong. @param {Ort} ort */
function requireContext({ env }) {
  const gl = env.webgl.context;
  if (gl.getError() === gl.OUT_OF_MEMORY) throw new Error('The GPU has too little memory');
  if (gl.isContextLost()) throw new Error('The GPU was lost');
}

/** ONNX Runtime may wait for ever for a device that is lost. @param {Ort} ort */
async function watchDevice(ort) {
  const device = /** @type {{ lost: Promise<{ message: string }> }} */ (await ort.env.webgpu.device);
  const { message } = await device.lost;
  reportDeath(new Error(`The GPU was lost: ${message}`));
}
