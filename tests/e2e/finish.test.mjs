/** Crop, exact size, density and shadow: as asked for, as on the command line, and refused where they make no sense. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, largestDifference } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { cutOutNatively } from '../support/reference.mjs';
import { startServer } from '../support/server.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

/** @import { CutOut } from '../support/tool.mjs' */
/** @import { Decoded } from '../support/decode.mjs' */

/** A level of alpha, which sums of floats in another order can tip. */
const ALPHA_TOLERANCE = 1;
const SEEN_TOLERANCE = 3;
const [WIDTH, HEIGHT] = [128, 480];

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['slim.png', 'deep.png', 'standing.png']);
const png = await pictures.bytes('slim.png');
/** @type {CutOut} */
let whole;
/** @type {Decoded} */
let cutOut;

before(async () => {
  whole = await cutFile(page, png);
  [cutOut] = /** @type {[Decoded]} */ (await decodePictures(whole.file));
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('a rectangle of the photo, to the byte, and nothing beyond the photo', async () => {
  const { file, width, height, alpha } = await cutFile(page, png, {
    output: { crop: { x: -10, y: 40, width: 100, height: 300 } },
  });
  const [part] = await decodePictures(file);
  assert.ok(part);
  assert.deepEqual([width, height, part.width, part.height], [100, 300, 100, 300]);
  assert.equal(largestDifference(alphaOf(part.rgba), alpha), 0);
  const rows = Array.from({ length: 300 }, (_, row) => [
    Buffer.alloc(40), cutOut.rgba.subarray(4 * (row + 40) * WIDTH, 4 * ((row + 40) * WIDTH + 90)),
  ]);
  assert.equal(Buffer.compare(part.rgba, Buffer.concat(rows.flat())), 0);
});

test('the subject, with the margin asked for, and the aspect', async () => {
  const seen = visibleBox(whole.alpha, WIDTH, HEIGHT);
  const tight = await cutFile(page, png, { output: { crop: 'subject' } });
  assert.deepEqual([tight.width, tight.height], [seen.width, seen.height]);
  const square = await cutFile(page, png, { output: { crop: 'subject', margin: 0.1, aspect: 1 } });
  assert.equal(square.width, square.height);
  assert.ok(square.height > seen.height);
});

for (const type of /** @type {const} */ (['png', 'webp', 'jpeg', 'alpha', 'trimap'])) {
  test(`${type}: exactly so many pixels, and so many of them to the inch`, async () => {
    const output = { type, crop: /** @type {const} */ ('subject'), width: 90, height: 120, dpi: 300 };
    const { file, width, height, alpha } = await cutFile(page, png, { output });
    const [picture] = await decodePictures(file);
    assert.ok(picture);
    assert.deepEqual([width, height, picture.width, picture.height], [90, 120, 90, 120]);
    assert.equal(alpha.length, 90 * 120);
    assert.ok(statesDensity(file, type), 'dpi');
  });
}

test('one side alone keeps the aspect', async () => {
  const { width, height } = await cutFile(page, png, { output: { height: 240 } });
  assert.deepEqual([width, height], [64, 240]);
});

test('a subject that stands casts a shadow below it, which is no part of the matte', async () => {
  const standing = await pictures.bytes('standing.png');
  const plain = await cutFile(page, standing, { output: {} });
  const shaded = await cutFile(page, standing, { output: { shadow: { strength: 1 } } });
  assert.equal(largestDifference(plain.alpha, shaded.alpha), 0);
  const [before_, after_] = await decodePictures(plain.file, shaded.file);
  assert.ok(before_ && after_);
  const [own, joined] = [alphaOf(before_.rgba), alphaOf(after_.rgba)];
  let [darker, opaque] = [0, 0];
  own.forEach((level, index) => {
    assert.ok(Number(joined[index]) >= level);
    if (Number(joined[index]) > level + 30) darker += 1;
    if (level !== 255) return;
    opaque += 1;
    assert.equal(after_.rgba.readUInt32LE(4 * index), before_.rgba.readUInt32LE(4 * index));
  });
  assert.ok(opaque > 1000);
  assert.ok(darker > 50, `${darker} pixels are darker`);
});

test('a bust, which the photo cuts off, casts none', async () => {
  const { file } = await cutFile(page, png, { output: { shadow: { strength: 1, softness: 1 } } });
  const [picture] = await decodePictures(file);
  assert.ok(picture);
  assert.equal(Buffer.compare(picture.rgba, cutOut.rgba), 0);
});

test('16 bits are cropped, and not brought to another size', async () => {
  const deep = await pictures.bytes('deep.png');
  const crop = { x: 10, y: 10, width: 40, height: 50 };
  const { file, width } = await cutFile(page, deep, { output: { depth: 16, crop } });
  assert.deepEqual([file[24], width], [16, 40]);
  assertFailed(await tryFile(page, deep, { output: { depth: 16, width: 40 } }), { code: 'option-invalid' });
});

/** @type {Record<string, any>} */
const senseless = {
  'a word that is none': { crop: 'face' },
  'a list': { crop: [1, 2, 3, 4] },
  'a rectangle without height': { crop: { x: 1, y: 2, width: 3 } },
  'a rectangle of nothing': { crop: { x: 1, y: 2, width: 3, height: 0 } },
  'one that is endless': { crop: { x: 1, y: 2, width: Infinity, height: 5 } },
  'one beside the photo': { crop: { x: 5000, y: 0, width: 5, height: 5 } },
  'a margin of nothing': { margin: 0.1 },
  'a margin of text': { crop: 'subject', margin: '5%' },
  'no aspect': { aspect: 0 },
  'half a pixel': { width: 12.5 },
  'no number': { width: Number.NaN },
  'true': { height: true },
  'a size beyond all': { width: 1e300 },
  'very many pixels': { width: 60_000, height: 60_000 },
  'a number of any length': { dpi: 10n ** 5000n },
  'a shadow that is no object': { shadow: 0.5 },
  'a shadow too strong': { shadow: { strength: 2 } },
  'a shadow of text': { shadow: { softness: 'very' } },
};

for (const [name, output] of Object.entries(senseless)) {
  test(`refused: ${name}`, async () => {
    assertFailed(await tryFile(page, png, { output }), { code: 'option-invalid', stage: 'options' });
  });
}

test('more pixels than a file can hold are refused', async () => {
  const crop = { x: 0, y: 0, width: 20_000, height: 50 };
  assertFailed(await tryFile(page, png, { output: { type: 'webp', crop } }), { code: 'output-too-large' });
});

test('the same as on the command line', async (t) => {
  const words = ['--crop', 'subject', '--margin', '8%', '--size', '150x200', '--dpi', '300', '--shadow', '0.7'];
  const path = pictures.path('standing.png');
  const reference = (await cutOutNatively([path], words)).get(path);
  assert.ok(reference);
  const { file } = await cutFile(page, await pictures.bytes('standing.png'), {
    output: { crop: 'subject', margin: 0.08, width: 150, height: 200, dpi: 300, shadow: { strength: 0.7 } },
  });
  const [here, there] = await decodePictures(file, reference);
  assert.ok(here && there);
  assert.deepEqual([here.width, here.height], [there.width, there.height]);
  const difference = largestDifference(alphaOf(here.rgba), alphaOf(there.rgba));
  t.diagnostic(`largest difference of alpha: ${difference} of 255`);
  assert.ok(difference <= ALPHA_TOLERANCE + 1, `alpha differs by ${difference}`); // one of the matte, one of the sum
  const seen = largestDifference(premultiplied(here.rgba), premultiplied(there.rgba));
  assert.ok(seen <= SEEN_TOLERANCE, `colours differ by ${seen} as seen`);
});

/**
 * @param {Uint8Array} alpha
 * @param {number} width
 * @param {number} height
 */
function visibleBox(alpha, width, height) {
  const visible = (/** @type {number} */ x, /** @type {number} */ y) => Number(alpha[y * width + x]) >= 13;
  const columns = [...Array(width).keys()].filter((x) => [...Array(height).keys()].some((y) => visible(x, y)));
  const rows = [...Array(height).keys()].filter((y) => [...Array(width).keys()].some((x) => visible(x, y)));
  return { width: Number(columns.at(-1)) - Number(columns[0]) + 1, height: Number(rows.at(-1)) - Number(rows[0]) + 1 };
}

/**
 * Whether a file says 300 pixels an inch, in the way of its kind.
 *
 * @param {Buffer} file
 * @param {string} type
 */
function statesDensity(file, type) {
  if (type === 'jpeg') return file.readUInt8(13) === 1 && file.readUInt16BE(14) === 300 && file.readUInt16BE(16) === 300;
  if (type === 'webp') return file.includes(Buffer.from([0x01, 0x1a, 0, 5])) && file.includes(Buffer.from([0, 0, 1, 0x2c]));
  const at = file.indexOf('pHYs');
  return at > 0 && file.readUInt32BE(at + 4) === 11811 && file.readUInt32BE(at + 8) === 11811;
}

/** @param {Buffer} rgba */
function premultiplied(rgba) {
  return rgba.map((value, index) => (index % 4 === 3 ? value : Math.round(value * Number(rgba[index - (index % 4) + 3]) / 255)));
}
