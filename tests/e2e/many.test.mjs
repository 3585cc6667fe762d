/** Many photos on the page: a list beside the stage, one of them worked on by hand, all of them made alike. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { decodePictures } from '../support/decode.mjs';
import { ARTIFACTS } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

const NAMES = ['slim.png', 'slim.jpg', 'slim.bmp'];

mkdirSync(ARTIFACTS, { recursive: true });
const site = await startServer();
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
// Where a file can be written as it is made, the browser asks where to: nobody is there to answer.
await context.addInitScript(() => { Reflect.deleteProperty(globalThis, 'showSaveFilePicker'); });
const page = await openPage(context, site.url);
const pictures = await Pictures.make([...NAMES, 'text.jpg']);
/** @type {string[]} */
const complaints = [];
page.on('pageerror', (error) => complaints.push(String(error)));

after(async () => {
  await browser.close();
  await site.stop();
});

test('several photos make a list; one that is none fails, the others are done', async () => {
  await page.setInputFiles('#file', [...NAMES, 'text.jpg'].map((name) => pictures.path(name)));
  await allAreMade();
  assert.equal(await page.locator('.queue-row').count(), 4);
  assert.match(await page.locator('.queue-row', { hasText: 'text.jpg' }).innerText(), /Failed/);
  assert.equal(await page.getAttribute('body', 'data-state'), 'empty');
  assert.ok(await page.locator('#many').isVisible());
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width: width ?? 0, height: height ?? 0 });
    await page.screenshot({ path: join(ARTIFACTS, `page-list-${width}x${height}.png`) });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('one of them is opened, changed, and handed in', async () => {
  await page.locator('.queue-row', { hasText: 'slim.png' }).locator('.queue-open').click();
  await stateIs('done');
  assert.ok(await page.locator('#many').isHidden());
  await page.click('#tab-repair');
  await page.check('#brushes input[value=erase]', { force: true });
  const box = await page.locator('.viewer-surface').boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction(() => document.querySelector('#undo')?.matches(':enabled')
    && document.querySelector('#status')?.textContent === 'Background removed');
  await page.click('#list');
  await stateIs('empty');
  await allAreMade();
  const [changed] = await decodePictures(await savedOf('slim.png'));
  assert.equal(changed?.rgba[4 * (240 * 128 + 64) + 3], 0, 'what was erased is gone');
  const { file } = await cutFile(page, await pictures.bytes('slim.jpg'));
  assert.ok((await savedOf('slim.jpg')).equals(file), 'the others are as they were');
});

test('opened again, it is as it was left; made anew, it keeps what was done by hand', async () => {
  await page.locator('.queue-row', { hasText: 'slim.png' }).locator('.queue-open').click();
  await stateIs('done');
  await page.click('#list');
  await stateIs('empty');
  await page.locator('.batch select').nth(0).selectOption('webp');
  await makeAnew();
  const [changed] = await decodePictures(await savedOf('slim.png'));
  assert.equal(changed?.format, 'WEBP');
  assert.equal(changed?.rgba[4 * (240 * 128 + 64) + 3], 0, 'what was erased is gone');
});

test('made in another way, all are made anew', async () => {
  await page.locator('.batch select').nth(0).selectOption('jpeg');
  assert.equal(await page.locator('.batch select').nth(1).inputValue(), '#ffffff', 'a JPEG has no transparency');
  await page.locator('.batch select').nth(2).selectOption('marketplace-1600');
  await makeAnew();
  const [made] = await decodePictures(await savedOf('slim.bmp'));
  assert.equal(made?.format, 'JPEG');
  assert.deepEqual([made?.width, made?.height], [1600, 1600]);
});

test('no word of complaint from the browser in all this', async () => {
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
});

/** @param {'empty' | 'working' | 'done' | 'failed'} name */
async function stateIs(name) {
  await page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);
}

async function makeAnew() {
  await page.getByRole('button', { name: 'Make anew' }).click();
  await page.evaluate(() => new Promise(requestAnimationFrame)); // until then, the list says what it said before
  await allAreMade();
}

async function allAreMade() {
  await page.waitForFunction(() => /^4 of 4/.test(document.querySelector('.queue-sum')?.textContent ?? ''));
}

/** @param {string} name */
async function savedOf(name) {
  const download = page.waitForEvent('download');
  await page.locator('.queue-row', { hasText: name }).locator('[data-action=save]').click();
  const file = await download;
  return readFile(await file.path());
}
