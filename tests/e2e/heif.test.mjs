/** HEIC and AVIF: true to what an independent decoder reads, upright, and safe; libheif comes only where it is needed. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, largestDifference } from '../support/decode.mjs';
import { DIST } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { cutOutNatively } from '../support/reference.mjs';
import { startServer } from '../support/server.mjs';
import { assetPath, SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, cutOut, inTime, openPage, tryFile } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */

const DECODER = /libheif/;
/** Two builds of one decoder, of different years, round some colours differently; AV1's decoders agree. */
const ROUNDING = 3;
/** As they came: to be compared with the photo's. */
const ALL_COLOURS = { decontaminate: false };

/** What is fed in, and the code it must fail with. */
const bad = {
  'cut-off.heic': 'input-damaged',
  'headless.heic': 'input-damaged',
  'spoilt.heic': 'input-damaged',
  'lying.heic': 'input-damaged',
  'huge.heic': 'input-too-large',
  'cut-off.avif': 'input-damaged',
  'film.mp4': 'input-format',
  'paper.pdf': 'input-format',
  'drawing.svg': 'input-format',
};

const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make([
  ...Object.keys(bad), 'slim.png', 'slim.jpg', 'slim.heic', 'deep.heic', 'wide.heic', 'orientation-3.heic',
  'orientation-6.heic', 'orientation-8.heic', 'slim.avif', 'wide.avif', 'named.avif', 'rgba.avif', 'turned.avif',
]);

after(async () => {
  await browser.close();
  await site.stop();
});

test('for other formats nothing of libheif is fetched, nor for an AVIF', async () => {
  for (const name of ['slim.png', 'slim.jpg', 'slim.avif']) await cutFile(page, await pictures.bytes(name));
  assert.deepEqual((await site.requests()).filter(({ path }) => DECODER.test(path)), []);
});

test('the first HEIC fetches its decoder, with progress in bytes; the second fetches nothing', async () => {
  await site.forget();
  const { progress } = await cutFile(page, await pictures.bytes('slim.heic'));
  const fetched = (await site.requests()).map(({ path }) => path.slice(1));
  const files = [assetPath(/libheif\.js$/), assetPath(/libheif\.wasm$/)];
  assert.deepEqual(fetched.filter((path) => DECODER.test(path)).sort(), files);
  const bytes = progress.filter(({ unit }) => unit === 'bytes').at(-1);
  const sizes = files.map((path) => readFileSync(join(DIST, path)).length);
  assert.deepEqual([bytes?.done, bytes?.total], Array(2).fill(sizes.reduce((sum, size) => sum + size)));
  await site.forget();
  await cutFile(page, await pictures.bytes('slim.heic'));
  assert.deepEqual(await site.requests(), []);
});

for (const name of ['slim.heic', 'deep.heic', 'slim.avif']) {
  test(`${name}: the cut-out is that of the pixels an independent decoder reads`, async () => {
    const bytes = await pictures.bytes(name);
    const [source] = await decodePictures(bytes);
    assert.ok(source);
    const [got, wanted] = [await cutFile(page, bytes, ALL_COLOURS), await cutPixels(page, source)];
    const [result] = await decodePictures(got.file);
    assert.deepEqual([got.width, got.height], [128, 480]);
    assert.ok(largestDifference(alphaOf(result?.rgba ?? Buffer.of()), got.alpha) === 0);
    assert.ok(meanDifference(got.alpha, wanted.alpha) < 0.05, `by ${meanDifference(got.alpha, wanted.alpha)}`);
    assert.ok(coloursDiffer(result?.rgba, source.rgba) <= ROUNDING, `by ${coloursDiffer(result?.rgba, source.rgba)}`);
    assert.equal(result?.profile, source.profile);
  });
}

for (const name of ['wide.heic', 'wide.avif']) {
  test(`${name}: its colours are as stored, not converted, and its profile goes with them`, async () => {
    const bytes = await pictures.bytes(name);
    const { file, notices } = await cutFile(page, bytes, ALL_COLOURS);
    const [result, source] = await decodePictures(file, bytes);
    assert.ok(source?.profile);
    assert.equal(result?.profile, source.profile);
    assert.ok(coloursDiffer(result?.rgba, source.rgba) <= ROUNDING, `by ${coloursDiffer(result?.rgba, source.rgba)}`);
    assert.deepEqual(notices, []);
  });
}

