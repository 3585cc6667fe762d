/**
 * Where results wait until they are saved: in the origin's private file system, so that two hundred of them take no
 * more memory than one. Nobody but this origin can read it, and it never leaves the device.
 *
 *   gossamer-queue ‹folder of the site›/    of this copy of Gossamer: the origin may carry others
 *     ‹session›/      one page's results; that page holds the lock of the same name, `… ‹session›`, while it is open
 *       1.data        a file as it will be saved
 *       1.json        its record, written after it: data without a record is not complete
 *       offered       there once the left-overs of a page that ended have been offered; see leftovers.js
 *
 * Where the browser has no such file system, or can't write to it from a page, results are kept as Blobs.
 *
 * @module
 */

/** @import { Notice } from '../../shared/protocol.js' */

/**
 * @typedef {object} ResultRecord What is known of a result.
 * @property {string} name of the photo
 * @property {string} path of its folder, below the one that was chosen
 * @property {string} resultName
 * @property {number | null} confidence
 * @property {Notice[]} notices
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} ResultRef A result that waits to be saved.
 * @property {() => Promise<Blob>} blob Rejected where it is gone, because somebody emptied the browser's storage.
 * @property {() => Promise<void>} remove
 */

/** A name can't hold a slash. */
export const FOLDER = `gossamer-queue ${encodeURIComponent(new URL('../../', import.meta.url).pathname)}`;

/** Whether this browser has a place for files where pages can write to. */
export function canKeepOnDisk() {
  const { storage } = /** @type {{ storage?: StorageManager }} */ (navigator);
  return typeof storage?.getDirectory === 'function' && 'createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {});
}

export class ResultStore {
  /** @type {Promise<Session | null> | null} */
  #session = null;

  /**
   * @param {ResultRecord} record
   * @param {Blob} blob
   * @returns {Promise<ResultRef>}
   * @throws {DOMException} `QuotaExceededError` where the device or the browser has no room left.
   */
  async put(record, blob) {
    const opened = this.#session ??= openSession();
    const session = await opened;
    if (!session) return inMemory(blob);
    try {
      return await session.write(record, blob);
    } catch (error) {
      if (isOutOfSpace(error)) throw error;
      // It was there, and does not work; unless it has been cleared meanwhile.
      if (this.#session === opened) this.#session = Promise.resolve(null);
      return inMemory(blob);
    }
  }

  /**
   * A file for what has to be put together before it can be saved. It goes with the next one, or with `clear`.
   *
   * @returns {Promise<FileSystemFileHandle | null>} null where there is no room for one but memory
   */
  async scratch() {
    return (await (this.#session ??= openSession()))?.scratch() ?? null;
  }

  /** Remove all of it from the device. */
  async clear() {
    const session = await this.#session;
    this.#session = null;
    await session?.remove();
  }
}

/** @param {Blob} blob @returns {ResultRef} */
export function inMemory(blob) {
  return { blob: () => Promise.resolve(blob), remove: () => Promise.resolve() };
}

/**
 * A result in a session's folder.
 *
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} key
 * @param {string} type media type
 * @returns {ResultRef}
 */
export function onDisk(folder, key, type) {
  return {
    blob: async () => {
      const file = await (await folder.getFileHandle(`${key}.data`)).getFile();
      return file.slice(0, file.size, type);
    },
    remove: () => removeResult(folder, key),
  };
}

/**
 * Hold a session's lock until the returned function is called, or the page ends.
 *
 * @param {string} session
 * @returns {Promise<(() => void) | null>} null where a page that is open holds it
 */
export function lockSession(session) {
  return new Promise((resolve, reject) => {
    navigator.locks.request(`${FOLDER} ${session}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((/** @type {(value?: undefined) => void} */ release) => resolve(() => release()));
    }).catch(reject);
  });
}

/** @param {unknown} error */
export function isOutOfSpace(error) {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

/** @returns {Promise<Session | null>} */
async function openSession() {
  if (!globalThis.FileSystemFileHandle?.prototype.createWritable || !navigator.storage?.getDirectory) return null;
  try {
    const name = crypto.randomUUID();
    // Before the folder is there, or another page would take it for a left-over.
    const release = await lockSession(name);
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
    return new Session(all, await all.getDirectoryHandle(name, { create: true }), release ?? (() => {}));
  } catch {
    return null; // such as in a private window
  }
}

class Session {
  #next = 1;

  /**
   * @param {FileSystemDirectoryHandle} all
   * @param {FileSystemDirectoryHandle} folder
   * @param {() => void} release
   */
  constructor(all, folder, release) {
    this.all = all;
    this.folder = folder;
    this.release = release;
  }

  /**
   * @param {ResultRecord} record
   * @param {Blob} blob
   */
  async write(record, blob) {
    const key = String(this.#next);
    this.#next += 1;
    try {
      await this.#write(`${key}.data`, blob);
      await this.#write(`${key}.json`, JSON.stringify({ ...record, type: blob.type }));
    } catch (error) {
      await removeResult(this.folder, key);
      throw error;
    }
    return onDisk(this.folder, key, blob.type);
  }

  async scratch() {
    const name = 'scratch';
    await this.folder.removeEntry(name).catch(() => {}); // there may be none
    return this.folder.getFileHandle(name, { create: true });
  }

  async remove() {
    await this.all.removeEntry(this.folder.name, { recursive: true }).catch(() => {}); // emptied by somebody else
    this.release();
  }

  /** @param {string} name @param {Blob | string} content */
  async #write(name, content) {
    const handle = await this.folder.getFileHandle(name, { create: true });
    await writeWhole(handle, content);
  }
}

/**
 * Write a file, whole or not at all.
 *
 * @param {FileSystemFileHandle} handle
 * @param {Blob | string} content
 */
export async function writeWhole(handle, content) {
  const writable = await handle.createWritable();
  try {
    await writable.write(content);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {}); // what it failed with is already known
    throw error;
  }
}

/** @param {FileSystemDirectoryHandle} folder @param {string} key */
async function removeResult(folder, key) {
  // The record first: a record without data would be offered for recovery in vain.
  for (const name of [`${key}.json`, `${key}.data`]) await folder.removeEntry(name).catch(() => {}); // gone already
}
