/**
 * Which GPU there is, told in words that stay the same until it is another one; without loading anything.
 *
 * @module
 */

/** @import { GpuBackend } from '../../shared/protocol.js' */

/**
 * What is not in TypeScript's library yet.
 *
 * @typedef {Record<'vendor' | 'architecture' | 'device' | 'description', string> & { isFallbackAdapter?: boolean }} Info
 * @typedef {{ requestAdapter: () => Promise<{ info: Info } | null> }} Gpu
 */

/** A processor that plays a GPU: slower than WebAssembly on the same processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

/**
 * @param {GpuBackend} backend
 * @param {boolean} software Whether one in software will do.
 * @returns {Promise<string | null>} null if there is none that will do
 */
export async function describeAdapter(backend, software) {
  const words = await (backend === 'webgpu' ? describeWebGpu(software) : describeWebGl(software));
  return words !== null && !software && SOFTWARE.test(words) ? null : words;
}

/** @param {boolean} software */
async function describeWebGpu(software) {
  if (!('Suspending' in WebAssembly)) return null; // our build of ONNX Runtime waits for the GPU by JSPI
  const { gpu } = /** @type {{ gpu?: Gpu }} */ (/** @type {unknown} */ (navigator));
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  return isFallbackAdapter && !software ? null : [vendor, architecture, device, description].join(' ').trim();
}

/** @param {boolean} software */
function describeWebGl(software) {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: !software });
  if (!gl?.getExtension('EXT_color_buffer_float')) return null;
  const more = gl.getExtension('WEBGL_debug_renderer_info');
  const words = String(gl.getParameter(more ? more.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext(); // browsers allow a page only a few
  return words;
}
