/** The page's line to its service worker. @module */

/** @import { Ask, Failed, HelloReply, StatusReply, Verdict } from './protocol.js' */
import { failure } from '../shared/errors.js';
import { BUILD } from './build.js';

/** The folder of the service worker, and of all that it answers for. */
export const BASE = new URL('../', import.meta.url).href;

/**
 * Whether this browser, at this address, has service workers and caches.
 */
export function isSupported() {
  return globalThis.isSecureContext && 'serviceWorker' in navigator && 'caches' in globalThis;
}

/**
 * The worker that answers for this folder: the one that controls this page or, after a reload past all caches, one that
 * is active and doesn't.
 *
 * @returns {Promise<ServiceWorker | null>}
 */
export async function activeWorker() {
  if (!isSupported()) return null;
  const { controller } = navigator.serviceWorker;
  if (controller) return controller;
  return (await navigator.serviceWorker.getRegistration(BASE))?.active ?? null;
}

/**
 * @overload
 * @param {ServiceWorker} worker
 * @param {Extract<Ask, { type: 'hello' }>} message
 * @returns {Promise<HelloReply>}
 */
/**
 * @overload
 * @param {ServiceWorker} worker
 * @param {Extract<Ask, { type: 'status' }>} message
 * @returns {Promise<StatusReply>}
 */
/**
 * @overload
 * @param {ServiceWorker} worker
 * @param {Extract<Ask, { type: 'settled' }>} message
 * @returns {Promise<Verdict>}
 */
/**
 * @overload
 * @param {ServiceWorker} worker
 * @param {Ask} message
 * @returns {Promise<unknown>}
 */
/**
 * @param {ServiceWorker} worker
 * @param {Ask} message
 * @returns {Promise<unknown>}
 * @throws {GossamerError} where the service worker could not do it
 */
export function ask(worker, message) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      const { type, message: why } = /** @type {Partial<Failed>} */ (data ?? {});
      if (type === 'failed') reject(failure('start-failed', `The service worker failed: ${why}`));
      else resolve(data);
      port1.close();
    };
    worker.postMessage(message, [port2]);
  });
}

/**
 * Say which build this page is of.
 *
 * @returns {Promise<HelloReply | null>} null where nobody listens
 */
export async function greet() {
  const worker = await activeWorker();
  return worker && ask(worker, { type: 'hello', build: BUILD });
}
