/** A page under test, seen from Node. @module */

/** @import { Browser, BrowserContext, Page } from 'playwright-core' */
/** @import { Extra, Outcome, Progress, RemoveOptions, RemoveResult } from './in-page.js' */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SUPPORT } from './paths.mjs';
import { PATIENCE_MS } from './browser.mjs';

/**
 * @typedef {Omit<RemoveOptions, 'signal' | 'onprogress' | 'trimap'>} PlainOptions What can be sent to a page as it is.
 *
 * @typedef {Omit<RemoveResult, 'blob' | 'alpha'> & { file: Buffer, type: string, alpha: Buffer,
 *   progress: Progress[] }} CutOut A result, out of the page.
 */

/**
 * Open the app in a new page, ready for calls of its public module.
 *
 * @param {Browser | BrowserContext} browser
 * @param {string} url
 * @returns {Promise<Page>}
 */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript({ path: join(SUPPORT, 'in-page.js') });
  await page.goto(url);
  return page;
}

/**
 * Call `removeBackground` with a file.
 *
 * @param {Page} page
 * @param {Uint8Array} bytes
 * @param {PlainOptions} [options]
 * @param {Extra} [extra]
 * @returns {Promise<Outcome>}
 */
export async function tryFile(page, bytes, options = {}, extra = {}) {
  const sent = Buffer.from(bytes).toString('base64');
  return inTime(page.evaluate(
    ([base64, ...rest]) => e2e.cut(new File([e2e.bytes(base64)], 'photo'), ...rest),
    /** @type {const} */ ([sent, options, extra]),
  ));
}

/** Something that was waited for has not come. */
export class NoAnswer extends Error {}

/**
 * What a page promises, or a failure of the test: no call may hang.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} [patience]
 * @returns {Promise<T>}
 */
export async function inTime(promise, patience = PATIENCE_MS) {
  const late = new AbortController();
  const expired = sleep(patience, null, { signal: late.signal }).then(() => {
    throw new NoAnswer(`Not settled after ${patience / 1000} s`);
  });
  expired.catch(() => {}); // ended below, when it is no longer needed
  try {
    return await Promise.race([promise, expired]);
  } finally {
    late.abort();
  }
}

/**
 * Call `removeBackground` with a file that it must manage.
 *
 * @param {Page} page
 * @param {Uint8Array} bytes
 * @param {PlainOptions} [options]
 * @returns {Promise<CutOut>}
 */
export async function cutFile(page, bytes, options) {
  return cutOut(await tryFile(page, bytes, options));
}

/**
 * The result of a call that must have succeeded.
 *
 * @param {Outcome} outcome
 * @returns {CutOut}
 */
export function cutOut({ error, result, progress }) {
  assert.ifError(error && new Error(`${error.code ?? error.name} at ${error.stage}: ${error.message}`));
  assert.ok(result);
  return {
    ...result, progress, file: Buffer.from(result.file, 'base64'), alpha: Buffer.from(result.alpha, 'base64'),
  };
}

/**
 * The error of a call that must have failed, in the form that every error has.
 *
 * @param {Outcome} outcome
 * @param {{ code: string, stage?: string, retryable?: boolean, name?: string }} expected
 */
export function assertFailed({ error, result }, expected) {
  assert.equal(result, null, `expected ${expected.code}, got a result`);
  assert.ok(error);
  const wanted = { name: 'GossamerError', ...expected };
  const got = Object.fromEntries(Object.keys(wanted).map((key) => [key, error[/** @type {'code'} */ (key)]]));
  assert.deepEqual(got, wanted, error.message);
  assert.ok(error.ours, 'is a GossamerError');
  assert.match(error.message, /\w+ .*\w/, 'says what happened');
  const stopped = ['aborted', 'disposed'].includes(expected.code); // there is nothing to advise
  if (!stopped) assert.match(error.advice, /\w+ .*\w/, 'says what to do');
}
