/**
 * A line of a given speed in front of a server, for all connections of a browser together, its workers' too: what the
 * browser's own tools slow down is the page's thread alone.
 *
 * @module
 */

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of one turn: small, so that connections share the line. */
const SLICE_BYTES = 16_384;

/**
 * @param {string} url Of the server; ends with a slash.
 * @param {number} bitsPerSecond Downwards. Requests are small and pass as they are.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function throttled(url, bitsPerSecond) {
  const { hostname, port } = new URL(url);
  const take = meter(bitsPerSecond);
  const server = createServer((browser) => {
    const site = connect(Number(port), hostname);
    for (const socket of [browser, site]) socket.on('error', () => {});
    browser.on('close', () => site.destroy()).pipe(site);
    slowly(site, browser, take).catch(() => browser.destroy());
  }).listen(0, hostname);
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: url.replace(`:${port}/`, `:${address.port}/`),
    stop: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * @param {import('node:net').Socket} from
 * @param {import('node:net').Socket} to
 * @param {(bytes: number) => Promise<void>} take
 */
async function slowly(from, to, take) {
  for await (const chunk of from) {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
      const slice = chunk.subarray(start, start + SLICE_BYTES);
      await take(slice.length);
      if (!to.write(slice)) await once(to, 'drain');
    }
  }
  to.end();
}

/**
 * Waits until the line is free, first come, first served.
 *
 * @param {number} bitsPerSecond
 */
function meter(bitsPerSecond) {
  let free = 0;
  return async (/** @type {number} */ bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes * 8 * 1000) / bitsPerSecond;
    if (free - now > 1) await sleep(free - now);
  };
}
