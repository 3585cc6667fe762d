/** Files of a cut-out on a picture: one of one's own, or the photo out of focus. @module */

/** @import { CompositeRequest, Rect, Strips } from '../../shared/pictures.js' */
/** @import { Size } from './camera.js' */

import { Pictures } from './pictures.js';
import { turn } from './turn.js';

/**
 * @typedef {Size & { pixels: Uint8ClampedArray }} CutoutPixels Straight RGBA.
 *
 * @typedef {object} CompositeOptions
 * @property {'png' | 'jpeg' | 'webp'} [type]
 * @property {number} [quality] 0 to 1, of JPEG and WebP.
 * @property {Rect & { photo: Size } | null} [window] What of the photo the cut-out shows, in the photo's pixels; null
 *   for all of it.
 * @property {{ layer: Uint8Array, width: number, height: number, box: Rect } | null} [shadow] Its alpha, and where it
 *   lies in the cut-out's pixels.
 * @property {AbortSignal} [signal]
 */

const MIME = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' };
const STRIP_PIXELS = 1_000_000;
const MOST_SHADOW_PIXELS = 16_000_000;

/**
 * Lay a cut-out on a backdrop, opaque, at the cut-out's own size. Where the subject is opaque, its colours stay.
 *
 * All work is done in a worker; the page's thread only copies, in strips.
 *
 * @param {CutoutPixels | ImageBitmap} cutout
 * @param {{ kind: 'image', image: Blob } | { kind: 'blur' }} backdrop An image covers all, cut at two sides where its
 *   shape is another.
 * @param {Blob | null} photo The original, for `blur`.
 * @param {CompositeOptions} [options]
 * @returns {Promise<Blob>}
 * @throws {Error} where the browser can't decode the backdrop, has no canvas of this size, or doesn't write this type
 */
export async function composite(cutout, backdrop, photo, options = {}) {
  const { type = 'png', quality = 0.92, window = null, shadow = null, signal } = options;
  const picture = backdrop.kind === 'image' ? backdrop.image : photo;
  if (!picture) throw new TypeError('a blurred backdrop needs the photo');
  const pictures = new Pictures();
  try {
    const moved = cutout instanceof ImageBitmap ? cutout : await strips(cutout);
    const { blob } = await orAborted(pictures.ask({
      type: 'composite',
      cutout: moved,
      picture,
      blurred: backdrop.kind === 'blur',
      part: backdrop.kind === 'blur' ? shares(window) : null,
      shadow: shadow && await cast(pictures, shadow),
      mime: MIME[type],
      quality,
    }, moved instanceof ImageBitmap ? [moved] : moved.strips.map(({ buffer }) => buffer)), signal);
    if (blob?.type !== MIME[type]) throw new Error(`this browser writes no ${MIME[type]}`);
    return blob;
  } finally {
    pictures.end();
  }
}

/** @param {CutoutPixels} cutout @returns {Promise<Strips>} */
async function strips({ pixels, width, height }) {
  const length = Math.max(1, Math.floor(STRIP_PIXELS / width)) * width * 4;
  const copies = [];
  for (let start = 0; start < pixels.length; start += length) {
    copies.push(pixels.slice(start, start + length));
    await turn();
  }
  return { width, height, strips: copies };
}

/**
 * @param {CompositeOptions['window']} window
 * @returns {CompositeRequest['part']}
 */
function shares(window) {
  if (!window) return { x: 0, y: 0, width: 1, height: 1 };
  const { photo } = window;
  return {
    x: window.x / photo.width,
    y: window.y / photo.height,
    width: window.width / photo.width,
    height: window.height / photo.height,
  };
}

/**
 * @param {Pictures} pictures
 * @param {NonNullable<CompositeOptions['shadow']>} shadow
 */
async function cast(pictures, { layer, width, height, box }) {
  const copy = layer.slice();
  const { images: [image] } = await pictures.ask(
    { type: 'shadow', layer: copy, width, height, most: MOST_SHADOW_PIXELS }, [copy.buffer],
  );
  if (!image) throw new Error('no shadow');
  return { image, ...box };
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
function orAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(signal.reason));
    promise.then(resolve, reject);
  });
}
