/** The page's offline module, called from Node. @module */

/** @import { Page } from 'playwright-core' */
/** @import { OfflineState } from '../../web/offline/offline.js' */
/** @import { Entry } from '../../web/offline/protocol.js' */
import { PATIENCE_MS } from './browser.mjs';

/** The service worker has the page and the shell. @param {Page} page */
export async function untilControlled(page) {
  await untilState(page, 'controlled && shellCached');
}

/**
 * Wait until what the offline module knows is so.
 *
 * @param {Page} page
 * @param {string} condition Of the fields of its state.
 */
export async function untilState(page, condition) {
  await page.waitForFunction(async (wanted) => {
    const { offlineState, refresh } = await import(new URL('offline/offline.js', document.baseURI).href);
    await refresh();
    const state = offlineState();
    const parts = wanted.split(' && ');
    return parts.every((part) => (part.startsWith('!') ? !state[part.slice(1)] : state[part]));
  }, condition, { timeout: PATIENCE_MS, polling: 300 });
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
