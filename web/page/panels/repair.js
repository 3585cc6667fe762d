/** The brushes: which one, and how large. @module */

import { number, onLanguage, t } from '../../words/words.js';
import { byId, setText } from '../dom.js';
import { BRUSH } from '../viewer/brush.js';

/** @typedef {'keep' | 'erase' | 'unsure'} Brush */

/** The slider goes by ratios, not by steps. */
export class RepairPanel {
  #brushes = byId('brushes', HTMLFieldSetElement);
  #size = byId('brush-size', HTMLInputElement);
  #on;

  /** @param {{ onbrush: (brush: Brush, radius: number) => void }} on */
  constructor(on) {
    this.#on = on;
    this.#brushes.addEventListener('input', () => this.#changed());
    this.#size.addEventListener('input', () => this.#changed());
    onLanguage(() => this.#label());
    this.radius = BRUSH.first;
  }

  /** @returns {Brush} */
  get brush() {
    const chosen = this.#brushes.querySelector('input:checked');
    return /** @type {Brush} */ (chosen instanceof HTMLInputElement ? chosen.value : 'keep');
  }

  /** @param {Brush} brush */
  set brush(brush) {
    const radio = this.#brushes.querySelector(`input[value=${brush}]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
    this.#changed();
  }

  /** CSS px. */
  get radius() {
    return BRUSH.least * (BRUSH.most / BRUSH.least) ** (Number(this.#size.value) / 100);
  }

  /** @param {number} radius */
  set radius(radius) {
    const share = Math.log(Math.max(radius, BRUSH.least) / BRUSH.least) / Math.log(BRUSH.most / BRUSH.least);
    this.#size.value = String(100 * share);
    this.#label();
  }

  #changed() {
    this.#label();
    this.#on.onbrush(this.brush, this.radius);
  }

  #label() {
    setText(byId('brush-radius', HTMLOutputElement), number(Math.round(this.radius)));
    setText(byId('brush-hint', HTMLElement), t(`repair.${this.brush}Hint`));
  }
}
