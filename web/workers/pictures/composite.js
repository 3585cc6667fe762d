/** A cut-out on a picture, opaque, at the cut-out's own size. @module */

/** @import { CompositeRequest, Rect, Strips } from '../../shared/pictures.js' */

import { blurred } from './blur.js';
import { decoded, surface } from './raster.js';

/** A blurred picture has no more to tell than this. */
const BLUR_PIXELS = 160_000;

/**
 * @param {CompositeRequest} request
 * @returns {Promise<Blob>}
 */
export async function composite({ cutout, picture, blurred: blur, part, shadow, mime, quality }) {
  const { width, height } = cutout;
  const context = surface(width, height);
  context.imageSmoothingQuality = 'high';
  const image = await decoded(picture, blur ? BLUR_PIXELS : Infinity);
  const backdrop = blur ? outOfFocus(image, await covered(cutout, part, image)) : image;
  context.fillStyle = '#ffffff'; // under a picture with transparency of its own
  context.fillRect(0, 0, width, height);
  // What lies beyond the photo's edges shows what covers all.
  for (const { x, y, width: w, height: h } of [covering(image, width / height), ...(part ? [part] : [])]) {
    context.drawImage(backdrop, -x / w * width, -y / h * height, width / w, height / h);
  }
  image.close();
  if (shadow) context.drawImage(shadow.image, shadow.x, shadow.y, shadow.width, shadow.height);
  layOn(context, cutout);
  return context.canvas.convertToBlob({ type: mime, quality });
}

/**
 * The middle of a picture, as large as this shape allows; shares of its sides.
 *
 * @param {{ width: number, height: number }} picture
 * @param {number} aspect width / height
 */
function covering({ width, height }, aspect) {
  const w = Math.min(1, aspect * height / width);
  const h = Math.min(1, width / height / aspect);
  return { x: (1 - w) / 2, y: (1 - h) / 2, width: w, height: h };
}

/**
 * @param {ImageBitmap} image a small one
 * @param {Uint8ClampedArray} cutout RGBA of its size
 */
export function outOfFocus(image, cutout) {
  const { width, height } = image;
  const context = surface(width, height);
  context.drawImage(image, 0, 0);
  const { data } = blurred({ data: context.getImageData(0, 0, width, height).data, width, height }, cutout);
  context.putImageData(new ImageData(data, width, height), 0, 0);
  return context.canvas;
}

/**
 * The cut-out where it lies in the photo, as small as that.
 *
 * @param {Strips | ImageBitmap} cutout
 * @param {Rect | null} part
 * @param {{ width: number, height: number }} photo
 * @returns {Promise<Uint8ClampedArray>} RGBA
 */
export async function covered(cutout, part, { width, height }) {
  const { x, y, width: w, height: h } = part ?? { x: 0, y: 0, width: 1, height: 1 };
  const context = surface(width, height);
  const [left, top] = [x * width, y * height];
  const [across, down] = [w * width / cutout.width, h * height / cutout.height];
  if (cutout instanceof ImageBitmap) {
    context.drawImage(cutout, left, top, cutout.width * across, cutout.height * down);
  } else {
    let row = 0;
    for (const strip of cutout.strips) {
      const rows = strip.length / 4 / cutout.width;
      const image = await createImageBitmap(new ImageData(strip, cutout.width, rows));
      context.drawImage(image, left, top + row * down, cutout.width * across, rows * down);
      image.close();
      row += rows;
    }
  }
  return context.getImageData(0, 0, width, height).data;
}

/**
 * I = αF + (1 − α)B, from the straight colours: where the subject is opaque, its colours stay to the bit.
 *
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Strips | ImageBitmap} cutout
 */
function layOn(context, cutout) {
  if (cutout instanceof ImageBitmap) {
    context.drawImage(cutout, 0, 0);
    return;
  }
  let y = 0;
  for (const over of cutout.strips) {
    const rows = over.length / 4 / cutout.width;
    const under = context.getImageData(0, y, cutout.width, rows);
    blend(under.data, over);
    context.putImageData(under, 0, y);
    y += rows;
  }
}

/**
 * @param {Uint8ClampedArray} under opaque, changed in place
 * @param {Uint8ClampedArray} over straight RGBA
 */
function blend(under, over) {
  for (let i = 0; i < under.length; i += 4) {
    const alpha = /** @type {number} */ (over[i + 3]);
    if (alpha === 0) continue;
    for (let j = i; j < i + 3; j += 1) {
      const [front, back] = [/** @type {number} */ (over[j]), /** @type {number} */ (under[j])];
      under[j] = (front * alpha + back * (255 - alpha)) / 255;
    }
  }
}
