/** What a person has set for this page, kept on the device: language, light or dark. @module */

import { bestLanguage, direction, language, LANGUAGES, onLanguage, t, useLanguage } from '../words/words.js';
import { byId, fillWords, h } from './dom.js';

/** @import { Language } from '../words/words.js' */

const KEYS = { language: 'gossamer.language', theme: 'gossamer.theme' };

/** Give the page its language and appearance, and its lists their choices. Resolves when the words are there. */
export async function applySettings() {
  const theme = byId('theme', HTMLSelectElement);
  theme.value = stored(KEYS.theme) ?? 'auto';
  theme.addEventListener('change', () => {
    store(KEYS.theme, theme.value);
    applyTheme(theme.value);
  });
  applyTheme(theme.value);

  const languages = byId('language', HTMLSelectElement);
  languages.append(...Object.entries(LANGUAGES).map(([value, name]) => (
    h('option', { value, lang: value }, name)
  )));
  languages.addEventListener('change', () => {
    store(KEYS.language, languages.value);
    speak(/** @type {Language} */ (languages.value));
  });
  onLanguage(() => {
    languages.value = language();
    applyWords();
  });
  const chosen = stored(KEYS.language);
  await speak(bestLanguage(chosen === null ? navigator.languages : [chosen]));
}

/** In this language, or in English where its words can't be fetched. @param {Language} wanted */
async function speak(wanted) {
  try {
    await useLanguage(wanted);
  } catch {
    await useLanguage('en');
  }
}

function applyWords() {
  const { documentElement } = document;
  documentElement.lang = language();
  documentElement.dir = direction();
  document.title = t('page.title');
  fillWords(t);
}

/** @param {string} theme */
function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

/** A browser may forbid storage: then a setting lasts as long as the page. @param {string} key */
export function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As it is until the page is closed.
  }
}
