/**
 * Whether a backend computes what it should: a GPU or its driver may be wrong without saying so.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { Networks } from './networks.js' */
import { entry, pathOf } from './networks.js';

/**
 * Levels of 255 that any pixel may be off. Rounding the stored matte costs half a level; sums in another order move the
 * softest of these pixels by far less than one.
 */
const TOLERANCE = 3;

/**
 * Run the network for people on the input of `models/expect.py`, and compare its matte with the stored one.
 *
 * @param {Networks} networks
 * @param {AssetGate} gate
 * @throws {Error} where a pixel differs by more than `TOLERANCE`
 */
export async function verify(networks, gate) {
  const { models, subjects: { person } } = networks.manifest;
  const { check } = entry(models, person);
  if (!check) throw new Error(`There is no matte to check ${person} with`);
  const expected = new Uint8Array(await gate.bytes(pathOf(check.file)));
  const { data } = await networks.run(person, checkInput(check.size), check.size, check.size);
  const difference = furthest(data, expected);
  if (!(difference <= TOLERANCE)) throw new Error(`${networks.backend} is off by ${difference} of 255 levels`);
}

/**
 * A light disc on dark ground, both finely striped.
 *
 * @param {number} size
 * @returns {Float32Array} 1 × 3 × size × size, -1 to 1
 */
export function checkInput(size) {
  const data = new Float32Array(3 * size * size);
  for (let i = 0; i < data.length; i += 1) {
    const [x, y, c] = [i % size, Math.floor(i / size) % size, Math.floor(i / size ** 2)];
    const inside = 3 * (x - 32) ** 2 + (y - 36) ** 2 < 1220;
    data[i] = (inside ? 200 - 30 * c + ((7 * x) % 17) : 60 + 20 * c + ((6 * y) % 13)) / 127.5 - 1;
  }
  return data;
}

/**
 * @param {Float32Array} alpha
 * @param {Uint8Array} expected
 * @returns {number} Levels; not a number where alpha is none.
 */
function furthest(alpha, expected) {
  if (alpha.length !== expected.length) return Infinity;
  return alpha.reduce((most, value, i) => Math.max(most, Math.abs(value * 255 - (expected[i] ?? 0))), 0);
}
