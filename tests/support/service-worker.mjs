/** The service worker's scripts in a world of Node's own, with its pages, its caches and its network in the test's hands. @module */

/** @import { Ask, BuildFacts, Entry } from '../../web/offline/protocol.js' */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { ROOT } from './paths.mjs';

const SCOPE = 'https://site.test/folder/';

/** A page, as the service worker sees it. */
class Client {
  url = SCOPE;
  type = 'window';
  /** @type {{ type: string, entries: Entry[] }[]} */
  told = [];

  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }

  /** @param {{ type: string, entries: Entry[] }} message */
  postMessage(message) {
    this.told.push(message);
  }
}

export class World {
  /** @type {Map<string, Map<string, Response>>} */
  #caches = new Map();
  /** @type {Map<string, Function>} */
  #listeners = new Map();
  /** Pages that are open, by id. @type {Map<string, Client>} */
  pages = new Map();
  /** What answers every request. */
  network = () => new Response('from the network');
  /** The browser's own copy, for who asks for that alone: at first, of whatever the network has. */
  browsersOwn = () => this.network();
  /** Whether somebody asks for something all the time, so that what waits for rest never begins by itself. */
  restless = false;

  /** @param {BuildFacts} facts */
  constructor(facts) {
    this.facts = facts;
    this.start();
  }

  /** Start the service worker; or end it and start it anew, which forgets all but the caches. */
  start() {
    const clients = {
      get: async (/** @type {string} */ id) => this.pages.get(id),
      matchAll: async () => [...this.pages.values()],
      claim: async () => {},
    };
    const globals = createContext({
      Blob, Client, DOMException, Headers, Request, Response, TextDecoder, URL, caches: this.#cacheStorage(), clients, crypto,
      console: { warn: () => {}, error: () => {} },
      fetch: async (/** @type {unknown} */ _, /** @type {RequestInit | undefined} */ how) => (
        how?.cache === 'only-if-cached' ? this.browsersOwn() : this.network()
      ),
      registration: { scope: SCOPE },
      setTimeout: (/** @type {() => void} */ run) => (this.restless ? 0 : setTimeout(run, 0)),
      clearTimeout,
      addEventListener: (/** @type {string} */ type, /** @type {Function} */ listener) => this.#listeners.set(type, listener),
      importScripts: (/** @type {string[]} */ ...paths) => paths.forEach((path) => run(path)),
    });
    globals.self = globals;
    const run = (/** @type {string} */ path) => {
      const code = readFileSync(join(ROOT, 'web', path), 'utf8');
      runInContext(code.replace('{ /* facts of the build */ }', JSON.stringify(this.facts)), globals);
    };
    run('service-worker.js');
  }

  /** @param {string} id */
  open(id) {
    const page = new Client(id);
    this.pages.set(id, page);
    return page;
  }

  /** @param {Client} source @param {Ask} data @returns {Promise<any>} the answer */
  ask(source, data) {
    return new Promise((resolve, reject) => {
      const waitUntil = (/** @type {Promise<unknown>} */ work) => work.catch(reject);
      const answer = (/** @type {unknown} */ data) => resolve(structuredClone(data));
      this.#listeners.get('message')?.({ source, data, waitUntil, ports: [{ postMessage: answer }] });
    });
  }

  /**
   * Make a request, and wait for all that comes of it.
   *
   * @param {string} path
   * @param {object} [how]
   * @param {string} [how.by] Id of who asks.
   * @param {string} [how.begins] Id of the page or worker that begins with the answer.
   * @param {string} [how.mode]
   * @param {string} [how.kind] The request's destination.
   * @param {string} [how.method]
   * @param {RequestCache} [how.cache]
   * @returns {Promise<Response | null>} null where it is left to the browser
   */
  async request(path, { by = '', begins = '', mode = 'no-cors', kind = '', method = 'GET', cache = 'default' } = {}) {
    /** @type {Promise<unknown>[]} */
    const work = [];
    /** @type {Promise<Response> | null} */
    let answer = null;
    const request = { url: new URL(path, SCOPE).href, method, mode, destination: kind, cache, headers: new Headers() };
    this.#listeners.get('fetch')?.({
      request, clientId: by, resultingClientId: begins,
      waitUntil: (/** @type {Promise<unknown>} */ promise) => work.push(promise),
      respondWith: (/** @type {Promise<Response>} */ response) => { answer = response; },
    });
    const response = /** @type {Response | null} */ (await answer);
    // What the page reads, so that what is kept of it settles.
    await response?.clone().arrayBuffer().catch(() => {});
    for (const promise of work) await promise;
    return response;
  }

  /** Damage what is kept, by content or under that name. @param {string} text */
  spoil(text, name = '?sha256=') {
    for (const entries of this.#caches.values()) {
      for (const url of entries.keys()) if (url.includes(name)) entries.set(url, new Response(text));
    }
  }

  /** Only as much as the service worker uses. */
  #cacheStorage() {
    const key = (/** @type {Request | string} */ request) => (typeof request === 'string' ? request : request.url);
    const open = async (/** @type {string} */ name) => {
      const entries = this.#caches.get(name) ?? new Map();
      this.#caches.set(name, entries);
      return {
        put: async (/** @type {string} */ at, /** @type {Response} */ response) => void entries.set(key(at), response),
        delete: async (/** @type {string} */ at) => entries.delete(key(at)),
        keys: async () => [...entries.keys()].map((url) => ({ url })),
      };
    };
    return {
      open,
      match: async (/** @type {string} */ at, /** @type {{ cacheName: string }} */ { cacheName }) => (
        this.#caches.get(cacheName)?.get(at)?.clone()
      ),
      keys: async () => [...this.#caches.keys()],
      has: async (/** @type {string} */ name) => this.#caches.has(name),
      delete: async (/** @type {string} */ name) => this.#caches.delete(name),
    };
  }
}
