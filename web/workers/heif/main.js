/**
 * The HEIF worker: HEIC pictures decoded by libheif, each by an instance of its own. Whatever a file does to the decoder
 * and its memory ends with that; who started this worker ends it when something went wrong.
 *
 * It fetches nothing: the compiled decoder is handed to it, and the loader beside it has been checked.
 *
 * @module
 */

/** @import { HeifReply, HeifRequest } from '../../shared/protocol.js' */
import { closeWaysOut } from '../../shared/ways-out.js';
import { decodeMainPicture, HeifProblem } from './decode.js';

closeWaysOut();

/** Where libheif's script puts what it has. */
const place = {
  /** @type {(options: object) => import('./decode.js').LibHeif} */
  exports: () => {
    throw new Error('libheif has not been loaded');
  },
};

addEventListener('message', async (/** @type {MessageEvent<HeifRequest>} */ { data }) => {
  try {
    const decoded = decodeMainPicture(await startLibrary(data), data.bytes, data.maxPixels);
    reply({ ...decoded, byBrowser: false }, [decoded.pixels.buffer]);
  } catch (error) {
    reply({ problem: error instanceof HeifProblem ? error.problem : kindOf(error), message: String(error) });
  }
});

/**
 * @param {HeifRequest} request
 * @returns {Promise<import('./decode.js').LibHeif>}
 */
async function startLibrary({ loader, binary }) {
  // The file is a script for any place at all: where it finds these two, it leaves its one function there.
  Object.assign(globalThis, { module: place, exports: {} });
  await import(loader);
  return place.exports({
    instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {(made: object) => void} */ receive) => {
      const instance = new WebAssembly.Instance(binary, imports);
      receive(instance);
      return instance.exports;
    },
    print: () => {}, // remarks on odd files
    printErr: () => {},
  });
}

/** What ended the decoder without a word of its own, such as a reach beyond its memory. @param {unknown} error */
function kindOf(error) {
  const outOfMemory = error instanceof RangeError || /out of memory|OOM|allocat/i.test(String(error));
  return outOfMemory ? 'memory' : 'damaged';
}

/**
 * @param {HeifReply} message
 * @param {Transferable[]} [moved]
 */
function reply(message, moved = []) {
  postMessage(message, moved);
}
