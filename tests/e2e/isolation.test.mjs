/** A host that sends no headers: the service worker adds them to its own pages, from the second visit on. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { stateOf, untilControlled, untilState } from '../support/offline.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */

const browser = await launchBrowser();
const context = await browser.newContext();
const photo = await (await Pictures.make(['slim.png'])).bytes('slim.png');
const site = await startServer({
  base: '/tools/cut out/',
  isolation: false,
  without: [
    'Content-Security-Policy', 'Cross-Origin-Resource-Policy', 'X-Content-Type-Options', 'Referrer-Policy',
    'Permissions-Policy',
  ],
});
/** @type {Page} */
let page;
/** @type {Buffer} */
let file;

after(async () => {
  await browser.close();
  await site.stop();
});

test('the first visit works on one thread, and a reload is offered that would help', async () => {
  page = await openPage(context, encodeURI(site.url));
  ({ file } = await cutFile(page, photo));
  assert.equal(await page.evaluate(() => crossOriginIsolated), false);
  assert.equal(helpers(page), 0);
  await untilControlled(page);
  const { isolated, reloadIsolates } = await stateOf(page);
  assert.deepEqual([isolated, reloadIsolates], [false, true]);
});

test('after it the page is isolated and uses threads, under the strict policy, with the same result', async () => {
  await page.reload();
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  const result = await cutFile(page, photo);
  assert.ok(result.file.equals(file));
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  assert.equal(helpers(page), Math.min(cores, 8) - 1);
  const { isolated, reloadIsolates } = await stateOf(page);
  assert.deepEqual([isolated, reloadIsolates], [true, false]);
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
  await page.evaluate(() => fetch('https://elsewhere.invalid/').catch(() => {}));
  const told = await page.evaluate(() => e2e.violations); // by the header and by the page's own copy of it
  assert.deepEqual(told, Array.from({ length: 2 }, () => 'connect-src: https://elsewhere.invalid/'));
});

test('so is the next visit', async () => {
  const next = await openPage(context, encodeURI(site.url));
  assert.equal(await next.evaluate(() => crossOriginIsolated), true);
  await untilState(next, ({ controlled }) => controlled);
});

test('what the host did send stays as it is', async () => {
  const strict = await startServer({ isolation: false });
  const visit = await openPage(context, strict.url);
  await untilControlled(visit);
  await visit.reload();
  const headers = await visit.evaluate(async () => Object.fromEntries((await fetch('index.html')).headers));
  const sent = Object.fromEntries((await fetch(strict.url)).headers);
  assert.equal(headers['content-security-policy'], sent['content-security-policy']);
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
  await visit.close();
  await strict.stop();
});

/** Threads of ONNX Runtime besides its worker. @param {Page} one */
function helpers(one) {
  return one.workers().filter((worker) => worker.url().includes('/runtime/onnxruntime')).length;
}
