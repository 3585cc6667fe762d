/** The brush, seen: a ring of its true size, with a sign for what it does. @module */

/** @import { Point } from './camera.js' */
/** @import { StrokeKind } from './strokes.js' */

import { h } from '../dom.js';

const SIGNS = { keep: '+', erase: '−', unsure: '?' };

export class Ring {
  #sign = h('span', { className: 'viewer-sign' });
  element = h('div', { className: 'viewer-ring', hidden: true, ariaHidden: 'true' }, this.#sign);

  /**
   * @param {StrokeKind | null} kind
   * @param {Point | null} at its middle; CSS px
   * @param {number} radius CSS px
   */
  show(kind, at, radius) {
    this.element.hidden = kind === null || at === null;
    if (kind === null || at === null) return;
    if (this.element.dataset.kind !== kind) {
      this.element.dataset.kind = kind;
      this.#sign.textContent = SIGNS[kind];
    }
    const side = `${2 * radius}px`;
    Object.assign(this.element.style, {
      width: side, height: side, transform: `translate(${at.x - radius}px, ${at.y - radius}px)`,
    });
  }
}
