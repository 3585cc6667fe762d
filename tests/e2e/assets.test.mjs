/** A missing or altered file is noticed before use, named, and put right by a later call in the same page. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchProfile } from '../support/browser.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetList, assetPath, SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

const kinds = {
  'Pyodide’s WebAssembly': assetPath(/pyodide\.asm\.wasm$/),
  'Python’s memory': assetPath(/^python\/snapshot-.*\.bin$/),
  'what is known of it': assetPath(/^python\/snapshot-.*\.json$/),
  'Pyodide’s script': assetPath(/pyodide\.asm\.js$/),
  'NumPy’s WebAssembly': assetPath(/^python\/numpy\._core\._multiarray_umath-.*\.wasm$/),
  'what Python imports later': assetPath(/^python\/late-.*\.tar$/),
  'ONNX Runtime’s WebAssembly': assetPath(/ort-wasm-simd-threaded\.wasm$/),
  'ONNX Runtime’s loader': assetPath(/ort-wasm-simd-threaded\.mjs$/),
  'the network': assetPath(/^models\/modnet-.*\.onnx$/),
};
const copy = new SiteCopy();
const site = await startServer({ folder: copy.folder });
const pictures = await Pictures.make(['slim.png']);
const photo = await pictures.bytes('slim.png');
// With a cache on disk: what was fetched once may be kept for a year, spoilt bytes too if nobody takes care. Without a
// service worker, whose cache would help out: what that one does with such files is in offline.test.mjs.
const context = await launchProfile(temporaryFolder('profile'), { serviceWorkers: 'block' });

after(async () => {
  await context.close();
  await site.stop();
});

for (const [kind, path] of Object.entries(kinds)) {
  test(`${kind} is missing, then altered, then whole again`, async (t) => {
    const page = await openPage(context, site.url);
    t.after(() => copy.repair(path));
    await forgetCache();

    copy.remove(path);
    const missing = await tryFile(page, photo);
    assertFailed(missing, { code: 'asset-missing', stage: 'download', retryable: true });
    assert.ok(missing.error?.message.includes(path), `names ${path}: ${missing.error?.message}`);

    copy.spoil(path);
    const altered = await tryFile(page, photo);
    assertFailed(altered, { code: 'asset-corrupt', stage: 'download', retryable: true });
    assert.ok(altered.error?.message.includes(path), `names ${path}: ${altered.error?.message}`);

    copy.repair(path);
    const { width } = await cutFile(page, photo);
    assert.equal(width, 128);
    await page.close();
  });
}

test('an answer that says there is no such file may be an old one: the file is asked for once more', async (t) => {
  const page = await openPage(context, site.url);
  t.after(() => page.close());
  await forgetCache();
  let asked = 0;
  await context.route(`**/${kinds['what Python imports later']}`, async (route) => {
    asked += 1;
    await (asked === 1 ? route.fulfill({ status: 404 }) : route.continue());
  });
  t.after(() => context.unrouteAll());
  assert.equal((await cutFile(page, photo)).width, 128);
  assert.equal(asked, 2);
});

test('WebAssembly is given to a runtime as the answer it came with, for the browser keeps compiled code with that', async (t) => {
  const page = await openPage(context, site.url);
  t.after(() => page.close());
  const path = kinds['Pyodide’s WebAssembly'];
  t.after(() => copy.repair(path));
  await cutFile(page, photo);
  const python = page.workers().find((worker) => worker.url().includes('workers/python/'));
  const fetchThere = (/** @type {string} */ url) => python?.evaluate(async (address) => {
    const answer = await fetch(address);
    const { length } = new Uint8Array(await answer.arrayBuffer());
    return { url: answer.url, type: answer.headers.get('Content-Type'), length };
  }, url);
  const { href } = new URL(path, site.url);
  const whole = { type: 'application/wasm', length: assetList().files[path]?.bytes };
  assert.deepEqual(await fetchThere(href), { url: href, ...whole });
  assert.deepEqual(await fetchThere(href), { url: '', ...whole }, 'which can be read once');
});

test('an asset that is cut short or too long is altered, too', async () => {
  const page = await openPage(context, site.url);
  const path = 'models/manifest.json';
  const text = await (await fetch(`${site.url}${path}`)).text();
  for (const changed of [text.slice(0, -1), `${text} `]) {
    await forgetCache();
    copy.write(path, changed);
    assertFailed(await tryFile(page, photo), { code: 'asset-corrupt', stage: 'download', retryable: true });
    copy.repair(path);
  }
  await page.close();
});

test('the list of assets is missing, or is something else, then whole again', async (t) => {
  const page = await openPage(context, site.url);
  t.after(() => copy.repair('assets.json'));
  copy.remove('assets.json');
  assertFailed(await tryFile(page, photo), { code: 'asset-missing', stage: 'download', retryable: true });
  for (const text of ['<!doctype html><title>Not found</title>', '{}', 'null', '']) {
    copy.write('assets.json', text);
    assertFailed(await tryFile(page, photo), { code: 'asset-corrupt', stage: 'download', retryable: true });
  }
  copy.repair('assets.json');
  assert.equal((await cutFile(page, photo)).width, 128);
  await page.close();
});

test('a script of the workers is missing: no call hangs, and once it is back all is well', async (t) => {
  const page = await openPage(context, site.url);
  for (const path of ['workers/python/main.js', 'workers/inference/networks.js']) {
    await forgetCache();
    t.after(() => copy.repair(path));
    copy.remove(path);
    assertFailed(await tryFile(page, photo), { code: 'worker-died', retryable: true });
    copy.repair(path);
  }
  assert.equal((await cutFile(page, photo)).width, 128);
  await page.close();
});

async function forgetCache() {
  const page = context.pages()[0] ?? await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}
