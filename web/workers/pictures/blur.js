/** The photo out of focus, small: enlarged smoothly, it needs no more pixels. @module */

/** @import { Raster } from './raster.js' */

/** Of the longer side. */
const RADIUS_SHARE = 0.02;
/** Box blurs after another come close to a Gaussian. */
const PASSES = 3;
/** Of what is wholly covered: in the middle of a subject there is nothing else to take colours from. */
const LEAST_SHARE = 1e-3;

/**
 * @param {Raster} raster opaque
 * @param {Uint8ClampedArray | null} [cutout] RGBA of the same size. What it covers lends no colour to what is around it:
 *   without that the subject would seem to glow.
 * @returns {Raster}
 */
export function blurred({ data, width, height }, cutout = null) {
  const radius = Math.max(1, Math.round(Math.max(width, height) * RADIUS_SHARE));
  let [from, to] = [weighted(data, cutout), new Float32Array(data.length)];
  for (let pass = 0; pass < PASSES; pass += 1) {
    slide(from, to, { lines: height, line: width * 4, length: width, step: 4, radius });
    slide(to, from, { lines: width, line: 4, length: height, step: width * 4, radius });
  }
  return { data: unweighted(from), width, height };
}

/**
 * Colours times the share of background in each pixel, and that share as the fourth value.
 *
 * @param {Uint8ClampedArray} data
 * @param {Uint8ClampedArray | null} cutout
 */
function weighted(data, cutout) {
  const sums = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const share = Math.max(LEAST_SHARE, 1 - (cutout?.[i + 3] ?? 0) / 255);
    for (let j = i; j < i + 3; j += 1) sums[j] = /** @type {number} */ (data[j]) * share;
    sums[i + 3] = share;
  }
  return sums;
}

/** @param {Float32Array} sums */
function unweighted(sums) {
  const data = new Uint8ClampedArray(sums.length);
  for (let i = 0; i < sums.length; i += 4) {
    const share = /** @type {number} */ (sums[i + 3]);
    for (let j = i; j < i + 3; j += 1) data[j] = Math.round(/** @type {number} */ (sums[j]) / share);
    data[i + 3] = 255;
  }
  return data;
}

/**
 * The mean of the `2 radius + 1` pixels around each, along lines; beyond an end its last pixel goes on.
 *
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {{ lines: number, line: number, length: number, step: number, radius: number }} way
 */
function slide(from, to, { lines, line, length, step, radius }) {
  const share = 1 / (2 * radius + 1);
  for (let index = 0; index < lines * 4; index += 1) {
    const start = (index >> 2) * line + (index & 3);
    const at = (/** @type {number} */ place) => (
      /** @type {number} */ (from[start + Math.min(Math.max(place, 0), length - 1) * step])
    );
    let sum = 0;
    for (let place = -radius; place <= radius; place += 1) sum += at(place);
    for (let place = 0; place < length; place += 1) {
      to[start + place * step] = sum * share;
      sum += at(place + radius + 1) - at(place - radius);
    }
  }
}
