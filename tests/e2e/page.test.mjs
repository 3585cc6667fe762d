/** The page as a person uses it: photos in by every way, cut-outs out, by mouse and by keyboard, in any light. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { decodePictures } from '../support/decode.mjs';
import { ARTIFACTS } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

const VIEWS = [{ width: 1280, height: 800 }, { width: 360, height: 740 }];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

mkdirSync(ARTIFACTS, { recursive: true });
const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const pictures = await Pictures.make(['photo.jpg', 'slim.png', 'large.jpg', 'text.jpg', 'animated.gif']);
/** @type {string[]} */
const complaints = [];
/** @type {(chooser: import('playwright-core').FileChooser) => void} */
let onchooser = () => {};

before(() => {
  // Listened for once and for all: the browser needs a while to hand its choosers over, and the first would be lost.
  page.on('filechooser', (chooser) => onchooser(chooser));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('before a photo: an invitation, and nothing else to press', async () => {
  await stateIs('empty');
  assert.ok(await page.locator('#choose').isVisible());
  for (const id of ['progress', 'cancel', 'download', 'another', 'error']) {
    assert.ok(await page.locator(`#${id}`).isHidden(), `#${id} is hidden`);
  }
  await takePictures('empty');
});

test('what is asked for before all of the page has come is kept until it has', async () => {
  for (const ask of [
    async (/** @type {import('playwright-core').Page} */ early) => {
      const chooser = early.waitForEvent('filechooser');
      await early.click('#choose');
      await (await chooser).setFiles(pictures.path('photo.jpg'));
      return early.locator('body[data-state=done]');
    },
    async (/** @type {import('playwright-core').Page} */ early) => {
      await early.click('#privacy');
      return early.locator('dialog[open]');
    },
  ]) {
    const context = await browser.newContext();
    const early = await context.newPage();
    early.setDefaultTimeout(PATIENCE_MS);
    let letCome = () => {};
    const asked = /** @type {Promise<void>} */ (new Promise((resolve) => { letCome = resolve; }));
    await context.route('**/page/beside.js', async (route) => {
      await asked;
      await route.continue();
    });
    await early.goto(site.url);
    await early.waitForSelector('body[data-state=empty]');
    const answer = await ask(early);
    assert.equal(await answer.count(), 0, 'nothing can have come of it yet');
    letCome();
    await answer.waitFor();
    await context.close();
  }
});

test('a photo that is expected finds the engine started: the chooser is open, or files are held over the page', async () => {
  const context = await browser.newContext();
  for (const ask of [
    (/** @type {import('playwright-core').Page} */ fresh) => fresh.click('#choose'),
    async (/** @type {import('playwright-core').Page} */ fresh) => {
      await fresh.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([], 'photo.jpg'));
        document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true }));
      });
    },
  ]) {
    const fresh = await openPage(context, site.url);
    await fresh.waitForTimeout(1500); // all that the page does by itself
    assert.equal(fresh.workers().length, 0, 'nothing before');
    const started = Promise.all(['python', 'inference'].map((role) => (
      fresh.waitForEvent('worker', (worker) => worker.url().includes(`/${role}/`))
    )));
    await ask(fresh);
    await started;
    await fresh.close();
  }
  await context.close();
});

test('a chosen photo: progress that only rises, then the cut-out', async () => {
  await page.evaluate(() => {
    const samples = { values: [0], words: [''] };
    setInterval(() => {
      if (document.body.dataset.state !== 'working') return;
      samples.values.push(document.querySelector('progress')?.value ?? 0);
      samples.words.push(document.querySelector('#status')?.textContent ?? '');
    }, 40);
    Object.assign(globalThis, { samples });
  });
  await choose('#choose', 'photo.jpg');
  await stateIs('working');
  await stateIs('done');
  /** @type {{ values: number[], words: string[] }} */
  const { values, words } = await page.evaluate(() => /** @type {any} */ (globalThis).samples);
  assert.deepEqual(values, values.toSorted((a, b) => a - b), 'the bar never goes back');
  assert.ok(new Set(values).size >= 5, `the bar moved through ${new Set(values).size} places`);
  assert.ok(new Set(words).size >= 3, `in words: ${[...new Set(words)].join(', ')}`);
  assert.match(await page.locator('#facts').innerText(), /512 × 512/);
  await takePictures('done');
});

