/**
 * HEIC and AVIF for the pipeline: by the browser where it can, HEIC otherwise by libheif, which is fetched for the first
 * such photo and works in a thread of its own; see docs/decisions/0011-heif.md.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { HeifReply, HeifRequest } from '../../shared/protocol.js' */
import { canvasIsExact, pixelsOf } from './pixels.js';

/** A photo of 48 megapixels takes a phone ten seconds: who needs longer will never come back. */
const DEADLINE_MS = 120_000;

/** @typedef {{ loader: string, binary: WebAssembly.Module }} Library */

export class HeifDecoder {
  #gate;
  /** @type {Promise<Library> | null} */
  #library = null;
  /** @type {Worker | null} */
  #worker = null;

  /** @param {AssetGate} gate */
  constructor(gate) {
    this.#gate = gate;
  }

  /**
   * @param {Uint8Array} bytes A file without a colour profile, so that there is nothing to convert.
   * @param {string} type `image/heic` or `image/avif`.
   * @param {number} maxPixels What the file itself says has been looked at; this is for one that lied.
   * @param {AbortSignal} [signal]
   * @returns {Promise<HeifReply | null>} null if it was aborted
   */
  async decode(bytes, type, maxPixels, signal) {
    const byBrowser = await decodeInBrowser(bytes, type, maxPixels);
    if (byBrowser || signal?.aborted) return signal?.aborted ? null : byBrowser;
    if (type === 'image/avif') return refusal(type);
    const library = await this.#load();
    if (signal?.aborted) return null;
    return this.#decodeApart({ ...library, bytes, maxPixels }, signal);
  }

  /**
   * In another thread. It is ended when it failed, when it takes too long, and when nobody waits any more: what it holds
   * by then is not to be trusted, or too much.
   *
   * @param {HeifRequest} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<HeifReply | null>}
   */
  async #decodeApart(request, signal) {
    const worker = this.#worker ?? startWorker();
    this.#worker = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let deadline;
    /** @type {() => void} */
    let abort = () => {};
    /** @type {HeifReply | null} */
    const reply = await new Promise((resolve) => {
      abort = () => resolve(null);
      signal?.addEventListener('abort', abort);
      const damaged = (/** @type {string} */ message) => resolve({ problem: 'damaged', message });
      deadline = setTimeout(() => damaged('The picture takes too long to decode.'), DEADLINE_MS);
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        damaged(`The decoder failed: ${event.message || 'it could not be started'}.`);
      };
      worker.postMessage(request, [request.bytes.buffer]);
    });
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
    if (reply && 'pixels' in reply) this.#worker = worker;
    else worker.terminate();
    return reply;
  }

  /** A promise is kept, a failure is not: the next photo tries again. */
  #load() {
    this.#library ??= this.#fetch().catch((error) => {
      this.#library = null;
      throw error;
    });
    return this.#library;
  }

  /** @returns {Promise<Library>} */
  async #fetch() {
    const gate = this.#gate;
    const [loader, binary] = ['js', 'wasm'].map((kind) => (
      gate.find(new RegExp(`^runtime/libheif-js-[^/]*/libheif\\.${kind}$`))
    ));
    if (loader === undefined || binary === undefined) throw new Error('never: both are found or both are not');
    gate.expect([loader, binary]);
    try {
      await gate.bytes(loader); // checked here, imported by the worker
      return { loader: gate.url(loader), binary: await WebAssembly.compile(await gate.bytes(binary)) };
    } finally {
      gate.release();
    }
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {string} type
 * @param {number} maxPixels
 */
async function decodeInBrowser(bytes, type, maxPixels) {
  if (!canvasIsExact()) return null;
  const blob = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type });
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' }).catch(() => null);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  if (width * height <= maxPixels) return { width, height, pixels: pixelsOf(bitmap), byBrowser: true };
  bitmap.close();
  return null;
}

/**
 * Why there is no picture: the browser itself only says that it can't.
 *
 * @param {string} type
 * @returns {Promise<HeifReply>}
 */
async function refusal(type) {
  const reads = 'ImageDecoder' in globalThis && await ImageDecoder.isTypeSupported(type);
  return reads
    ? { problem: 'damaged', message: 'The browser can’t decode this AVIF picture.' }
    : { problem: 'unavailable', message: 'This browser can’t open AVIF pictures.' };
}

function startWorker() {
  return new Worker(new URL('../heif/main.js', import.meta.url), { type: 'module', name: 'gossamer heif' });
}
