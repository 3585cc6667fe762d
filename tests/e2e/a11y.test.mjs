/**
 * The page for everybody: axe in every state, light, dark and from right to left; by keyboard alone; with less motion,
 * larger text, forced colours; and in every language, with nothing cut off.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LANGUAGES } from '../../web/words/words.js';
import { launchBrowser } from '../support/browser.mjs';
import { layoutFaults } from '../support/layout.mjs';
import { ARTIFACTS, ROOT } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { startServer } from '../support/server.mjs';
import { openPage } from '../support/tool.mjs';

/** @import { AxeResults, ImpactValue } from 'axe-core' */

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
/** Of anything to press. CSS px. */
const SMALLEST_TARGET = 24;
const SHEETS = ['look', 'repair', 'finish'];
const DIALOGS = { about: 'details', privacy: 'privacy-details' };

mkdirSync(ARTIFACTS, { recursive: true });
const axe = await readFile(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const site = await startServer();
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', serviceWorkers: 'block' });
const page = await openPage(context, site.url);

before(async () => {
  await page.evaluate(axe); // from outside: the page's own policy would not let it in
  await stateIs('empty');
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('before a photo', async () => {
  await inspect('empty');
  await inAllLanguages('empty');
});

test('a failure', async () => {
  await page.setInputFiles('#file', { name: 'text.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a word') });
  await stateIs('failed');
  await inspect('failed');
  await inAllLanguages('failed');
});

test('at work', async () => {
  // What nobody answers keeps the page at work for as long as it is looked at.
  const folder = '**/models/**';
  await context.route(folder, () => {});
  await page.setInputFiles('#file', photo('coffee.png'));
  await stateIs('working');
  try {
    await inspect('working');
    await inAllLanguages('working');
  } finally {
    await page.keyboard.press('Escape');
    await stateIs('empty');
    await context.unroute(folder);
  }
});

test('a cut-out, with each of its sheets', async () => {
  await page.setInputFiles('#file', photo('coffee.png'));
  await stateIs('done');
  for (const sheet of SHEETS) {
    await page.click(`#tab-${sheet}`);
    await inspect(`done-${sheet}`);
    await inAllLanguages(`done-${sheet}`);
  }
  await page.click('#tab-look');
});

test('before and after, side by side', async () => {
  await page.click('#compare');
  await inspect('done-compare');
  await page.click('#compare');
});

test('the dialogs', async () => {
  for (const [button, dialog] of Object.entries(DIALOGS)) {
    await page.click(`#${button}`);
    await inspect(dialog);
    await inAllLanguages(dialog);
    await page.keyboard.press('Escape');
  }
});

test('by keyboard: all there is, in the order in which it is read, always in sight; no way in without a way out', async () => {
  for (const language of ['en', 'ar']) {
    await speak(language);
    for (const sheet of SHEETS) {
      await page.evaluate((id) => document.querySelector(`#tab-${id}`)?.dispatchEvent(new MouseEvent('click')), sheet);
      const expected = await page.evaluate(controlsInOrder);
      const walk = await walkByTab();
      assert.deepEqual(walk.map(({ name }) => name), expected, `${language}, ${sheet}`);
      for (const { name, ring, inSight } of walk) {
        assert.ok(ring, `${language}, ${sheet}: the focus on ${name} can be seen`);
        assert.ok(inSight, `${language}, ${sheet}: ${name} is scrolled into sight`);
      }
      const back = await walkByTab('Shift+Tab');
      assert.deepEqual(back.map(({ name }) => name).reverse(), expected, `${language}, ${sheet}: and back`);
    }
  }
  await speak('en');
  await page.click('#tab-look');
});

test('tabs and choices by arrow keys, which follow the direction of the language', async () => {
  for (const [language, onwards] of [['en', 'ArrowRight'], ['ar', 'ArrowLeft']]) {
    await speak(String(language));
    await page.focus('#tab-look');
    await page.keyboard.press(String(onwards));
    assert.equal(await focused(), 'tab-repair');
    assert.ok(await page.isVisible('#repair'));
    await page.keyboard.press('Home');
    assert.equal(await focused(), 'tab-look');
  }
  await speak('en');
  await page.focus('#views input:checked');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.inputValue('#views input:checked'), 'photo');
  await page.keyboard.press('ArrowLeft');
});

test('Escape closes a dialog, and the focus is again where it was', async () => {
  for (const [button, dialog] of Object.entries(DIALOGS)) {
    await page.focus(`#${button}`);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#${dialog}[open]`);
    assert.ok(await page.evaluate((id) => document.activeElement?.closest('dialog')?.id === id, dialog));
    const walk = await walkByTab();
    assert.ok(walk.length > 0);
    for (const { name, inside, ring } of walk) assert.ok(inside && ring, `${name}: seen, and in the dialog`);
    await page.keyboard.press('Escape');
    await page.waitForSelector(`#${dialog}:not([open])`, { state: 'attached' });
    assert.equal(await focused(), button);
  }
});

test('with less motion nothing moves by itself', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => (
    ['', '::before', '::after'].some((part) => {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, part || null);
      const longest = (/** @type {string} */ list) => Math.max(...list.split(',').map(parseFloat));
      return longest(transitionDuration) > 0 || (animationName !== 'none' && longest(animationDuration) > 0.01);
    })
  )).map(({ outerHTML }) => outerHTML.slice(0, 80)));
  assert.deepEqual(moving, []);
  await page.emulateMedia({ reducedMotion: null });
});

