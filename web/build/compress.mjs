/**
 * `node compress.mjs FOLDER STORE`: beside each file of FOLDER that gets smaller, put it compressed as hosts send it, with
 * `.br` or `.gz` after its name. STORE keeps what was made, by content: the next build takes it from there.
 *
 * @module
 */

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const PICTURES = /\.(png|jpg|webp|ico|woff2)$/;
const OF_THE_HOST = /(^|\/)(_headers|embed\.json)$/; // it may change them in place
const SMALL_BYTES = 1024;
/** Brotli's best takes minutes for the largest, and makes them a tenth smaller. */
const LARGE_BYTES = 2 ** 22;
const WORTH = 0.95;

const [folder = '', store = ''] = process.argv.slice(2);
mkdirSync(store, { recursive: true });
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
await Promise.all(names.filter(isWorthATry).flatMap((name) => [compress(name, 'br', brotli), compress(name, 'gz', gzipped)]));

/** @param {string} name */
function isWorthATry(name) {
  const status = statSync(join(folder, name));
  return status.isFile() && status.size >= SMALL_BYTES && !PICTURES.test(name) && !OF_THE_HOST.test(name);
}

/**
 * @param {string} name
 * @param {string} suffix
 * @param {(bytes: Buffer) => Promise<Buffer>} by
 */
async function compress(name, suffix, by) {
  const bytes = readFileSync(join(folder, name));
  const kept = join(store, `${createHash('sha256').update(bytes).digest('hex')}.${suffix}`);
  if (!existsSync(kept)) {
    writeFileSync(`${kept}.partial`, await by(bytes));
    renameSync(`${kept}.partial`, kept);
  }
  if (statSync(kept).size < bytes.length * WORTH) copyFileSync(kept, join(folder, `${name}.${suffix}`));
}

/** @param {Buffer} bytes */
function brotli(bytes) {
  return promisify(brotliCompress)(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: bytes.length < LARGE_BYTES ? 11 : 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } });
}

/** @param {Buffer} bytes */
function gzipped(bytes) {
  return promisify(gzip)(bytes, { level: 9 });
}
