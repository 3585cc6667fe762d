/**
 * The browser's own JPEG decoder, for the pipeline. Browsers and CPython's Pillow use libjpeg-turbo and agree to
 * the bit; see docs/decisions/0004-decoding.md.
 *
 * @module
 */

import { canvasIsExact, pixelsOf } from './pixels.js';

/**
 * @param {Uint8Array} bytes A JPEG without Exif and ICC profile, so that there is nothing to rotate or convert.
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Uint8Array | null>} RGBA bytes; null where Pillow had better do it.
 */
export async function decodeJpeg(bytes, width, height) {
  if (!canvasIsExact()) return null;
  const blob = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: 'image/jpeg' });
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
    .catch(() => null); // Pillow will say what is wrong with it, or manage
  if (bitmap && (bitmap.width !== width || bitmap.height !== height)) {
    bitmap.close();
    return null;
  }
  return bitmap && pixelsOf(bitmap);
}
