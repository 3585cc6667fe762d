/**
 * What is inside the element: made once, then told what to show.
 *
 * @module
 */

/** @import { Tongue, Word } from './words.js' */
import { dress } from './styles.js';
import { ENGLISH } from './words.js';

/**
 * @typedef {'empty' | 'ready' | 'working' | 'done' | 'failed'} State
 *
 * @typedef {object} Actions What a visitor can ask for.
 * @property {(files: readonly File[]) => void} onfiles Chosen; never none.
 * @property {() => void} onstart
 * @property {() => void} oncancel
 * @property {() => void} onretry
 * @property {() => void} onclear
 * @property {() => void} ondownload
 */

/** What the file chooser is asked for: phones convert their own formats to one of these. */
const ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/bmp,image/tiff';

/** Where the focus goes when what had it is gone. @type {Readonly<Record<State, readonly string[]>>} */
const FIRST = {
  empty: ['choose'], ready: ['start'], working: ['cancel'], done: ['download'], failed: ['retry', 'choose'],
};

export class View {
  /** @type {State} */
  #state = 'empty';
  #tongue = ENGLISH;
  #disabled = false;
  #chooser = make('input', { type: 'file', accept: ACCEPT, hidden: true });
  #stage = make('div', { className: 'stage' });
  #photo = make('img', { alt: '' });
  #original = make('canvas', { className: 'original' });
  #cutout = make('canvas', { className: 'cutout' });
  #compare = make('input', { type: 'range', className: 'compare', min: '0', max: '100', value: '0', dir: 'ltr' });
  #invite = make('div', { className: 'invite' });
  #work = make('div', { className: 'work' });
  #progress = make('progress', { max: 1 });
  #doing = make('span', {});
  #status = make('p', { className: 'status' });
  /** For screen readers: what is shown below the picture, and the stages while there is a bar to look at. */
  #spoken = make('p', { className: 'unseen' });
  #tools = make('div', { className: 'tools' });
  #box = make('div', { className: 'box' });
  /** Elements whose whole text is one word. @type {[Element, Word][]} */
  #texts = [];
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();

