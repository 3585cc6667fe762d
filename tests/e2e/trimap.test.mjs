/** What a person says about the subject, by a trimap or by strokes of a brush, is believed: here as on CPython. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, largestDifference } from '../support/decode.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { Pictures } from '../support/pictures.mjs';
import { cutOutNatively } from '../support/reference.mjs';
import { startServer } from '../support/server.mjs';
import { assertFailed, cutFile, cutOut, openPage } from '../support/tool.mjs';

/** @import { PlainOptions } from '../support/tool.mjs' */

/** One level: each build of NumPy sums floats in its own order, which can tip a rounding. */
const ALPHA_TOLERANCE = 1;
const STAGES = 7;

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['slim.png', 'text.jpg']);
const slim = await pictures.bytes('slim.png');
const cat = photo('chelsea.png');
const { file: trimap } = await cutFile(page, await readFile(cat), { output: { type: 'trimap' } });

after(async () => {
  await browser.close();
  await site.stop();
});

test('with a trimap no network runs, and the result is the command line’s', async (t) => {
  const name = join(temporaryFolder('trimap'), 'trimap.png');
  await writeFile(name, trimap);
  const bytes = await readFile(cat);
  const native = (await cutOutNatively([cat], ['--trimap', name])).get(cat);
  assert.ok(native);
  const { file, alpha, details, ...about } = await withTrimap(bytes, trimap);
  const [there] = await decodePictures(native);
  assert.ok(there);
  const difference = largestDifference(alpha, alphaOf(there.rgba));
  t.diagnostic(`largest difference of alpha: ${difference} of 255`);
  assert.ok(difference <= ALPHA_TOLERANCE, `alpha differs by ${difference}`);

  assert.deepEqual([about.model, about.confidence, details.networkWidth, details.networkHeight], Array(4).fill(null));
  assert.ok(about.bandWidth > 1);
  assert.deepEqual(details.crossings, {
    calls: 1 + STAGES,
    bytesIn: bytes.length + trimap.length,
    bytesOut: file.length + alpha.length,
  });
});

test('what a trimap is sure of stays so', async () => {
  const [{ alpha }, [drawn]] = await Promise.all([withTrimap(await readFile(cat), trimap), decodePictures(trimap)]);
  assert.ok(drawn);
  const levels = drawn.rgba.filter((_, index) => index % 4 === 0);
  assert.ok(alpha.every((level, index) => levels[index] === 128 || levels[index] === level));
});

test('a trimap comes in every form that a photo does, and both may be one and the same', async () => {
  const { alpha } = await withTrimap(await readFile(cat), trimap);
  const outcomes = await page.evaluate(async ([photo64, trimap64]) => {
    const [blob, drawn] = [new Blob([e2e.bytes(photo64)]), new Blob([e2e.bytes(trimap64)])];
    const bitmap = await createImageBitmap(drawn);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = /** @type {ImageData} */ (context?.getImageData(0, 0, bitmap.width, bitmap.height));
    const forms = [bitmap, canvas, pixels];
    return Promise.all([...forms.map((form) => e2e.cut(blob, { trimap: form })), e2e.cut(bitmap, { trimap: bitmap })]);
  }, /** @type {const} */ ([(await readFile(cat)).toString('base64'), trimap.toString('base64')]));
  const [itself, ...others] = outcomes.map(cutOut).reverse();
  assert.ok(itself && others.length === 3);
  for (const other of others) assert.equal(largestDifference(other.alpha, alpha), 0);
  assert.deepEqual([itself.width, itself.height], [451, 300]);
});

test('a trimap that can’t be read is an error, and so is one out of reach', async () => {
  const text = (await pictures.bytes('text.jpg')).toString('base64');
  const [unreadable, absent] = await page.evaluate(async (base64) => Promise.all([
    e2e.cut(new ImageData(8, 8), { trimap: new Blob([e2e.bytes(base64)]) }),
    e2e.cut(new ImageData(8, 8), { trimap: 'absent.png' }),
  ]), text);
  assert.ok(unreadable && absent);
  assertFailed(unreadable, { code: 'input-format', retryable: false });
  assertFailed(absent, { code: 'source-unreachable', stage: 'source', retryable: true });
});

test('strokes: what is kept is opaque, what is erased is gone, far from both nothing changes', async () => {
  const before = await cutFile(page, slim);
  const keep = stroke('keep', 6, [110, 20], [110, 60]);
  const erase = stroke('erase', 12, [60, 420]);
  const after = await cutFile(page, slim, { strokes: [keep, erase] });
  for (let y = 0; y < 480; y += 1) {
    for (let x = 0; x < 128; x += 1) {
      const [was, is] = [before.alpha[y * 128 + x], after.alpha[y * 128 + x]];
      const fromKept = Math.hypot(x + 0.5 - 110, y + 0.5 - Math.min(60, Math.max(20, y + 0.5)));
      const fromErased = Math.hypot(x + 0.5 - 60, y + 0.5 - 420);
      if (fromKept < keep.radius - 1) assert.equal(is, 255, `kept at ${x}, ${y}`);
      else if (fromErased < erase.radius - 1) assert.equal(is, 0, `erased at ${x}, ${y}`);
      else if (Math.min(fromKept, fromErased) > 100) assert.equal(is, was, `untouched at ${x}, ${y}`);
    }
  }
  assert.equal(after.model, before.model);
  const crossed = (/** @type {typeof before} */ { details }) => details.crossings.bytesIn;
  assert.equal(crossed(after) - crossed(before), 3 * 2 * 8, 'three points, two numbers each');
});

test('strokes over a trimap, and beyond the picture', async () => {
  const strokes = [stroke('erase', 400, [-50, 150], [500, 150])];
  const { alpha, model } = await withTrimap(await readFile(cat), trimap, { strokes });
  assert.equal(model, null);
  assert.ok(alpha.every((level) => level === 0));
  const outside = stroke('keep', 5, [-300, -300]);
  assert.deepEqual((await cutFile(page, slim, { strokes: [outside] })).alpha, (await cutFile(page, slim)).alpha);
});

/**
 * @param {'keep' | 'erase' | 'unsure'} kind
 * @param {number} radius
 * @param {...[x: number, y: number]} points
 */
function stroke(kind, radius, ...points) {
  return { kind, radius, points };
}

/**
 * @param {Buffer} bytes
 * @param {Buffer} drawn
 * @param {PlainOptions} [options]
 */
async function withTrimap(bytes, drawn, options = {}) {
  return cutOut(await page.evaluate(([photo64, trimap64, more]) => (
    e2e.cut(new Blob([e2e.bytes(photo64)]), { ...more, trimap: new Blob([e2e.bytes(trimap64)]) })
  ), /** @type {const} */ ([bytes.toString('base64'), drawn.toString('base64'), options])));
}
