/**
 * Packages for Python's file system: a tar file as the build writes it (POSIX ustar), plain files with short names alone.
 *
 * @module
 */

const BLOCK = 512;
const NAME = [0, 100];
const SIZE = [124, 136];

/**
 * @typedef {object} FileSystem Of Emscripten.
 * @property {(path: string) => void} mkdirTree
 * @property {(path: string, data: Uint8Array, options: { canOwn: boolean }) => void} writeFile
 */

/**
 * @param {FileSystem} fs
 * @param {string} folder
 * @param {ArrayBuffer} archive Its bytes become the files': they are not copied.
 */
export function unpackTar(fs, folder, archive) {
  const bytes = new Uint8Array(archive);
  for (let at = 0; bytes[at]; ) { // an empty block ends it
    const header = bytes.subarray(at, at + BLOCK);
    const path = `${folder}/${text(header, NAME)}`;
    const size = Number.parseInt(text(header, SIZE), 8);
    at += BLOCK;
    fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    fs.writeFile(path, bytes.subarray(at, at + size), { canOwn: true });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}

/**
 * @param {Uint8Array} header
 * @param {number[]} field From where to where.
 */
function text(header, [start, end]) {
  return new TextDecoder().decode(header.subarray(start, end)).replace(/\0.*$/s, '');
}
