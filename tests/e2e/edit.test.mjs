/** The tools beside the photo: strokes that are solved again, undo and redo of every decision, what is saved and how. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { alphaOf, decodePictures } from '../support/decode.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

const WIDTH = 128;
const HEIGHT = 480;

const site = await startServer();
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(site.url).origin });
const page = await openPage(context, site.url);
const pictures = await Pictures.make(['slim.png', 'photo.jpg']);
/** @type {Buffer} */
let original;

before(async () => {
  original = (await cutFile(page, await pictures.bytes('slim.png'))).file;
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('a first, coarse cut-out is shown, then the careful one takes its place', async () => {
  await page.evaluate(() => {
    /** @type {string[]} */
    const seen = [];
    const picture = document.querySelector('.viewer-picture');
    new MutationObserver(() => seen.push(picture?.ariaLabel ?? '')).observe(document.body, { attributes: true, subtree: true });
    Object.assign(globalThis, { seen });
  });
  await page.setInputFiles('#file', pictures.path('photo.jpg'));
  await stateIs('working');
  await stateIs('done');
  await page.waitForFunction(() => /** @type {any} */ (globalThis).seen.at(-1)?.includes('without its background'));
  const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
  assert.ok(seen.indexOf('A first, coarse cut-out') >= 0, [...new Set(seen)].join());
});

test('a stroke is solved, undone, done again; what is saved is what is shown', async () => {
  await page.setInputFiles('#file', pictures.path('slim.png'));
  await stateIs('working');
  await stateIs('done');
  assert.ok(await page.isDisabled('#undo'));
  await page.click('#tab-repair');
  await page.check('#brushes input[value=keep]', { force: true });
  await stroke([[10, 20], [40, 24]]);
  const kept = await saved();
  const [picture] = await decodePictures(kept);
  assert.equal(alphaAt(picture, 20, 21), 255);

  await page.check('#brushes input[value=erase]', { force: true });
  await stroke([[64, 300]]);
  const erased = await saved();
  const [holed] = await decodePictures(erased);
  assert.equal(alphaAt(holed, 64, 300), 0);

  await page.click('#undo');
  assert.ok((await saved()).equals(kept));
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.querySelector('#undo')?.matches(':disabled'));
  assert.ok((await saved()).equals(original));
  await page.click('#redo');
  await page.keyboard.press('Control+Shift+z');
  await page.waitForFunction(() => document.querySelector('#redo')?.matches(':disabled'));
  assert.ok((await saved()).equals(erased));
});

test('another subject keeps the strokes; undo brings the first one back, to the byte', async () => {
  const before = await saved();
  await page.click('#tab-look');
  await page.selectOption('#subject', 'object');
  await stateIs('working');
  await stateIs('done');
  const other = await saved();
  assert.ok(!other.equals(before));
  const [picture] = await decodePictures(other);
  assert.deepEqual([alphaAt(picture, 20, 21), alphaAt(picture, 64, 300)], [255, 0]);
  await page.click('#undo');
  await stateIs('working');
  await stateIs('done');
  assert.equal(await page.inputValue('#subject'), 'auto');
  assert.ok((await saved()).equals(before));
});

test('redo goes on through a change of subject, strokes included', async () => {
  const before = await saved();
  await page.selectOption('#subject', 'person');
  await stateIs('working');
  await stateIs('done');
  await page.click('#tab-repair');
  await page.check('#brushes input[value=erase]', { force: true });
  await stroke([[64, 100]]);
  const painted = await saved();
  for (const way of ['undo', 'undo', 'redo', 'redo']) {
    await page.click(`#${way}`);
    await page.waitForFunction((done) => document.querySelector('#status')?.textContent?.match(done),
      'Undone|Done again|Background removed');
    await stateIs('done');
    if (way === 'undo' && await page.inputValue('#subject') === 'auto') assert.ok((await saved()).equals(before));
  }
  assert.ok((await saved()).equals(painted));
  await page.click('#undo');
  await page.click('#undo');
  await page.waitForFunction(() => /** @type {HTMLSelectElement} */ (document.querySelector('#subject')).value === 'auto');
  await stateIs('done');
  assert.ok((await saved()).equals(before));
});

test('a backdrop is a decision too, and is saved where it is wished for', async () => {
  await backdrop('white');
  await backdrop('black');
  await page.click('#undo');
  assert.ok(await page.isChecked('#backdrop input[value=white]'));
  const [transparent] = await decodePictures(await saved());
  assert.equal(transparent?.mode, 'RGBA');
  await page.selectOption('#behind', 'shown');
  const [white] = await decodePictures(await saved());
  assert.deepEqual(cornerOf(white), [255, 255, 255, 255]);
  await page.selectOption('#format', 'jpeg');
  assert.ok(await page.isDisabled('#behind'));
  const [jpeg] = await decodePictures(await saved());
  assert.equal(jpeg?.format, 'JPEG');
  await page.selectOption('#format', 'png');
});

test('a colour of one’s own, the blurred photo, a picture of one’s own are saved without being told', async () => {
  await backdrop('checker');
  await page.fill('#colour', '#123456');
  assert.equal(await page.inputValue('#behind'), 'shown');
  const [coloured] = await decodePictures(await saved());
  assert.deepEqual(cornerOf(coloured), [0x12, 0x34, 0x56, 255]);

  await backdrop('blur');
  const [blurred] = await decodePictures(await saved());
  assert.deepEqual([blurred?.width, blurred?.height], [WIDTH, HEIGHT]);
  assert.ok(alphaOf(blurred?.rgba ?? Buffer.alloc(0)).every((level) => level === 255), 'opaque');

  await page.setInputFiles('#backdrop-file', pictures.path('photo.jpg'));
  await page.waitForFunction(() => document.querySelector('#backdrop input[value=image]:checked'));
  const [pictured] = await decodePictures(await saved());
  assert.deepEqual([pictured?.width, pictured?.height], [WIDTH, HEIGHT]);
  assert.ok(!pictured?.rgba.equals(blurred?.rgba ?? Buffer.alloc(0)));
  await backdrop('checker');
  assert.equal(await page.inputValue('#behind'), 'none');
});

test('what is no picture is no backdrop', async () => {
  await page.setInputFiles('#backdrop-file', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no') });
  await page.waitForFunction(() => document.querySelector('#status')?.textContent?.includes('can’t be used'));
  assert.ok(await page.isChecked('#backdrop input[value=checker]'));
});

test('cropped and sized for a shop, then for a profile; undo goes back through all of it', async () => {
  await page.click('#tab-finish');
  const frame = page.locator('#finish select').first();
  await frame.selectOption('profile-400');
  await page.waitForSelector('.viewer-frame', { state: 'visible' });
  const [profile] = await decodePictures(await saved());
  assert.deepEqual([profile?.width, profile?.height], [400, 400]);
  await frame.selectOption('marketplace-1600');
  const [square] = await decodePictures(await saved());
  assert.deepEqual([square?.width, square?.height], [1600, 1600]);
  assert.deepEqual([...square?.rgba.subarray(0, 4) ?? []], [255, 255, 255, 255], 'as a shop wants it, on white');
  await page.click('#undo');
  await page.click('#undo');
  const [whole] = await decodePictures(await saved());
  assert.deepEqual([whole?.width, whole?.height], [WIDTH, HEIGHT]);
  assert.equal(await frame.inputValue(), 'none');
});

test('copied, it can be pasted as a PNG with its alpha', async () => {
  await page.click('#copy');
  await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('Copied'));
  const base64 = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return e2e.base64(await /** @type {ClipboardItem} */ (item).getType('image/png'));
  });
  const [pasted] = await decodePictures(Buffer.from(base64, 'base64'));
  assert.deepEqual([pasted?.width, pasted?.height], [WIDTH, HEIGHT]);
  assert.equal(alphaAt(pasted, 64, 300), 0);
  assert.equal(alphaAt(pasted, 20, 21), 255);
});

