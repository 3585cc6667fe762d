/** What is looked at, and on what: views, the slider of before and after, backdrops, the subject. @module */

import { byId } from '../dom.js';
import { pictureSize } from '../picture-size.js';

/** @import { Subject } from '../state.js' */

/**
 * @typedef {'cutout' | 'photo' | 'matte' | 'trimap' | 'sureness'} View
 *
 * @typedef {object} Backdrop
 * @property {'checker' | 'none' | 'colour' | 'blur' | 'image'} kind
 * @property {string} name of its swatch
 * @property {string} [colour] `#rrggbb`, of the kind `colour`
 * @property {Blob} [image] of the kind `image`
 *
 * @typedef {object} LookEvents
 * @property {(view: View) => void} onview
 * @property {(compare: boolean) => void} oncompare
 * @property {(backdrop: Backdrop) => void} onbackdrop
 * @property {(subject: Subject) => void} onsubject
 * @property {() => void} onbadimage A file that was chosen as a background can't be shown.
 */

/** @type {Readonly<Record<string, string>>} */
export const COLOURS = { white: '#ffffff', black: '#000000', green: '#00b140' };

/** @type {readonly View[]} */
export const VIEWS = ['cutout', 'photo', 'matte', 'trimap', 'sureness'];

/** @type {Backdrop} */
export const CHECKER = { kind: 'checker', name: 'checker' };

export class LookPanel {
  #views = byId('views', HTMLFieldSetElement);
  #compare = byId('compare', HTMLButtonElement);
  #swatches = byId('backdrop', HTMLFieldSetElement);
  #picker = byId('colour', HTMLInputElement);
  #subject = byId('subject', HTMLSelectElement);
  #file = byId('backdrop-file', HTMLInputElement);
  /** @type {Blob | null} */
  #image = null;
  #on;

  /** @param {LookEvents} on */
  constructor(on) {
    this.#on = on;
    this.#views.addEventListener('input', () => on.onview(this.view));
    this.#compare.addEventListener('click', () => this.toggleCompare());
    this.#subject.addEventListener('change', () => on.onsubject(/** @type {Subject} */ (this.#subject.value)));
    this.#swatches.addEventListener('input', ({ target }) => {
      if (target === this.#picker) this.#choose('custom');
      else if (target instanceof HTMLInputElement) this.#choose(target.value);
    });
    // Opening the picker is choosing the colour it holds, even where it is closed again without a change.
    this.#picker.addEventListener('click', () => this.#choose('custom'));
    this.#file.addEventListener('change', () => this.#takeImage());
    byId('pick-picture', HTMLButtonElement).addEventListener('click', () => this.#file.click());
  }

  /** @returns {View} */
  get view() {
    const chosen = this.#views.querySelector('input:checked');
    return /** @type {View} */ (chosen instanceof HTMLInputElement ? chosen.value : 'cutout');
  }

  /** @param {View} view */
  set view(view) {
    const radio = this.#views.querySelector(`input[value=${view}]`);
    if (!(radio instanceof HTMLInputElement) || radio.disabled || radio.checked) return;
    radio.checked = true;
    this.#on.onview(view);
  }

  get compare() {
    return this.#compare.ariaPressed === 'true';
  }

  toggleCompare(pressed = !this.compare) {
    if (pressed === this.compare) return;
    this.#compare.ariaPressed = String(pressed);
    this.#on.oncompare(pressed);
  }

  /** @param {boolean} there whether a network made a map of how sure it is */
  allowSureness(there) {
    const radio = this.#views.querySelector('input[value=sureness]');
    if (radio instanceof HTMLInputElement) radio.disabled = !there;
  }

  /**
   * Show what holds, without an event.
   *
   * @param {Backdrop} backdrop
   * @param {Subject} subject
   */
  show(backdrop, subject) {
    if (backdrop.kind === 'colour' && backdrop.name === 'custom' && backdrop.colour) {
      this.#picker.value = backdrop.colour;
    }
    if (backdrop.image) this.#image = backdrop.image;
    byId('own-picture', HTMLElement).hidden = this.#image === null;
    for (const radio of this.#swatches.querySelectorAll('input')) {
      if (radio.type !== 'radio') continue;
      radio.checked = radio.value === backdrop.name;
      const chip = radio.nextElementSibling;
      const colour = radio.value === 'custom' ? this.#picker.value : COLOURS[radio.value];
      if (chip instanceof HTMLElement && colour) chip.style.backgroundColor = colour;
    }
    if (this.#subject.value !== subject) this.#subject.value = subject; // untouched while its list is open
  }

  /** A backdrop of this colour, by its swatch where there is one. @param {string} colour @returns {Backdrop} */
  ofColour(colour) {
    const [name = 'custom'] = Object.entries(COLOURS).find(([, value]) => value === colour) ?? [];
    return { kind: 'colour', name, colour };
  }

  /** @param {string} name */
  #choose(name) {
    if (name !== 'image') this.#on.onbackdrop(this.#named(name));
    else if (this.#image) this.#on.onbackdrop({ kind: 'image', name, image: this.#image });
  }

  /**
   * @param {string} name
   * @returns {Backdrop}
   */
  #named(name) {
    if (name === 'checker' || name === 'none' || name === 'blur') return { kind: name, name };
    return { kind: 'colour', name, colour: COLOURS[name] ?? this.#picker.value };
  }

  async #takeImage() {
    const file = this.#file.files?.[0];
    this.#file.value = '';
    if (!file) return;
    try {
      await pictureSize(file);
    } catch {
      return this.#on.onbadimage();
    }
    this.#image = file;
    this.#on.onbackdrop({ kind: 'image', name: 'image', image: file });
  }
}
