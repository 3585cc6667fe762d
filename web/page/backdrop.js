/** What the cut-out is looked at on, and the colour behind a JPEG. @module */

import { byId } from './dom.js';

/** @type {Readonly<Record<string, string | null>>} */
const COLOURS = { checker: null, white: '#ffffff', black: '#000000', green: '#00b140' };

/** The row of swatches. */
export class Backdrop {
  name = 'checker';
  #row = byId('backdrop', HTMLFieldSetElement);
  #picker = byId('colour', HTMLInputElement);

  /** @param {() => void} onchange */
  constructor(onchange) {
    this.#row.addEventListener('input', (event) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement)) return;
      this.#select(target === this.#picker ? 'custom' : target.value);
      onchange();
    });
    // Opening the picker is choosing the colour it holds, even where it is closed again without a change.
    this.#picker.addEventListener('click', () => {
      this.#select('custom');
      onchange();
    });
    this.#select(this.name);
  }

  /** `#rrggbb`, or null for the checkerboard. */
  get colour() {
    return this.name === 'custom' ? this.#picker.value : (COLOURS[this.name] ?? null);
  }

  /** @param {string} name */
  #select(name) {
    this.name = name;
    for (const radio of this.#row.querySelectorAll('input')) {
      if (radio.type !== 'radio') continue;
      radio.checked = radio.value === name;
      const chip = radio.nextElementSibling;
      const colour = radio.value === 'custom' ? this.#picker.value : COLOURS[radio.value];
      if (chip instanceof HTMLElement && colour) chip.style.backgroundColor = colour;
    }
  }
}
