/** Mouse, pen, fingers and wheel on the viewer, told apart: look, or paint. @module */

/** @import { Point } from './camera.js' */

/**
 * @typedef {object} Actions All points are CSS px from the viewer's corner.
 * @property {() => boolean} paints Whether the tool in hand is a brush.
 * @property {(dx: number, dy: number) => void} pan
 * @property {(middle: Point) => void} hold Two fingers are down: what lies between them stays there.
 * @property {(middle: Point, factor: number) => void} pinch They have moved; `factor` is since they came down.
 * @property {(factor: number, at: Point) => void} zoom
 * @property {(at: Point) => void} toggle Between all of the photo and its true pixels.
 * @property {(factor: number) => void} resize The brush.
 * @property {(point: Point, straight: boolean) => void} begin A stroke.
 * @property {(points: Point[], straight: boolean) => void} extend
 * @property {() => void} finish
 * @property {() => void} cancel
 * @property {(point: Point | null) => void} hover A pointer that shows where it is; null when it has left.
 */

/** Per px of wheel; a pinch on a trackpad comes as small steps of a wheel with Ctrl. */
const WHEEL_RATE = 0.0018;
const PINCH_RATE = 0.01;
const LINE_PX = 16;
const PAGE_PX = 400;
const MOST_WHEEL_PX = 240;

/** Two taps are one gesture within these. */
const DOUBLE_TAP_MS = 350;
const DOUBLE_TAP_PX = 24;
/** A tap may tremble this much. */
const STILL_PX = 4;
/** A finger that has drawn this far is not the first of two that zoom. */
const COMMITTED_PX = 24;

export class Gestures {
  #surface;
  #do;
  /** @type {Map<number, Point>} the pointers that are down */
  #down = new Map();
  /** @type {'none' | 'pan' | 'pinch' | 'paint'} */
  #mode = 'none';
  #travelled = 0;
  /** How far two fingers were from each other when they came down. */
  #spread = 1;
  /** @type {Point & { time: number }} */
  #lastTap = { x: 0, y: 0, time: -Infinity };
  #control = false;
  /** Whether the space bar makes a hand of the brush; and whether it has been used as one. */
  space = false;
  spaceUsed = false;

  /**
   * @param {HTMLElement} surface
   * @param {Actions} actions
   */
  constructor(surface, actions) {
    this.#surface = surface;
    this.#do = actions;
    surface.addEventListener('pointerdown', (event) => this.#press(event));
    surface.addEventListener('pointermove', (event) => this.#move(event));
    surface.addEventListener('pointerup', (event) => this.#lift(event));
    surface.addEventListener('pointercancel', (event) => this.#lose(event));
    surface.addEventListener('pointerleave', () => this.#do.hover(null));
    surface.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    // The middle button would start to scroll, and a long touch would open a menu over the photo.
    surface.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault());
    surface.addEventListener('contextmenu', (event) => this.#down.size > 0 && event.preventDefault());
    for (const type of ['keydown', 'keyup']) {
      addEventListener(type, (event) => {
        if (event instanceof KeyboardEvent) this.#control = event.ctrlKey;
      }, { capture: true });
    }
    addEventListener('blur', () => {
      this.#control = false;
      this.space = false;
    });
  }

  /** Forget a stroke that was begun: what the pointer does until it is lifted means nothing. */
  drop() {
    if (this.#mode === 'paint') this.#mode = 'none';
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const { pointerId, pointerType, button } = event;
    if (pointerType === 'mouse' && button > 1) return;
    const point = this.#at(event);
    if (this.#mode === 'paint' && (pointerType !== 'touch' || this.#travelled > COMMITTED_PX)) return;
    if (this.#down.size >= 2) return;
    this.#down.set(pointerId, point);
    this.#surface.setPointerCapture(pointerId);
    if (this.#down.size === 2) {
      if (this.#mode === 'paint') this.#do.cancel();
      this.#mode = 'pinch';
      const { middle, distance } = this.#fingers();
      this.#spread = distance;
      this.#do.hold(middle);
      return;
    }
    this.#travelled = 0;
    const paints = this.#do.paints() && button !== 1 && !this.space;
    this.#mode = paints ? 'paint' : 'pan';
    this.spaceUsed ||= this.space;
    if (paints) this.#do.begin(point, event.shiftKey);
    this.#surface.toggleAttribute('data-grabbing', !paints);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const point = this.#at(event);
    if (event.pointerType !== 'touch' || this.#mode === 'paint') this.#do.hover(point);
    const last = this.#down.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [point.x - last.x, point.y - last.y];
    this.#travelled += Math.hypot(dx, dy);
    if (this.#mode === 'paint') {
      const way = event.getCoalescedEvents?.() ?? [];
      this.#do.extend(way.length > 0 ? way.map((passed) => this.#at(passed)) : [point], event.shiftKey);
    } else if (this.#mode === 'pan') {
      this.#do.pan(dx, dy);
    }
    this.#down.set(event.pointerId, point);
    if (this.#mode !== 'pinch') return;
    const { middle, distance } = this.#fingers();
    this.#do.pinch(middle, distance / this.#spread);
  }

  #fingers() {
    const [a, b] = [...this.#down.values()];
    if (!a || !b) throw new Error('two fingers are two');
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return { middle, distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    if (!this.#down.delete(event.pointerId)) return;
    if (this.#mode === 'paint') this.#do.finish();
    else if (this.#mode === 'pan' && this.#travelled <= STILL_PX && event.button === 0) this.#tap(this.#at(event));
    this.#settle(event);
  }

  /** @param {PointerEvent} event */
  #lose(event) {
    if (!this.#down.delete(event.pointerId)) return;
    if (this.#mode === 'paint') this.#do.cancel();
    this.#settle(event);
  }

  /** A finger that stays goes on moving the photo, but does not begin to paint. @param {PointerEvent} event */
  #settle({ pointerType }) {
    this.#mode = this.#down.size > 0 && this.#mode === 'pinch' ? 'pan' : 'none';
    if (this.#mode === 'pan') this.#travelled = Infinity;
    this.#surface.toggleAttribute('data-grabbing', this.#mode === 'pan');
    if (pointerType === 'touch') this.#do.hover(null);
  }

  /** @param {Point} point */
  #tap(point) {
    const last = this.#lastTap;
    const time = performance.now();
    const twice = time - last.time < DOUBLE_TAP_MS && Math.hypot(point.x - last.x, point.y - last.y) < DOUBLE_TAP_PX;
    this.#lastTap = { ...point, time: twice ? -Infinity : time };
    if (twice && !this.#do.paints()) this.#do.toggle(point);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const unit = [1, LINE_PX, PAGE_PX][event.deltaMode] ?? 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const amount = -Math.min(MOST_WHEEL_PX, Math.max(-MOST_WHEEL_PX, dy || dx));
    const sizes = event.altKey || (event.ctrlKey && this.#control);
    if (sizes && this.#do.paints()) this.#do.resize(Math.exp(amount * WHEEL_RATE));
    else if (event.ctrlKey) this.#do.zoom(Math.exp(amount * (this.#control ? WHEEL_RATE : PINCH_RATE)), this.#at(event));
    else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) this.#do.pan(event.shiftKey && dx === 0 ? -dy : -dx, 0);
    else this.#do.zoom(Math.exp(amount * WHEEL_RATE), this.#at(event));
  }

  /** @param {MouseEvent} event @returns {Point} */
  #at({ clientX, clientY }) {
    const { left, top } = this.#surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}
