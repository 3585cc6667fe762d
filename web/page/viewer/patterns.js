/** Patterns of one size at every zoom: the checkerboard, and the stripes of the unknown band. @module */

import { contextOf } from './canvas.js';

/** CSS px. */
const CHECKER_SIDE_PX = 8;
const STRIPE_PX = 9;

/** Told from greys with any sight of colour, and by its stripes with none. */
const BAND = { ground: '#ffb000', stripe: '#5c3a00' };

/** A small picture that is repeated, made anew when the screen's pixels have another size. */
export class Pattern {
  #make;
  /** @type {{ ratio: number, pattern: CanvasPattern } | null} */
  #last = null;

  /** @param {(ratio: number) => HTMLCanvasElement} make */
  constructor(make) {
    this.#make = make;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} ratio
   * @param {{ x: number, y: number }} [start]
   */
  of(context, ratio, { x, y } = { x: 0, y: 0 }) {
    const pattern = this.#last?.ratio === ratio ? this.#last.pattern : context.createPattern(this.#make(ratio), 'repeat');
    if (!pattern) throw new Error('no pattern');
    this.#last = { ratio, pattern };
    pattern.setTransform(new DOMMatrix([1, 0, 0, 1, x, y]));
    return pattern;
  }

  forget() {
    this.#last = null;
  }
}

/**
 * @param {number} ratio
 * @param {CSSStyleDeclaration} style
 */
export function drawChecker(ratio, style) {
  const side = Math.max(1, Math.round(CHECKER_SIDE_PX * ratio));
  const canvas = Object.assign(document.createElement('canvas'), { width: 2 * side, height: 2 * side });
  const context = contextOf(canvas);
  context.fillStyle = style.getPropertyValue('--checker-light').trim();
  context.fillRect(0, 0, 2 * side, 2 * side);
  context.fillStyle = style.getPropertyValue('--checker-dark').trim();
  context.fillRect(side, 0, side, side);
  context.fillRect(0, side, side, side);
  return canvas;
}

/** Stripes at 45°, each of which goes on in the next tile. @param {number} ratio */
export function drawBand(ratio) {
  const side = Math.max(4, Math.round(STRIPE_PX * ratio));
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = contextOf(canvas);
  context.fillStyle = BAND.ground;
  context.fillRect(0, 0, side, side);
  context.strokeStyle = BAND.stripe;
  context.lineWidth = side / 4;
  context.beginPath();
  for (const start of [0, side, 2 * side]) {
    context.moveTo(start + side / 2, -side / 2);
    context.lineTo(start - 3 * side / 2, 3 * side / 2);
  }
  context.stroke();
  return canvas;
}
