/**
 * The panel for crop, exact size and shadow.
 *
 *     const panel = mount(host, { onchange: () => viewer.show(panel.frame()) });
 *     panel.setPhoto({ width, height, subject, head });   // boxes in the photo's pixels
 *     draft.export({ type: 'png', ...panel.output });
 *
 * @module
 */

/** @import { Rect } from '../../shared/protocol.js' */
/** @import { Key } from '../../words/words.js' */
/** @import { Preset } from './geometry.js' */
/** @import { Photo, Wishes } from './wishes.js' */
import { number, onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { reshaped, toMillimetres, toPixels } from './geometry.js';
import { loadPresets } from './presets.js';
import { frameIn, NOTHING, outputOf, PRINT_DPI, resultSize } from './wishes.js';

/**
 * @typedef {object} Frame For the viewer to draw.
 * @property {Rect} rect In the photo's pixels; it may reach beyond the photo.
 * @property {number | null} aspect Width over height, to be kept while it is dragged; null where it is free.
 * @property {{ y: number, label: string }[]} guides Lines across the frame, in the photo's pixels.
 */

/** @type {readonly [width: number, height: number][]} */
const ASPECTS = [[1, 1], [4, 5], [5, 4], [3, 4], [4, 3], [2, 3], [3, 2], [9, 16], [16, 9]];
const DENSITIES = [72, 96, 150, 300, 600];
const DOCUMENT_DENSITIES = [300, 600];
const LONGEST_SIDE_PX = 65_535;
const MOST_PIXELS = 100_000_000;

/** Made so far, on the whole page: each has an id. */
let rows = 0;

/**
 * @param {HTMLElement} host
 * @param {{ onchange?: () => void }} [listeners] Called after every change that a person makes.
 */
export function mount(host, { onchange = () => {} } = {}) {
  return new FinishPanel(host, onchange);
}

export class FinishPanel {
  /** @type {Wishes} */
  #wishes = { ...NOTHING };
  /** @type {Record<string, Preset>} */
  #presets = {};
  /** @type {Photo | null} */
  #photo = null;
  /** @type {() => void} */
  #onchange;
  /** Elements and the texts in them. @type {[element: Element, key: Key][]} */
  #texts = [];
  #parts = this.#makeParts();

  /**
   * @param {HTMLElement} host
   * @param {() => void} onchange
   */
  constructor(host, onchange) {
    this.#onchange = onchange;
    host.append(this.#parts.root);
    onLanguage(() => this.#render());
    this.#render();
    /** Settled once the presets can be chosen, or can't be had: the rest works without. @type {Promise<void>} */
    this.ready = loadPresets().then((presets) => {
      this.#presets = presets;
      this.#listPresets();
      this.#render();
    }, () => {});
  }

  /** The part of the output options for an export. */
  get output() {
    return outputOf(this.#wishes, this.#preset, this.#photo);
  }

  /** The colour that the preset asks for as the background, as CSS writes it; null where it asks for none. */
  get background() {
    return this.#preset?.background ?? null;
  }

  /**
   * The photo that is being finished, with the boxes around its subject and, for passports, the head. Where the person
   * had put the frame in the photo before is forgotten, all else stays chosen.
   *
   * @param {Photo | null} photo
   */
  setPhoto(photo) {
    this.#photo = photo;
    this.#wishes.rect = null;
    this.#render();
  }

  /**
   * The same photo after a repair: the subject's box is another, the frame stays where it was put.
   *
   * @param {Rect | null} subject
   * @param {Rect | null} [head]
   */
  setSubject(subject, head = null) {
    if (this.#photo !== null) this.#photo = { ...this.#photo, subject, head };
    this.#render();
  }

  /**
   * The frame in the photo; null where it is the whole photo, or there is none.
   *
   * @returns {Frame | null}
   */
  frame() {
    if (this.#photo === null) return null;
    const found = frameIn(this.#wishes, this.#preset, this.#photo);
    if (found === null) return null;
    const guides = found.guides.map(({ kind, y }) => ({ y, label: t(`finish.guide.${kind}`) }));
    return { ...found, guides };
  }

  /**
   * The person has dragged the frame there. A frame that followed from the subject is free from then on.
   *
   * @param {Rect} rect
   */
  setFrame({ x, y, width, height }) {
    const rect = { x, y, width, height };
    if (this.#preset?.kind === 'document' || this.#wishes.choice === 'free') return this.#change({ rect });
    const { width: wide, height: high } = this.output; // of a preset, too
    return this.#change({ choice: 'free', rect, width: wide, height: high });
  }

  /** What is chosen, as plain values. @returns {Wishes} */
  get wishes() {
    return { ...this.#wishes };
  }

  /** Choose it again, as undo does; nobody is told. @param {Wishes | null} wishes null for what it was at first */
  set wishes(wishes) {
    this.#wishes = { ...(wishes ?? NOTHING) };
    this.#render();
  }

  /** As it was at first. */
  reset() {
    this.#change({ ...NOTHING });
  }

  get #preset() {
    return this.#presets[this.#wishes.choice] ?? null;
  }

  /** @param {Partial<Wishes>} changes */
  #change(changes) {
    Object.assign(this.#wishes, changes);
    this.#render();
    this.#onchange();
  }

  /** @param {string} choice */
  #choose(choice) {
    const preset = this.#presets[choice];
    /** @type {Partial<Wishes>} */
    const changes = { choice, rect: null };
    if (choice === 'free') changes.rect = this.frame()?.rect ?? null;
    if (preset?.margin !== undefined) changes.margin = preset.margin;
    if (preset?.kind === 'document') changes.dpi = preset.dpi ?? PRINT_DPI;
    this.#change(changes);
  }

  /** @param {number | null} aspect */
  #shape(aspect) {
    const { rect } = this.#wishes;
    this.#change({ aspect, rect: rect !== null && aspect !== null ? reshaped(rect, aspect) : rect });
  }

  /** @param {'width' | 'height'} side */
  #resize(side) {
    const input = this.#parts[side];
    const value = Number(input.value);
    if (input.value.trim() === '' || !Number.isFinite(value) || value <= 0) return this.#change({ [side]: null });
    const { unit, dpi } = this.#wishes;
    const pixels = unit === 'mm' ? toPixels(value, dpi ?? PRINT_DPI) : Math.round(value);
    return this.#change({ [side]: Math.min(Math.max(pixels, 1), LONGEST_SIDE_PX) });
  }

  /** @param {Wishes['unit']} unit */
  #measure(unit) {
    this.#change(unit === 'mm' ? { unit, dpi: this.#wishes.dpi ?? PRINT_DPI } : { unit });
  }

  /**
   * Millimetres stay as they were asked for, and become other pixels.
   *
   * @param {number | null} dpi
   */
  #condense(dpi) {
    const { unit, width, height, dpi: former } = this.#wishes;
    if (unit !== 'mm' || former === null || dpi === null) return this.#change(dpi === null ? { dpi, unit: 'px' } : { dpi });
    const again = (/** @type {number | null} */ side) => side && toPixels(toMillimetres(side, former), dpi);
    return this.#change({ dpi, width: again(width), height: again(height) });
  }

  #makeParts() {
    const choice = this.#select((value) => this.#choose(value));
    for (const name of /** @type {const} */ (['none', 'subject', 'free'])) choice.append(this.#option(name, `finish.${name}`));
    const aspect = this.#select((value) => this.#shape(value === '' ? null : Number(value)));
    aspect.append(this.#option('', 'finish.anyAspect'), this.#option('1', 'finish.square'));
    aspect.append(...ASPECTS.slice(1).map(([wide, high]) => h('option', { value: String(wide / high) }, `${wide} : ${high}`)));
    const unit = this.#select((value) => this.#measure(/** @type {Wishes['unit']} */ (value)));
    unit.append(this.#option('px', 'finish.px'), this.#option('mm', 'finish.mm'));
    const dpi = this.#select((value) => this.#condense(value === '' ? null : Number(value)));
    const [width, height] = /** @type {const} */ (['width', 'height']).map((side) => this.#side(side));
    const margin = this.#slider(50, (value) => this.#change({ margin: value }));
    const strength = this.#slider(100, (value) => this.#change({ strength: value }));
    const softness = this.#slider(100, (value) => this.#change({ softness: value }));
    const summary = h('p', { className: 'finish-summary', role: 'status' });
    const hint = h('p', { className: 'finish-hint' });
    const reset = this.#named(h('button', { type: 'button', onclick: () => this.reset() }), 'finish.reset');
    if (width === undefined || height === undefined) throw new Error('There are two sides');

    const optional = {
      margin: this.#row('finish.margin', margin.input, margin.shown),
      aspect: this.#row('finish.aspect', aspect),
      size: this.#group('finish.size', h('div', { className: 'finish-sides' },
        this.#row('finish.width', width), h('span', { ariaHidden: 'true' }, '×'), this.#row('finish.height', height),
        this.#row('finish.unit', unit))),
    };
    optional.size.querySelectorAll('.finish-row').forEach((row) => row.classList.add('finish-stacked'));
    const root = h('section', { className: 'finish' },
      this.#named(h('h2', { className: 'unseen' }), 'finish.title'),
      this.#row('finish.frame', choice), hint, optional.margin, optional.aspect, optional.size,
      this.#row('finish.dpi', dpi),
      this.#group('finish.shadow',
        this.#row('finish.strength', strength.input, strength.shown),
        this.#row('finish.softness', softness.input, softness.shown)),
      h('div', { className: 'finish-end' }, summary, reset));
    return { root, rows: optional, choice, aspect, unit, dpi, width, height, margin, strength, softness, summary, hint };
  }

  #render() {
    const { choice, aspect, unit, dpi, width, height, margin, strength, softness, hint, rows: optional } = this.#parts;
    const wishes = this.#wishes;
    const preset = this.#preset;
    for (const [element, key] of this.#texts) setText(element, t(key));
    choice.value = wishes.choice;
    optional.margin.hidden = !(wishes.choice === 'subject' || (preset !== null && preset.kind !== 'document'));
    optional.aspect.hidden = optional.size.hidden = preset !== null;
    aspect.disabled = wishes.width !== null && wishes.height !== null;
    aspect.value = wishes.aspect === null ? '' : String(wishes.aspect);
    unit.value = wishes.unit;
    this.#listDensities(preset?.kind === 'document');
    dpi.value = wishes.dpi === null ? '' : String(wishes.dpi);
    for (const [input, side] of /** @type {const} */ ([[width, wishes.width], [height, wishes.height]])) {
      input.value = side === null ? '' : this.#measured(side);
      input.step = wishes.unit === 'mm' ? 'any' : '1';
      input.placeholder = t('finish.auto');
    }
    slide(margin, wishes.margin, percent(wishes.margin));
    slide(strength, wishes.strength, wishes.strength === 0 ? t('finish.off') : percent(wishes.strength));
    slide(softness, wishes.softness, percent(wishes.softness));
    softness.input.disabled = wishes.strength === 0;
    hint.hidden = preset?.kind !== 'document';
    setText(hint, preset?.head === undefined ? '' : `${headHint(preset.head)} ${t('finish.rules')}`);
    this.#sumUp();
  }

  #sumUp() {
    const { summary } = this.#parts;
    if (this.#photo === null) return setText(summary, '');
    const { width, height } = resultSize(this.#wishes, this.#preset, this.#photo);
    if (width * height > MOST_PIXELS) return setText(summary, t('finish.tooLarge'));
    const lines = [t('finish.result', { width, height })];
    const { dpi } = this.output;
    if (dpi !== null) {
      const [wide, high] = [width, height].map((side) => number(toMillimetres(side, dpi), 1));
      lines.push(t('finish.print', { width: wide ?? '', height: high ?? '' }));
    }
    return setText(summary, lines.join('\n'));
  }

  /** @param {number} pixels */
  #measured(pixels) {
    const { unit, dpi } = this.#wishes;
    return unit === 'px' ? String(pixels) : String(Math.round(10 * toMillimetres(pixels, dpi ?? PRINT_DPI)) / 10);
  }

  #listPresets() {
    for (const [label, isListed] of /** @type {const} */ ([['finish.sell', false], ['finish.document', true]])) {
      const names = Object.keys(this.#presets).filter((name) => (this.#presets[name]?.kind === 'document') === isListed);
      const group = h('optgroup', {}, ...names.map((name) => this.#option(name, /** @type {Key} */ (`finish.${name}`))));
      this.#parts.choice.append(group);
      const write = () => { group.label = t(label); };
      onLanguage(write);
      write();
    }
  }

  /** @param {boolean} isDocument */
  #listDensities(isDocument) {
    const { dpi } = this.#parts;
    const listed = isDocument ? DOCUMENT_DENSITIES : DENSITIES;
    const options = listed.map((density) => h('option', { value: String(density) }, number(density)));
    if (!isDocument) options.unshift(h('option', { value: '' }, t('finish.photoDpi')));
    const isListed = options.length === dpi.length && options.every(({ text }, index) => text === dpi.options[index]?.text);
    if (!isListed) dpi.replaceChildren(...options);
  }

  /** @param {(value: string) => void} onchange */
  #select(onchange) {
    const select = h('select');
    select.addEventListener('change', () => onchange(select.value));
    return select;
  }

  /**
   * @param {string} value
   * @param {Key} key
   */
  #option(value, key) {
    return this.#named(h('option', { value }), key);
  }

  /**
   * @param {number} most Percent.
   * @param {(value: number) => void} oninput
   */
  #slider(most, oninput) {
    const input = h('input', { type: 'range', min: '0', max: String(most), step: '1' });
    input.addEventListener('input', () => oninput(Number(input.value) / 100));
    return { input, shown: h('output', { className: 'finish-value' }) };
  }

  /** @param {'width' | 'height'} side */
  #side(side) {
    const input = h('input', { type: 'number', min: '1', inputMode: 'decimal', autocomplete: 'off' });
    input.addEventListener('change', () => this.#resize(side));
    return input;
  }

  /**
   * @param {Key} key
   * @param {HTMLElement} control
   * @param {...HTMLElement} more
   */
  #row(key, control, ...more) {
    rows += 1;
    control.id = `finish-${rows}`;
    const label = this.#named(h('label', { className: 'finish-name', htmlFor: control.id }), key);
    return h('div', { className: 'finish-row' }, label, control, ...more);
  }

  /**
   * @param {Key} key
   * @param {...HTMLElement} rows
   */
  #group(key, ...rows) {
    return h('fieldset', { className: 'finish-group' }, this.#named(h('legend'), key), ...rows);
  }

  /**
   * @template {Element} T
   * @param {T} element
   * @param {Key} key
   */
  #named(element, key) {
    this.#texts.push([element, key]);
    setText(element, t(key));
    return element;
  }
}


/**
 * @param {{ input: HTMLInputElement, shown: HTMLOutputElement }} slider
 * @param {number} value
 * @param {string} text
 */
function slide({ input, shown }, value, text) {
  input.value = String(Math.round(100 * value));
  input.ariaValueText = text;
  setText(shown, text);
}

/** @param {number} share */
function percent(share) {
  return t('finish.percent', { value: Math.round(100 * share) });
}

/** @param {[number, number]} head */
function headHint([least, most]) {
  return t('finish.headHint', { least, most });
}
