/**
 * The only door through which a worker gets code, weights and packages: each file is one of `assets.json`, is
 * fetched from our own origin, and is checked against its SHA-256 before anybody sees a byte of it.
 *
 * `install` puts the gate in place of the worker's `fetch`, so that the runtimes go through it as well, and
 * nothing that runs in the worker, Python included, can make any other request.
 *
 * @module
 */

/** @import { AssetList } from '../shared/protocol.js' */
import { failure } from '../shared/errors.js';
import { closeWaysOut } from '../shared/ways-out.js';

/** @type {Readonly<Record<string, string>>} */
const TYPES = { wasm: 'application/wasm', json: 'application/json' };

export class AssetGate {
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  #held = new Map();
  /**
   * Answers with WebAssembly that were checked. The browser keeps compiled code with an answer, on its disk, and compiles
   * bytes anew on each visit; so a runtime gets the answer, and gets it after the check. @type {Map<string, Response>}
   */
  #checked = new Map();
  #fetch = globalThis.fetch.bind(globalThis);
  /** @type {Set<string>} */
  #expected = new Set();
  /** Bytes received, by path. @type {Map<string, number>} */
  #received = new Map();
  /** @type {(error: unknown) => void} */
  #fail = () => {};

  /** Rejected by the first file that can't be had. A runtime that asked for it may swallow that, or wait for ever. */
  failed = /** @type {Promise<never>} */ (new Promise((_, reject) => { this.#fail = reject; }));

  /**
   * @param {string} base Absolute URL of the folder that holds `assets.json`.
   * @param {AssetList} assets
   * @param {(done: number, total: number) => void} onbytes Bytes received of those expected.
   */
  constructor(base, assets, onbytes) {
    this.base = base;
    this.files = assets.files;
    this.onbytes = onbytes;
  }

  /**
   * The one file whose path matches.
   *
   * @param {RegExp} pattern
   */
  find(pattern) {
    const found = Object.keys(this.files).filter((path) => pattern.test(path));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    throw failure('asset-missing', `assets.json lists ${found.length} files like ${pattern.source}.`);
  }

  /**
   * Say what is going to be needed, so that progress has a total that doesn't grow; and begin to fetch it.
   *
   * @param {string[]} paths
   */
  expect(paths) {
    for (const path of paths) this.#expected.add(path);
    for (const path of paths) this.bytes(path);
  }

  /** @param {string} path */
  url(path) {
    return new URL(path, this.base).href;
  }

  /**
   * Fetch and check a file; asked for again while it is held, it is not fetched again.
   *
   * @param {string} path
   * @returns {Promise<ArrayBuffer>}
   */
  bytes(path) {
    let held = this.#held.get(path);
    if (!held) {
      held = this.#load(path);
      held.catch(this.#fail);
      this.#held.set(path, held);
    }
    return held;
  }

  /**
   * Check a module, then import it. The import takes it from the browser's cache, which the check has just filled.
   *
   * @param {string} path
   * @returns {Promise<any>}
   */
  async module(path) {
    await this.bytes(path);
    return import(this.url(path));
  }

  /**
   * Check WebAssembly, then compile it.
   *
   * @param {string} path
   * @returns {Promise<WebAssembly.Module>}
   */
  compile(path) {
    return WebAssembly.compileStreaming(this.#answer(this.url(path)));
  }

  /** Forget what is held, and what could not be had: files asked for later are fetched, and counted, anew. */
  release() {
    this.#held.clear();
    this.#checked.clear();
    this.#expected.clear();
    this.#received.clear();
  }

  /** Make this the worker's only way out. */
  install() {
    closeWaysOut(); // nothing we ship uses these; with them gone, nothing can
    globalThis.fetch = (input) => this.#answer(input);
  }

  /**
   * @param {RequestInfo | URL} input
   * @returns {Promise<Response>}
   */
  async #answer(input) {
    const url = input instanceof Request ? input.url : new URL(input, this.base).href;
    const path = url.startsWith(this.base) ? url.slice(this.base.length) : url;
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    const bytes = await this.bytes(path);
    const answer = this.#checked.get(path);
    this.#checked.delete(path); // it can be read once
    return answer ?? new Response(bytes, { headers: { 'Content-Type': type } });
  }

  /** @param {string} path */
  async #load(path) {
    const asset = Object.hasOwn(this.files, path) ? this.files[path] : undefined;
    if (!asset) throw failure('asset-missing', `${path} is not part of this build.`);
    const bytes = await this.#download(path, asset, 'default') ?? await this.#download(path, asset, 'reload');
    if (!bytes) throw failure('asset-corrupt', `${path} is not the file it should be (its SHA-256 differs).`);
    return bytes;
  }

  /**
   * @param {string} path
   * @param {{ bytes: number, sha256: string }} asset
   * @param {RequestCache} cache `reload` where the browser's own copy has turned out to be a wrong one.
   * @returns {Promise<ArrayBuffer | null>} null if it is another file than the list says, or if there was none, but that
   *   answer may be an old one
   */
  async #download(path, asset, cache) {
    try {
      const response = await this.#fetch(this.url(path), { credentials: 'omit', cache });
      if (!response.ok || !response.body) {
        if (cache === 'default') return null;
        throw failure('asset-missing', `${path} answered ${response.status}.`);
      }
      const twin = response.headers.get('Content-Type') === TYPES.wasm ? response.clone() : null; // of the same bytes
      const bytes = await this.#read(path, response.body, asset.bytes);
      if (!bytes || hex(await crypto.subtle.digest('SHA-256', bytes)) !== asset.sha256) return null;
      if (twin) this.#checked.set(path, twin);
      return bytes.buffer;
    } catch (error) {
      if (error instanceof TypeError) throw failure('asset-missing', `${path} can't be reached.`, { cause: error });
      throw error;
    }
  }

  /**
   * One buffer of the known size, not a list of chunks joined at the end: half the memory for 14 MB files.
   *
   * @param {string} path
   * @param {ReadableStream<Uint8Array>} body
   * @param {number} size
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>} null if it has another size
   */
  async #read(path, body, size) {
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (const reader = body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return filled === size ? bytes : null;
      if (filled + value.length > size) {
        reader.cancel().catch(() => {});
        return null;
      }
      bytes.set(value, filled);
      filled += value.length;
      this.#report(path, filled);
    }
  }

  /**
   * @param {string} path
   * @param {number} received
   */
  #report(path, received) {
    if (!this.#expected.has(path)) return;
    this.#received.set(path, received);
    let [done, total] = [0, 0];
    for (const one of this.#expected) {
      done += this.#received.get(one) ?? 0;
      total += this.files[one]?.bytes ?? 0;
    }
    this.onbytes(done, total);
  }
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
