/** A site that gets new builds, as a host does: the files change, the address stays. @module */

import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, SUPPORT, temporaryFolder } from './paths.mjs';
import { python } from './python.mjs';

/** @typedef {{ folder: string, id: string }} Build */

/** @returns {Build} The build under test. */
export function builtOnce() {
  return build(DIST);
}

/**
 * A build whose files differ.
 *
 * @param {Record<string, string>} changes Text to add to the end of files, by path.
 * @returns {Promise<Build>}
 */
export async function buildWith(changes) {
  const folder = join(temporaryFolder('build'), 'dist');
  await python(join(SUPPORT, 'make_build.py'), folder, ...Object.entries(changes).map(([path, text]) => `${path}=${text}`));
  return build(folder);
}

/** Put a build where `folder` is. @param {Build} next @param {string} folder */
export function deploy(next, folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  copy(next.folder, folder);
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target);
      copy(source, target);
    } else if (entry.name.endsWith('.html')) {
      cpSync(source, target); // with a time of its own: the server's tags are made of that
    } else {
      linkSync(source, target);
    }
  }
}

/** @param {string} folder */
function build(folder) {
  return { folder, id: JSON.parse(readFileSync(join(folder, 'assets.json'), 'utf8')).build };
}
