/** What a person wants their photos to be computed on, kept on the device, and what does compute. @module */

import { backendState, onBackend, WISHES, wishForBackend } from '../engine/backends.js';
import { language, onLanguage, t } from '../words/words.js';
import { byId, setText } from './dom.js';
import { store, stored } from './settings.js';

/** @import { BackendWish } from '../shared/protocol.js' */

const KEY = 'gossamer.computesOn';

/** It is asked for with the next photo. */
export function applyBackend() {
  const backends = byId('backend', HTMLSelectElement);
  const chosen = WISHES.find((wish) => wish === stored(KEY)) ?? 'auto';
  backends.value = chosen;
  wishForBackend(chosen);
  backends.addEventListener('change', () => {
    store(KEY, backends.value);
    wishForBackend(/** @type {BackendWish} */ (backends.value));
  });
  onBackend(tellBackend);
  onLanguage(tellBackend);
  tellBackend();
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
