/** Without a network: all of it on this device, checked, kept over restarts and updates, and renewed only when asked. */

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchProfile } from '../support/browser.mjs';
import { buildWith, builtOnce, deploy } from '../support/builds.mjs';
import { cacheNames, ledgerOf, makeAvailable, stateOf, until, untilControlled, untilState } from '../support/offline.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetPath, FOR_GPUS } from '../support/site.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

/** @import { BrowserContext, Page } from 'playwright-core' */

const HEAVY = /\/path\/(runtime|models|python)\//;
const MANIFEST = 'models/manifest.json';

const profile = temporaryFolder('profile');
const folder = temporaryFolder('host');
const pictures = await Pictures.make(['slim.png']);
const slim = await pictures.bytes('slim.png');
const cat = await readFile(photo('chelsea.png'));
const first = builtOnce();
// All that a new build changes here: the page's title, and one of the files that are kept.
const second = await buildWith({ 'index.html': '<title>second</title>', [MANIFEST]: '\n' });
deploy(first, folder);
let site = await startServer({ folder, base: '/some/path/' });
const port = Number(new URL(site.url).port);
/** @type {BrowserContext} */
let context = await launchProfile(profile);
/** @type {Page} */
let page;

after(async () => {
  await context.close();
  await site.stop();
});

test('a first visit: the page is kept once it has loaded, and nothing heavy is touched', async () => {
  page = await openPage(context, site.url);
  await untilControlled(page);
  const { heavy, updateReady, supported, failed } = await stateOf(page);
  assert.deepEqual([supported, failed, updateReady, heavy.have], [true, false, false, 0]);
  assert.ok(heavy.total > 30e6, `${heavy.total} bytes to keep`);
  const requests = await site.requests();
  assert.deepEqual(requests.filter(({ path }) => HEAVY.test(path)), []);
  assert.deepEqual(requests.filter(({ status }) => status !== 200 && status !== 304), []);
});

test('a download that is stopped keeps what has come, and is not a wish to keep all', async () => {
  const code = await page.evaluate(async () => {
    const module = await import(new URL('offline/offline.js', document.baseURI).href);
    const abort = new AbortController();
    const stop = (/** @type {{ done: number }} */ { done }) => done > 0 && abort.abort();
    return module.makeAvailable(stop, abort.signal).catch((/** @type {{ code: string }} */ error) => error.code);
  });
  assert.equal(code, 'aborted');
  const { heavy, wished } = await stateOf(page);
  assert.ok(heavy.have < heavy.total);
  assert.equal(wished, false);
});

test('made available: every byte, with progress, and nothing twice', async () => {
  await site.forget();
  const { error, progress } = await makeAvailable(page);
  assert.equal(error, null);
  const { heavy, wished } = await stateOf(page, { check: true });
  assert.deepEqual([heavy.have, wished], [heavy.total, true]);
  assert.deepEqual(progress.at(-1), { done: heavy.total, total: heavy.total });
  assert.deepEqual(progress, progress.toSorted((a, b) => a.done - b.done));
  const heavyPaths = (await site.requests()).map(({ path }) => path).filter((path) => HEAVY.test(path));
  assert.equal(new Set(heavyPaths).size, heavyPaths.length);
});

test('the server is gone: a first photo all the same, and nothing but this device answers', async () => {
  await site.stop();
  const { alpha } = await cutFile(page, slim);
  assert.ok(alpha.includes(0) && alpha.includes(255));
  const heavy = (await ledgerOf(page)).filter(({ url, kind }) => HEAVY.test(url) && kind === 'worker');
  assert.ok(heavy.length > 0);
  assert.ok(heavy.every(({ from }) => from === 'cache'));
});

test('the browser is closed and opened again, the server still gone: a person, and an object', async () => {
  await context.close();
  context = await launchProfile(profile);
  page = await openPage(context, site.url);
  assert.ok((await page.title()).startsWith('Gossamer'));
  const object = await cutFile(page, cat, { subject: 'object' });
  assert.equal(object.model, 'u2netp');
  assert.ok(object.alpha.includes(0) && object.alpha.includes(255));
  const person = await cutFile(page, slim, { subject: 'person' });
  assert.equal(person.model, 'modnet');
  assert.ok(await page.evaluate(() => crossOriginIsolated), 'with the headers the pages were kept with');
});

test('a damaged file in the cache is noticed before it is used', async () => {
  const path = assetPath(/^models\/modnet-.*\.onnx$/);
  await spoilInCache(page, path);
  page = await reopened();
  await forgetHttpCache(page); // which would help out
  assertFailed(await tryFile(page, slim, { subject: 'person' }), { code: 'asset-missing', stage: 'download' });
  const { heavy } = await stateOf(page);
  assert.ok(heavy.have < heavy.total, 'it is no longer counted on');
});

test('with the server back, it is fetched again', async () => {
  site = await startServer({ folder, base: '/some/path/', port });
  await cutFile(page, slim, { subject: 'person' });
  await untilState(page, ({ heavy }) => heavy.have === heavy.total); // kept once requests rest
  const { heavy } = await stateOf(page, { check: true });
  assert.equal(heavy.have, heavy.total);
});

test('a damaged file of the page is noticed and mended', async () => {
  const isDamaged = await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.includes(' shell '));
    const cache = await caches.open(name);
    const url = new URL('?shell', document.baseURI).href;
    const text = await (await cache.match(url))?.text() ?? '';
    const damaged = text.replaceAll('Choose photos', 'Choose phot0s');
    await cache.put(url, new Response(damaged));
    return damaged !== text;
  });
  assert.ok(isDamaged);
  await endServiceWorker(); // which has read it before
  page = await reopened();
  assert.equal(await page.locator('#choose').innerText(), 'Choose photos');
  await untilState(page, ({ shellCached }) => shellCached);
});

