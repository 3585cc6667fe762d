/** Pictures made for a test by Pillow. @module */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SUPPORT, temporaryFolder } from './paths.mjs';
import { photo } from './photos.mjs';
import { python } from './python.mjs';

export class Pictures {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Make pictures, all in one call.
   *
   * @param {string[]} names Keys of MAKERS in make_pictures.py.
   * @param {string} [source] The photo they show.
   */
  static async make(names, source = photo('astronaut.png')) {
    const folder = temporaryFolder('pictures');
    await python(join(SUPPORT, 'make_pictures.py'), folder, source, ...names);
    return new Pictures(folder);
  }

  /** @param {string} name */
  path(name) {
    return join(this.folder, name);
  }

  /** @param {string} name */
  bytes(name) {
    return readFile(this.path(name));
  }
}
