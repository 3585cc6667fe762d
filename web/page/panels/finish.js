/**
 * Crop, size and shadow between the panel, the viewer and the photo at hand. The panel is fetched when it is first
 * looked at.
 *
 * @module
 */

/** @import { Draft, Output } from '../../gossamer.js' */
/** @import { Rect } from '../../shared/protocol.js' */
/** @import { FinishPanel } from '../finish/panel.js' */
/** @import { Wishes } from '../finish/wishes.js' */
/** @import { Viewer } from '../viewer/viewer.js' */

/**
 * @typedef {object} FinishEvents
 * @property {(wishes: Wishes) => void} onwishes
 * @property {(colour: string) => void} onbackground The preset that was chosen asks for this colour behind the subject.
 */

export class FinishTools {
  #host;
  #viewer;
  #on;
  /** @type {Promise<FinishPanel> | null} */
  #loading = null;
  /** @type {FinishPanel | null} */
  #panel = null;
  /** @type {Draft | null} */
  #draft = null;
  /** Whether the panel knows where the subject now is. */
  #isMeasured = false;
  #isOpen = false;
  /** The shadow that is asked for, as text, and counts. */
  #shadow = 'null';
  #background = /** @type {string | null} */ (null);

  /**
   * @param {HTMLElement} host
   * @param {Viewer} viewer
   * @param {FinishEvents} on
   */
  constructor(host, viewer, on) {
    this.#host = host;
    this.#viewer = viewer;
    this.#on = on;
  }

  /** What an export has to be told. @returns {Output} */
  get output() {
    return this.#panel?.output ?? {};
  }

  /** Where the result lies in the photo; null for all of it. */
  get frame() {
    return this.#panel?.frame() ?? null;
  }

  /** The photo at hand, or another draft of it. @param {Draft} draft */
  setDraft(draft) {
    const isOther = this.#draft === null;
    this.#draft = draft;
    this.#isMeasured = false;
    this.#shadow = 'null';
    if (isOther) this.#panel?.setPhoto({ width: draft.width, height: draft.height, subject: null, head: null });
    this.#refresh();
  }

  /** There is no photo, or another one comes: boxes of this one would be wrong for it. */
  forget() {
    this.#draft = null;
  }

  /** The subject is another, after a stroke. */
  touched() {
    this.#isMeasured = false;
    this.#shadow = 'null';
    this.#refresh();
  }

  /** Take up what was chosen before, or nothing. @param {Wishes | null} wishes */
  choose(wishes) {
    if (!this.#panel) return; // then nothing has been chosen yet
    this.#panel.wishes = wishes;
    this.#background = this.#panel.background;
    this.#refresh();
  }

  /** The panel is in sight, or no more. @param {boolean} isOpen */
  async open(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) await this.#load();
    this.#refresh();
  }

  /**
   * The frame was moved in the viewer.
   *
   * @param {Rect} rect
   * @param {boolean} settled
   */
  moved(rect, settled) {
    if (settled) this.#panel?.setFrame(rect);
  }

  /** @returns {Promise<FinishPanel>} */
  #load() {
    this.#loading ??= import('../finish/panel.js').then(async ({ mount }) => {
      const panel = mount(this.#host, { onchange: () => this.#changed() });
      await panel.ready;
      this.#panel = panel;
      if (this.#draft) panel.setPhoto({ width: this.#draft.width, height: this.#draft.height, subject: null });
      return panel;
    });
    this.#loading.catch(() => { this.#loading = null; }); // the next look tries again
    return this.#loading;
  }

  #changed() {
    if (!this.#panel) return;
    this.#on.onwishes(this.#panel.wishes);
    const { background } = this.#panel;
    if (background !== null && background !== this.#background) this.#on.onbackground(background);
    this.#background = background;
    this.#refresh();
  }

  /** Bring the viewer and the panel up to date. */
  async #refresh() {
    const [panel, draft] = [this.#panel, this.#draft];
    if (!panel || !draft) return;
    try {
      await this.#bringUpToDate(panel, draft);
    } catch (error) {
      if (draft !== this.#draft) return;
      console.error(error);
      this.#isMeasured = false; // the next change tries again
      this.#shadow = 'null';
    }
  }

  /**
   * @param {FinishPanel} panel
   * @param {Draft} draft
   */
  async #bringUpToDate(panel, draft) {
    const needsBoxes = this.#isOpen || (panel.output.crop ?? null) !== null;
    if (needsBoxes && !this.#isMeasured) {
      this.#isMeasured = true;
      const { subject, head } = await draft.boxes();
      if (draft !== this.#draft) return;
      panel.setSubject(subject, head);
    }
    this.#viewer.frame = this.#isOpen ? forViewer(panel.frame()) : null;
    const { shadow = null } = panel.output;
    const wanted = JSON.stringify(shadow);
    if (wanted === this.#shadow) return;
    this.#shadow = wanted;
    const layer = shadow && await draft.shadow(shadow);
    if (this.#shadow !== wanted || draft !== this.#draft) return;
    this.#viewer.shadow = layer && { layer: layer.data, width: layer.width, height: layer.height, box: layer.box };
  }
}

/**
 * The panel's frame as the viewer takes it: guides move with the frame.
 *
 * @param {import('../finish/panel.js').Frame | null} frame
 */
function forViewer(frame) {
  if (!frame) return null;
  const { rect, guides } = frame;
  return { ...frame, guides: guides.map(({ y, label }) => ({ y: (y - rect.y) / rect.height, label })) };
}
