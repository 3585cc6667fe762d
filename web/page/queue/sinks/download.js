/** Results as downloads, one by one. @module */

/** @import { Result } from '../item.js' */
import { save } from '../../panels/save.js';

/** @param {AsyncIterable<Result>} results */
export async function downloadEach(results) {
  for await (const { name, blob } of results) {
    // A copy in memory, for once: nothing tells when a download has been read, and the store's file goes before.
    save(new Blob([await blob.arrayBuffer()], { type: blob.type }), name);
  }
}
