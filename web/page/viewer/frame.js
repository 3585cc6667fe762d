/** The frame that a crop is chosen with: moved and resized by pointer and by keys. @module */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera } from './camera.js' */

import { direction, t } from '../../words/words.js';
import { h } from '../dom.js';

/**
 * @typedef {{ y: number, label: string }} Guide `y` is a share of the frame's height, 0 at its top.
 * @typedef {{ rect: Rect, aspect?: number | null, guides?: readonly Guide[] }} Frame In whole pixels of the photo, and
 *   possibly beyond it; `aspect` is width / height.
 * @typedef {{ x: -1 | 0 | 1, y: -1 | 0 | 1 }} Side Which sides a handle moves.
 */

/** @type {readonly (Side & { name: 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' })[]} */
const HANDLES = [
  { name: 'nw', x: -1, y: -1 }, { name: 'n', x: 0, y: -1 }, { name: 'ne', x: 1, y: -1 }, { name: 'e', x: 1, y: 0 },
  { name: 'se', x: 1, y: 1 }, { name: 's', x: 0, y: 1 }, { name: 'sw', x: -1, y: 1 }, { name: 'w', x: -1, y: 0 },
];

/** Edges that come this close to the photo's snap to them; CSS px. */
const SNAP_PX = 6;
/** What an arrow key moves; with Shift, a pixel of the photo. CSS px. */
const STEP_PX = 8;
/** The smallest frame, in the photo's pixels. */
const LEAST_PX = 8;
/** How far beyond the photo a frame may reach, as a multiple of its longer side. */
const REACH = 1;

