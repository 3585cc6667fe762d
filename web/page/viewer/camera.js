/**
 * What of the photo is seen, and how large.
 *
 * Three spaces: the photo's pixels, the first one's corner at (0, 0); the screen's pixels, in which the canvas is drawn;
 * CSS px, in which pointers move. `zoom` is the screen's pixels per pixel of the photo: 1 shows each as one.
 *
 * @module
 */

/** @import { Rect } from '../../shared/pictures.js' */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ width: number, height: number }} Size */

const MOST_ZOOM = 32;

/** The keys step from one to the next. */
const STEPS = [
  1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3,
  1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32,
];

/** Room around a photo that fits; CSS px. */
const MARGIN_PX = 24;
const MARGIN_NARROW_PX = 12;
const NARROW_PX = 600;

export class Camera {
  zoom = 1;
  /** Whether all of the photo is shown, and stays so when the room changes. */
  fitted = true;
  /** The screen's pixels per CSS px. */
  ratio = 1;
  /** @type {Size} the screen's pixels */
  viewport = { width: 1, height: 1 };
  /** @type {Size} */
  photo = { width: 1, height: 1 };
  /** What `fit` shows: the photo, and what a frame takes in beyond it. @type {Rect} */
  extent = { x: 0, y: 0, width: 1, height: 1 };
  // Kept unrounded: rounding at each step of a zoom would let the photo drift away under the pointer.
  #x = 0;
  #y = 0;

  /** Where the photo's corner is on the screen: on a whole pixel, so that pixels stay crisp. */
  get x() {
    return Math.round(this.#x);
  }

  get y() {
    return Math.round(this.#y);
  }

  get fitZoom() {
    const { width, height } = this.viewport;
    const margin = 2 * this.ratio * (width < NARROW_PX * this.ratio ? MARGIN_NARROW_PX : MARGIN_PX);
    const room = [Math.max(1, width - margin) / this.extent.width, Math.max(1, height - margin) / this.extent.height];
    return Math.min(...room, this.ratio, MOST_ZOOM); // a small photo is not blown up
  }

  /** @param {Size} photo */
  show(photo) {
    this.photo = photo;
    this.extent = { x: 0, y: 0, ...photo };
    this.fit();
  }

  /**
   * @param {Size} viewport
   * @param {number} ratio
   */
  resize(viewport, ratio) {
    const middle = this.toPhoto(this.#middle());
    this.viewport = viewport;
    this.ratio = ratio;
    if (this.fitted) this.fit();
    else this.#place(middle, this.zoom, this.#middle());
  }

  fit() {
    const { x, y, width, height } = this.extent;
    this.#place({ x: x + width / 2, y: y + height / 2 }, this.fitZoom, this.#middle());
  }

  /**
   * @param {number} zoom
   * @param {Point} [at] what stays where it is; CSS px
   */
  zoomTo(zoom, at = this.#middle()) {
    this.#place(this.toPhoto(at), zoom, at);
  }

  /**
   * @param {1 | -1} direction
   * @returns {number} the next zoom of the ladder
   */
  step(direction) {
    const nearly = 1 + direction * 0.001; // so that a zoom that is on the ladder but for rounding moves on
    const steps = direction > 0 ? STEPS : STEPS.toReversed();
    return steps.find((zoom) => (zoom - this.zoom * nearly) * direction > 0) ?? this.zoom;
  }

  /** @param {number} dx CSS px @param {number} dy */
  pan(dx, dy) {
    this.#x += dx * this.ratio;
    this.#y += dy * this.ratio;
    this.#stay();
  }

  /**
   * Bring a point of the photo to a place on the screen.
   *
   * @param {Point} point
   * @param {Point} at CSS px
   * @param {number} zoom
   */
  hold(point, at, zoom) {
    this.#place(point, zoom, at);
  }

  /** @param {Point} point CSS px @returns {Point} */
  toPhoto({ x, y }) {
    return { x: (x * this.ratio - this.x) / this.zoom, y: (y * this.ratio - this.y) / this.zoom };
  }

  /** @param {Point} point of the photo @returns {Point} CSS px */
  toCss({ x, y }) {
    return { x: (this.x + x * this.zoom) / this.ratio, y: (this.y + y * this.zoom) / this.ratio };
  }

  /** @param {Rect} rect of the photo @returns {Rect} whole pixels of the screen */
  toScreen({ x, y, width, height }) {
    const left = Math.round(this.x + x * this.zoom);
    const top = Math.round(this.y + y * this.zoom);
    const right = Math.max(left + 1, Math.round(this.x + (x + width) * this.zoom));
    const bottom = Math.max(top + 1, Math.round(this.y + (y + height) * this.zoom));
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** What of the photo is in sight; the screen's pixels. @returns {Rect} */
  get visible() {
    return overlap(this.toScreen({ x: 0, y: 0, ...this.photo }), { x: 0, y: 0, ...this.viewport });
  }

  /** @returns {Point} CSS px */
  #middle() {
    return { x: this.viewport.width / 2 / this.ratio, y: this.viewport.height / 2 / this.ratio };
  }

  /**
   * @param {Point} point of the photo
   * @param {number} zoom
   * @param {Point} at CSS px
   */
  #place(point, zoom, at) {
    const fit = this.fitZoom;
    this.zoom = Math.min(Math.max(zoom, Math.min(fit, 1)), MOST_ZOOM);
    this.fitted = this.zoom === fit;
    this.#x = at.x * this.ratio - point.x * this.zoom;
    this.#y = at.y * this.ratio - point.y * this.zoom;
    this.#stay();
  }

  #stay() {
    const { extent, viewport, zoom, fitZoom } = this;
    this.#x = held(this.#x, extent.x, extent.width, viewport.width, zoom, fitZoom);
    this.#y = held(this.#y, extent.y, extent.height, viewport.height, zoom, fitZoom);
  }
}

/**
 * An edge may come in as far as it lies when all is in sight: just enough for a zoom to keep any point of the photo where
 * it is, and less and less on the way back.
 *
 * @param {number} offset
 * @param {number} start of what is held in sight, in the photo
 * @param {number} length
 * @param {number} room
 * @param {number} zoom
 * @param {number} fitZoom
 */
function held(offset, start, length, room, zoom, fitZoom) {
  const middle = (room - length * zoom) / 2 - start * zoom;
  const reach = Math.max(0, length * (zoom - fitZoom) / 2);
  return Math.min(Math.max(offset, middle - reach), middle + reach);
}

/** @param {Rect} a @param {Rect} b @returns {Rect} of no size where they don't meet */
export function overlap(a, b) {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}

/** @param {Rect} a @param {Rect} b @returns {Rect} the smallest around both */
export function union(a, b) {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
