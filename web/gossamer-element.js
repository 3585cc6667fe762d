/**
 * `<gossamer-cutout>`: an element for any site in which a visitor removes the background of a photo, on their device.
 *
 *     <script type="module" src="https://cutouts.example/gossamer-element.js"></script>
 *     <gossamer-cutout name="photo"></gossamer-cutout>
 *
 * This module and those it imports are all that a page loads; the engine comes when a visitor starts. docs/embed.md is
 * the guide.
 *
 * @module
 */

/** @import { Source } from './element/run.js' */
/** @import { GossamerError } from './shared/errors.js' */
/** @import { State } from './element/view.js' */
import { bestOf, takeIn } from './element/intake.js';
import { BACKENDS, CROPS, oneOf, OUTPUTS, SUBJECTS, wishesOf } from './element/options.js';
import { View } from './element/view.js';
import { ENGLISH, tongueFor } from './element/words.js';

/**
 * @typedef {import('./element/run.js').CutoutProgress} CutoutProgress `detail` of the event `progress`.
 * @typedef {import('./element/run.js').CutoutResult} CutoutResult `detail` of the event `result`.
 */

export class GossamerCutout extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ['src', 'lang', 'required', 'disabled'];

  #internals = this.attachInternals();
  #view;
  /** @type {State} */
  #state = 'empty';
  #tongue = ENGLISH;
  /** @type {Blob | null} */
  #photo = null;
  /** @type {CutoutResult | null} */
  #result = null;
  /** @type {File | null} */
  #file = null;
  /** Of the run in progress. @type {AbortController | null} */
  #run = null;
  /** An attribute of our own, or of a fieldset around. */
  #disabled = false;
  /** What the page itself has against the value. */
  #objection = '';
  /** The document may change its language while it is shown. */
  #watch = new MutationObserver(() => this.#learn());

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: 'open', delegatesFocus: true }), {
      onfiles: (files) => this.#take(files),
      onstart: () => this.#try({ address: this.src }),
      oncancel: () => this.cancel(),
      onretry: () => this.#try(this.#photo ? { photo: this.#photo } : { address: this.src }),
      onclear: () => this.#clear(),
      ondownload: () => this.#download(),
    });
    takeIn(this, {
      open: () => !this.#disabled && this.#state !== 'working',
      onfiles: (files) => this.#take(files),
      onover: (over) => this.#view.invite(over),
    });
    // The label of a form control, clicked, clicks the control.
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] === this && ['empty', 'failed'].includes(this.#state)) this.#view.choose();
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#state !== 'working') return;
      event.stopPropagation(); // a dialog around stays open
      event.preventDefault();
      this.cancel();
    });
    this.#internals.role = 'group';
    this.#enter('empty');
  }

  // --- attributes, as properties ---------------------------------------------------------------------------------

  /** Address of a photo that a visitor can start with; its own site must let this page read it. */
  get src() {
    const given = this.getAttribute('src') ?? '';
    return given && URL.canParse(given, this.baseURI) ? new URL(given, this.baseURI).href : given;
  }

  set src(value) {
    this.setAttribute('src', value);
  }

  /** What a photo becomes: `png`, `webp`, `jpeg`, or `alpha`, the matte alone. */
  get output() {
    return oneOf(this, 'output', OUTPUTS);
  }

  set output(value) {
    this.setAttribute('output', value);
  }

  /** CSS colour behind the subject; without one it is transparent, or white in a JPEG. */
  get background() {
    return this.getAttribute('background') ?? '';
  }

  set background(value) {
    this.setAttribute('background', value);
  }

  /** What to look for: `auto`, `person`, or `object`. */
  get subject() {
    return oneOf(this, 'subject', SUBJECTS);
  }

  set subject(value) {
    this.setAttribute('subject', value);
  }

  /** `none`, or `subject`: as much of the picture as the subject fills. */
  get crop() {
    return oneOf(this, 'crop', CROPS);
  }

  set crop(value) {
    this.setAttribute('crop', value);
  }

  /** What runs the networks: `auto`, `webgpu`, `webgl`, or `wasm`. */
  get backend() {
    return oneOf(this, 'backend', BACKENDS);
  }

  set backend(value) {
    this.setAttribute('backend', value);
  }

  get disabled() {
    return this.hasAttribute('disabled');
  }

  set disabled(value) {
    this.toggleAttribute('disabled', value);
  }

  get required() {
    return this.hasAttribute('required');
  }

  set required(value) {
    this.toggleAttribute('required', value);
  }

  get name() {
    return this.getAttribute('name') ?? '';
  }

  set name(value) {
    this.setAttribute('name', value);
  }

  // --- what there is ---------------------------------------------------------------------------------------------

  /** `empty`, `ready` (a photo waits, by `src`), `working`, `done` or `failed`. */
  get state() {
    return this.#state;
  }

  /** The photo as it was given. */
  get photo() {
    return this.#photo;
  }

  /** All about the cut-out. */
  get result() {
    return this.#result;
  }

  /** The cut-out as a form submits it. */
  get value() {
    return this.#file;
  }

  // --- methods ---------------------------------------------------------------------------------------------------

  /**
   * With a photo: remove its background, as if a visitor had chosen it. Without one: what every element does, leave the
   * document. The promise is rejected with a GossamerError, code `aborted` after a cancel or another photo.
   *
   * @override
   * @template {[photo?: undefined] | [photo: Blob]} Given
   * @param {Given} given
   * @returns {Given extends [Blob] ? Promise<CutoutResult> : void}
   */
  remove(...given) {
    const outcome = given.length === 0 ? super.remove() : this.#work({ photo: given[0] });
    return /** @type {Given extends [Blob] ? Promise<CutoutResult> : void} */ (outcome);
  }

  /** Stop working on a photo; what was there before is gone. */
  cancel() {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    run.abort();
    this.#empty();
    this.#view.announce(this.#tongue.words.cancelled);
    this.dispatchEvent(new Event('abort'));
  }

  /** Back to the beginning: no photo but the one of `src`. */
  reset() {
    this.cancel();
    this.#empty();
    this.#view.announce('');
  }

  // --- as a part of forms ----------------------------------------------------------------------------------------

  get type() {
    return this.localName;
  }

  get form() {
    return this.#internals.form;
  }

  get labels() {
    return this.#internals.labels;
  }

  get validity() {
    return this.#internals.validity;
  }

  get validationMessage() {
    return this.#internals.validationMessage;
  }

  get willValidate() {
    return this.#internals.willValidate;
  }

  checkValidity() {
    return this.#internals.checkValidity();
  }

  reportValidity() {
    return this.#internals.reportValidity();
  }

  /** @param {string} message Empty where there is nothing wrong. */
  setCustomValidity(message) {
    this.#objection = String(message);
    this.#validate();
  }

  formResetCallback() {
    this.reset();
  }

  /** @param {boolean} disabled */
  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    this.#view.disable(disabled);
    this.#mark('disabled', disabled);
  }

  /** @param {File | string | FormData | null} state What was given to setFormValue before the visitor left the page. */
  formStateRestoreCallback(state) {
    if (!(state instanceof File)) return;
    this.#hold(state);
    this.#view.pictures.original.width = 1; // the photo itself is gone
    this.#enter('done');
    load().then(({ paint }) => paint(this.#view.pictures.cutout, state, new AbortController().signal), () => {});
  }

  // --- life ------------------------------------------------------------------------------------------------------

  connectedCallback() {
    this.#watch.observe(this.ownerDocument.documentElement, { attributeFilter: ['lang'] });
    this.#learn();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    // A move is a leaving and a coming back at once; whoever is still away after it has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.cancel();
    });
  }

  adoptedCallback() {
    this.#view.dress();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === 'lang') this.#learn();
    if (name === 'required') this.#validate();
    if (name === 'src' && ['empty', 'ready'].includes(this.#state)) this.#empty();
  }

  // --- inside ----------------------------------------------------------------------------------------------------

  /** @param {readonly File[]} files */
  #take(files) {
    const file = bestOf(files);
    if (file) this.#try({ photo: file });
    else this.#view.announce(this.#tongue.words.nothing, true);
  }

  /** @param {Source} source What a visitor starts: they see the outcome, and the page hears of it by events. */
  #try(source) {
    this.#work(source).catch(() => {});
  }

  /**
   * One run, from a photo to a cut-out or an error. A run that another one has replaced changes nothing any more.
   *
   * @param {Source} source
   * @returns {Promise<CutoutResult>}
   */
  async #work(source) {
    this.cancel();
    const run = new AbortController();
    const { signal } = run;
    this.#run = run;
    this.#photo = null;
    this.#hold(null);
    this.#enter('working');
    const { loading, private: note } = this.#tongue.words;
    this.#view.announce(note);
    this.#view.tell(0, loading, loading);
    this.dispatchEvent(new Event('loadstart'));
    /** @type {Parts | null} */
    let parts = null;
    try {
      const { cutOut, progressWords } = parts = await load();
      const { result, comparable } = await cutOut(source, {
        wishes: wishesOf(this),
        signal,
        pictures: this.#view.pictures,
        onphoto: (photo) => { this.#photo = photo; },
        onprogress: (progress) => {
          const { shown, spoken } = progressWords(this.#tongue, progress);
          this.#view.tell(progress.fraction, shown, spoken);
          this.dispatchEvent(new CustomEvent('progress', { detail: progress }));
        },
      });
      this.#finish(result, comparable);
      return result;
    } catch (error) {
      if (!signal.aborted) this.#fail(/** @type {GossamerError} */ (error), parts);
      throw error;
    }
  }

  /**
   * @param {CutoutResult} result
   * @param {boolean} comparable
   */
  #finish(result, comparable) {
    this.#run = null;
    this.#hold(result.file, result);
    this.#enter('done', { comparable, opaque: this.background !== '' || !['png', 'webp'].includes(this.output) });
    const unsure = result.notices.some(({ code }) => code === 'subject-unsure' || code === 'subject-missing');
    this.#view.announce(this.#tongue.words[unsure ? 'unsure' : 'done']);
    this.dispatchEvent(new CustomEvent('result', { detail: result }));
    this.#changed();
  }

  /**
   * @param {GossamerError} error
   * @param {Parts | null} parts
   */
  #fail(error, parts) {
    const { words } = this.#tongue;
    this.#run = null;
    this.#enter('failed');
    this.#view.announce(parts ? parts.errorWords(words, error.code) : words.network, true);
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  async #download() {
    const { save } = await load();
    if (this.#file) save(this.#file);
  }

  /** The visitor takes the photo back. */
  #clear() {
    const had = this.#file !== null;
    this.reset();
    this.#view.announce(this.#tongue.words.cleared);
    if (had) this.#changed();
  }

  /** As the form's other controls do it, when the visitor changes their value. */
  #changed() {
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #empty() {
    this.#photo = null;
    this.#hold(null);
    if (this.src) this.#view.await(this.src);
    this.#enter(this.src ? 'ready' : 'empty');
  }

  /**
   * @param {File | null} file What a form gets of us.
   * @param {CutoutResult | null} [result]
   */
  #hold(file, result = null) {
    this.#result = result;
    this.#file = file;
    this.#internals.setFormValue(file, file);
  }

  /**
   * @param {State} state
   * @param {Parameters<View['show']>[1]} [picture]
   */
  #enter(state, picture) {
    this.#mark(this.#state, false);
    this.#state = state;
    this.#mark(state, true);
    this.#internals.ariaBusy = String(state === 'working');
    this.#view.show(state, picture);
    this.#validate();
  }

  /**
   * For CSS: `gossamer-cutout:state(working)`.
   *
   * @param {string} state
   * @param {boolean} on
   */
  #mark(state, on) {
    try {
      if (on) this.#internals.states.add(state);
      else this.#internals.states.delete(state);
    } catch {
      // Browsers of 2023 want two dashes before the name, or have no states.
    }
  }

  /** A form waits for the cut-out, rather than leave without it. */
  #validate() {
    const { words } = this.#tongue;
    const { anchor } = this.#view;
    if (this.#state === 'working') this.#internals.setValidity({ customError: true }, words.busy, anchor);
    else if (this.#objection) this.#internals.setValidity({ customError: true }, this.#objection, anchor);
    else if (this.required && !this.#file) this.#internals.setValidity({ valueMissing: true }, words.missing, anchor);
    else this.#internals.setValidity({});
    this.#internals.ariaRequired = String(this.required);
  }

  async #learn() {
    this.#tongue = await tongueFor(this);
    this.#view.speak(this.#tongue);
    this.#validate();
  }
}

/** @typedef {typeof import('./element/run.js')} Parts */

/**
 * What is needed once a visitor starts. Where even that can't be had, there is no GossamerError to say so with: this one
 * reads the same.
 *
 * @returns {Promise<Parts>}
 */
async function load() {
  try {
    return await import('./element/run.js');
  } catch (cause) {
    const told = { code: 'asset-missing', stage: 'download', advice: 'Check the connection.', retryable: true };
    throw Object.assign(new Error('A part of the element can’t be reached.', { cause }), told);
  }
}

if (!customElements.get('gossamer-cutout')) customElements.define('gossamer-cutout', GossamerCutout);
