/**
 * A photo never leaves the device: every request of a full run is looked at, by three observers. The server sees all
 * that reaches our own origin, a proxy all that is meant for any other machine, the browser what page and workers ask.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { untilControlled } from '../support/offline.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startProxy } from '../support/proxy.mjs';
import { startServer } from '../support/server.mjs';
import { assetList } from '../support/site.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { Request } from '../support/server.mjs' */
/** @import { Page } from 'playwright-core' */

const HEAVY = /^\/(runtime|models|python)\//;

const site = await startServer();
const proxy = await startProxy();
const browser = await launchBrowser();
// Of this context alone: what the browser asks on its own behalf goes past it.
const context = await browser.newContext({ proxy: { server: proxy.address, bypass: '127.0.0.1' } });
const pictures = await Pictures.make(['slim.png', 'slim.jpg']);
/** @type {{ method: string, url: string, body: number }[]} */
const seen = [];
/** @type {Page} */
let page;
/** @type {Request[]} */
let early;
/** @type {Request[]} */
let served;

before(async () => {
  context.on('request', (request) => {
    seen.push({ method: request.method(), url: request.url(), body: request.postDataBuffer()?.length ?? 0 });
  });
  page = await openPage(context, site.url);
  await page.evaluate(() => e2e.load());
  await untilControlled(page); // the service worker has fetched the page once more, for later
  early = await site.requests();
  await cutFile(page, await pictures.bytes('slim.png'));
  await cutFile(page, await pictures.bytes('slim.jpg'), { output: { type: 'jpeg', background: 'white' } });
  served = await site.requests();
});

after(async () => {
  await browser.close();
  await Promise.all([site.stop(), proxy.stop()]);
});

test('nothing heavy is asked for before the first use', () => {
  assert.ok(early.length > 3);
  assert.deepEqual(early.filter(({ path }) => HEAVY.test(path)), []);
  assert.ok(served.some(({ path }) => HEAVY.test(path)), 'and then it is');
});

test('nothing is asked of any other machine, nor tried', async () => {
  assert.deepEqual(proxy.asked, []);
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
  const origin = new URL(site.url).origin;
  const elsewhere = seen.filter(({ url }) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`));
  assert.deepEqual(elsewhere, []);
});

test('every request is a GET without a body, and without a word in its address', () => {
  for (const { method, path, body } of served) {
    assert.deepEqual([method, body], ['GET', 0], path);
    assert.ok(!path.includes('?'), path);
    assert.ok(path.length < 120, path);
  }
  for (const { method, url, body } of seen) assert.deepEqual([method, body], ['GET', 0], url);
});

test('every request finds a file', () => {
  assert.deepEqual(served.filter(({ status }) => status !== 200 && status !== 304), []);
});

test('of what is heavy, only what the list names is asked for, and only once per worker', () => {
  const { files } = assetList();
  const heavy = served.map(({ path }) => path.slice(1)).filter((path) => HEAVY.test(`/${path}`));
  for (const path of new Set(heavy)) assert.ok(path in files, path);
  const often = heavy.filter((path, index) => heavy.indexOf(path) !== index && path !== 'models/manifest.json');
  assert.deepEqual(often, []);
});

test('a second photo asks for nothing at all', async () => {
  await site.forget();
  await cutFile(page, await pictures.bytes('slim.png'));
  assert.deepEqual(await site.requests(), []);
});

test('no worker has another way out than the gate', async () => {
  await page.evaluate(async () => {
    const worker = new Worker('workers/heif/main.js', { type: 'module' });
    const answered = new Promise((resolve) => worker.addEventListener('message', resolve));
    worker.postMessage({ loader: '', binary: null }); // no decoder: it says so, and stays
    await answered;
  });
  for (const [name, left] of /** @type {const} */ ([['python', ['fetch']], ['inference', ['fetch']], ['heif', []]])) {
    const worker = page.workers().find((one) => one.url().includes(`workers/${name}/`));
    assert.ok(worker, `there is a worker ${name}`);
    assert.deepEqual(await worker.evaluate(findWaysOut), left, name);
  }
  const worker = page.workers().find((one) => one.url().includes('workers/python/'));
  const outcome = await worker?.evaluate(() => fetch('gossamer.js').then(() => 'answered', String));
  assert.match(String(outcome), /gossamer\.js is not part of this build/); // on our origin, which the policy allows
});

test('the proxy would have seen it', async () => {
  const other = await context.newPage();
  await other.goto('http://elsewhere.example/').catch(() => {});
  await other.close();
  assert.ok(proxy.asked.some((line) => line.includes('elsewhere.example')));
});

test('and the policy would have stopped it', async () => {
  const before = proxy.asked.length;
  const outcome = await page.evaluate(() => (
    fetch('http://elsewhere.example/', { method: 'POST', body: 'x' }).catch(String)
  ));
  assert.match(String(outcome), /TypeError/);
  assert.equal(proxy.asked.length, before);
  const told = await page.evaluate(() => e2e.violations); // by the header and by the page's own copy of it
  assert.deepEqual([...new Set(told)], ['connect-src: http://elsewhere.example/']);
});

/** In a worker: what can make requests, and where from if it is not the global object's own. */
function findWaysOut() {
  const ways = /^(fetch|fetchLater|XMLHttpRequest|WebSocket(Stream)?|EventSource|WebTransport|caches|Cache(Storage)?)$/;
  const found = [];
  /** @type {object | null} */
  let owner = globalThis;
  for (; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (ways.test(name)) found.push(owner === globalThis ? name : `${owner.constructor.name}.prototype.${name}`);
    }
  }
  return found;
}
