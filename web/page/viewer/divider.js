/** The divider between before and after: dragged, or moved by keys. @module */

/** @import { Camera } from './camera.js' */

import { direction, number, t } from '../../words/words.js';
import { h } from '../dom.js';
import { dividerAt } from './painter.js';

const STEP = 0.01;
const LARGE_STEP = 0.1;
/** A label is hidden where its side is narrower; CSS px. */
const LABEL_ROOM_PX = 96;

export class Divider {
  #handle = h('div', {
    className: 'viewer-divider-handle', tabIndex: 0, role: 'slider', ariaValueMin: '0', ariaValueMax: '100',
  });
  #before = h('span', { className: 'viewer-label', ariaHidden: 'true' });
  #after = h('span', { className: 'viewer-label', ariaHidden: 'true' });
  element = h('div', { className: 'viewer-divider', hidden: true }, this.#before, this.#after, this.#handle);
  #camera;
  #onmove;
  #share = 0.5;

  /**
   * @param {Camera} camera
   * @param {(share: number) => void} onmove
   */
  constructor(camera, onmove) {
    this.#camera = camera;
    this.#onmove = onmove;
    this.#handle.addEventListener('pointerdown', (event) => this.#grab(event));
    this.#handle.addEventListener('keydown', (event) => this.#press(event));
  }

  speak() {
    this.#handle.ariaLabel = t('viewer.divider');
    for (const label of [this.#before, this.#after]) label.dir = direction();
    this.#before.textContent = t('viewer.before');
    this.#after.textContent = t('viewer.after');
    this.#describe();
  }

  /** @param {number | null} share */
  show(share) {
    this.element.hidden = share === null;
    if (share === null) return;
    const described = this.#share !== share;
    this.#share = share;
    const { visible, ratio } = this.#camera;
    const at = dividerAt(share, this.#camera);
    this.element.style.transform = `translateX(${at / ratio}px)`;
    this.#before.hidden = (at - visible.x) / ratio < LABEL_ROOM_PX;
    this.#after.hidden = (visible.x + visible.width - at) / ratio < LABEL_ROOM_PX;
    if (described || !this.#handle.ariaValueNow) this.#describe();
  }

  #describe() {
    const percent = Math.round(this.#share * 100);
    this.#handle.ariaValueNow = String(percent);
    this.#handle.ariaValueText = t('viewer.dividerValue', { percent: number(percent) });
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    this.#handle.focus({ preventScroll: true });
    this.#handle.setPointerCapture(event.pointerId);
    const offset = event.clientX - this.element.getBoundingClientRect().left;
    const surface = this.element.parentElement;
    const move = (/** @type {PointerEvent} */ { clientX }) => {
      const x = clientX - offset - (surface?.getBoundingClientRect().left ?? 0);
      const { visible, ratio } = this.#camera;
      this.#move((x * ratio - visible.x) / Math.max(1, visible.width));
    };
    const release = new AbortController();
    this.#handle.addEventListener('pointermove', move, { signal: release.signal });
    for (const end of ['pointerup', 'pointercancel']) {
      this.#handle.addEventListener(end, () => release.abort(), { signal: release.signal });
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const to = {
      ArrowLeft: this.#share - step, ArrowRight: this.#share + step, ArrowDown: this.#share - step,
      ArrowUp: this.#share + step, PageDown: this.#share - LARGE_STEP, PageUp: this.#share + LARGE_STEP, Home: 0, End: 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(to);
  }

  /**
   * It counts at once, not with the next frame: a second key pressed before it goes on from here.
   *
   * @param {number} share
   */
  #move(share) {
    this.#share = Math.min(1, Math.max(0, share));
    this.#describe();
    this.#onmove(this.#share);
  }
}
