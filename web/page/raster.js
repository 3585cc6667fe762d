/**
 * A picture at the size a screen can show, so that a large photo costs no more memory than a small one.
 *
 * @module
 */

/** A canvas above this shows nothing on some phones. */
export const MAX_CANVAS_PIXELS = 16_000_000;

/** Decoded, 600 MB for a moment. A file may claim any size in a few bytes: larger ones get no preview. */
const MAX_DECODED_PIXELS = 150_000_000;

/**
 * @typedef {object} Raster
 * @property {HTMLCanvasElement} canvas the picture, at most as large as the screen
 * @property {number} width of the picture itself, px
 * @property {number} height
 */

/**
 * Decode a picture with the browser.
 *
 * @param {Blob} blob
 * @returns {Promise<Raster | null>} null where the browser cannot show it; the pipeline may still read it
 */
export async function rasterise(blob) {
  const url = URL.createObjectURL(blob);
  try {
    const image = await load(url);
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width === 0 || height === 0 || width * height > MAX_DECODED_PIXELS) return null;
    await image.decode();
    return { canvas: drawn(image, shrinkToScreen(width, height)), width, height };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Load without decoding: the size is known before any memory is spent on pixels.
 *
 * @param {string} url
 * @returns {Promise<HTMLImageElement>}
 */
function load(url) {
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the browser cannot decode this picture'));
    image.src = url;
  });
}

/**
 * @param {HTMLImageElement} image
 * @param {number} scale
 */
function drawn(image, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {number} width @param {number} height */
function shrinkToScreen(width, height) {
  const longestSide = Math.max(screen.width, screen.height) * devicePixelRatio;
  return Math.min(1, longestSide / Math.max(width, height), Math.sqrt(MAX_CANVAS_PIXELS / (width * height)));
}