test('what is to be pressed is large enough, also beside a finger', async () => {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    for (const sheet of SHEETS) {
      await page.click(`#tab-${sheet}`);
      assert.deepEqual(await page.evaluate(tooSmall, SMALLEST_TARGET), [], `${sheet}, ${size.width} px`);
    }
    for (const [button, dialog] of Object.entries(DIALOGS)) {
      await page.click(`#${button}`);
      assert.deepEqual(await page.evaluate(tooSmall, SMALLEST_TARGET), [], `${dialog}, ${size.width} px`);
      await page.keyboard.press('Escape');
    }
  }
  await page.setViewportSize(WIDE);
  await page.click('#tab-look');
});

test('text of twice the size: all of it is there, and all can be reached', async () => {
  const setSize = (/** @type {string} */ size) => page.evaluate((one) => { document.documentElement.style.fontSize = one; }, size);
  await setSize('200%');
  for (const language of ['en', 'de', 'ar']) {
    await speak(language);
    for (const sheet of SHEETS) {
      await page.evaluate((id) => document.querySelector(`#tab-${id}`)?.dispatchEvent(new MouseEvent('click')), sheet);
      await settle();
      assert.deepEqual(await layoutFaults(page), [], `${language}, ${sheet}`);
      const walk = await walkByTab();
      assert.deepEqual(walk.filter(({ inSight }) => !inSight), [], `${language}, ${sheet}: out of reach`);
    }
    for (const [button, dialog] of Object.entries(DIALOGS)) {
      await page.evaluate((id) => document.querySelector(`#${id}`)?.dispatchEvent(new MouseEvent('click')), button);
      assert.deepEqual(await layoutFaults(page), [], `${language}, ${dialog}`);
      await page.keyboard.press('Escape');
    }
  }
  await speak('en');
  await page.evaluate(() => document.querySelector('#tab-look')?.dispatchEvent(new MouseEvent('click')));
  await picture('large-text');
  await setSize('');
});

test('in forced colours every control keeps an edge, and what is chosen is told by more than colour', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  for (const sheet of SHEETS) {
    await page.click(`#tab-${sheet}`);
    await picture(`forced-colors-${sheet}`);
  }
  await page.click('#tab-look');
  const [chosen, other] = await page.evaluate(() => (
    ['cutout', 'photo'].map((value) => {
      const face = document.querySelector(`#views input[value=${value}] + span`);
      return face ? getComputedStyle(face).backgroundColor : '';
    })
  ));
  assert.notEqual(chosen, other);
  const bare = await page.evaluate(() => [...document.querySelectorAll('button:not(.quiet), select')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.closest('.zoom, .tabs, .viewer'))
    .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) === 0)
    .map(({ id }) => id));
  assert.deepEqual(bare, []);
  await page.emulateMedia({ forcedColors: null });
});

test('many photos: the list, and the question before it is cleared', async () => {
  const broken = { name: 'text.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a word') };
  const whole = { name: 'coffee.png', mimeType: 'image/png', buffer: await readFile(photo('coffee.png')) };
  await page.reload(); // the list steps aside for a photo on the stage
  await page.evaluate(axe);
  await stateIs('empty');
  await page.setInputFiles('#file', [broken, whole]);
  for (const state of ['done', 'failed']) await page.waitForSelector(`.queue-row[data-state=${state}]`);
  await inspect('many');
  await inAllLanguages('many');
  await page.click('.queue-buttons button:last-child:enabled >> nth=-1');
  await page.waitForSelector('dialog[open]');
  await inspect('many-clear');
  await page.keyboard.press('Escape');
});

/**
 * What axe finds in this state, by day, by night, and from right to left. Whatever it finds fails the test.
 *
 * @param {string} state
 */