test('what is downloaded is what the module makes, under a name that tells', async () => {
  const { file: expected } = await cutFile(page, await pictures.bytes('photo.jpg'));
  const { name, bytes } = await save(() => page.click('#download'));
  assert.equal(name, 'photo-cutout.png');
  assert.ok(bytes.equals(expected));
});

test('the other formats: their names say what they are, and so do their bytes', async () => {
  const formats = /** @type {const} */ ([
    ['webp', 'photo-cutout.webp', 'WEBP', 'RGBA'],
    ['jpeg', 'photo-cutout.jpg', 'JPEG', 'RGB'],
    ['alpha', 'photo-matte.png', 'PNG', 'L'],
  ]);
  for (const [value, expected, format, mode] of formats) {
    await page.selectOption('#format', value);
    const { name, bytes } = await save(() => page.click('#download'));
    const [picture] = await decodePictures(bytes);
    assert.deepEqual([name, picture?.format, picture?.mode, picture?.width], [expected, format, mode, 512]);
    await stateIs('done');
  }
  await page.selectOption('#format', 'png');
});

test('another photo, chosen with the same button, replaces it', async () => {
  await choose('#another', 'slim.png');
  await stateIs('done');
  assert.match(await page.locator('#facts').innerText(), /128 × 480/);
  const { name } = await save(() => page.click('#download'));
  assert.equal(name, 'slim-cutout.png');
});

test('another kind of subject: the same photo again, and what is saved is what is shown', async () => {
  assert.equal(await page.getByLabel('Subject').inputValue(), 'auto');
  await page.selectOption('#subject', 'object');
  await stateIs('working');
  await stateIs('done');
  assert.deepEqual(await figure('Network'), 'u2netp');
  assert.match(await figure('Seen at'), /^\d+ × \d+\spx$/);
  assert.match(await figure('Edge band'), /^\d+\spx wide$/);
  assert.match(await figure('Confidence'), /^\d+\s%$/);
  const { file, alpha } = await cutFile(page, await pictures.bytes('slim.png'), { subject: 'object' });
  assert.ok((await save(() => page.click('#download'))).bytes.equals(file));
  await page.selectOption('#format', 'alpha');
  const [matte] = await decodePictures((await save(() => page.click('#download'))).bytes);
  assert.ok(matte?.rgba.every((level, index) => index % 4 === 3 || level === alpha[index >> 2]), 'in every format');
  await page.selectOption('#format', 'png');
});

test('cancelled, it leaves the result that was there', async () => {
  await page.selectOption('#subject', 'person');
  await stateIs('working');
  await page.keyboard.press('Escape');
  await stateIs('done');
  assert.equal(await page.inputValue('#subject'), 'object');
  assert.equal(await figure('Network'), 'u2netp');
});

test('by keyboard: every press counts, the last one wins, and the focus stays', async () => {
  await page.focus('#subject');
  await page.keyboard.press('ArrowUp'); // person
  await stateIs('working');
  await page.keyboard.press('ArrowUp'); // auto
  await stateIs('done');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'subject');
  assert.equal(await page.inputValue('#subject'), 'auto');
  assert.equal(await figure('Network'), 'modnet');
});

test('a subject that is not clear: it is said, to be seen and to be heard', async () => {
  await page.setInputFiles('#file', photo('coffee.png'));
  await stateIs('working');
  await stateIs('done');
  const notices = page.getByRole('status').filter({ hasText: 'not clear' });
  assert.match(await notices.innerText(), /person or an object/);
  assert.ok(await notices.isVisible());
  await takePictures('unsure');
  assert.ok(await fits(notices), 'and all of it');
  await page.selectOption('#subject', 'object');
  await stateIs('working');
  await stateIs('done');
  assert.equal(await page.locator('#notices').innerText(), '');
  await page.setInputFiles('#file', pictures.path('slim.png'));
  await stateIs('working');
  assert.equal(await page.inputValue('#subject'), 'auto', 'the choice is for one photo');
  await stateIs('done');
});

test('a dropped photo', async () => {
  const files = await transfer('slim.png');
  await page.dispatchEvent('#drop', 'dragenter', { dataTransfer: files });
  assert.ok(await page.locator('.veil').isVisible(), 'it is shown that it may be let go');
  await page.dispatchEvent('#drop', 'dragover', { dataTransfer: files });
  await page.dispatchEvent('#drop', 'drop', { dataTransfer: files });
  await stateIs('working');
  assert.ok(await page.locator('.veil').isHidden());
  await stateIs('done');
});

