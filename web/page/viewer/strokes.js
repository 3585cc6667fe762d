/** The strokes that are being drawn or solved, over the photo until the result shows what they did. @module */

/** @import { Camera, Point } from './camera.js' */
/** @import { Pair } from './simplify.js' */

import { contextOf } from './canvas.js';
import { simplified } from './simplify.js';

/**
 * @typedef {'keep' | 'erase' | 'unsure'} StrokeKind
 * @typedef {{ kind: StrokeKind, points: Pair[], radius: number }} Stroke In the photo's pixels.
 */

/** Lines are thinned to this, in the photo's pixels, or to a share of the radius where that is more. */
const TOLERANCE_PX = 0.25;
const TOLERANCE_SHARE = 0.04;

/** Closer points of one line tell nothing; CSS px. */
const CLOSE_PX = 0.5;

/** Told apart by brightness as well, where colours are not. */
const COLOURS = { keep: '#1f8fff', erase: '#ff3b1f', unsure: '#ffb000' };

export class Strokes {
  #canvas;
  #context;
  /** @type {Stroke | null} */
  #current = null;
  /** @type {Set<Stroke>} handed over, not settled */
  #pending = new Set();
  /** From which point on a line is straight, while Shift is held. */
  #corner = -1;
  /** @type {Pair | null} where the last stroke ended */
  #end = null;

  /** @param {HTMLCanvasElement} canvas shown half transparent, so that crossing lines don't add up */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
  }

  get drawing() {
    return this.#current !== null;
  }

  get shown() {
    return this.#current !== null || this.#pending.size > 0;
  }

  /**
   * @param {StrokeKind} kind
   * @param {Point} point
   * @param {number} radius
   * @param {boolean} straight from where the last one ended
   * @param {Camera} camera
   */
  begin(kind, { x, y }, radius, straight, camera) {
    const points = straight && this.#end ? [this.#end, /** @type {Pair} */ ([x, y])] : [/** @type {Pair} */ ([x, y])];
    this.#current = { kind, points, radius };
    this.#corner = -1;
    this.draw(camera);
  }

  /**
   * @param {Point[]} way
   * @param {boolean} straight
   * @param {Camera} camera
   */
  extend(way, straight, camera) {
    const stroke = this.#current;
    if (!stroke) return;
    const { points } = stroke;
    if (!straight) this.#corner = -1;
    else if (this.#corner < 0) this.#corner = points.length - 1;
    const before = points.length;
    if (straight) points.length = this.#corner + 1;
    for (const { x, y } of straight ? way.slice(-1) : way) {
      const [lastX, lastY] = points.at(-1) ?? [x, y];
      if (Math.hypot(x - lastX, y - lastY) * camera.zoom >= CLOSE_PX * camera.ratio) points.push([x, y]);
    }
    if (straight) this.draw(camera);
    else this.#line(stroke, before - 1, camera);
  }

  /** @returns {Stroke | null} what was drawn, ready to be handed over */
  finish() {
    const stroke = this.#current;
    if (!stroke) return null;
    this.#current = null;
    this.#end = stroke.points.at(-1) ?? null;
    stroke.points = simplified(stroke.points, Math.max(TOLERANCE_PX, stroke.radius * TOLERANCE_SHARE));
    this.#pending.add(stroke);
    return stroke;
  }

  /** @param {Camera} camera @returns {boolean} whether there was one */
  cancel(camera) {
    if (!this.#current) return false;
    this.#current = null;
    this.draw(camera);
    return true;
  }

  /**
   * @param {Stroke | null} stroke all, where null
   * @param {Camera} camera
   */
  settle(stroke, camera) {
    if (stroke) this.#pending.delete(stroke);
    else this.#pending.clear();
    this.draw(camera);
  }

  /** Nothing was ever drawn. */
  reset() {
    this.#current = null;
    this.#pending.clear();
    this.#end = null;
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** All of it. @param {Camera} camera */
  draw(camera) {
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const stroke of this.#pending) this.#line(stroke, 0, camera);
    if (this.#current) this.#line(this.#current, 0, camera);
  }

  /**
   * @param {Stroke} stroke
   * @param {number} from the index of a point
   * @param {Camera} camera
   */
  #line({ kind, points, radius }, from, camera) {
    const context = this.#context;
    context.strokeStyle = COLOURS[kind];
    context.lineWidth = Math.max(1, 2 * radius * camera.zoom);
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    points.slice(from).forEach(([x, y], index) => {
      const [left, top] = [camera.x + x * camera.zoom, camera.y + y * camera.zoom];
      if (index === 0) context.moveTo(left, top);
      context.lineTo(left, top); // to itself: a line of no length is a dot
    });
    context.stroke();
  }
}
