/**
 * What a worker could make requests with, or keep things with that others may fetch for it.
 *
 * @module
 */

const WAYS = [
  'fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport',
  'caches', 'CacheStorage', 'Cache',
];

/**
 * Take them all away from the worker that calls this. Some belong to a prototype of its global object, `fetch` among
 * them: there they would still be found once the global object's own were gone.
 */
export function closeWaysOut() {
  /** @type {object | null} */
  let owner = globalThis;
  for (; owner; owner = Reflect.getPrototypeOf(owner)) {
    for (const way of WAYS) Reflect.deleteProperty(owner, way);
  }
}
