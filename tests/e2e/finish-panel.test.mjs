/** The panel for crop, size and shadow, by itself: what a person chooses is what the export is asked for. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { ARTIFACTS } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';

/** @import { Page } from 'playwright-core' */

const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Panel</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="./page/theme.css"><link rel="stylesheet" href="./page/controls.css">
  <link rel="stylesheet" href="./page/finish/finish.css"><link rel="stylesheet" href="./panel.css">
  <main id="host"></main><script type="module" src="./panel.js"></script></html>`;
const SCRIPT = `import { mount } from './page/finish/panel.js';
  const state = { changes: 0, violations: [] };
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => state.violations.push(violatedDirective));
  state.panel = mount(document.getElementById('host'), { onchange: () => { state.changes += 1; } });
  state.panel.setPhoto({ width: 1000, height: 800, subject: { x: 300, y: 100, width: 200, height: 400 },
    head: { x: 350, y: 100, width: 90, height: 120 } });
  await state.panel.ready;
  globalThis.finishing = state;
  document.body.dataset.state = 'ready';`;
const NONE = { crop: null, margin: 0, aspect: null, width: null, height: null, dpi: null, shadow: null };

const copy = new SiteCopy();
copy.write('panel.html', HTML);
copy.write('panel.js', SCRIPT);
copy.addStyles();
copy.write('panel.css', '#host { max-inline-size: 24rem; padding: 1rem; }');
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
/** @type {Page} */
let page;

before(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  page = await open(1280, 'light');
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('at first nothing is changed', async () => {
  assert.deepEqual(await output(), NONE);
  assert.equal(await frame(), null);
  assert.match(await summary(), /1000 × 800/);
});

test('around the subject, with a margin', async () => {
  await choose('Frame', 'subject');
  assert.deepEqual(await output(), { ...NONE, crop: 'subject', margin: 0.05 });
  assert.deepEqual((await frame())?.rect, { x: 280, y: 80, width: 240, height: 440 });
  await page.getByLabel('Margin').fill('10');
  assert.deepEqual((await frame())?.rect, { x: 260, y: 60, width: 280, height: 480 });
  await choose('Shape', '0.8');
  assert.equal((await frame())?.aspect, 0.8);
  assert.deepEqual((await frame())?.rect, { x: 208, y: 60, width: 384, height: 480 });
});

test('a frame that is dragged is free, and keeps its shape', async () => {
  const rect = { x: -10, y: 20, width: 400, height: 500 };
  await page.evaluate((to) => /** @type {any} */ (globalThis).finishing.panel.setFrame(to), rect);
  assert.equal(await page.getByLabel('Frame').inputValue(), 'free');
  assert.deepEqual(await output(), { ...NONE, crop: rect, aspect: 0.8 });
  await choose('Shape', '1');
  const square = (await frame())?.rect;
  assert.ok(square && Math.abs(square.width - square.height) < 1e-6);
  assert.ok(Math.abs(square.width * square.height - 400 * 500) < 1000, 'as large as before');
});

test('exact sizes, in pixels and in millimetres', async () => {
  await reset();
  await fill('Width', '300');
  assert.deepEqual(await output(), { ...NONE, width: 300 });
  assert.match(await summary(), /300 × 240/);
  await fill('Height', '300');
  assert.deepEqual((await frame())?.rect, { x: 0, y: -100, width: 1000, height: 1000 });
  assert.ok(await page.getByLabel('Shape').isDisabled());
  await choose('Unit', 'mm');
  await fill('Width', '35');
  await fill('Height', '45');
  assert.deepEqual(await output(), { ...NONE, width: 413, height: 531, dpi: 300 });
  await choose('Pixels per inch', '600');
  assert.deepEqual(await output(), { ...NONE, width: 826, height: 1062, dpi: 600 });
  for (const nonsense of ['', '-5', '0']) {
    await fill('Width', nonsense);
    assert.equal((await output()).width, null, nonsense);
  }
  await choose('Unit', 'px');
  await fill('Width', '99999999');
  assert.equal((await output()).width, 65_535);
  await fill('Height', '65535');
  assert.match(await summary(), /100 megapixels/);
});

test('a shop’s preset has its size, margin and colour', async () => {
  await reset();
  await choose('Frame', 'marketplace-1600');
  assert.deepEqual(await output(), { ...NONE, crop: 'subject', margin: 0.05, width: 1600, height: 1600 });
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).finishing.panel.background), '#ffffff');
  assert.equal((await frame())?.aspect, 1);
});

test('a passport’s frame lies around the head, with guides, and can be moved', async () => {
  await reset();
  await choose('Frame', 'passport-eu');
  const { crop, ...rest } = await output();
  assert.deepEqual(rest, { margin: 0, aspect: null, width: 413, height: 531, dpi: 300, shadow: null });
  const placed = await frame();
  assert.ok(placed);
  assert.deepEqual(crop, placed.rect);
  assert.ok(Math.abs(placed.rect.height - (45 * 120) / 34) < 1e-6, 'a head of 34 mm');
  assert.deepEqual(placed.guides.map(({ label }) => label), ['Crown', 'Chin here…', '… or as low as here']);
  assert.ok(Math.abs(Number(placed.guides[0]?.y) - 100) < 1e-6, 'at the upper end of the head');
  const moved = { ...placed.rect, x: placed.rect.x + 9 };
  await page.evaluate((to) => /** @type {any} */ (globalThis).finishing.panel.setFrame(to), moved);
  assert.equal(await page.getByLabel('Frame').inputValue(), 'passport-eu');
  assert.deepEqual((await output()).crop, moved);
  await choose('Pixels per inch', '600');
  assert.deepEqual([(await output()).width, (await output()).height], [827, 1063]);
});

test('a shadow, strong and soft as asked for', async () => {
  await reset();
  assert.ok(await page.getByLabel('Softness').isDisabled());
  await page.getByLabel('Strength').fill('60');
  await page.getByLabel('Softness').fill('20');
  assert.deepEqual((await output()).shadow, { strength: 0.6, softness: 0.2 });
});

test('every change by hand is told, and starting over undoes them all', async () => {
  const before_ = await page.evaluate(() => /** @type {any} */ (globalThis).finishing.changes);
  await choose('Frame', 'subject');
  await page.getByRole('button', { name: 'Start over' }).click();
  assert.deepEqual(await output(), NONE);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).finishing.changes), before_ + 2);
});

test('everything can be reached by keys, and has a name', async () => {
  await choose('Frame', 'subject');
  await page.getByLabel('Frame').focus();
  /** @type {string[]} */
  const names = [];
  for (let step = 0; step < 9; step += 1) {
    names.push(await page.evaluate(() => {
      const control = /** @type {HTMLInputElement} */ (document.activeElement);
      return control.labels?.[0]?.textContent ?? control.textContent ?? '';
    }));
    await page.keyboard.press('Tab');
  }
  const expected = ['Frame', 'Margin', 'Shape', 'Width', 'Height', 'Unit', 'Pixels per inch', 'Strength', 'Start over'];
  assert.deepEqual(names, expected); // softness is off without a shadow
});

for (const [width, scheme] of /** @type {const} */ ([[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']])) {
  test(`nothing runs over at ${width} pixels, ${scheme}`, async () => {
    const view = await open(width, scheme);
    for (const choice of ['subject', 'passport-us']) {
      await view.getByLabel('Frame').selectOption(choice);
      if (choice === 'subject') await view.getByLabel('Strength').fill('50');
      await view.screenshot({ path: join(ARTIFACTS, `finish-${choice}-${width}-${scheme}.png`) });
      const over = await view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0);
    }
    assert.deepEqual(await view.evaluate(() => /** @type {any} */ (globalThis).finishing.violations), []);
    await view.close();
  });
}

/**
 * @param {number} width
 * @param {'light' | 'dark'} colorScheme
 */
async function open(width, colorScheme) {
  const view = await browser.newPage({ viewport: { width, height: 760 }, colorScheme });
  view.setDefaultTimeout(PATIENCE_MS);
  await view.goto(`${site.url}panel.html`);
  await view.locator('body[data-state="ready"]').waitFor();
  return view;
}

/** @returns {Promise<import('../../web/page/finish/panel.js').FinishPanel['output']>} */
function output() {
  return page.evaluate(() => /** @type {any} */ (globalThis).finishing.panel.output);
}

/** @returns {Promise<import('../../web/page/finish/panel.js').Frame | null>} */
function frame() {
  return page.evaluate(() => /** @type {any} */ (globalThis).finishing.panel.frame());
}

async function summary() {
  return await page.getByRole('status').last().textContent() ?? '';
}

/** @param {string} name @param {string} value */
async function choose(name, value) {
  await page.getByLabel(name, { exact: true }).selectOption(value);
}

/** @param {string} name @param {string} text */
async function fill(name, text) {
  const field = page.getByLabel(name, { exact: true });
  await field.fill(text);
  await field.blur();
}

async function reset() {
  await page.getByRole('button', { name: 'Start over' }).click();
}
