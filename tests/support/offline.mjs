/** The page's offline module, called from Node. @module */

/** @import { Page } from 'playwright-core' */
/** @import { OfflineState } from '../../web/offline/offline.js' */
/** @import { Entry } from '../../web/offline/protocol.js' */
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from './browser.mjs';

const POLL_MS = 200;

/** The service worker has the page and the shell. @param {Page} page */
export async function untilControlled(page) {
  await untilState(page, ({ controlled, shellCached, heavy }) => controlled && shellCached && heavy.total > 0);
}

/**
 * Wait until what the offline module knows is so.
 *
 * @param {Page} page
 * @param {(state: OfflineState) => boolean} condition
 */
export async function untilState(page, condition) {
  await until(async () => condition(await stateOf(page)));
}

/** @param {() => Promise<boolean>} condition */
export async function until(condition) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!await condition()) {
    if (Date.now() > deadline) throw new Error(`Not so after ${PATIENCE_MS / 1000} s: ${condition}`);
    await sleep(POLL_MS);
  }
}

/** @param {Page} page @param {{ check?: boolean }} [how] @returns {Promise<OfflineState>} */
export function stateOf(page, how = {}) {
  return page.evaluate(async (options) => {
    const { offlineState, refresh } = await import(new URL('offline/offline.js', document.baseURI).href);
    await refresh(options);
    return offlineState();
  }, how);
}

/**
 * @param {Page} page
 * @returns {Promise<{ error: { code: string, message: string } | null, progress: { done: number, total: number }[] }>}
 */
export function makeAvailable(page) {
  return page.evaluate(async () => {
    const module = await import(new URL('offline/offline.js', document.baseURI).href);
    /** @type {{ done: number, total: number }[]} */
    const progress = [];
    try {
      await module.makeAvailable((/** @type {{ done: number, total: number }} */ report) => progress.push(report));
      return { error: null, progress };
    } catch (error) {
      const { code, message } = /** @type {{ code: string, message: string }} */ (error);
      return { error: { code, message }, progress };
    }
  });
}

/** @param {Page} page @returns {Promise<Entry[]>} */
export function ledgerOf(page) {
  return page.evaluate(async () => (await import(new URL('offline/ledger.js', document.baseURI).href)).ledger.entries);
}

/** Names of the caches there are. @param {Page} page */
export function cacheNames(page) {
  return page.evaluate(() => caches.keys());
}
