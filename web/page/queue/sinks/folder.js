/** A folder that the person chose: each result becomes a file in it, in the sub-folder its photo lay in. @module */

import { variants } from '../names.js';
import { writeWhole } from '../store.js';

/** @typedef {(options: { id: string, mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>} Picker */

const { showDirectoryPicker } = /** @type {{ showDirectoryPicker?: Picker }} */ (/** @type {unknown} */ (globalThis));

/** Whether this browser can write into folders. */
export const hasFolders = showDirectoryPicker !== undefined;

/**
 * Ask for a folder. Only after a click.
 *
 * @returns {Promise<Folder>} rejected with an `AbortError` where none was chosen
 */
export async function chooseFolder() {
  if (!showDirectoryPicker) throw new Error('this browser has no folders');
  return new Folder(await showDirectoryPicker({ id: 'gossamer-results', mode: 'readwrite' }));
}

export class Folder {
  #root;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {FileSystemDirectoryHandle} root */
  constructor(root) {
    this.#root = root;
    this.name = root.name;
  }

  /**
   * Write a new file. What is there keeps its name: the new one gets a number where its own is taken.
   *
   * @param {string} path both as names.js makes them safe
   * @param {string} name
   * @param {Blob} blob
   */
  write(path, name, blob) {
    // One after the other: between looking for a free name and taking it there is time for another to take it.
    const written = this.#last.then(() => this.#write(path, name, blob));
    this.#last = written.catch(() => {});
    return written;
  }

  /** @param {string} path @param {string} name @param {Blob} blob */
  async #write(path, name, blob) {
    let folder = this.#root;
    for (const part of path.split('/').filter(Boolean)) folder = await folder.getDirectoryHandle(part, { create: true });
    const free = await freeName(folder, name);
    const handle = await folder.getFileHandle(free, { create: true });
    try {
      await writeWhole(handle, blob);
    } catch (error) {
      await folder.removeEntry(free).catch(() => {}); // an empty file would look like a result
      throw error;
    }
  }
}

/** @param {FileSystemDirectoryHandle} folder @param {string} name */
async function freeName(folder, name) {
  for (const candidate of variants(name)) {
    if (!await exists(folder, candidate)) return candidate;
  }
  throw new Error('unreachable: the variants of a name have no end');
}

/** @param {FileSystemDirectoryHandle} folder @param {string} name */
async function exists(folder, name) {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'NotFoundError') return false;
    if (error.name === 'TypeMismatchError') return true; // a folder has this name
    throw error;
  }
}