async function inspect(state) {
  for (const [language, colorScheme] of /** @type {const} */ ([['en', 'light'], ['en', 'dark'], ['ar', 'light']])) {
    await page.emulateMedia({ colorScheme });
    await speak(language);
    const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run(document, {
      resultTypes: ['violations'],
    }));
    const found = /** @type {AxeResults['violations']} */ (violations).flatMap(({ id, impact, help, nodes }) => (
      nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${help}: ${target} ${failureSummary}`)
    ));
    assert.deepEqual(found, [], `${state}, ${language}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await speak('en');
}

/** Whether every text can be read whole, wide and narrow. @param {string} state */
async function inAllLanguages(state) {
  for (const language of Object.keys(LANGUAGES)) {
    await speak(language);
    const root = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    assert.deepEqual(root, [language, language === 'ar' ? 'rtl' : 'ltr']);
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      await settle();
      if (language === 'ar' || language === 'de') await picture(`${state}-${language}-${size.width}`);
      assert.deepEqual(await layoutFaults(page), [], `${state} in ${LANGUAGES[/** @type {'en'} */ (language)]}, ${size.width} px`);
    }
  }
  await page.setViewportSize(WIDE);
  await speak('en');
}

/** Choose a language as a person does, though its list may be out of sight. @param {string} language */
async function speak(language) {
  await page.evaluate((value) => {
    const list = document.querySelector('#language');
    if (!(list instanceof HTMLSelectElement) || list.value === value) return;
    list.value = value;
    list.dispatchEvent(new Event('change'));
  }, language);
  await page.waitForFunction((value) => document.documentElement.lang === value, language);
}

/**
 * Where the Tab key goes, once round.
 *
 * @param {'Tab' | 'Shift+Tab'} [key]
 */
async function walkByTab(key = 'Tab') {
  await page.evaluate((atEnd) => {
    const start = document.querySelector('dialog[open]') ?? document.body;
    const mark = document.createElement('span');
    mark.tabIndex = -1;
    if (atEnd) start.append(mark);
    else start.prepend(mark);
    mark.focus({ preventScroll: true });
    mark.remove(); // the browser goes on from where it was
  }, key === 'Shift+Tab');
  /** @type {Awaited<ReturnType<typeof here>>[]} */
  const walk = [];
  const here = () => page.evaluate(placeOfFocus);
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    const place = await here();
    if (place === null || walk.some((one) => one?.name === place.name)) {
      if (walk.length > 0) return walk.filter((one) => one !== null);
      continue; // the browser's own controls come first
    }
    walk.push(place);
  }
  return assert.fail('the Tab key finds no end');
}

async function focused() {
  return page.evaluate(() => document.activeElement?.id);
}

/** @param {string} name */
async function picture(name) {
  await page.screenshot({ path: join(ARTIFACTS, `a11y-${name}.png`) });
}

/** Styles and sizes are those of what was asked for last. */
async function settle() {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** @param {'empty' | 'working' | 'done' | 'failed'} name */
async function stateIs(name) {
  await page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);
}

/** In the page: what has the focus, and how it shows. Null where the page has none. */
function placeOfFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  // Where a control is invisible over its face, the face or the place of both wears the ring.
  const wearers = [element, element.nextElementSibling, element.parentElement];
  const isRinged = (/** @type {Element} */ one, /** @type {string | null} */ part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  };
  const ring = wearers.some((one) => one && (isRinged(one, null) || isRinged(one, '::after')));
  const rect = element.getBoundingClientRect();
  const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
  const hit = document.elementFromPoint(x, y);
  const radios = element instanceof HTMLInputElement && element.type === 'radio';
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : null;
  return {
    name: element.id || (radios ? `${element.name} choice` : `${element.localName}.${element.className}`),
    ring,
    inSight: hit !== null && (element.contains(hit) || hit.contains(element)
      || label?.contains(hit) === true),
    inside: element.closest('dialog') !== null,
  };
}

/** In the page: what can be operated, in the order of the document, and one stop for each group of choices. */
function controlsInOrder() {
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((element) => element instanceof HTMLElement && element.tabIndex >= 0)
    .filter((element) => !element.matches(':disabled') && element.closest('dialog') === null)
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked));
  return stops.map((element) => element.id || (element instanceof HTMLInputElement
    ? `${element.name} choice` : `${element.localName}.${element.className}`));
}

/**
 * In the page: targets with a side that is too short, links within a text aside.
 *
 * @param {number} smallest
 */
function tooSmall(smallest) {
  const root = document.querySelector('dialog[open]') ?? document.body;
  return [...root.querySelectorAll('button, input, select, summary, a[href]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('p'))
    .map((element) => ({ element, rect: element.getBoundingClientRect() }))
    .filter(({ rect }) => rect.width < smallest || rect.height < smallest)
    .map(({ element, rect }) => `${element.id || element.outerHTML.slice(0, 60)}: ${rect.width} × ${rect.height}`);
}