test('named.avif: colours as stored too, with a profile of what is named', async () => {
  const bytes = await pictures.bytes('named.avif');
  const [result, source] = await decodePictures((await cutFile(page, bytes, ALL_COLOURS)).file, bytes);
  assert.equal(source?.profile, null);
  assert.ok(result?.profile);
  assert.ok(coloursDiffer(result?.rgba, source?.rgba) <= ROUNDING, `by ${coloursDiffer(result?.rgba, source?.rgba)}`);
});

test('turned by its container, and by Exif, which says the same: turned once', async () => {
  const upright = await cutFile(page, await pictures.bytes('slim.heic'));
  for (const name of ['orientation-3.heic', 'orientation-6.heic', 'orientation-8.heic', 'turned.avif']) {
    const bytes = await pictures.bytes(name);
    const { file, width, height, alpha } = await cutFile(page, bytes, ALL_COLOURS);
    const [result] = await decodePictures(file);
    const [photo] = await decodePictures(await pictures.bytes('slim.png'));
    assert.deepEqual([width, height], [128, 480], name);
    assert.ok(meanDifference(alpha, upright.alpha) < 2, `${name} finds the same subject`);
    // Compressed, and turned before that: another picture by some levels, but not by an edge's worth.
    assert.ok(coloursDifferOnAverage(result?.rgba, photo?.rgba) < 6, `${name} has its colours in their places`);
  }
});

test('an AVIF’s own alpha is kept', async () => {
  const bytes = await pictures.bytes('rgba.avif');
  const [{ alpha }, [source]] = await Promise.all([cutFile(page, bytes), decodePictures(bytes)]);
  const own = alphaOf(source?.rgba ?? Buffer.of());
  // Chromium stretches alpha as if it were coded from 16 to 235, which this is not.
  assert.ok(alpha.every((level, index) => level <= ((own[index] ?? 0) - 16) * (255 / 219) + 2 || level === 0));
  assert.ok(alpha.some((level) => level > 200), 'and something is left');
});

test('a draft’s photo comes to be shown where the browser itself can’t show it', async () => {
  const [heic, avif] = await Promise.all(['orientation-6.heic', 'slim.avif'].map((name) => pictures.bytes(name)));
  const trimap = await pictures.bytes('slim.heic');
  const [ofHeic, ofAvif, ofTrimap] = await inTime(page.evaluate(async (files) => {
    const { openDraft } = await e2e.load();
    const [heic = '', avif = '', trimap = ''] = files;
    const shown = async (/** @type {string} */ photo, /** @type {object} */ options) => {
      /** @type {ImageBitmap | null} */
      let seen = null;
      const onphoto = (/** @type {ImageBitmap} */ bitmap) => { seen = bitmap; };
      (await openDraft(new Blob([e2e.bytes(photo)]), { ...options, onphoto })).close();
      const { width = 0, height = 0 } = /** @type {ImageBitmap | null} */ (seen) ?? {};
      return [width, height];
    };
    return Promise.all([shown(heic, {}), shown(avif, {}), shown(avif, { trimap: new Blob([e2e.bytes(trimap)]) })]);
  }, [heic, avif, trimap].map((bytes) => (bytes ?? Buffer.of()).toString('base64'))));
  assert.deepEqual([ofHeic, ofAvif, ofTrimap], [[128, 480], [0, 0], [0, 0]]);
});

test('16 bits are asked for and can’t be had of 10: a notice', async () => {
  const { notices } = await cutFile(page, await pictures.bytes('deep.heic'), { output: { depth: 16 } });
  assert.deepEqual(notices.map(({ code }) => code), ['eight-bit']);
});

test('a HEIC as a trimap', async () => {
  const heic = (await pictures.bytes('slim.heic')).toString('base64');
  const photo = (await pictures.bytes('slim.png')).toString('base64');
  const { model } = cutOut(await inTime(page.evaluate(([picture, trimap]) => (
    e2e.cut(new Blob([e2e.bytes(picture ?? '')]), { trimap: new Blob([e2e.bytes(trimap ?? '')]) })
  ), [photo, heic])));
  assert.equal(model, null);
});

for (const [name, code] of Object.entries(bad)) {
  test(`${name}: ${code}`, async () => {
    assertFailed(await tryFile(page, await pictures.bytes(name)), { code, stage: 'decode', retryable: false });
  });
}

