/** Files and folders, by the two interfaces that browsers have for them. @module */

/** @import { Place } from './gathering.js' */

/**
 * What was dropped, in every browser.
 *
 * @param {FileSystemEntry} entry
 * @returns {Place}
 */
export function placeOfEntry(entry) {
  return {
    name: entry.name,
    isFolder: entry.isDirectory,
    file: () => new Promise((resolve, reject) => (
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject)
    )),
    async* places() {
      const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
      for (;;) { // some at a time, until there are none left
        /** @type {FileSystemEntry[]} */
        const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (entries.length === 0) return;
        yield* entries.map(placeOfEntry);
      }
    },
  };
}

/**
 * What was chosen with the File System Access API.
 *
 * @param {FileSystemHandle} handle
 * @returns {Place}
 */
export function placeOfHandle(handle) {
  return {
    name: handle.name,
    isFolder: handle.kind === 'directory',
    file: () => /** @type {FileSystemFileHandle} */ (handle).getFile(),
    async* places() {
      for await (const inside of valuesOf(handle)) yield placeOfHandle(inside);
    },
  };
}

/** @param {FileSystemHandle} handle */
function valuesOf(handle) {
  return /** @type {{ values: () => AsyncIterable<FileSystemHandle> }} */ (/** @type {unknown} */ (handle)).values();
}
