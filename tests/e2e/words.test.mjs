/** The texts of every language: all there, with the same places for values, and as that language is written. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bestLanguage, direction, LANGUAGES, t, useLanguage } from '../../web/words/words.js';
import { words as english } from '../../web/words/en.js';
import { ROOT } from '../support/paths.mjs';

/** @import { Entry, Key, Language, Words } from '../../web/words/words.js' */

const FOLDER = join(ROOT, 'web/words');
const OTHERS = /** @type {Language[]} */ (Object.keys(LANGUAGES).filter((language) => language !== 'en'));

/** As in English: names, units, and words that are the same. */
const SAME = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  de: ['finish.marketplace-2000', 'finish.marketplace-1600', 'finish.passport-cn', 'finish.passport-jp', 'finish.auto', 'page.escapeKey', 'viewer.before', 'page.zoom', 'look.trimap', 'look.person', 'viewer.zoomed', 'look.matte', 'look.none', 'save.transparent'],
  fr: ['finish.auto', 'finish.passport-ca', 'intake.sample.portrait', 'keys.control', 'page.zoom', 'page.pasteKeys', 'page.stage', 'look.photo', 'look.trimap', 'page.licences', 'queue.title',
    'queue.columnPhoto', 'queue.columnActions', 'queue.pause', 'viewer.before', 'look.none', 'save.transparent',
    'save.unnamed'],
  es: ['finish.auto', 'finish.passport-cn', 'keys.control', 'page.escapeKey', 'page.zoom', 'page.pasteKeys', 'look.trimap', 'viewer.before', 'viewer.zoomed'],
  ja: ['keys.control', 'page.escapeKey', 'page.pasteKeys'],
  ar: ['keys.control', 'page.escapeKey', 'page.pasteKeys'],
});

/** What Latin letters may spell in languages with letters of their own. */
const NAMES = new Set(['Gossamer', 'JPEG', 'PNG', 'WebP', 'HEIC', 'GIF', 'BMP', 'TIFF', 'AVIF', 'RGB', 'ZIP', 'PDF', 'SVG', 'HDR', 'RAW', 'EU', 'ICAO', 'kB', 'px', 'mm',
  'cm', 'dpi', 'MB', 's', 'Chrome', 'Edge', 'Firefox', 'Safari', 'Shift', 'Enter', 'Tab', 'Esc', 'Escape', 'Ctrl', 'V', 'Service',
  'Worker', 'service-worker.js', 'https', 'fetch', 'WebGPU', 'WebGL']);

/** Words that no other of our languages has. */
const ENGLISH = /\b(the|this|that|with|your|from|of|to|and|it|not|again|choose|which)\b/i;

/** A form that stands for one number alone may spell it out. */
const OF_ONE_NUMBER = ['zero', 'one', 'two'];

test('every language that is offered has its file, and every file is offered', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js') && name !== 'words.js');
  assert.deepEqual(files.sort(), Object.keys(LANGUAGES).map((language) => `${language}.js`).sort());
});

for (const language of OTHERS) {
  test(`${LANGUAGES[language]}: every text, each with its places and its forms`, async () => {
    const words = await wordsOf(language);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    const needed = categories(language);
    const possible = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, entry] of entriesOf(words)) {
      const wanted = places(english[key]);
      for (const [form, text] of forms(entry)) {
        const given = places(text);
        if (OF_ONE_NUMBER.includes(form) && wanted.has('count')) given.add('count');
        const expected = form === 'zero' ? given : wanted; // of nothing there is less to say
        assert.deepEqual([...given].sort(), [...expected].sort(), `${key} ${form}: ${text}`);
        assert.ok([...given].every((place) => wanted.has(place)), `${key} ${form}: ${text}`);
      }
      if (typeof entry === 'string') continue;
      const has = Object.keys(entry);
      assert.deepEqual(has.filter((form) => !possible.includes(/** @type {Intl.LDMLPluralRule} */ (form))), [], key);
      assert.deepEqual([...needed].filter((form) => !has.includes(form)), [], `${key}: forms that are missing`);
    }
  });

  test(`${LANGUAGES[language]}: nothing left in English`, async () => {
    const same = new Set(SAME[language]);
    for (const [key, text] of textsOf(await wordsOf(language))) {
      const letters = text.replace(/\{\w+\}/g, '');
      const latin = (letters.match(/[\p{Script=Latin}.-]*\p{Script=Latin}/gu) ?? []).filter((word) => !NAMES.has(word));
      if (same.has(key)) assert.equal(text, english[/** @type {Key} */ (key)], `${key} is listed as the same`);
      else if (latin.length > 0) assert.notEqual(text, english[/** @type {Key} */ (key)], key);
      assert.doesNotMatch(letters, ENGLISH, key);
      if (language === 'ja' || language === 'ar') assert.deepEqual(latin, [], `${key}: ${text}`);
    }
  });

  test(`${LANGUAGES[language]}: marks and spaces as they are set there`, async () => {
    for (const [key, text] of textsOf(await wordsOf(language))) {
      for (const [pattern, what] of [...SLOPPY, ...(SLOPPY_IN[language] ?? [])]) {
        assert.doesNotMatch(text, pattern, `${key}: ${what}`);
      }
    }
  });
}

