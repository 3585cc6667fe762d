/** The careful result as pictures: the cut-out, its trimap, and how sure the networks were. @module */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera } from './camera.js' */
/** @import { Pictures } from './pictures.js' */

import { ArrayPyramid } from './array-pyramid.js';

/**
 * @typedef {object} LayerArrays
 * @property {Uint8ClampedArray} pixels Straight RGBA. Kept, not copied: patches are written into it.
 * @property {Uint8Array} trimap 0 background, 128 unknown, 255 foreground. Kept as well.
 * @property {{ data: Uint8Array, width: number, height: number } | null} sureness 255 sure … 0 not.
 * @property {number} width
 * @property {number} height
 *
 * @typedef {Rect & { pixels: Uint8ClampedArray | Uint8Array, trimap: Uint8Array }} Patch A window that changed.
 */

/** RGBA in the order of little-endian bytes: dark for what goes, light for what stays, clear for the band between. */
const TONES = { background: 0xff100e0e, foreground: 0xfff5f5f5, unknown: 0x00000000 };

/** What the networks were not sure of; the least sure is the strongest. */
const UNSURE = [255, 176, 0];
const UNSURE_OPACITY = 0.95;

export class Layers {
  cutout;
  /** @type {ArrayPyramid | null} */
  trimap = null;
  /** @type {ImageBitmap | null} */
  sureness = null;
  #arrays;
  #means;

  /**
   * @param {LayerArrays} arrays
   * @param {{ pictures: Pictures, onchange: () => void }} means
   */
  constructor(arrays, means) {
    const { pixels, trimap, width, height } = arrays;
    if (pixels.length !== 4 * width * height || trimap.length !== width * height) {
      throw new RangeError(`layers of ${width} × ${height} px have other numbers of values`);
    }
    this.#arrays = arrays;
    this.#means = means;
    this.cutout = new ArrayPyramid(arrays, { ...means, slice: (rect) => copied(pixels, width, rect) });
  }

  /** Ready to be drawn without a gap. @param {Camera} camera */
  async load(camera) {
    const { sureness } = this.#arrays;
    const [image] = await Promise.all([sureness && tinted(sureness), this.cutout.load()]);
    this.sureness = image;
    await this.cutout.prepare(camera);
  }

  /** The trimap is made into pictures only when somebody looks at it. @param {Camera} camera */
  async loadTrimap(camera) {
    if (this.trimap) return;
    const { trimap, width } = this.#arrays;
    this.trimap = new ArrayPyramid(this.#arrays, { ...this.#means, slice: (rect) => toned(trimap, width, rect) });
    await this.trimap.load();
    await this.trimap.prepare(camera);
  }

  /** @param {Patch} patch @param {Camera} camera */
  async patch(patch, camera) {
    const { pixels, trimap, width, height } = this.#arrays;
    const inside = patch.x >= 0 && patch.y >= 0 && patch.x + patch.width <= width && patch.y + patch.height <= height;
    if (!inside) throw new RangeError('a patch lies outside of the photo');
    write(pixels, width, patch, patch.pixels, 4);
    write(trimap, width, patch, patch.trimap, 1);
    await Promise.all([this.cutout.refresh(patch, camera), this.trimap?.refresh(patch, camera)]);
  }

  close() {
    this.cutout.close();
    this.trimap?.close();
    this.sureness?.close();
  }
}

/**
 * A picture of an alpha channel: black, as opaque as it says.
 *
 * @param {{ alpha: Uint8Array, width: number, height: number }} matte a small one
 */
export function alphaImage({ alpha, width, height }) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < alpha.length; i += 1) data[4 * i + 3] = alpha[i] ?? 0;
  return createImageBitmap(new ImageData(data, width, height));
}

/** @param {{ data: Uint8Array, width: number, height: number }} sureness */
function tinted({ data, width, height }) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < data.length; i += 1) {
    pixels.set(UNSURE, 4 * i);
    pixels[4 * i + 3] = (255 - (data[i] ?? 0)) * UNSURE_OPACITY;
  }
  return createImageBitmap(new ImageData(pixels, width, height));
}

/**
 * @param {Uint8ClampedArray} pixels
 * @param {number} stride pixels
 * @param {Rect} rect
 */
function copied(pixels, stride, { x, y, width, height }) {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = ((y + row) * stride + x) * 4;
    out.set(pixels.subarray(start, start + width * 4), row * width * 4);
  }
  return out;
}

/**
 * @param {Uint8Array} trimap
 * @param {number} stride
 * @param {Rect} rect
 */
function toned(trimap, stride, { x, y, width, height }) {
  const out = new Uint32Array(width * height);
  for (let row = 0, to = 0; row < height; row += 1) {
    const start = (y + row) * stride + x;
    for (let from = start; from < start + width; from += 1, to += 1) {
      const value = trimap[from];
      out[to] = value === 0 ? TONES.background : value === 255 ? TONES.foreground : TONES.unknown;
    }
  }
  return new Uint8ClampedArray(out.buffer);
}

/**
 * @param {Uint8ClampedArray | Uint8Array} into
 * @param {number} stride
 * @param {Rect} rect
 * @param {Uint8ClampedArray | Uint8Array} values
 * @param {number} channels
 */
function write(into, stride, { x, y, width, height }, values, channels) {
  for (let row = 0; row < height; row += 1) {
    const part = values.subarray(row * width * channels, (row + 1) * width * channels);
    into.set(part, ((y + row) * stride + x) * channels);
  }
}
