/** An allocation fails inside ONNX Runtime: the photo is cut out by its smaller look, the page says so, work goes on. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { DIST } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { startServer } from '../support/server.mjs';
import { assetPath, SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

const LOADER = assetPath(/ort-wasm-simd-threaded\.mjs$/);
const API = assetPath(/ort\.wasm\.min\.mjs$/);
const MANIFEST = 'models/manifest.json';
/** Of 64 kB: enough for a session and a look at 320², not for one at 1024². */
const PAGES = 6000;
const LARGE = 1024;

const copy = new SiteCopy();
const loader = await readFile(join(DIST, LOADER), 'utf8');
const limited = loader.replace('maximum:65536', `maximum:${PAGES}`);
assert.notEqual(limited, loader);
copy.replaceAsset(LOADER, Buffer.from(limited));
const manifest = JSON.parse(await readFile(join(DIST, MANIFEST), 'utf8'));
const { modnet } = manifest.models;
Object.assign(modnet.input, { size: LARGE, size_min: LARGE, long_side_max: 2 * LARGE });
copy.replaceAsset(MANIFEST, Buffer.from(JSON.stringify(manifest)));

const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
const astronaut = await readFile(photo('astronaut.png'));

after(async () => {
  await browser.close();
  await site.stop();
});

test('the careful look does not fit: the smaller one makes the cut-out, with a notice, photo after photo', async () => {
  const page = await openPage(browser, site.url);
  for (let round = 0; round < 2; round += 1) {
    const { notices, model, details, alpha, width } = await cutFile(page, astronaut, { subject: 'person' });
    assert.equal(notices.at(-1)?.code, 'low-memory');
    assert.equal(model, 'modnet');
    assert.ok((details.networkWidth ?? Infinity) <= 512, 'the size of the smaller look');
    assert.equal(alpha[200 * width + 220], 255, 'her face');
    assert.equal(alpha[20 * width + 20], 0);
  }
  await page.close();
});

test('the page says it in its own language', async () => {
  const context = await browser.newContext({ locale: 'de' });
  const page = await openPage(context, site.url);
  await page.setInputFiles('#file', photo('astronaut.png'));
  await page.waitForSelector('body[data-state=done]');
  assert.match(await page.innerText('#notices'), /Der Speicher war knapp/);
  await context.close();
});

test('WebAssembly breaks off in the middle of a look: worker-died, and another worker does the next photo', async () => {
  const page = await openPage(browser, site.url);
  await page.evaluate(async () => (await e2e.load()).preload());
  const inference = page.workers().find((worker) => worker.url().includes('workers/inference/'));
  await inference?.evaluate(async (url) => {
    const { InferenceSession } = await import(url); // the one that is running
    InferenceSession.prototype.run = async () => { throw new WebAssembly.RuntimeError('unreachable'); };
  }, new URL(API, site.url).href);
  assertFailed(await tryFile(page, astronaut, { subject: 'person' }), { code: 'worker-died', retryable: true });
  assert.equal((await cutFile(page, astronaut, { subject: 'person' })).model, 'modnet');
  await page.close();
});
