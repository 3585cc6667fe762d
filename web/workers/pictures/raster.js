/** Pixels of pictures: straight RGBA, 8 bits. @module */

/** @import { Rect } from '../../shared/pictures.js' */

/** @typedef {{ data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number }} Raster */

/**
 * Half the size: each pixel the mean of four, colours weighted by their alpha. An odd last row or column stands alone.
 *
 * @param {Raster} raster
 * @returns {Raster}
 */
export function halved({ data, width, height }) {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const out = new Uint8ClampedArray(w * h * 4);
  for (let y = 0, to = 0; y < h; y += 1) {
    const top = 2 * y * width * 4;
    const bottom = Math.min(2 * y + 1, height - 1) * width * 4;
    for (let x = 0; x < w; x += 1, to += 4) {
      const left = 8 * x;
      const right = Math.min(2 * x + 1, width - 1) * 4;
      mean(data, top + left, top + right, bottom + left, bottom + right, out, to);
    }
  }
  return { data: out, width: w, height: h };
}

/**
 * @param {Uint8ClampedArray} from
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @param {Uint8ClampedArray} out
 * @param {number} to
 */
function mean(from, a, b, c, d, out, to) {
  const p = /** @type {number} */ (from[a + 3]);
  const q = /** @type {number} */ (from[b + 3]);
  const r = /** @type {number} */ (from[c + 3]);
  const s = /** @type {number} */ (from[d + 3]);
  const sum = p + q + r + s;
  if (sum === 0) return;
  out[to + 3] = sum / 4;
  for (let i = 0; i < 3; i += 1) {
    out[to + i] = (/** @type {number} */ (from[a + i]) * p + /** @type {number} */ (from[b + i]) * q
      + /** @type {number} */ (from[c + i]) * r + /** @type {number} */ (from[d + i]) * s) / sum;
  }
}

/**
 * A copy of a part.
 *
 * @param {Raster} raster
 * @param {Rect} rect inside it
 * @returns {Raster}
 */
export function part({ data, width }, rect) {
  const out = new Uint8ClampedArray(rect.width * rect.height * 4);
  for (let row = 0; row < rect.height; row += 1) {
    const start = ((rect.y + row) * width + rect.x) * 4;
    out.set(data.subarray(start, start + rect.width * 4), row * rect.width * 4);
  }
  return { data: out, width: rect.width, height: rect.height };
}

/** @param {Raster} raster */
export function toBitmap({ data, width, height }) {
  return createImageBitmap(new ImageData(data, width, height));
}

/**
 * A canvas to read from, and to draw on.
 *
 * @param {number} width
 * @param {number} height
 */
export function surface(width, height) {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas of this size');
  return context;
}

/**
 * Read a bitmap in strips.
 *
 * @param {ImageBitmap} bitmap
 * @param {number} rows of each strip
 * @param {(strip: Raster, y: number) => Promise<void> | void} onstrip
 */
export async function eachStrip(bitmap, rows, onstrip) {
  const context = surface(bitmap.width, Math.min(rows, bitmap.height));
  context.globalCompositeOperation = 'copy';
  for (let y = 0; y < bitmap.height; y += rows) {
    const height = Math.min(rows, bitmap.height - y);
    context.drawImage(bitmap, 0, -y);
    const { data } = context.getImageData(0, 0, bitmap.width, height);
    await onstrip({ data, width: bitmap.width, height }, y);
  }
}

/**
 * Decoded, the right way up, and made smaller where it has more pixels than `most`.
 *
 * @param {Blob | ImageBitmap} source An ImageBitmap is closed, unless it is the result.
 * @param {number} most
 * @returns {Promise<ImageBitmap>}
 */
export async function decoded(source, most) {
  const whole = source instanceof ImageBitmap ? source : await createImageBitmap(source);
  const shrink = Math.sqrt(most / (whole.width * whole.height));
  if (shrink >= 1) return whole;
  const smaller = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.floor(whole.width * shrink)),
    resizeHeight: Math.max(1, Math.floor(whole.height * shrink)),
    resizeQuality: 'high',
  });
  whole.close();
  return smaller;
}
