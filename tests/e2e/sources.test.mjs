/** Whatever holds a photo can be cut out, and what doesn't is refused with a reason. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { largestDifference } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, cutOut, openPage } from '../support/tool.mjs';

const pictures = await Pictures.make(['slim.png']);
const copy = new SiteCopy();
copy.add('photos/slim.png', pictures.path('slim.png'));
// Somebody's own page, which may show what it likes: ours have a policy against that.
copy.write('own.html', '<!doctype html><title>Pictures</title><body>');
const site = await startServer({ folder: copy.folder });
const stranger = await startServer({ folder: copy.folder, without: ['Cross-Origin-Resource-Policy'] });
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const photo = (await pictures.bytes('slim.png')).toString('base64');
/** @type {Buffer} */
let expected;

before(async () => {
  ({ alpha: expected } = await cutFile(page, await pictures.bytes('slim.png')));
});

after(async () => {
  await browser.close();
  await Promise.all([site.stop(), stranger.stop()]);
});

/** Each is evaluated in the page, with the photo in base64. @type {Record<string, (base64: string) => Promise<unknown>>} */
const sources = {
  Blob: async (base64) => new Blob([e2e.bytes(base64)]),
  'File of another name and type': async (base64) => new File([e2e.bytes(base64)], 'x.jpg', { type: 'image/jpeg' }),
  'relative address': async () => 'photos/slim.png',
  'absolute address': async () => `${location.origin}/photos/slim.png`,
  URL: async () => new URL('photos/slim.png', document.baseURI),
  ImageBitmap: async (base64) => createImageBitmap(new Blob([e2e.bytes(base64)])),
  ImageData: async (base64) => {
    const bitmap = await createImageBitmap(new Blob([e2e.bytes(base64)]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return context?.getImageData(0, 0, bitmap.width, bitmap.height);
  },
  '<img> that is loaded': async () => {
    const image = new Image();
    image.src = 'photos/slim.png';
    await image.decode();
    return image;
  },
  '<img> that still loads': async () => Object.assign(new Image(), { src: 'photos/slim.png?again' }),
  '<canvas>': async (base64) => {
    const bitmap = await createImageBitmap(new Blob([e2e.bytes(base64)]));
    const { width, height } = bitmap;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return canvas;
  },
  OffscreenCanvas: async (base64) => {
    const bitmap = await createImageBitmap(new Blob([e2e.bytes(base64)]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return canvas;
  },
};

/**
 * Make a source in the page, cut it out.
 *
 * @param {(base64: string) => Promise<unknown>} make Refers to nothing outside itself.
 * @param {import('playwright-core').Page} [where]
 */
async function cutMade(make, where = page) {
  const source = await where.evaluateHandle(make, photo);
  return where.evaluate((made) => e2e.cut(made), source);
}

for (const [kind, make] of Object.entries(sources)) {
  test(`${kind}: the same cut-out`, async () => {
    const { width, height, alpha } = cutOut(await cutMade(make));
    assert.deepEqual([width, height], [128, 480]);
    assert.equal(largestDifference(alpha, expected), 0);
  });
}

test('the caller’s ImageBitmap and ImageData stay usable', async () => {
  const left = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([e2e.bytes(base64)]));
    const pixels = new ImageData(16, 16);
    const outcomes = [await e2e.cut(bitmap), await e2e.cut(pixels)];
    return { errors: outcomes.map(({ error }) => error), width: bitmap.width, bytes: pixels.data.byteLength };
  }, photo);
  assert.deepEqual(left, { errors: [null, null], width: 128, bytes: 16 * 16 * 4 });
});

/** @type {Record<string, () => Promise<unknown>>} */
const noPhotos = {
  null: async () => null,
  undefined: async () => undefined,
  'a number': async () => 42,
  'an object': async () => ({ src: 'photos/slim.png' }),
  'an object without a prototype': async () => Object.create(null),
  'a list': async () => [],
  'an element that shows no picture': async () => document.body,
};
for (const [kind, make] of Object.entries(noPhotos)) {
  test(`${kind}: refused as source-type`, async () => {
    assertFailed(await cutMade(make), { code: 'source-type', stage: 'source', retryable: false });
  });
}

/** @type {Record<string, () => Promise<unknown>>} */
const outOfReach = {
  'an address where nothing is': async () => 'photos/absent.png',
  'a text that is no address': async () => 'http://[',
  'an <img> that is broken': async () => Object.assign(new Image(), { src: 'photos/absent.png' }),
  'an <img> without a source': async () => new Image(),
  'an empty canvas': async () => new OffscreenCanvas(0, 0),
  'a closed ImageBitmap': async () => {
    const bitmap = await createImageBitmap(new ImageData(4, 4));
    bitmap.close();
    return bitmap;
  },
};
for (const [kind, make] of Object.entries(outOfReach)) {
  test(`${kind}: refused as source-unreachable`, async () => {
    assertFailed(await cutMade(make), { code: 'source-unreachable', stage: 'source', retryable: true });
  });
}

test('an address of another site is refused without asking that site', async () => {
  await stranger.forget();
  const outcome = await page.evaluate((url) => e2e.cut(url), `${stranger.url}photos/slim.png`);
  assertFailed(outcome, { code: 'source-cross-origin', stage: 'source', retryable: false });
  assert.deepEqual(await stranger.requests(), []);
});

test('an address that leads to no picture is an error of the input', async () => {
  assertFailed(await page.evaluate(() => e2e.cut('LICENSES.txt')), { code: 'input-format', stage: 'decode' });
});

test('in a page that shows other sites’ pictures: those can’t be used, and it is said why', async () => {
  const open = await startServer({ folder: copy.folder, isolation: false, without: ['Content-Security-Policy'] });
  const elsewhere = await openPage(browser, `${open.url}own.html`);
  const errors = await elsewhere.evaluate(async (url) => {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return Promise.all([image, canvas, await createImageBitmap(image)].map((source) => e2e.cut(source)));
  }, `${stranger.url}photos/slim.png`);
  await elsewhere.close();
  await open.stop();
  for (const outcome of errors) {
    assertFailed(outcome, { code: 'source-cross-origin', stage: 'source', retryable: false });
  }
});

test('after all that, the same page still works', async () => {
  const { alpha } = await cutFile(page, await pictures.bytes('slim.png'));
  assert.equal(largestDifference(alpha, expected), 0);
});