test('English: marks and spaces as they are set there', () => {
  for (const [key, text] of textsOf(english)) {
    for (const [pattern, what] of SLOPPY) assert.doesNotMatch(text, pattern, `${key}: ${what}`);
  }
});

test('the language that is wished for most, of those there are', () => {
  assert.equal(bestLanguage(['de-AT', 'en']), 'de');
  assert.equal(bestLanguage(['tlh', 'AR-eg', 'fr']), 'ar');
  assert.equal(bestLanguage(['constructor', '']), 'en', 'no word of JavaScript is a language');
  assert.equal(bestLanguage([]), 'en');
});

test('values from outside stay apart from the words around them', async () => {
  await useLanguage('en');
  assert.equal(t('page.saving', { name: 'photo.png' }), 'Saving photo.png');
  const turning = 'gnp.\u202etohp';
  assert.equal(t('page.saving', { name: turning }), `Saving \u2068${turning}\u2069`);
  await useLanguage('ar');
  assert.equal(direction(), 'rtl');
  assert.ok(t('page.saving', { name: 'photo.png' }).includes('\u2068photo.png\u2069'));
  await useLanguage('en');
  assert.equal(direction(), 'ltr');
});

/** @type {readonly [RegExp, string][]} */
const SLOPPY = [
  [/['"]/, 'straight quotes'],
  [/\.\.\./, 'three dots for an ellipsis'],
  [/[<>&]/, 'something like HTML'],
  [/ {2}|^\s|\s$/, 'spaces too many'],
  [/[\d}] (px|s|MB|Mo|%|mm|cm|dpi)(?!\p{L})/u, 'a number may part from its unit'],
  [/ [.,:;!?…](?!\p{L})/u, 'a space before a mark'],
];

/** @type {Readonly<Record<string, readonly [RegExp, string][]>>} */
const SLOPPY_IN = {
  de: [[/(?<!^|\u00a0)…/, 'an ellipsis for a word stands apart'], [/“[^“]*”/, 'English quotation marks']],
  fr: [[/(?<!\u202f)[:;!?%]/, 'a narrow space before the mark'], [/[“”"]/, 'English quotation marks']],
  es: [[/^[^¿]*\?/, 'a question without its beginning'], [/^[^¡]*!/, 'an exclamation without its beginning']],
  ja: [[/[,;:?!](?!\d)/, 'a narrow mark'], [/[\u3000-\u9fff] [\u3000-\u9fff]/, 'a space between words']],
  ar: [[/[,;?]/, 'a Latin mark'], [/[٠-٩]/, 'digits that are not those of the values']],
};

/** @param {Language} language @returns {Promise<Words>} */
async function wordsOf(language) {
  return (await import(`../../web/words/${language}.js`)).words;
}

/** @param {Words} words */
function entriesOf(words) {
  return /** @type {[Key, Entry][]} */ (Object.entries(words));
}

/** Every text by its key, each form by itself. @param {Words} words @returns {[string, string][]} */
function textsOf(words) {
  return entriesOf(words).flatMap(([key, entry]) => (
    forms(entry).map(([, text]) => /** @type {[string, string]} */ ([key, text]))
  ));
}

/** @param {Entry} entry @returns {[string, string][]} */
function forms(entry) {
  return typeof entry === 'string' ? [['other', entry]] : Object.entries(entry);
}

/** @param {Entry} entry */
function places(entry) {
  return new Set(forms(entry).flatMap(([, text]) => text.match(/(?<=\{)\w+(?=\})/g) ?? []));
}

/** The forms that counts up to a thousand need: nobody counts millions of photos here. @param {string} language */
function categories(language) {
  const rules = new Intl.PluralRules(language);
  return new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)));
}
