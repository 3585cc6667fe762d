/** What comes out: file types, options, progress, and how little crosses between Python and JavaScript. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, differingColours, largestDifference } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetList } from '../support/site.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { CutOut } from '../support/tool.mjs' */
/** @import { Decoded } from '../support/decode.mjs' */

const STAGES = ['decode', 'prepare', 'infer', 'refine', 'compose', 'encode'];
const GREEN = [0, 128, 0];

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['slim.png', 'slim.jpg']);
const png = await pictures.bytes('slim.png');
const jpeg = await pictures.bytes('slim.jpg');
/** The first call of the page, and what it made. @type {CutOut} */
let first;
/** @type {Decoded} */
let cutOut;

before(async () => {
  first = await cutFile(page, png);
  [cutOut] = /** @type {[Decoded]} */ (await decodePictures(first.file));
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('the first call reports the download in bytes, then the start in steps, then the stages', () => {
  const units = first.progress.map(({ unit }) => unit);
  assert.equal(units[0], 'bytes');
  assert.ok(units.lastIndexOf('bytes') < units.indexOf('stages'));
  assert.ok(units.lastIndexOf('steps') < units.indexOf('stages'));
  assert.ok(first.progress.every(({ stage, unit }) => (unit === 'bytes') === (stage === 'download')));
  assert.ok(first.progress.every(({ stage, unit }) => (unit === 'steps') === (stage === 'start')));
});

test('bytes and steps never go back, and all of what was asked for arrives', () => {
  const bytes = first.progress.filter(({ unit }) => unit === 'bytes');
  assert.ok(bytes.length > 3);
  assertRising(bytes.map(({ done }) => done));
  assertRising(bytes.map(({ total }) => total));
  const last = bytes.at(-1);
  const { files } = assetList();
  // All but the manifest, which tells what else is needed, and the network that is not the default.
  const needed = Object.entries(files).filter(([path]) => !/manifest\.json|u2netp/.test(path));
  assert.equal(last?.done, last?.total);
  assert.equal(last?.total, needed.reduce((sum, [, { bytes: size }]) => sum + size, 0));
  assert.ok((last?.total ?? 0) > 10_000_000);

  const steps = first.progress.filter(({ unit }) => unit === 'steps');
  assert.deepEqual(steps.map(({ done, total }) => [done, total]), [[1, 3], [2, 3], [3, 3]]);
});

test('a warm call reports its six stages in order, each once, and nothing else', async () => {
  const { progress, timings } = await cutFile(page, png);
  assert.deepEqual(progress, STAGES.map((stage, done) => ({ stage, done, total: 6, unit: 'stages' })));
  assert.deepEqual(Object.keys(timings), [...STAGES, 'total']);
  const { total = 0, ...stages } = timings;
  const sum = Object.values(stages).reduce((a, b) => a + b);
  assert.ok(Object.values(stages).every((ms) => ms >= 0) && sum > 0 && sum <= total);
});

test('a result tells what made it', () => {
  assert.deepEqual([first.width, first.height, first.notices], [128, 480, []]);
  assert.equal(/** @type {any} */ (first).model, 'modnet');
  assert.equal(first.alpha.length, 128 * 480);
});

test('WebP carries the same alpha, and nearly the same colours', async () => {
  const { file, type, alpha } = await cutFile(page, png, { output: { type: 'webp' } });
  const [webp] = await decodePictures(file);
  assert.ok(webp);
  assert.deepEqual([type, webp.format, webp.mode], ['image/webp', 'WEBP', 'RGBA']);
  assert.equal(largestDifference(alphaOf(webp.rgba), first.alpha), 0);
  assert.equal(largestDifference(alpha, first.alpha), 0);
  assert.ok(meanColourDifference(webp.rgba, cutOut.rgba) < 6);
});

test('JPEG is composited onto white, or onto the background', async () => {
  for (const [background, colour] of /** @type {const} */ ([[null, [255, 255, 255]], ['green', GREEN]])) {
    const { file, type } = await cutFile(page, png, { output: { type: 'jpeg', background } });
    const [picture] = await decodePictures(file);
    assert.ok(picture);
    assert.deepEqual([type, picture.format, picture.mode], ['image/jpeg', 'JPEG', 'RGB']);
    assert.ok(meanColourDifference(picture.rgba, composited(colour)) < 3, `on ${background}`);
  }
});

test('PNG on a background is exactly αF + (1 − α)B, and opaque', async () => {
  const { file, alpha } = await cutFile(page, png, { output: { background: '#008000' } });
  const [picture] = await decodePictures(file);
  assert.ok(picture);
  assert.deepEqual(picture.rgba, composited(GREEN));
  assert.equal(largestDifference(alpha, first.alpha), 0, 'result.alpha is still the matte');
});

test('the matte alone is a grey PNG with the same levels', async () => {
  const { file, type } = await cutFile(page, png, { output: { type: 'alpha' } });
  const [matte] = await decodePictures(file);
  assert.ok(matte);
  assert.deepEqual([type, matte.format, matte.mode], ['image/png', 'PNG', 'L']);
  assert.equal(largestDifference(matte.rgba.filter((_, index) => index % 4 === 0), first.alpha), 0);
});

test('a threshold makes alpha binary, just there', async () => {
  for (const threshold of [0.25, 0.5, 1]) {
    const { file, alpha } = await cutFile(page, png, { threshold });
    const binary = first.alpha.map((level) => (level >= threshold * 255 ? 255 : 0));
    assert.equal(largestDifference(alpha, binary), 0, `at ${threshold}`);
    const [picture] = await decodePictures(file);
    assert.equal(largestDifference(alphaOf(picture?.rgba ?? new Uint8Array()), binary), 0);
  }
});

test('a PNG crosses eight times: in it goes, six stages, one network', async () => {
  const { details: { crossings, networkWidth, networkHeight }, file, alpha } = await cutFile(page, png);
  const pixels = networkWidth * networkHeight;
  assert.ok(pixels > 0);
  assert.deepEqual(crossings, {
    calls: 1 + STAGES.length + 1,
    bytesIn: png.length + 4 * pixels, // the file, the matte as float32
    bytesOut: 3 * 4 * pixels + file.length + alpha.length, // the tensor as float32, the result
  });
});

test('a JPEG crosses once more, to the browser’s decoder and back', async () => {
  const { details: { crossings, networkWidth, networkHeight }, file, alpha } = await cutFile(page, jpeg);
  const pixels = networkWidth * networkHeight;
  assert.deepEqual(crossings, {
    calls: 1 + STAGES.length + 1 + 1,
    bytesIn: jpeg.length + 4 * alpha.length + 4 * pixels, // and the decoded RGBA
    // And the JPEG, which has no metadata to lose.
    bytesOut: jpeg.length + 3 * 4 * pixels + file.length + alpha.length,
  });
});

/** @param {number[]} values */
function assertRising(values) {
  values.forEach((value, index) => assert.ok(index === 0 || value >= Number(values[index - 1]), `${values}`));
}

/**
 * The cut-out on a colour, by the textbook.
 *
 * @param {readonly number[]} colour
 */
function composited(colour) {
  const { rgba } = cutOut;
  return Buffer.from(rgba.map((value, index) => {
    if (index % 4 === 3) return 255;
    const alpha = Number(rgba[index - (index % 4) + 3]) / 255;
    return Math.round(alpha * value + (1 - alpha) * Number(colour[index % 4]));
  }));
}

/**
 * Of the channels where both are visible.
 *
 * @param {Buffer} a RGBA
 * @param {Buffer} b RGBA
 */
function meanColourDifference(a, b) {
  let [sum, count] = [0, 0];
  a.forEach((value, index) => {
    const alphaAt = index - (index % 4) + 3;
    if (index === alphaAt || a[alphaAt] === 0 || b[alphaAt] === 0) return;
    sum += Math.abs(value - Number(b[index]));
    count += 1;
  });
  return sum / count;
}