test('a pasted photo, and a notice of what is odd about it', async () => {
  await page.evaluate((clipboardData) => {
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, await transfer('animated.gif', 'image/gif'));
  await stateIs('working');
  await stateIs('done');
  assert.match(await page.locator('#notices').innerText(), /3 frames/);
});

test('text on the clipboard changes nothing', async () => {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'a word');
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await stateIs('done');
  assert.match(await page.locator('#status').innerText(), /no picture/);
});

test('Escape cancels, and the next photo works', async () => {
  await page.setInputFiles('#file', pictures.path('large.jpg'));
  await stateIs('working');
  await page.keyboard.press('Escape');
  await stateIs('empty');
  assert.match(await page.locator('#status').innerText(), /Cancelled/);
  await page.setInputFiles('#file', pictures.path('slim.png'));
  await stateIs('done');
  assert.match(await page.locator('#facts').innerText(), /128 × 480/);
});

test('a second photo before the first is done: the second counts', async () => {
  await page.setInputFiles('#file', pictures.path('large.jpg'));
  await stateIs('working');
  await page.setInputFiles('#file', pictures.path('slim.png'));
  await stateIs('done');
  await page.waitForTimeout(1000);
  assert.match(await page.locator('#facts').innerText(), /128 × 480/);
});

test('what is no photo: what happened, what to do, and a way on', async () => {
  await page.setInputFiles('#file', pictures.path('text.jpg'));
  await stateIs('failed');
  const error = page.locator('#error');
  assert.ok(await error.isVisible());
  assert.equal(await error.getAttribute('role'), 'alert');
  assert.match(await error.innerText(), /not a picture[^]*Use a JPEG/);
  await takePictures('failed');
  await choose('#other', 'slim.png');
  await stateIs('done');
  assert.ok(await error.isHidden());
});

test('by keyboard alone: choose, cut out, save', async () => {
  await page.reload();
  await stateIs('empty');
  await tabTo('choose');
  await chooseBy(() => page.keyboard.press('Enter'), 'slim.png');
  await stateIs('working');
  await stateIs('done');
  await tabTo('download');
  const { name } = await save(() => page.keyboard.press('Enter'));
  assert.equal(name, 'slim-cutout.png');
});

test('no word of complaint from the browser in all this', async () => {
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.evaluate(() => e2e.violations), []);
});

/** @param {'empty' | 'working' | 'done' | 'failed'} name */
async function stateIs(name) {
  await page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);
}

/** What is told about the photo at hand. @param {string} name */
function figure(name) {
  return page.locator('#figures dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
}

/** Whether an element lies within what its container shows. @param {import('playwright-core').Locator} locator */
function fits(locator) {
  return locator.evaluate((element) => {
    const [inner, outer] = [element, element.parentElement ?? element].map((one) => one.getBoundingClientRect());
    return inner !== undefined && outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom;
  });
}

/** @param {string} button @param {string} name */
async function choose(button, name) {
  await chooseBy(() => page.click(button), name);
}

/** @param {() => Promise<void>} action @param {string} name */
async function chooseBy(action, name) {
  /** @type {Promise<import('playwright-core').FileChooser>} */
  const chooser = new Promise((resolve) => { onchooser = resolve; });
  await action();
  await (await chooser).setFiles(pictures.path(name));
}

/** @param {() => Promise<void>} action */
async function save(action) {
  const download = page.waitForEvent('download');
  await action();
  const saved = await download;
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

/** @param {string} name @param {string} type */
async function transfer(name, type = 'image/png') {
  const photo = (await pictures.bytes(name)).toString('base64');
  return page.evaluateHandle(([base64, ...about]) => {
    const data = new DataTransfer();
    data.items.add(new File([e2e.bytes(base64)], about[0], { type: about[1] }));
    return data;
  }, /** @type {const} */ ([photo, name, type]));
}

/** @param {string} id */
async function tabTo(id) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
  }
  assert.fail(`#${id} can't be reached with the Tab key`);
}

/**
 * The page in this state, wide and narrow, by day and by night: kept to be looked at, and nothing may stick out.
 *
 * @param {string} state
 */
async function takePictures(state) {
  for (const colorScheme of SCHEMES) {
    for (const view of VIEWS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(view);
      await page.waitForTimeout(150);
      const name = `page-${state}-${view.width}x${view.height}-${colorScheme}.png`;
      await page.screenshot({ path: join(ARTIFACTS, name) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name}: ${overflow} px stick out`);
    }
  }
}
