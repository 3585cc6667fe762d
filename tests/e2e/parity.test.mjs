/** The page and the command line give the same cut-out: to a level of alpha, and where it is opaque to the byte. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, differingColours, largestDifference } from '../support/decode.mjs';
import { photo } from '../support/photos.mjs';
import { Pictures } from '../support/pictures.mjs';
import { cutOutNatively } from '../support/reference.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, cutOut, openPage } from '../support/tool.mjs';

/** One level: ONNX Runtime sums floats in another order on each platform, which can tip a rounding. */
const ALPHA_TOLERANCE = 1;
/** Of colour times alpha, as it is seen on black: a level of alpha is up to one, and moves the colour solved for it. */
const SEEN_TOLERANCE = 3;

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['orientation-6.jpg', 'photo.jpg', 'lossless.webp', 'rgba.png', 'slim.png']);
const paths = {
  'a portrait, PNG': photo('astronaut.png'),
  'a cat, PNG': photo('chelsea.png'),
  'a still life, PNG': photo('coffee.png'),
  'a rocket, JPEG': photo('rocket.jpg'),
  'a JPEG 4:2:0': pictures.path('photo.jpg'),
  'a JPEG 4:2:0 on its side (Exif 6)': pictures.path('orientation-6.jpg'),
  'a WebP': pictures.path('lossless.webp'),
  'a narrow PNG': pictures.path('slim.png'),
  'a PNG with alpha of its own': pictures.path('rgba.png'),
};
/** @type {Map<string, Buffer>} */
let native;

before(async () => {
  native = await cutOutNatively(Object.values(paths));
});

after(async () => {
  await browser.close();
  await site.stop();
});

for (const [name, path] of Object.entries(paths)) {
  test(`${name}: as on CPython`, async (t) => {
    const { file, alpha, type, width, height } = await cutFile(page, await readFile(path));
    const reference = native.get(path);
    assert.ok(reference);
    const [here, there] = await decodePictures(file, reference);
    assert.ok(here && there);
    assert.deepEqual([type, here.format, here.mode], ['image/png', 'PNG', 'RGBA']);
    assert.deepEqual([here.width, here.height], [there.width, there.height]);
    assert.deepEqual([width, height], [there.width, there.height]);

    const difference = largestDifference(alpha, alphaOf(there.rgba));
    t.diagnostic(`largest difference of alpha: ${difference} of 255`);
    assert.ok(difference <= ALPHA_TOLERANCE, `alpha differs by ${difference}`);
    const { opaque, seen } = compareColours(here.rgba, there.rgba);
    t.diagnostic(`colours: ${opaque} opaque pixels differ, soft ones by up to ${seen.toFixed(1)} of 255 as seen`);
    assert.equal(opaque, 0, 'opaque colours differ');
    assert.ok(seen <= SEEN_TOLERANCE, `soft colours differ by ${seen} as seen`);
    assert.equal(largestDifference(alphaOf(here.rgba), alpha), 0, 'the file carries result.alpha');
  });
}

test('a portrait is cut out: its middle stays, its corners go', async () => {
  const { alpha, width, height } = await cutFile(page, await pictures.bytes('photo.jpg'));
  assert.equal(alpha[(height / 2) * width + width / 2], 255);
  const share = alpha.reduce((sum, level) => sum + level, 0) / (255 * width * height);
  assert.ok(share > 0.2 && share < 0.8, `${share} of it is opaque`);
});

test('left as they are, colours are the photo’s own bytes at every level of alpha from 1 to 255', async () => {
  const bytes = await pictures.bytes('rgba.png');
  const cutting = cutFile(page, bytes, { decontaminate: false });
  const [{ file }, [source]] = await Promise.all([cutting, decodePictures(bytes)]);
  const [result] = await decodePictures(file);
  assert.ok(source && result);
  assert.deepEqual(levelsIn(result.rgba), allLevels());
  assert.equal(differingColours(result.rgba, source.rgba), 0);
});

test('and so they are when pixels come as ImageData', async () => {
  const [source] = await decodePictures(await pictures.bytes('rgba.png'));
  assert.ok(source);
  const { width, height } = source;
  const outcome = await page.evaluate(
    ([base64, columns]) => {
      const pixels = new ImageData(new Uint8ClampedArray(e2e.bytes(base64)), columns);
      return e2e.cut(pixels, { decontaminate: false });
    },
    /** @type {const} */ ([source.rgba.toString('base64'), width]),
  );
  const { file, ...size } = cutOut(outcome);
  const [result] = await decodePictures(file);
  assert.ok(result);
  assert.deepEqual([size.width, size.height], [width, height]);
  assert.deepEqual(levelsIn(result.rgba), allLevels());
  assert.equal(differingColours(result.rgba, source.rgba), 0);
});

test('where nothing is left, no colour is left', async () => {
  const { file } = await cutFile(page, await pictures.bytes('photo.jpg'));
  const [result] = await decodePictures(file);
  assert.ok(result);
  let [removed, coloured] = [0, 0];
  for (let i = 0; i < result.rgba.length; i += 4) {
    if (result.rgba[i + 3] !== 0) continue;
    removed += 1;
    if (result.rgba.readUIntLE(i, 3) !== 0) coloured += 1;
  }
  assert.ok(removed > 1000);
  assert.equal(coloured, 0);
});

/**
 * How many pixels opaque in both pictures differ in colour, and by how much all others at most, as seen on black.
 *
 * @param {Uint8Array} one RGBA
 * @param {Uint8Array} other
 */
function compareColours(one, other) {
  let [opaque, seen] = [0, 0];
  for (let i = 0; i < one.length; i += 4) {
    const [alpha = 0, otherAlpha = 0] = [one[i + 3], other[i + 3]];
    for (let channel = i; channel < i + 3; channel += 1) {
      const [level = 0, otherLevel = 0] = [one[channel], other[channel]];
      if (alpha === 255 && otherAlpha === 255) opaque += level === otherLevel ? 0 : 1;
      else seen = Math.max(seen, Math.abs(alpha * level - otherAlpha * otherLevel) / 255);
    }
  }
  return { opaque, seen };
}

/** @param {Uint8Array} rgba */
function levelsIn(rgba) {
  return [...new Set(alphaOf(rgba))].filter((level) => level > 0).sort((a, b) => a - b);
}

function allLevels() {
  return Array.from({ length: 255 }, (_, index) => index + 1);
}
