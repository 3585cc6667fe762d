/** Odd pictures work; what is no picture says so, and the page goes on working. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures, differingColours, largestDifference } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assertFailed, cutFile, openPage, tryFile } from '../support/tool.mjs';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
/** As they came: to be compared with the photo's. */
const ALL_COLOURS = { decontaminate: false };

/** What is fed in, and the code it must fail with. */
const bad = {
  'empty.jpg': 'input-empty',
  'text.jpg': 'input-format',
  'cut-off.jpg': 'input-damaged',
  'cut-off.png': 'input-damaged',
  'huge.png': 'input-too-large',
};
/** What is fed in, and its size. @type {Record<string, [width: number, height: number]>} */
const odd = {
  'dot.png': [1, 1],
  'long.png': [6000, 500],
  'grey.jpg': [128, 480],
  'grey.png': [128, 480],
  'grey16.png': [128, 480],
  'palette.png': [128, 480],
  'slim.bmp': [128, 480],
  'slim.tiff': [128, 480],
};
const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make([
  ...Object.keys(bad), ...Object.keys(odd), 'cmyk.jpg', 'slim.png', 'slim-rgba.png', 'animated.gif', 'animated.webp',
  ...ORIENTATIONS.flatMap((n) => [`orientation-${n}.png`, `orientation-${n}.jpg`]),
]);

after(async () => {
  await browser.close();
  await site.stop();
});

for (const [name, code] of Object.entries(bad)) {
  test(`${name}: ${code}`, async () => {
    const outcome = await tryFile(page, await pictures.bytes(name));
    assertFailed(outcome, { code, stage: 'decode', retryable: false });
  });
}

test('a picture too large says how large it is and how large it may be', async () => {
  const { error } = await tryFile(page, await pictures.bytes('huge.png'));
  assert.match(error?.message ?? '', /30000 × 30000.*100 megapixels/);
});

/** @type {[what: string, options: any][]} */
const wrongOptions = [
  ['an output type that does not exist', { output: { type: 'gif' } }],
  ['an output type that is no text', { output: { type: 3 } }],
  ['a background that is no colour', { output: { background: 'like the sky' } }],
  ['a background with alpha', { output: { background: '#11223344' } }],
  ['a background that is no text', { output: { background: 255 } }],
  ['a threshold of 0', { threshold: 0 }],
  ['a threshold above 1', { threshold: 1.5 }],
  ['a threshold that is no number', { threshold: 'half' }],
  ['a subject that is neither', { subject: 'cat' }],
  ['a subject that is no text', { subject: ['person'] }],
  ['decontaminate, but how', { decontaminate: 'a little' }],
  ['a depth that no file has', { output: { depth: 12 } }],
  ['a depth that is no number', { output: { depth: '16' } }],
  ['a depth of 16 in WebP', { output: { type: 'webp', depth: 16 } }],
  ['a depth of 16 on a background', { output: { background: 'white', depth: 16 } }],
  ['strokes that are no list', { strokes: 'many' }],
  ['a stroke that is none', { strokes: [null] }],
  ['a stroke of no kind', { strokes: [{ kind: 'paint', points: [[1, 1]], radius: 2 }] }],
  ['a stroke without points', { strokes: [{ kind: 'keep', points: [], radius: 2 }] }],
  ['a stroke whose points are no list', { strokes: [{ kind: 'keep', points: 'here', radius: 2 }] }],
  ['a stroke whose points are no pairs', { strokes: [{ kind: 'keep', points: [[1, 1, 1], [2]], radius: 2 }] }],
  ['a stroke whose points are texts', { strokes: [{ kind: 'keep', points: [['1', '1']], radius: 2 }] }],
  ['a stroke at infinity', { strokes: [{ kind: 'keep', points: [[Infinity, 1]], radius: 2 }] }],
  ['a stroke without a radius', { strokes: [{ kind: 'keep', points: [[1, 1]] }] }],
  ['a stroke with a radius of 0', { strokes: [{ kind: 'keep', points: [[1, 1]], radius: 0 }] }],
  ['a trimap that is no picture', { trimap: 42 }],
  ['a trimap that is a list', { trimap: [[0, 255]] }],
];
for (const [what, options] of wrongOptions) {
  test(`${what}: option-invalid`, async () => {
    const outcome = await tryFile(page, await pictures.bytes('slim.png'), options);
    assertFailed(outcome, { code: 'option-invalid', stage: 'options', retryable: false });
  });
}

