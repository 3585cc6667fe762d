/**
 * What the element says, in the language of its place: English is here, each other language is one small file that is
 * fetched when an element needs it.
 *
 * @module
 */

import { words as english } from './words/en.js';

/** @typedef {keyof typeof english} Word */
/** @typedef {Readonly<Record<Word, string>>} Words What a language file exports as `words`. */
/** @typedef {{ language: string, direction: 'ltr' | 'rtl', words: Words }} Tongue */

/** @type {Tongue} */
export const ENGLISH = { language: 'en', direction: 'ltr', words: english };

/** Besides English; each has its file. */
const LANGUAGES = ['ar', 'de', 'es', 'fr'];
const RIGHT_TO_LEFT = ['ar'];

/** Fetched once for all elements. @type {Map<string, Promise<Tongue>>} */
const fetched = new Map();

/**
 * The best of our languages for an element: that of its surroundings, else of the browser. One that can't be fetched is
 * English.
 *
 * @param {Element} element
 * @returns {Promise<Tongue>}
 */
export async function tongueFor(element) {
  const around = langAround(element);
  const language = bestLanguage(around ? [around] : navigator.languages);
  if (language === 'en') return ENGLISH;
  let tongue = fetched.get(language);
  if (!tongue) {
    tongue = fetchTongue(language);
    fetched.set(language, tongue);
  }
  return tongue.catch(() => {
    fetched.delete(language); // the next element may have more luck
    return ENGLISH;
  });
}

/** @param {string} language @returns {Promise<Tongue>} */
async function fetchTongue(language) {
  /** @type {{ words: Words }} */
  const { words } = await import(`./words/${language}.js`);
  return { language, direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr', words };
}

/** @param {readonly string[]} wishes */
function bestLanguage(wishes) {
  const tags = wishes.map((wish) => wish.toLowerCase().split('-')[0] ?? '');
  return tags.find((tag) => tag === 'en' || LANGUAGES.includes(tag)) ?? 'en';
}

/**
 * The `lang` that counts for an element, which may lie in the shadow tree of another.
 *
 * @param {Element} element
 * @returns {string}
 */
function langAround(element) {
  const near = element.closest('[lang]')?.getAttribute('lang');
  if (near) return near;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langAround(root.host) : '';
}
