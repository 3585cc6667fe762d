/**
 * Pixels of a bitmap, read through a small canvas strip by strip: a canvas of the whole photo would double its
 * memory, and on phones may hold no more than 16 megapixels.
 *
 * @module
 */

const STRIP_PIXELS = 4_000_000;

/**
 * @param {ImageBitmap} bitmap Closed afterwards.
 * @returns {Uint8Array} width × height × 4 bytes, straight RGBA. Where the bitmap is opaque they are its own bytes.
 */
export function pixelsOf(bitmap) {
  const { width, height } = bitmap;
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, rows);
  const context = readable(canvas);
  const pixels = new Uint8Array(width * height * 4);
  context.globalCompositeOperation = 'copy';
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.drawImage(bitmap, 0, -top);
    pixels.set(context.getImageData(0, 0, width, count).data, top * width * 4);
  }
  bitmap.close();
  return pixels;
}

/**
 * Whether a canvas gives back the bytes that were put in. Some browsers add noise on purpose, against
 * fingerprinting; a photo must not go through such a canvas.
 */
export const canvasIsExact = once(() => {
  const side = 16;
  const context = readable(new OffscreenCanvas(side, side));
  const sent = new ImageData(side, side);
  sent.data.forEach((_, index) => {
    sent.data[index] = index % 4 === 3 ? 255 : (index * 89) % 256;
  });
  context.putImageData(sent, 0, 0);
  const received = context.getImageData(0, 0, side, side).data;
  return sent.data.every((value, index) => value === received[index]);
});

/** @param {OffscreenCanvas} canvas */
function readable(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives workers no 2D canvas');
  return context;
}

/**
 * @template T
 * @param {() => T} make
 */
function once(make) {
  /** @type {{ value: T } | undefined} */
  let made;
  return () => (made ??= { value: make() }).value;
}
