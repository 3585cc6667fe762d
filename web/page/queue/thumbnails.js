/**
 * Small pictures of the rows in sight: decoded one at a time, off this thread, and let go of when their row is.
 *
 * @module
 */

/** Longest side, px: twice what the rows show, for dense screens. */
const SIDE_PX = 160;

/** Decoded, 600 MB for a moment. A file may claim any size in a few bytes: larger ones get no picture. */
const MAX_DECODED_PIXELS = 150_000_000;

/** @typedef {() => Promise<Blob | null>} Source */

export class Thumbnails {
  /** What is wanted, the oldest first. @type {Map<HTMLCanvasElement, Source>} */
  #wanted = new Map();
  #busy = false;

  /**
   * Show a picture as soon as its turn comes.
   *
   * @param {HTMLCanvasElement} canvas
   * @param {Source} source
   */
  show(canvas, source) {
    this.#wanted.delete(canvas);
    this.#wanted.set(canvas, source);
    this.#work();
  }

  /** Give the memory of a picture back. @param {HTMLCanvasElement} canvas */
  drop(canvas) {
    this.#wanted.delete(canvas);
    canvas.width = 0;
    canvas.height = 0;
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const [canvas, source] = next;
      const bitmap = await decode(source);
      // It may have scrolled out of sight meanwhile, or have been asked for with another source.
      if (this.#wanted.get(canvas) === source) {
        this.#wanted.delete(canvas);
        draw(canvas, bitmap);
      }
      bitmap?.close();
    }
    this.#busy = false;
  }

  #next() {
    return this.#wanted.entries().next().value;
  }
}

/**
 * @param {Source} source
 * @returns {Promise<ImageBitmap | null>} null for what the browser can't show; the pipeline may still read it
 */
async function decode(source) {
  try {
    const blob = await source();
    const size = blob && await sizeOf(blob);
    if (!blob || !size || size.width * size.height > MAX_DECODED_PIXELS) return null;
    const scale = Math.min(1, SIDE_PX / Math.max(size.width, size.height));
    const resizeWidth = Math.max(1, Math.round(size.width * scale));
    const resizeHeight = Math.max(1, Math.round(size.height * scale));
    return await createImageBitmap(blob, { resizeWidth, resizeHeight, resizeQuality: 'medium' });
  } catch {
    return null;
  }
}

/**
 * The size of a picture as it is seen, without decoding it.
 *
 * @param {Blob} blob
 * @returns {Promise<{ width: number, height: number } | null>}
 */
async function sizeOf(blob) {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
      image.src = url;
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    return width && height ? { width, height } : null;
  } finally {
    image.src = ''; // or its bytes stay for as long as the garbage collector likes
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap | null} bitmap
 */
function draw(canvas, bitmap) {
  canvas.width = bitmap?.width ?? 0; // which clears it
  canvas.height = bitmap?.height ?? 0;
  if (bitmap) canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
}