test('a new build is announced, its changed files already here; nothing happens to the pages', async () => {
  const other = await openPage(context, site.url);
  await untilControlled(other);
  for (const one of [page, other]) await one.evaluate(() => Object.assign(globalThis, { mark: 'as it was' }));
  deploy(second, folder);
  await site.forget();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await untilState(page, ({ updateReady }) => updateReady);
  await untilState(other, ({ updateReady }) => updateReady);
  const heavy = (await site.requests()).map(({ path }) => path).filter((path) => HEAVY.test(path));
  assert.deepEqual(heavy, [`/some/path/${MANIFEST}`], 'of what is heavy, only what has changed');
  for (const one of [page, other]) assert.deepEqual(await identity(one), ['as it was', first.id]);

  await Promise.all([page.waitForEvent('load'), apply(page)]);
  await untilControlled(page);
  assert.deepEqual(await identity(page), [null, second.id], 'the one that was asked');
  assert.deepEqual(await identity(other), ['as it was', first.id], 'the other keeps its files');
  assert.equal((await stateOf(other)).updateReady, true);
  assert.equal((await stateOf(page)).updateReady, false);
  const names = await cacheNames(page);
  assert.ok([first, second].every(({ id }) => names.some((name) => name.endsWith(` shell ${id}`))), names.join());

  await Promise.all([other.waitForEvent('load'), apply(other)]);
  await untilControlled(other);
  assert.deepEqual(await identity(other), [null, second.id]);
  await other.close();
});

test('once nobody uses the old build, nothing is left of it', async () => {
  page = await reopened();
  await untilControlled(page);
  await until(async () => !(await cacheNames(page)).some((name) => name.includes(first.id)));
  const { heavy } = await stateOf(page, { check: true });
  assert.equal(heavy.have, heavy.total);
  const kept = await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.endsWith(' kept'));
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  const files = await page.evaluate(async () => (await (await fetch('assets.json')).json()).files);
  const lacking = Object.keys(files).filter((path) => !kept.some((url) => url.endsWith(files[path].sha256)));
  assert.deepEqual(lacking.filter((path) => !FOR_GPUS.test(path)), []);
  assert.equal(new Set(kept).size, kept.length);
  await site.stop();
  page = await reopened();
  await cutFile(page, slim);
});

test('removed again: the network is needed', async () => {
  await page.evaluate(async () => (await import(new URL('offline/offline.js', document.baseURI).href)).removeOffline());
  const { heavy, wished, shellCached } = await stateOf(page);
  assert.deepEqual([heavy.have, wished, shellCached], [0, false, true]);
  const { error } = await makeAvailable(page);
  assert.equal(error?.code, 'asset-missing');
  site = await startServer({ folder, base: '/some/path/', port });
});

test('a file that was altered on its way is never kept, and the second try goes past every cache', async () => {
  const path = assetPath(/^models\/modnet-.*\.onnx$/);
  const whole = readFileSync(join(folder, path));
  const spoilt = Buffer.from(whole);
  spoilt[spoilt.length >> 1] = (spoilt[spoilt.length >> 1] ?? 0) ^ 1;
  replace(path, spoilt);
  await forgetHttpCache(page);
  page = await reopened();
  assertFailed(await tryFile(page, slim), { code: 'asset-corrupt', stage: 'download' });
  const { error } = await makeAvailable(page);
  assert.equal(error?.code, 'asset-corrupt');
  const { heavy } = await stateOf(page, { check: true });
  assert.ok(heavy.have < heavy.total);

  replace(path, whole); // while the browser has the spoilt one, to be kept for a year
  await cutFile(page, slim);
  await makeAvailable(page);
  const after = await stateOf(page, { check: true });
  assert.equal(after.heavy.have, after.heavy.total);
});

/** Other bytes for a file of the host. @param {string} path @param {Uint8Array} bytes */
function replace(path, bytes) {
  rmSync(join(folder, path)); // never through the link into dist/
  writeFileSync(join(folder, path), bytes);
}

/** The page, closed and opened anew. */
async function reopened() {
  const fresh = await openPage(context, site.url);
  await page.close();
  return fresh;
}

/** The mark that a reload removes, and the build that the service worker answers with. @param {Page} one */
function identity(one) {
  return one.evaluate(async () => {
    const text = await (await fetch('offline/build.js')).text();
    return [/** @type {{ mark?: string }} */ (globalThis).mark ?? null, /'(\w+)'/.exec(text)?.[1]];
  });
}

/** @param {Page} one */
async function apply(one) {
  await one.evaluate(() => {
    import(new URL('offline/offline.js', document.baseURI).href).then(({ applyUpdate }) => applyUpdate());
  });
}

/** @param {Page} one */
async function forgetHttpCache(one) {
  const session = await context.newCDPSession(one);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}

/** As the browser does with one that has nothing to do. */
async function endServiceWorker() {
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Flip a bit of a file that is kept. @param {Page} one @param {string} path */
async function spoilInCache(one, path) {
  await one.evaluate(async (wanted) => {
    const { files } = await (await fetch('assets.json')).json();
    const [name = ''] = (await caches.keys()).filter((one) => one.endsWith(' kept'));
    const cache = await caches.open(name);
    const key = new URL(`?sha256=${files[wanted].sha256}`, document.baseURI).href;
    const bytes = new Uint8Array(await (await cache.match(key))?.arrayBuffer() ?? new ArrayBuffer(1));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await cache.put(key, new Response(bytes));
  }, path);
}
