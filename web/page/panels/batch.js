/** What is made of many photos alike: the kind of file, what is behind the subject, the frame, the shadow. @module */

/** @import { Output } from '../../gossamer.js' */
/** @import { Key } from '../../words/words.js' */
/** @import { Preset } from '../finish/geometry.js' */
import { onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { loadPresets } from '../finish/presets.js';
import { COLOURS } from './look.js';

/** @type {Readonly<Record<string, Key>>} */
const FORMATS = { png: 'save.png', webp: 'save.webp', jpeg: 'save.jpeg', alpha: 'save.alpha' };
/** @type {Readonly<Record<string, Key>>} */
const BACKGROUNDS = Object.fromEntries([
  ['none', 'save.transparent'],
  ...Object.entries(COLOURS).map(([name, colour]) => [colour, /** @type {Key} */ (`look.${name}`)]),
]);
const SHADOW = Object.freeze({ strength: 0.5, softness: 0.5 });
const MARGIN = 0.05;

export class BatchPanel {
  #format = h('select');
  #behind = h('select');
  #frame = h('select');
  #shadow = h('input', { type: 'checkbox' });
  /** @type {Record<string, Preset>} */
  #presets = {};
  /** @type {[element: HTMLElement, key: Key][]} */
  #texts = [];

  /**
   * @param {HTMLElement} host
   * @param {(output: Output) => void} onchange
   */
  constructor(host, onchange) {
    this.#offer(this.#format, FORMATS);
    this.#offer(this.#behind, BACKGROUNDS);
    this.#offer(this.#frame, { none: 'finish.none', subject: 'finish.subject' });
    const fields = h('fieldset', { className: 'batch' },
      this.#field('save.format', this.#format), this.#field('save.background', this.#behind),
      this.#field('finish.frame', this.#frame), this.#field('finish.shadow', this.#shadow));
    this.#frame.addEventListener('change', () => {
      const wanted = this.#presets[this.#frame.value]?.background ?? '';
      if (wanted in BACKGROUNDS) this.#behind.value = wanted;
    });
    fields.addEventListener('change', () => {
      this.#allow();
      onchange(this.output);
    });
    host.append(fields);
    onLanguage(() => this.#render());
    this.#render();
    this.#allow();
    this.#loadPresets().then(() => this.#render(), () => {}); // all else works without
  }

  /** @returns {Output} */
  get output() {
    const type = /** @type {NonNullable<Output['type']>} */ (this.#format.value);
    const background = type === 'alpha' || this.#behind.value === 'none' ? null : this.#behind.value;
    const shadow = this.#shadow.checked && type !== 'alpha' ? SHADOW : null;
    return { type, background, shadow, ...this.#framing() };
  }

  /** @returns {Output} */
  #framing() {
    if (this.#frame.value === 'none') return {};
    const preset = this.#presets[this.#frame.value];
    const [width, height] = preset?.pixels ?? [null, null];
    return { crop: 'subject', margin: preset?.margin ?? MARGIN, width, height };
  }

  /** A JPEG has no transparency, a matte neither background nor shadow. */
  #allow() {
    const { value } = this.#format;
    if (value === 'jpeg' && this.#behind.value === 'none') this.#behind.value = '#ffffff';
    for (const option of this.#behind.options) option.disabled = value === 'jpeg' && option.value === 'none';
    this.#behind.disabled = value === 'alpha';
    this.#shadow.disabled = value === 'alpha';
  }

  /** Those of documents want a person to look at each. */
  async #loadPresets() {
    this.#presets = await loadPresets();
    const wanted = Object.entries(this.#presets).filter(([, { kind }]) => kind === 'product' || kind === 'profile');
    this.#offer(this.#frame, Object.fromEntries(wanted.map(([name]) => [name, /** @type {Key} */ (`finish.${name}`)])));
  }

  /** @param {HTMLSelectElement} select @param {Readonly<Record<string, Key>>} choices */
  #offer(select, choices) {
    for (const [value, key] of Object.entries(choices)) {
      const option = h('option', { value });
      select.append(option);
      this.#texts.push([option, key]);
    }
  }

  /** @param {Key} key @param {HTMLElement} control */
  #field(key, control) {
    const name = h('span');
    this.#texts.push([name, key]);
    return h('label', { className: 'field' }, name, control);
  }

  #render() {
    for (const [element, key] of this.#texts) setText(element, t(key));
  }
}
