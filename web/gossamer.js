/**
 * Gossamer for web pages: remove the background of a photo, on this device.
 *
 *     import { removeBackground } from './gossamer.js';
 *     const { blob } = await removeBackground(file);
 *
 * Importing this module does nothing; workers, runtimes and weights are fetched on the first call, from the folder
 * this module came from and from nowhere else.
 *
 * @module
 */

/** @import { Notice, OutputOptions, Progress } from './shared/protocol.js' */
/** @import { PhotoSource } from './engine/source.js' */
import { Engine } from './engine/engine.js';
import { requirePhoto, toJobSource } from './engine/source.js';
import { GossamerError } from './shared/errors.js';

export { GossamerError };

/**
 * @typedef {object} RemoveOptions
 * @property {AbortSignal} [signal] Stops the work; the promise is then rejected with code `aborted`.
 * @property {(progress: Progress) => void} [onprogress] Bytes while loading, stages while working.
 * @property {object} [output]
 * @property {'png' | 'webp' | 'jpeg' | 'alpha'} [output.type] Default `png`. `alpha` is the matte as a grey PNG.
 * @property {string | null} [output.background] Opaque CSS colour to composite onto; JPEG is white without one.
 * @property {number | null} [threshold] Makes alpha binary: opaque where alpha ≥ threshold, in (0, 1].
 *
 * @typedef {object} RemoveResult
 * @property {Blob} blob The file. A PNG carries straight alpha, exactly as computed.
 * @property {number} width Pixels, as the photo is seen (Exif orientation applied).
 * @property {number} height
 * @property {Uint8Array} alpha The matte, width × height bytes, 0 background … 255 foreground.
 * @property {Record<string, number>} timings Milliseconds by stage, and `total` from call to result.
 * @property {string} model Name of the network.
 * @property {Notice[]} notices What a person should know about an unusual photo.
 * @property {{ networkWidth: number, networkHeight: number, crossings: import('./shared/protocol.js').Crossings }} details
 */

const engine = new Engine();

/**
 * Remove the background of one photo.
 *
 * @param {PhotoSource} source
 * @param {RemoveOptions} [options]
 * @returns {Promise<RemoveResult>}
 * @throws {GossamerError} See docs/errors.md for the codes.
 */
export async function removeBackground(source, options = {}) {
  requirePhoto(source);
  const started = performance.now();
  const { signal = new AbortController().signal, onprogress = () => {}, output, threshold = null } = options ?? {};
  /** @type {OutputOptions} */
  const wanted = { type: output?.type ?? 'png', background: output?.background ?? null, threshold };
  const open = (/** @type {AbortSignal} */ abort) => toJobSource(source, abort);
  const { networkWidth, networkHeight, crossings, ...result } = await engine.run(open, wanted, signal, onprogress);
  const timings = { ...result.timings, total: performance.now() - started };
  return { ...result, timings, details: { networkWidth, networkHeight, crossings } };
}

/**
 * Load everything now, so that the first photo doesn't wait for it.
 *
 * @param {(progress: Progress) => void} [onprogress]
 */
export async function preload(onprogress = () => {}) {
  await engine.preload(onprogress);
}

/** End the engine and give its memory back. Calls in flight fail with code `disposed`; the next call starts anew. */
export function dispose() {
  engine.dispose();
}
