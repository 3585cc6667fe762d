/**
 * Every text that a person sees or hears, by key, in the language they chose.
 *
 * English is part of the page; each other language is one file, fetched when it is wanted. A text may hold places for
 * values, `{name}`, and may differ by number: then it is an object by plural category, chosen by the value `count`.
 *
 * @module
 */

import { words as english } from './en.js';

/** @typedef {keyof typeof english} Key */
/** @typedef {string | Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>} Entry */
/** @typedef {Readonly<Record<Key, Entry>>} Words What a language file exports as `words`. */

/**
 * The part of a language whose keys start with these words: no key of it may be missing, and there are no others.
 *
 * @template {string} Names
 * @typedef {Readonly<Record<Extract<Key, `${Names}.${string}`>, Entry>>} Section
 */

/** The languages there are, each by its own name. */
export const LANGUAGES = Object.freeze({
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
});

/** @typedef {keyof typeof LANGUAGES} Language */

/** Those written from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** @type {{ language: Language, words: Words }} */
let current = { language: 'en', words: english };
/** The last that was asked for: the words of an earlier one may come later. @type {Language} */
let wished = 'en';
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * One text.
 *
 * @param {Key} key
 * @param {Readonly<Record<string, string | number>>} [values] For the places in it; numbers are written as the language
 *   writes them.
 * @returns {string}
 */
export function t(key, values = {}) {
  const entry = current.words[key];
  const text = typeof entry === 'string' ? entry : plural(entry, Number(values.count));
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? number(value) : apart(value);
  });
}

/** What is in the other direction than the text, or turns it, would mix its words with those around it. */
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A value as a piece of its own, where that makes a difference. @param {string} value */
function apart(value) {
  return direction() === 'rtl' || TURNING.test(value) ? `\u2068${value}\u2069` : value;
}

/** All texts of the language in use. */
export function words() {
  return current.words;
}

/** The language in use, a BCP 47 tag. */
export function language() {
  return current.language;
}

/** @returns {'ltr' | 'rtl'} */
export function direction() {
  return RIGHT_TO_LEFT.has(current.language) ? 'rtl' : 'ltr';
}

/**
 * The best of our languages for a list of wishes, such as `navigator.languages`.
 *
 * @param {readonly string[]} wishes
 * @returns {Language}
 */
export function bestLanguage(wishes) {
  for (const wish of wishes) {
    const tag = wish.toLowerCase().split('-')[0] ?? '';
    if (Object.hasOwn(LANGUAGES, tag)) return /** @type {Language} */ (tag);
  }
  return 'en';
}

/**
 * Change the language; everybody who listens is told.
 *
 * @param {Language} wanted
 */
export async function useLanguage(wanted) {
  wished = wanted;
  const words = wanted === 'en' ? english : (await import(`./${wanted}.js`)).words;
  if (wished !== wanted) return;
  current = { language: wanted, words };
  for (const listener of listeners) listener();
}

/** @param {() => void} listener Called after every change of language. */
export function onLanguage(listener) {
  listeners.add(listener);
}

/**
 * @param {number} value
 * @param {number} [digits] After the point, exactly.
 */
export function number(value, digits) {
  const places = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(current.language, { useGrouping: false, ...places }).format(value);
}

/**
 * @param {Exclude<Entry, string>} entry
 * @param {number} count
 */
function plural(entry, count) {
  return entry[new Intl.PluralRules(current.language).select(count)] ?? entry.other;
}
