/** What CPython makes of a photo, by the command line that people use. @module */

import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { DIST, temporaryFolder } from './paths.mjs';
import { python } from './python.mjs';

/**
 * Cut photos out on CPython; one call for all, since loading the network takes longer than using it.
 *
 * @param {string[]} photos Paths; their file names differ.
 * @param {string[]} [options] More words of the command line.
 * @returns {Promise<Map<string, Buffer>>} PNG files by the photo's path.
 */
export async function cutOutNatively(photos, options = []) {
  const folder = temporaryFolder('reference');
  const models = join(DIST, 'models'); // the very weights that the page loads
  await python('-m', 'gossamer', ...photos, '--output', folder, '--models', models, '--quiet', ...options);
  const files = photos.map(async (path) => {
    const file = await readFile(join(folder, `${basename(path, extname(path))}.png`));
    return /** @type {[string, Buffer]} */ ([path, file]);
  });
  return new Map(await Promise.all(files));
}
