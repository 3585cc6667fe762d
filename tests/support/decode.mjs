/** Picture files as pixels, decoded by a program that has nothing to do with Gossamer. @module */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SUPPORT, temporaryFolder } from './paths.mjs';
import { python } from './python.mjs';

/**
 * @typedef {{ format: string, mode: string, width: number, height: number, profile: string | null, rgba: Buffer }} Decoded
 *   `profile` is the SHA-256 of the ICC profile.
 */

/**
 * @param {...Uint8Array} files
 * @returns {Promise<Decoded[]>}
 */
export async function decodePictures(...files) {
  const folder = temporaryFolder('decode');
  const names = await Promise.all(files.map(async (bytes, index) => {
    const name = join(folder, String(index));
    await writeFile(name, bytes);
    return name;
  }));
  const lines = (await python(join(SUPPORT, 'decode_pictures.py'), ...names)).trim().split('\n');
  return Promise.all(names.map(async (name, index) => (
    { ...JSON.parse(lines[index] ?? ''), rgba: await readFile(`${name}.rgba`) }
  )));
}

/**
 * Every fourth byte.
 *
 * @param {Uint8Array} rgba
 */
export function alphaOf(rgba) {
  return rgba.filter((_, index) => index % 4 === 3);
}

/**
 * Largest absolute difference of two arrays of equal length.
 *
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function largestDifference(a, b) {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} values can't be compared`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs(Number(a[i]) - Number(b[i])));
  return largest;
}

/**
 * How many colours differ between two cut-outs, looked at where both are visible.
 *
 * @param {Uint8Array} a RGBA
 * @param {Uint8Array} b RGBA
 */
export function differingColours(a, b) {
  let differing = 0;
  for (let i = 0; i < a.length; i += 4) {
    if (a[i + 3] === 0 || b[i + 3] === 0) continue;
    if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2]) differing += 1;
  }
  return differing;
}