/** @type {Readonly<Record<string, [x: number, y: number]>>} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class CropFrame {
  #handles = HANDLES.map((side) => {
    const handle = h('button', { type: 'button', className: 'viewer-handle', dataset: { side: side.name } });
    return { side, handle };
  });
  #grip = h('button', { type: 'button', className: 'viewer-grip' });
  #guides = h('div', { className: 'viewer-guides' });
  element = h(
    'div', { className: 'viewer-frame', role: 'group', hidden: true },
    this.#guides, this.#grip, ...this.#handles.map(({ handle }) => handle),
  );
  #camera;
  #onchange;
  /** @type {Frame | null} */
  #frame = null;

  /**
   * @param {Camera} camera
   * @param {(rect: Rect, settled: boolean) => void} onchange
   */
  constructor(camera, onchange) {
    this.#camera = camera;
    this.#onchange = onchange;
    this.#listen(this.#grip, { x: 0, y: 0 });
    for (const { handle, side } of this.#handles) this.#listen(handle, side);
  }

  get frame() {
    return this.#frame;
  }

  set frame(frame) {
    this.#frame = frame;
    this.element.hidden = frame === null;
    this.#guides.replaceChildren(...(frame?.guides ?? []).map(({ y, label }) => {
      const text = h('span', { className: 'viewer-label', dir: direction() }, label);
      const guide = h('div', { className: 'viewer-guide' }, text);
      guide.style.top = `${y * 100}%`;
      return guide;
    }));
    this.draw();
  }

  /** Whether it can be changed, or only seen. @param {boolean} live */
  set live(live) {
    this.element.toggleAttribute('data-live', live);
    for (const button of this.element.querySelectorAll('button')) button.disabled = !live;
  }

  speak() {
    this.element.ariaLabel = t('viewer.frame');
    this.#grip.ariaLabel = t('viewer.frame.move');
    for (const { side, handle } of this.#handles) handle.ariaLabel = t(`viewer.frame.${side.name}`);
  }

  draw() {
    if (!this.#frame) return;
    const { x, y, width, height } = this.#camera.toScreen(this.#frame.rect);
    const { ratio } = this.#camera;
    Object.assign(this.element.style, {
      transform: `translate(${x / ratio}px, ${y / ratio}px)`, width: `${width / ratio}px`, height: `${height / ratio}px`,
    });
  }

  /**
   * @param {HTMLElement} handle
   * @param {Side} side
   */
  #listen(handle, side) {
    handle.addEventListener('pointerdown', (event) => this.#grab(event, handle, side));
    handle.addEventListener('keydown', (event) => this.#press(event, side));
  }

  /**
   * @param {PointerEvent} event
   * @param {HTMLElement} handle
   * @param {Side} side
   */
  #grab(event, handle, side) {
    const start = this.#frame?.rect;
    if (event.button !== 0 || !event.isPrimary || !start) return;
    event.stopPropagation();
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const { clientX, clientY } = event;
    const perCss = this.#camera.ratio / this.#camera.zoom;
    const release = new AbortController();
    const { signal } = release;
    handle.addEventListener('pointermove', (moved) => {
      const dx = (moved.clientX - clientX) * perCss;
      const dy = (moved.clientY - clientY) * perCss;
      this.#change(this.#changed(start, side, dx, dy, SNAP_PX * perCss), false);
    }, { signal });
    for (const end of ['pointerup', 'pointercancel']) {
      handle.addEventListener(end, () => {
        release.abort();
        if (this.#frame) this.#onchange(this.#frame.rect, true);
      }, { signal });
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Side} side
   */
  #press(event, side) {
    const [x, y] = ARROWS[event.key] ?? [];
    if (x === undefined || y === undefined || !this.#frame || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(STEP_PX * this.#camera.ratio / this.#camera.zoom));
    this.#change(this.#changed(this.#frame.rect, side, x * step, y * step, 0), true);
  }

  /**
   * @param {Rect} rect
   * @param {boolean} settled
   */
  #change(rect, settled) {
    if (!this.#frame) return;
    this.#frame = { ...this.#frame, rect };
    this.draw();
    this.#onchange(rect, settled);
  }

  /**
   * @param {Rect} from
   * @param {Side} side
   * @param {number} dx the photo's pixels
   * @param {number} dy
   * @param {number} snap
   * @returns {Rect}
   */
  #changed(from, side, dx, dy, snap) {
    const { photo } = this.#camera;
    const moves = side.x === 0 && side.y === 0;
    const across = span(from.x, from.width, moves ? 2 : side.x, dx, photo.width, photo, snap);
    const down = span(from.y, from.height, moves ? 2 : side.y, dy, photo.height, photo, snap);
    const rect = { x: across.start, y: down.start, width: across.length, height: down.length };
    const aspect = this.#frame?.aspect ?? null;
    return moves || aspect === null ? rounded(rect) : rounded(shaped(rect, from, side, aspect));
  }
}

/**
 * Move one end of a span, or both.
 *
 * @param {number} start
 * @param {number} length
 * @param {-1 | 0 | 1 | 2} end -1 its start, 1 its end, 2 both, 0 neither
 * @param {number} by
 * @param {number} edge the photo's far edge, the near one being 0
 * @param {{ width: number, height: number }} photo
 * @param {number} snap
 */
function span(start, length, end, by, edge, photo, snap) {
  const reach = REACH * Math.max(photo.width, photo.height);
  const stop = start + length;
  if (end === 2) {
    const moved = Math.min(Math.max(start + by, -reach), edge + reach - length);
    const snapped = near(moved + length, [edge], snap) - length;
    return { start: near(snapped, [0], snap), length };
  }
  if (end === -1) {
    const moved = near(Math.min(Math.max(start + by, -reach), stop - LEAST_PX), [0, edge], snap);
    return { start: moved, length: stop - moved };
  }
  if (end === 1) {
    const moved = near(Math.max(Math.min(stop + by, edge + reach), start + LEAST_PX), [0, edge], snap);
    return { start, length: moved - start };
  }
  return { start, length };
}

/** @param {number} value @param {number[]} places @param {number} snap */
function near(value, places, snap) {
  return places.find((place) => Math.abs(place - value) < snap) ?? value;
}

/**
 * Keep the shape: the side that was pulled more leads, the opposite corner or the middle of the opposite edge stays.
 *
 * @param {Rect} rect
 * @param {Rect} from
 * @param {Side} side
 * @param {number} aspect
 * @returns {Rect}
 */
function shaped(rect, from, side, aspect) {
  const wide = side.y === 0 || (side.x !== 0 && rect.width / from.width > rect.height / from.height);
  const width = wide ? rect.width : rect.height * aspect;
  const height = wide ? rect.width / aspect : rect.height;
  // Of what it grows by, the share that grows towards the start: none, half or all.
  const [across, down] = [(1 - side.x) / 2, (1 - side.y) / 2];
  return {
    x: from.x + (from.width - width) * across, y: from.y + (from.height - height) * down, width, height,
  };
}

/** @param {Rect} rect @returns {Rect} */
function rounded({ x, y, width, height }) {
  return {
    x: Math.round(x), y: Math.round(y), width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)),
  };
}
