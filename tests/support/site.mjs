/** Copies of dist/ that a test may damage and repair: hard links, so that a copy costs nothing. @module */

import { createHash } from 'node:crypto';
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DIST, ROOT, temporaryFolder } from './paths.mjs';

/** @typedef {{ version: string, build: string, files: Record<string, { bytes: number, sha256: string }> }} AssetList */

/** `assets.json` of the build under test. @returns {AssetList} */
export function assetList() {
  return JSON.parse(readFileSync(join(DIST, 'assets.json'), 'utf8'));
}

/**
 * The one file of the build whose path matches.
 *
 * @param {RegExp} pattern
 */
export function assetPath(pattern) {
  const [path, ...more] = Object.keys(assetList().files).filter((name) => pattern.test(name));
  if (path === undefined || more.length > 0) throw new Error(`Not one asset is like ${pattern.source}`);
  return path;
}

/** Files that only devices with a GPU fetch, and that no offline copy has before. */
export const FOR_GPUS = /jspi|webgl|modnet-(check|gpu)-/;

export class SiteCopy {
  folder = temporaryFolder('site');

  constructor() {
    linkTree(DIST, this.folder);
  }

  /** @param {string} path @param {Uint8Array | string} bytes */
  write(path, bytes) {
    const target = join(this.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true }); // never through the link into dist/
    writeFileSync(target, bytes);
  }

  /**
   * Put another file in the place of one that workers load, and list it as the right one.
   *
   * @param {string} path
   * @param {Uint8Array | string} bytes
   */
  replaceAsset(path, bytes) {
    this.write(path, bytes);
    const list = JSON.parse(readFileSync(join(this.folder, 'assets.json'), 'utf8'));
    list.files[path] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    this.write('assets.json', JSON.stringify(list));
  }

  /** @param {string} path @param {string} source A file somewhere else. */
  add(path, source) {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    cpSync(source, join(this.folder, path));
  }

  /** The style sheets of the page as they are written, for a page that shows a part of it; dist/ has them in one. */
  addStyles() {
    const web = join(ROOT, 'web');
    const names = readdirSync(web, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((one) => one.endsWith('.css'))) this.add(name, join(web, name));
  }

  /** @param {string} path */
  remove(path) {
    rmSync(join(this.folder, path));
  }

  /**
   * Flip one bit in the middle: the length stays.
   *
   * @param {string} path
   */
  spoil(path) {
    const bytes = readFileSync(join(DIST, path));
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    this.write(path, bytes);
  }

  /** @param {string} path */
  repair(path) {
    rmSync(join(this.folder, path), { force: true });
    linkSync(join(DIST, path), join(this.folder, path));
  }
}

/** @param {string} from @param {string} to */
function linkTree(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target);
      linkTree(source, target);
    } else {
      linkSync(source, target);
    }
  }
}
