/** The canvas: the photo dimmed, the photo as it is, or the cut-out on a backdrop. @module */

import { MAX_CANVAS_PIXELS } from './raster.js';

/** @import { Raster } from './raster.js' */

/**
 * @typedef {object} Scene
 * @property {Raster | null} photo
 * @property {Raster | null} cutout
 * @property {'photo' | 'dimmed' | 'cutout'} face which of them is looked at
 * @property {string | null} colour behind the cut-out; null for the checkerboard
 */

/** The checkerboard, and the room left around the picture; CSS px. */
const CHECKER_SIDE_PX = 8;
const MARGIN_PX = 24;
const MARGIN_NARROW_PX = 12;
const NARROW_PX = 600;

const DIMMED_OPACITY = 0.4;
const FADE_MS = 320;

/** @type {Scene} */
const NOTHING = { photo: null, cutout: null, face: 'photo', colour: null };

export class Viewer {
  #scene = NOTHING;
  #canvas;
  #context;
  #fadeStart = -Infinity;
  #frame = 0;

  /** @param {HTMLCanvasElement} canvas which its container sizes */
  constructor(canvas) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    this.#canvas = canvas;
    this.#context = context;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param {Scene} scene */
  show(scene) {
    const last = this.#scene;
    if (last.photo === scene.photo && last.cutout === scene.cutout && last.face === scene.face
      && last.colour === scene.colour) return;
    this.#scene = scene;
    const revealed = last.face === 'dimmed' && scene.face === 'cutout' && last.photo === scene.photo;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#fadeStart = revealed && !still ? performance.now() : -Infinity;
    this.#draw();
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    const { photo, cutout, face } = this.#scene;
    const scale = this.#fit();
    const context = this.#context;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.imageSmoothingQuality = 'high';
    const picture = cutout ?? photo;
    if (!picture) return;
    const box = placed(picture, this.#canvas, scale);
    const shown = face === 'cutout' ? Math.min(1, (performance.now() - this.#fadeStart) / FADE_MS) : 0;
    if (photo) paint(context, photo, box, face === 'photo' ? 1 : DIMMED_OPACITY * (1 - shown));
    if (shown > 0) {
      this.#paintBackdrop(box, scale, shown);
      if (cutout) paint(context, cutout, box, shown);
    }
    if (face === 'cutout' && shown < 1) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /**
   * Give the canvas one pixel for each of the screen's, or fewer where that would be too many.
   *
   * @returns {number} canvas pixels per CSS px
   */
  #fit() {
    const { clientWidth, clientHeight } = this.#canvas;
    const area = Math.max(1, clientWidth * clientHeight);
    const scale = Math.min(devicePixelRatio, Math.sqrt(MAX_CANVAS_PIXELS / area));
    const width = Math.floor(clientWidth * scale);
    const height = Math.floor(clientHeight * scale);
    // Setting a size clears the canvas, even to what it was.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    return scale;
  }

  /**
   * @param {Box} box
   * @param {number} scale canvas pixels per CSS px
   * @param {number} opacity
   */
  #paintBackdrop({ x, y, width, height }, scale, opacity) {
    const context = this.#context;
    const style = getComputedStyle(this.#canvas);
    context.globalAlpha = opacity;
    context.fillStyle = this.#scene.colour ?? style.getPropertyValue('--checker-light').trim();
    context.fillRect(x, y, width, height);
    if (this.#scene.colour !== null) return;
    context.fillStyle = style.getPropertyValue('--checker-dark').trim();
    const side = Math.max(1, Math.round(CHECKER_SIDE_PX * scale));
    context.beginPath();
    for (let row = 0; row * side < height; row += 1) {
      for (let column = row % 2; column * side < width; column += 2) {
        const left = column * side;
        const top = row * side;
        context.rect(x + left, y + top, Math.min(side, width - left), Math.min(side, height - top));
      }
    }
    context.fill();
  }
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Box canvas pixels, whole ones */

/**
 * The middle of the canvas, as large as fits; a small picture is not blown up.
 *
 * @param {Raster} picture
 * @param {HTMLCanvasElement} canvas
 * @param {number} scale canvas pixels per CSS px
 * @returns {Box}
 */
function placed(picture, canvas, scale) {
  const margin = 2 * scale * (canvas.width < NARROW_PX * scale ? MARGIN_NARROW_PX : MARGIN_PX);
  const zoom = Math.min(
    (canvas.width - margin) / picture.width,
    (canvas.height - margin) / picture.height,
    scale,
  );
  const width = Math.max(1, Math.round(picture.width * zoom));
  const height = Math.max(1, Math.round(picture.height * zoom));
  const x = Math.round((canvas.width - width) / 2);
  const y = Math.round((canvas.height - height) / 2);
  return { x, y, width, height };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Raster} picture
 * @param {Box} box
 * @param {number} opacity
 */
function paint(context, { canvas }, { x, y, width, height }, opacity) {
  context.globalAlpha = opacity;
  context.drawImage(canvas, x, y, width, height);
  context.globalAlpha = 1;
}