test('a threshold of NaN, options that are functions, a trimap of another shape: option-invalid', async () => {
  const outcomes = await page.evaluate(() => Promise.all([
    { threshold: NaN },
    { threshold: () => 1 },
    { output: { type: Symbol('png') } },
    { strokes: [{ kind: 'keep', points: [[1, 1]], radius: () => 1 }] },
    { trimap: new ImageData(4, 8) },
  ].map((options) => e2e.cut(new ImageData(8, 8), /** @type {any} */ (options)))));
  for (const outcome of outcomes) {
    assertFailed(outcome, { code: 'option-invalid', stage: 'options', retryable: false });
  }
});

test('null is as good as nothing', async () => {
  const nothing = { threshold: null, subject: null, decontaminate: null, trimap: null, strokes: null, output: null };
  const [plain, bytes] = [/** @type {any} */ (nothing), await pictures.bytes('slim.png')];
  assert.ok((await cutFile(page, bytes, plain)).file.equals((await cutFile(page, bytes)).file));
});

for (const [name, size] of Object.entries(odd)) {
  test(`${name}: cut out at ${size.join(' × ')}`, async () => {
    const bytes = await pictures.bytes(name);
    const { file, alpha, width, height, notices } = await cutFile(page, bytes, ALL_COLOURS);
    const [result, source] = await decodePictures(file, bytes);
    assert.ok(result && source);
    assert.deepEqual([width, height, result.width, result.height], [...size, ...size]);
    assert.equal(largestDifference(alphaOf(result.rgba), alpha), 0);
    assert.deepEqual(notices.filter(({ code }) => !code.startsWith('subject-')), []);
    // Of 16 bits Pillow's own conversion to RGBA keeps something else than the high byte.
    if (name !== 'grey16.png') assert.equal(differingColours(result.rgba, source.rgba), 0);
  });
}

test('cmyk.jpg: cut out, with a notice that colours were converted', async () => {
  const { width, height, notices } = await cutFile(page, await pictures.bytes('cmyk.jpg'));
  assert.deepEqual([width, height], [128, 480]);
  assert.deepEqual(notices.map(({ code }) => code), ['colour-converted']);
});

for (const name of ['animated.gif', 'animated.webp']) {
  test(`${name}: the first frame, with a notice`, async () => {
    const bytes = await pictures.bytes(name);
    const { file, notices } = await cutFile(page, bytes, ALL_COLOURS);
    const [result, first] = await decodePictures(file, bytes);
    assert.ok(result && first);
    assert.deepEqual(notices.map(({ code }) => code), ['first-frame']);
    assert.match(notices[0]?.message ?? '', /\b3 frames\b/);
    assert.equal(differingColours(result.rgba, first.rgba), 0);
  });
}

test('a picture’s own alpha is never exceeded', async () => {
  const bytes = await pictures.bytes('slim-rgba.png');
  const [{ alpha }, [source]] = await Promise.all([cutFile(page, bytes), decodePictures(bytes)]);
  assert.ok(source);
  const own = alphaOf(source.rgba);
  assert.ok(alpha.every((level, index) => level <= (own[index] ?? 0)));
  assert.ok(alpha.some((level) => level > 200), 'and something is left');
});

test('all eight Exif orientations of a PNG give one and the same upright result', async () => {
  const upright = await cutFile(page, await pictures.bytes('slim.png'));
  for (const n of ORIENTATIONS) {
    const { file, width, height } = await cutFile(page, await pictures.bytes(`orientation-${n}.png`));
    assert.deepEqual([width, height], [128, 480], `orientation ${n}`);
    assert.ok(file.equals(upright.file), `orientation ${n} gives the same file`);
  }
});

test('all eight Exif orientations of a JPEG 4:2:0 come out upright', async () => {
  const upright = await cutFile(page, await pictures.bytes('orientation-1.jpg'));
  for (const n of ORIENTATIONS) {
    const bytes = await pictures.bytes(`orientation-${n}.jpg`);
    const { file, width, height, alpha } = await cutFile(page, bytes, ALL_COLOURS);
    const [result, source] = await decodePictures(file, bytes);
    assert.ok(result && source);
    assert.deepEqual([width, height], [128, 480], `orientation ${n}`);
    assert.equal(differingColours(result.rgba, source.rgba), 0, `orientation ${n} keeps the colours in their places`);
    // Turned before it was compressed, each is a slightly different picture, but of the same subject.
    assert.ok(meanDifference(alpha, upright.alpha) < 2, `orientation ${n} finds the same subject`);
  }
});

test('after all that, the same page still gives the same cut-out', async () => {
  const bytes = await pictures.bytes('slim.png');
  const [once, again] = [await cutFile(page, bytes), await cutFile(page, bytes)];
  assert.ok(once.file.equals(again.file));
});

/** @param {Uint8Array} a @param {Uint8Array} b */
function meanDifference(a, b) {
  return a.reduce((sum, level, index) => sum + Math.abs(level - (b[index] ?? 0)), 0) / a.length;
}
