/**
 * Files for Python: a tar file as the build writes it (POSIX ustar), plain files with short names alone.
 *
 * @module
 */

export const BLOCK = 512;
const NAME = [0, 100];
const SIZE = [124, 136];

/**
 * @typedef {object} FileSystem Of Emscripten.
 * @property {(path: string) => void} mkdirTree
 * @property {(path: string, data: Uint8Array, options: { canOwn: boolean }) => void} writeFile
 *
 * @typedef {object} Entry
 * @property {string} path
 * @property {Uint8Array} data
 * @property {Uint8Array} blocks The same as it lies in the archive, name and all.
 */

/**
 * @param {FileSystem} fs
 * @param {string} folder
 * @param {ArrayBuffer} archive Its bytes become the files': they are not copied.
 */
export function unpackTar(fs, folder, archive) {
  for (const { path, data } of entriesOf(archive)) {
    const place = `${folder}/${path}`;
    fs.mkdirTree(place.slice(0, place.lastIndexOf('/')));
    fs.writeFile(place, data, { canOwn: true });
  }
}

/**
 * @param {ArrayBuffer} archive
 * @returns {Generator<Entry>}
 */
export function* entriesOf(archive) {
  const bytes = new Uint8Array(archive);
  for (let at = 0; bytes[at]; ) { // an empty block ends it
    const header = bytes.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, SIZE), 8);
    const [start, end] = [at + BLOCK, at + BLOCK * (1 + Math.ceil(size / BLOCK))];
    yield { path: text(header, NAME), data: bytes.subarray(start, start + size), blocks: bytes.subarray(at, end) };
    at = end;
  }
}

/**
 * @param {Uint8Array} header
 * @param {number[]} field From where to where.
 */
function text(header, [start, end]) {
  return new TextDecoder().decode(header.subarray(start, end)).replace(/\0.*$/s, '');
}
