/** Photos that need no download: scikit-image, one of the test tools, carries them, all free to use. @module */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PYTHON } from './paths.mjs';

const FIND = 'import importlib.util as u; print(u.find_spec("skimage").submodule_search_locations[0])';

/** @type {string | undefined} */
let folder;

/**
 * Path of a photo by its file name: `astronaut.png` (512 × 512), `chelsea.png` (451 × 300), `coffee.png`
 * (600 × 400), `rocket.jpg` (640 × 427).
 *
 * @param {string} name
 */
export function photo(name) {
  folder ??= execFileSync(PYTHON, ['-c', FIND], { encoding: 'utf8' }).trim();
  return join(folder, 'data', name);
}
