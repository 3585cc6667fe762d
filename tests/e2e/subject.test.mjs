/** Which network looks: as told, or as the photo needs; and what happens where the second one can't be had. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { largestDifference } from '../support/decode.mjs';
import { photo } from '../support/photos.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetList, assetPath, SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

const OBJECTS = assetPath(/^models\/u2netp-.*\.onnx$/);
const FORM = assetPath(/^models\/u2netp-wasm-/);

const copy = new SiteCopy();
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['slim.png']);
const person = await pictures.bytes('slim.png');
const thing = await readFile(photo('coffee.png')); // of which the network for people is not sure

after(async () => {
  await browser.close();
  await site.stop();
});

test('for a photo that the first network is sure of, the second is not even fetched', async () => {
  const { model, notices } = await cutFile(page, person);
  assert.deepEqual([model, notices], ['modnet', []]);
  assert.deepEqual(await fetches(), []);
});

test('the second network’s file is missing, then altered: the first one’s result, and a notice', async () => {
  const alone = await cutFile(page, thing, { subject: 'person' });
  for (const damage of [() => copy.remove(OBJECTS), () => copy.spoil(OBJECTS)]) {
    damage();
    const { model, notices, alpha, details } = await cutFile(page, thing);
    assert.equal(model, 'modnet');
    assert.deepEqual(notices.map(({ code }) => code), ['subject-unsure']);
    assert.equal(largestDifference(alpha, alone.alpha), 0);
    assert.equal(details.crossings.calls, alone.details.crossings.calls + 1, 'it was asked for');
  }
});

test('asked for by name, a network that is missing or altered is named in the error', async () => {
  for (const [damage, code] of /** @type {const} */ ([['remove', 'asset-missing'], ['spoil', 'asset-corrupt']])) {
    copy[damage](OBJECTS);
    const outcome = await tryFile(page, thing, { subject: 'object' });
    assertFailed(outcome, { code, stage: 'download', retryable: true });
    assert.ok(outcome.error?.message.includes(OBJECTS), outcome.error?.message);
  }
});

test('once it is there, the same page fetches it, says so, and keeps it', async () => {
  copy.repair(OBJECTS);
  await site.forget();
  const { model, progress } = await cutFile(page, thing);
  assert.equal(model, 'u2netp');
  const bytes = progress.filter(({ unit }) => unit === 'bytes');
  const { stage, done, total } = bytes.at(-1) ?? {};
  const { files } = assetList();
  const size = Number(files[OBJECTS]?.bytes) + Number(files[FORM]?.bytes);
  assert.deepEqual([stage, done, total], ['download', size, size], 'of this network alone');
  assert.deepEqual(progress.filter(({ unit }) => unit !== 'bytes').map(({ unit }) => unit), Array(7).fill('stages'));
  const again = await cutFile(page, thing);
  assert.ok(again.progress.every(({ unit }) => unit === 'stages'));
  assert.equal((await fetches()).length, 1);
});

test('a person, an object, or either: the network that was asked for', async () => {
  for (const [subject, model] of /** @type {const} */ ([['person', 'modnet'], ['object', 'u2netp']])) {
    for (const bytes of [person, thing]) {
      const { model: name, confidence, details } = await cutFile(page, bytes, { subject });
      assert.equal(name, model);
      assert.ok(Number(confidence) >= 0 && Number(confidence) <= 1);
      assert.ok(Number(details.networkWidth) > 0 && Number(details.networkHeight) > 0);
    }
  }
  assert.equal((await cutFile(page, person)).model, 'modnet');
  assert.equal((await cutFile(page, thing)).model, 'u2netp');
});

async function fetches() {
  return (await site.requests()).filter(({ path }) => path.endsWith(OBJECTS));
}
