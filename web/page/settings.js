/** What a person has set for this page, kept on the device: language, light or dark, what computes. @module */

import { backendState, onBackend, WISHES, wishForBackend } from '../engine/backends.js';
import { bestLanguage, direction, language, LANGUAGES, onLanguage, t, useLanguage } from '../words/words.js';
import { byId, fillWords, h, setText } from './dom.js';

/** @import { BackendWish } from '../shared/protocol.js' */
/** @import { Language } from '../words/words.js' */

const KEYS = { language: 'gossamer.language', theme: 'gossamer.theme', backend: 'gossamer.computesOn' };

/** Give the page its language and appearance, and its lists their choices. Resolves when the words are there. */
export async function applySettings() {
  const theme = byId('theme', HTMLSelectElement);
  theme.value = stored(KEYS.theme) ?? 'auto';
  theme.addEventListener('change', () => {
    store(KEYS.theme, theme.value);
    applyTheme(theme.value);
  });
  applyTheme(theme.value);
  applyBackend();

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
    tellBackend();
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

/** It is asked for with the next photo. */
function applyBackend() {
  const backends = byId('backend', HTMLSelectElement);
  const chosen = WISHES.find((wish) => wish === stored(KEYS.backend)) ?? 'auto';
  backends.value = chosen;
  wishForBackend(chosen);
  backends.addEventListener('change', () => {
    store(KEYS.backend, backends.value);
    wishForBackend(/** @type {BackendWish} */ (backends.value));
  });
  onBackend(tellBackend);
}

/** What computes, and what was tried and is not used; before the first photo, what is going to be tried. */
function tellBackend() {
  const state = backendState();
  const words = [t(state ? `page.backendIs.${state.inUse}` : 'page.backendAbout')];
  for (const [backend, name] of /** @type {const} */ ([['webgpu', 'WebGPU'], ['webgl', 'WebGL']])) {
    const refusal = state?.memory.refused[backend];
    const date = refusal && new Date(refusal.date).toLocaleDateString(language());
    if (date) words.push(t('page.backendRefused', { name, date }));
  }
  setText(byId('backend-in-use', HTMLElement), words.join(' '));
}

/** A browser may forbid storage: then a setting lasts as long as the page. @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As it is until the page is closed.
  }
}
