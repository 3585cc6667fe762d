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

/** @import { Crossings, Notice, Progress, Rect, ShadowOptions } from './shared/protocol.js' */
/** @import { Stroke } from './engine/options.js' */
/** @import { PhotoSource } from './engine/source.js' */
import { Engine } from './engine/engine.js';
import { toJobOptions, toJobStrokes } from './engine/options.js';
import { requirePhoto, requireTrimap, toJobSource } from './engine/source.js';
import { GossamerError } from './shared/errors.js';

export { GossamerError };

/**
 * @typedef {object} RemoveOptions
 * @property {AbortSignal} [signal] Stops the work; the promise is then rejected with code `aborted`.
 * @property {(progress: Progress) => void} [onprogress] Bytes while loading, stages while working.
 * @property {object} [output]
 * @property {'png' | 'webp' | 'jpeg' | 'alpha' | 'trimap'} [output.type] Default `png`. `alpha` is the matte as a grey
 *   PNG, `trimap` what was certain (0 and 255) and what was solved (128).
 * @property {string | null} [output.background] Opaque CSS colour to composite onto; JPEG is white without one.
 * @property {8 | 16} [output.depth] Bits a channel; 16 keeps the colour of a photo that has as many, in a PNG.
 * @property {'subject' | Rect | null} [output.crop] The box around the subject, or a rectangle in the photo's pixels,
 *   which may reach beyond the photo: nothing, or the background, is there. Default null, the whole photo.
 * @property {number} [output.margin] Around the subject, as a share (0 to 1) of its longer side; not where the photo's
 *   edge cuts the subject off.
 * @property {number | null} [output.aspect] Width over height. The frame grows to it; nothing is squeezed.
 * @property {number | null} [output.width] Exact pixels of the result. One alone keeps the aspect, to both the frame grows.
 * @property {number | null} [output.height]
 * @property {number | null} [output.dpi] Pixels per inch that the file states; without one those of the photo.
 * @property {ShadowOptions | null} [output.shadow] A soft shadow where the subject stands, `{ strength, softness }`, 0 to 1.
 * @property {number | null} [threshold] Makes alpha binary: opaque where alpha ≥ threshold, in (0, 1].
 * @property {'auto' | 'person' | 'object'} [subject] What to look for; an object may be an animal. Default `auto`.
 * @property {boolean} [decontaminate] Whether soft edges get the subject's own colour, free of the old background;
 *   they do unless this is false.
 * @property {PhotoSource | null} [trimap] Black background, white foreground, all else to be solved; of the photo's
 *   size or shape. No network runs then.
 * @property {readonly Stroke[] | null} [strokes] Of a brush, drawn over what was found or given.
 *
 * @typedef {object} RemoveResult
 * @property {Blob} blob The file. A PNG carries straight alpha, exactly as computed.
 * @property {number} width Pixels of the file; without crop and size those of the photo as it is seen.
 * @property {number} height
 * @property {Uint8Array} alpha The matte, width × height bytes, 0 background … 255 foreground, without any shadow.
 * @property {Record<string, number>} timings Milliseconds by stage, and `total` from call to result.
 * @property {string | null} model Name of the network that found the subject; null where a trimap was given.
 * @property {number | null} confidence 0 to 1: how sure that network is; it says which cut-outs to look at first.
 * @property {number} bandWidth Mean width of the band of unknown pixels around the subject, in the photo's pixels.
 * @property {Notice[]} notices What a person should know about an unusual photo, or an unsure result.
 * @property {{ networkWidth: number | null, networkHeight: number | null, crossings: Crossings }} details
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
  const { signal = new AbortController().signal, onprogress = () => {}, trimap, strokes, ...wishes } = options ?? {};
  const given = trimap ?? null;
  if (given !== null) requireTrimap(given);
  const wanted = { options: toJobOptions(wishes), strokes: toJobStrokes(strokes ?? []) };
  const open = async (/** @type {AbortSignal} */ abort) => {
    const [photo, drawn] = await Promise.all([toJobSource(source, abort), given && toJobSource(given, abort)]);
    const content = { ...wanted, source: photo.source, trimap: drawn ? drawn.source : null };
    return { content, moved: [...photo.moved, ...(drawn ? drawn.moved : [])] };
  };
  const { networkWidth, networkHeight, crossings, ...result } = await engine.run(open, signal, onprogress);
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