  /**
   * @param {ShadowRoot} root
   * @param {Actions} actions
   */
  constructor(root, actions) {
    this.root = root;
    // Of our inner controls; the element has its own, about its value.
    for (const type of ['input', 'change']) root.addEventListener(type, (event) => event.stopPropagation());
    this.#chooser.addEventListener('change', () => {
      const files = [...(this.#chooser.files ?? [])];
      this.#chooser.value = ''; // so that choosing the same file again is a change too
      if (files.length > 0) actions.onfiles(files);
    });
    this.#compare.addEventListener('input', () => this.#split());
    const choose = () => this.choose();
    this.#fillInvite(choose, actions);
    this.#work.append(this.#doing, this.#progress);
    this.#stage.append(this.#photo, this.#original, this.#cutout, this.#compare, this.#invite, this.#work);
    this.#tools.append(
      this.#button('cancel', 'cancel', actions.oncancel),
      this.#button('retry', 'retry', actions.onretry, 'primary'),
      this.#button('download', 'download', actions.ondownload, 'primary'),
      this.#button('replace', 'replace', choose),
      this.#button('clear', 'clear', actions.onclear),
    );
    for (const element of [this.#original, this.#cutout]) element.setAttribute('role', 'img');
    this.#tools.setAttribute('role', 'group');
    this.#spoken.setAttribute('role', 'status');
    const parts = { box: this.#box, stage: this.#stage, original: this.#original, cutout: this.#cutout,
      compare: this.#compare, invite: this.#invite, work: this.#work, progress: this.#progress,
      status: this.#status, tools: this.#tools };
    for (const [name, element] of Object.entries(parts)) element.setAttribute('part', name);
    this.#box.append(this.#stage, this.#status, this.#tools, this.#spoken, this.#chooser);
    root.append(this.#box);
    this.dress();
    this.#say();
  }

  /** Again after a move to another document. */
  dress() {
    dress(this.root);
  }

  /** What a problem with the element's value is shown at. */
  get anchor() {
    return this.#stage;
  }

  /** Open the system's file chooser. */
  choose() {
    if (!this.#disabled) this.#chooser.click();
  }

  /**
   * @param {State} state
   * @param {{ comparable?: boolean, opaque?: boolean }} [picture] Whether photo and cut-out can be laid over each other,
   *   and whether there is nothing to be seen through.
   */
  show(state, { comparable = false, opaque = false } = {}) {
    const focused = this.root.activeElement;
    this.#state = state;
    this.#stage.dataset.state = state;
    const done = state === 'done';
    this.#stage.toggleAttribute('data-opaque', opaque);
    this.#photo.hidden = state !== 'ready';
    this.#original.hidden = !['working', 'done'].includes(state);
    this.#cutout.hidden = !done;
    this.#compare.hidden = !done || !comparable;
    if (state !== 'done') this.#compare.value = '0';
    this.#split();
    this.#invite.hidden = !['empty', 'ready', 'failed'].includes(state);
    this.#work.hidden = state !== 'working';
    // From the start of a run to its end nothing below the element is moved: the same lines are there.
    this.#tools.hidden = state === 'empty';
    this.#hideNothing();
    /** @type {Record<string, readonly State[]>} */
    const visible = { choose: ['empty', 'failed'], start: ['ready'], cancel: ['working'], retry: ['failed'],
      download: ['done'], replace: ['ready', 'done'], clear: ['done', 'failed'] };
    for (const [name, states] of Object.entries(visible)) this.#get(name).hidden = !states.includes(state);
    if (focused && !focused.checkVisibility()) this.#focusFirst();
  }

  /** @param {string} address Of a photo that waits to be worked on. */
  await(address) {
    this.#photo.src = address;
  }

  /** The canvases of the photo and of what became of it. */
  get pictures() {
    return { original: this.#original, cutout: this.#cutout };
  }

  /**
   * @param {number} fraction
   * @param {string} text
   * @param {string} spoken Without what changes all the time.
   */
  tell(fraction, text, spoken) {
    this.#progress.value = fraction;
    setText(this.#doing, text);
    setText(this.#spoken, spoken);
  }

  /**
   * Shown below the picture, and read out.
   *
   * @param {string} text
   * @param {boolean} [failed]
   */
  announce(text, failed = false) {
    setText(this.#status, text);
    setText(this.#spoken, text);
    this.#status.toggleAttribute('data-failed', failed);
    this.#hideNothing();
  }

  /** @param {boolean} disabled */
  disable(disabled) {
    this.#disabled = disabled;
    for (const control of [this.#compare, ...this.#buttons.values()]) control.disabled = disabled;
  }

  /** @param {boolean} over Whether something that could be dropped is over the element. */
  invite(over) {
    this.#stage.toggleAttribute('data-dragging', over);
  }

  /** @param {Tongue} tongue */
  speak(tongue) {
    this.#tongue = tongue;
    this.#say();
  }

  /**
   * The parts for somebody who has not chosen yet; the page around may fill the slots.
   *
   * @param {() => void} choose
   * @param {Actions} actions
   */
  #fillInvite(choose, actions) {
    const hint = make('p', { className: 'hint' });
    const note = make('p', { className: 'private' });
    const button = this.#button('choose', 'choose', choose, 'primary');
    button.replaceChildren(this.#slot('label', this.#text('choose')));
    hint.setAttribute('part', 'hint');
    hint.append(this.#slot('hint', this.#text('hint')));
    note.setAttribute('part', 'note');
    note.append(this.#slot('note', this.#text('private')));
    const start = this.#button('start', 'start', actions.onstart, 'primary');
    this.#invite.append(this.#slot('placeholder', mark()), button, start, hint, note);
  }

  /** @param {Word} word */
  #text(word) {
    const span = make('span', {});
    this.#texts.push([span, word]);
    return span;
  }

  /**
   * @param {string} name
   * @param {Element} fallback
   */
  #slot(name, fallback) {
    const slot = make('slot', { name });
    slot.append(fallback);
    return slot;
  }

  /**
   * @param {string} name
   * @param {Word} word
   * @param {() => void} onclick
   * @param {string} [className]
   */
  #button(name, word, onclick, className = '') {
    const button = make('button', { type: 'button', className, onclick });
    button.setAttribute('part', `button ${name}`);
    button.append(this.#text(word));
    this.#buttons.set(name, button);
    return button;
  }

  /** @param {string} name */
  #get(name) {
    const button = this.#buttons.get(name);
    if (!button) throw new Error(`no button ${name}`);
    return button;
  }

  #say() {
    const { words, language, direction } = this.#tongue;
    this.#box.lang = language;
    this.#box.dir = direction;
    for (const [element, word] of this.#texts) setText(element, words[word]);
    this.#photo.alt = words.original;
    this.#original.ariaLabel = words.original;
    this.#cutout.ariaLabel = words.cutout;
    this.#compare.ariaLabel = words.compare;
    this.#progress.ariaLabel = words.progress;
    this.#tools.ariaLabel = words.tools;
  }

  /** The middle of the slider's grip is where the two pictures meet; at either end only one of them is seen. */
  #split() {
    const share = Number(this.#compare.value) / 100;
    const middle = `calc(1rem + (100% - 2rem) * ${share})`;
    this.#stage.style.setProperty('--_split', share === 0 ? '0%' : share === 1 ? '100%' : middle);
  }

  /** No line for no words, while there is time to choose. */
  #hideNothing() {
    this.#status.hidden = ['empty', 'ready'].includes(this.#state) && this.#status.textContent === '';
  }

  #focusFirst() {
    const button = FIRST[this.#state].map((name) => this.#get(name)).find((one) => !one.hidden && !one.disabled);
    button?.focus();
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Omit<HTMLElementTagNameMap[Tag], 'style' | 'dataset'>>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/**
 * The same text again is left alone: a screen reader would read it out once more.
 *
 * @param {Element} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A picture frame of which one half is threads. */
function mark() {
  const path = 'M16 4a12 12 0 0 0 0 24zM16 4c7 2 11 6 12.5 11M16 10c5.5.5 9.5 2.5 12.5 5M16 16h12.5'
    + 'M16 22c5.5-.5 9.5-3 12.5-6M16 28c7-2 11-6.5 12.5-12';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const attributes = { viewBox: '0 0 32 32', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4',
    'stroke-linecap': 'round', class: 'mark', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