test('after all that, the same page still opens a HEIC', async () => {
  await cutFile(page, await pictures.bytes('slim.heic'));
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
});

test('the command line makes the same of it', async () => {
  const names = ['slim.heic', 'wide.heic', 'turned.avif'];
  const files = await cutOutNatively(names.map((name) => pictures.path(name)));
  for (const [path, wanted] of files) {
    const [got, [decoded]] = [await cutFile(page, readFileSync(path)), await decodePictures(wanted)];
    const difference = meanDifference(got.alpha, alphaOf(decoded?.rgba ?? Buffer.of()));
    assert.ok(difference < 0.05, `${path}: ${difference}`);
  }
});

test('a decoder that is not the one it should be is not used; repaired, it is', async () => {
  const copy = new SiteCopy();
  const binary = assetPath(/libheif\.wasm$/);
  copy.spoil(binary);
  await withSite(copy, async (other) => {
    const heic = await pictures.bytes('slim.heic');
    assertFailed(await tryFile(other, heic), { code: 'asset-corrupt', stage: 'download', retryable: true });
    await cutFile(other, await pictures.bytes('slim.png'));
    copy.repair(binary);
    await cutFile(other, heic);
  });
});

test('a decoder that never ends: it can be stopped, and is stopped after a while', async () => {
  const copy = new SiteCopy();
  copy.write('workers/heif/main.js', 'addEventListener("message", () => { for (;;); });');
  const client = readFileSync(join(DIST, 'workers/python/heif.js'), 'utf8');
  const impatient = client.replace('DEADLINE_MS = 120_000', 'DEADLINE_MS = 2_000');
  assert.notEqual(impatient, client);
  copy.write('workers/python/heif.js', impatient);
  await withSite(copy, async (other) => {
    const heic = await pictures.bytes('slim.heic');
    assertFailed(await tryFile(other, heic, {}, { abortAt: 'decode' }), { code: 'aborted', name: 'AbortError' });
    assertFailed(await tryFile(other, heic), { code: 'input-damaged', stage: 'decode' });
    await cutFile(other, await pictures.bytes('slim.png'));
  });
});

/**
 * @param {SiteCopy} copy
 * @param {(page: Page) => Promise<void>} work
 */
async function withSite({ folder }, work) {
  const server = await startServer({ folder });
  const other = await openPage(browser, server.url);
  try {
    await work(other);
  } finally {
    await other.close();
    await server.stop();
  }
}

/**
 * @param {Page} where
 * @param {import('../support/decode.mjs').Decoded} pixels
 */
async function cutPixels(where, { rgba, width, height }) {
  return cutOut(await inTime(where.evaluate(([base64, ...size]) => (
    e2e.cut(new ImageData(new Uint8ClampedArray(e2e.bytes(base64)), ...size), { decontaminate: false })
  ), /** @type {const} */ ([rgba.toString('base64'), width, height]))));
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function meanDifference(a, b) {
  assert.equal(a.length, b.length);
  return a.reduce((sum, level, index) => sum + Math.abs(level - (b[index] ?? 0)), 0) / a.length;
}

/**
 * The differences of all colours, where the cut-out is to be seen at all.
 *
 * @param {Uint8Array} cutout RGBA
 * @param {Uint8Array} photo RGBA
 */
function differencesOf(cutout = Buffer.of(), photo = Buffer.of()) {
  assert.ok(cutout.length > 0 && cutout.length === photo.length);
  /** @type {number[]} */
  const differences = [];
  for (let i = 0; i < cutout.length; i += 4) {
    if (cutout[i + 3] === 0) continue;
    for (let j = i; j < i + 3; j += 1) differences.push(Math.abs((cutout[j] ?? 0) - (photo[j] ?? 0)));
  }
  return differences;
}

/** @param {Uint8Array | undefined} cutout @param {Uint8Array | undefined} photo */
const coloursDiffer = (cutout, photo) => differencesOf(cutout, photo).reduce((most, one) => Math.max(most, one), 0);

/** @param {Uint8Array | undefined} cutout @param {Uint8Array | undefined} photo */
function coloursDifferOnAverage(cutout, photo) {
  const differences = differencesOf(cutout, photo);
  return differences.reduce((sum, one) => sum + one, 0) / differences.length;
}
