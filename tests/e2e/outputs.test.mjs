/** What comes out: file types, options, progress, and how little crosses between Python and JavaScript. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, differingColours, largestDifference } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetList, FOR_GPUS } from '../support/site.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { CutOut } from '../support/tool.mjs' */
/** @import { Decoded } from '../support/decode.mjs' */

const STAGES = ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode'];
const GREEN = [0, 128, 0];

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['slim.png', 'slim.jpg', 'deep.png']);
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
  // All but the manifest, which tells what else is needed, the network and the decoder that this photo does not need, what writes ZIPs.
  const notNeeded = new RegExp(`manifest\\.json|u2netp|client-zip|libheif|${FOR_GPUS.source}`);
  const needed = Object.entries(files).filter(([path]) => !notNeeded.test(path));
  assert.equal(last?.done, last?.total);
  assert.equal(last?.total, needed.reduce((sum, [, { bytes: size }]) => sum + size, 0));
  assert.ok((last?.total ?? 0) > 10_000_000);

  const steps = first.progress.filter(({ unit }) => unit === 'steps');
  assert.deepEqual(steps.map(({ done, total }) => [done, total]), [[1, 3], [2, 3], [3, 3]]);
});

test('a warm call reports its stages in order, each once, and nothing else', async () => {
  const { progress, timings } = await cutFile(page, png);
  assert.deepEqual(progress, STAGES.map((stage, done) => ({ stage, done, total: STAGES.length, unit: 'stages' })));
  assert.deepEqual(Object.keys(timings), [...STAGES, 'total']);
  const { total = 0, ...stages } = timings;
  const sum = Object.values(stages).reduce((a, b) => a + b);
  assert.ok(Object.values(stages).every((ms) => ms >= 0) && sum > 0 && sum <= total);
});

test('a result tells what made it', () => {
  assert.deepEqual([first.width, first.height, first.notices], [128, 480, []]);
  assert.equal(first.model, 'modnet');
  assert.ok(Number(first.confidence) > 0.5 && Number(first.confidence) <= 1, `confidence ${first.confidence}`);
  assert.ok(first.bandWidth > 1 && first.bandWidth < 32, `a band of ${first.bandWidth} px`);
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

test('the trimap alone is a grey PNG: certain where the matte is, unknown in between', async () => {
  const { file, alpha } = await cutFile(page, png, { output: { type: 'trimap' } });
  const [trimap] = await decodePictures(file);
  assert.ok(trimap);
  assert.deepEqual([trimap.format, trimap.mode, trimap.width, trimap.height], ['PNG', 'L', 128, 480]);
  const levels = trimap.rgba.filter((_, index) => index % 4 === 0);
  assert.deepEqual([...new Set(levels)].sort((a, b) => a - b), [0, 128, 255]);
  assert.ok(alpha.every((level, index) => levels[index] === 128 || levels[index] === level));
});

test('soft edges get the subject’s own colour; the rest, and all of it if told so, keeps the photo’s', async () => {
  const [source] = await decodePictures(png);
  assert.ok(source);
  const { file, alpha } = await cutFile(page, png, { decontaminate: false });
  const [left] = await decodePictures(file);
  assert.ok(left);
  assert.equal(largestDifference(alpha, first.alpha), 0, 'the matte is the same');
  assert.equal(differingColours(left.rgba, source.rgba), 0);
  const opaque = cutOut.rgba.filter((_, index) => cutOut.rgba[index - (index % 4) + 3] === 255);
  const there = source.rgba.filter((_, index) => cutOut.rgba[index - (index % 4) + 3] === 255);
  assert.ok(opaque.length > 1000 && largestDifference(opaque, there) === 0);
  assert.ok(differingColours(cutOut.rgba, source.rgba) > 100);
});

test('16 bits of a photo that has as many go into a PNG of 16', async () => {
  const { file, type } = await cutFile(page, await pictures.bytes('deep.png'), { output: { depth: 16 } });
  assert.equal(type, 'image/png');
  assert.deepEqual([file[24], file[25]], [16, 6], 'bits and colour type of its header: RGBA of 16 bits');
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

test('a PNG crosses ten times: in it goes, the stages, two looks of one network', async () => {
  const cutout = await cutFile(page, png);
  assertCrossings(cutout, {
    calls: 1 + STAGES.length + 2,
    bytesIn: png.length,
    bytesOut: cutout.file.length + cutout.alpha.length,
  });
});

test('a JPEG crosses once more, to the browser’s decoder and back', async () => {
  const cutout = await cutFile(page, jpeg);
  assertCrossings(cutout, {
    calls: 1 + STAGES.length + 2 + 1,
    bytesIn: jpeg.length + 4 * cutout.alpha.length, // and the decoded RGBA
    bytesOut: jpeg.length + cutout.file.length + cutout.alpha.length, // and the JPEG, which has no metadata to lose
  });
});

/**
 * Besides what is expected, two tensors go out as float32 and their mattes come in, one channel for three. Only the
 * size of the first look is told.
 *
 * @param {CutOut} cutout
 * @param {import('../../web/shared/protocol.js').Crossings} expected
 */
function assertCrossings({ details: { crossings, networkWidth, networkHeight } }, { calls, bytesIn, bytesOut }) {
  const first = 4 * Number(networkWidth) * Number(networkHeight);
  const second = crossings.bytesIn - bytesIn - first;
  assert.ok(first > 0 && second > 0 && second < 2 * first, `two looks, of ${first} and ${second} bytes`);
  assert.deepEqual(crossings, { calls, bytesIn: bytesIn + first + second, bytesOut: bytesOut + 3 * (first + second) });
}

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
