/**
 * Names that every file system takes, and that no file of the same folder has yet.
 *
 * File names come from other people's devices: they may hold what a folder elsewhere refuses, what leads out of it, or
 * what shows as something else than it is.
 *
 * @module
 */

/** What Windows refuses, what separates folders, control characters, and marks that turn the order of letters round. */
const REFUSED = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Names of devices on Windows, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Most file systems take 255 bytes of a name, or as many letters; a number has to fit as well. */
const MAX_BYTES = 200;

/**
 * @param {string} name of one file or folder
 * @returns {string} never empty
 */
export function safeName(name) {
  const clean = name.normalize('NFC').replace(REFUSED, '_').replace(/^\s+|[. ]+$/g, '');
  const [stem, extension] = split(clean);
  const short = `${shortened(stem, MAX_BYTES - extension.length)}${extension}`;
  return RESERVED.test(short) || short === '' ? `_${short}` : short;
}

/**
 * The folders of a path, each by a safe name; what points upwards or nowhere is left out.
 *
 * @param {string} path "day 1/raw"
 * @returns {string[]}
 */
export function safeFolders(path) {
  return path.split(/[/\\]+/).filter((name) => !/^\.*$/.test(name.trim())).map(safeName);
}

/** The names that are taken, by folder. Two that differ by case alone are one on many disks. */
export class Names {
  /** @type {Set<string>} */
  #taken = new Set();

  /**
   * @param {string} path
   * @param {string} name
   * @returns {string} the name, or "name (2)" where it is taken
   */
  claim(path, name) {
    for (const candidate of variants(safeName(name))) {
      const key = keyOf(path, candidate);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return candidate;
    }
    throw new Error('unreachable: the variants of a name have no end');
  }

  /** @param {string} path @param {string} name */
  release(path, name) {
    this.#taken.delete(keyOf(path, name));
  }
}

/**
 * "a.png", "a (2).png", "a (3).png" and so on.
 *
 * @param {string} name
 */
export function* variants(name) {
  yield name;
  const [stem, extension] = split(name);
  for (let count = 2; ; count += 1) yield `${stem} (${count})${extension}`;
}

/** @param {string} path @param {string} name */
const keyOf = (path, name) => `${path}/${name}`.toLowerCase();

/** @param {string} name @returns {[stem: string, extension: string]} a long extension is none */
function split(name) {
  const { index } = /\.[^.]{1,10}$/.exec(name) ?? { index: name.length };
  return index === 0 ? [name, ''] : [name.slice(0, index), name.slice(index)];
}

/**
 * @param {string} text
 * @param {number} bytes in UTF-8, at most
 */
function shortened(text, bytes) {
  // Half of a pair of surrogates is replaced by the encoder; a letter cut in two is left out by the decoder.
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes), { stream: true });
}