test('by keys: brushes, views, before and after, saving', async () => {
  await page.locator('#status').click();
  await page.keyboard.press('e');
  assert.ok(await page.isChecked('#brushes input[value=erase]'));
  assert.equal(await page.locator('.viewer-surface').getAttribute('data-tool'), 'erase');
  await page.keyboard.press('v');
  assert.equal(await page.locator('.viewer-surface').getAttribute('data-tool'), 'look');
  await page.keyboard.press('.');
  assert.ok(await page.isChecked('#views input[value=photo]'));
  await page.keyboard.press(',');
  assert.ok(await page.isChecked('#views input[value=cutout]'));
  await page.keyboard.press('c');
  assert.equal(await page.getAttribute('#compare', 'aria-pressed'), 'true');
  await page.getByRole('slider', { name: 'Before and after' }).waitFor();
  await page.keyboard.press('c');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  assert.equal((await download).suggestedFilename(), 'slim-cutout.png');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await chooser;
});

test('appearance and language are kept', async () => {
  await page.click('#about');
  await page.selectOption('#theme', 'dark');
  await page.keyboard.press('Escape');
  await page.reload();
  await stateIs('empty');
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
});

/** @param {'empty' | 'working' | 'done' | 'failed'} name */
async function stateIs(name) {
  await page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);
}

/** @param {string} value */
async function backdrop(value) {
  await page.click('#tab-look');
  await page.check(`#backdrop input[value=${value}]`, { force: true });
}

/**
 * Paint over points of the photo, which is fitted into its place.
 *
 * @param {[x: number, y: number][]} points
 */
async function stroke(points) {
  const box = await page.locator('.viewer-surface').boundingBox();
  assert.ok(box);
  const percent = await page.locator('#zoom-level').innerText();
  const zoom = Number.parseFloat(percent) / 100;
  const spots = points.map(([x, y]) => (
    [box.x + box.width / 2 + (x - WIDTH / 2) * zoom, box.y + box.height / 2 + (y - HEIGHT / 2) * zoom]
  ));
  const [[x, y] = [0, 0], ...rest] = spots;
  await page.mouse.move(x ?? 0, y ?? 0);
  await page.mouse.down();
  for (const [px = 0, py = 0] of rest) await page.mouse.move(px, py, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector('#undo')?.matches(':enabled')
    && document.querySelector('#status')?.textContent === 'Background removed');
}

/** The top right pixel, which is background. @param {import('../support/decode.mjs').Decoded | undefined} picture */
function cornerOf(picture) {
  return [...picture?.rgba.subarray(4 * (WIDTH - 1), 4 * WIDTH) ?? []];
}

async function saved() {
  const download = page.waitForEvent('download');
  await page.click('#download');
  const file = await download;
  return readFile(await file.path());
}

/**
 * @param {import('../support/decode.mjs').Decoded | undefined} picture
 * @param {number} x
 * @param {number} y
 */
function alphaAt(picture, x, y) {
  assert.ok(picture);
  return picture.rgba[4 * (y * picture.width + x) + 3];
}
