/**
 * A picture on a canvas. An image element would need `img-src blob:` in the policy of the page around; this needs
 * nothing of it.
 *
 * @module
 */

import { claimedPixels } from './claim.js';

/** Enough for an element as wide as most screens, and little memory beside many others on a page. */
const MAX_SIDE_PX = 1600;

/** Decoded, 400 MB for a moment. The engine takes no larger photo. */
const MAX_DECODED_PIXELS = 100_000_000;

/**
 * Paint a photo that nobody has opened yet: a file may claim any size in a few bytes, and this is somebody else's page.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Blob} blob
 * @param {AbortSignal} signal
 * @returns {ReturnType<typeof paint>} null also where its size can't be told yet, or is too large
 */
export async function paintUnopened(canvas, blob, signal) {
  canvas.width = 1; // which clears it: the photo before must not stand for this one
  const pixels = await claimedPixels(blob).catch(() => null);
  return pixels !== null && pixels <= MAX_DECODED_PIXELS ? paint(canvas, blob, signal) : null;
}

/**
 * Paint what the engine has opened, or made.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Blob} blob
 * @param {AbortSignal} signal
 * @returns {Promise<{ width: number, height: number } | null>} Of the picture itself; null where it can't be shown.
 */
export async function paint(canvas, blob, signal) {
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    const scale = Math.min(1, MAX_SIDE_PX / Math.max(width, height));
    if (!signal.aborted) {
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      const context = canvas.getContext('2d');
      if (context) context.imageSmoothingQuality = 'high';
      context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    }
    bitmap.close();
    return { width, height };
  } catch {
    return null; // the pipeline may still read it
  }
}
