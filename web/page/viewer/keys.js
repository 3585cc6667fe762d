/** The viewer's keys, while it has the focus. @module */

import { ARROWS } from './frame.js';

/**
 * @typedef {object} KeyActions
 * @property {() => boolean} paints Whether the tool in hand is a brush.
 * @property {(x: number, y: number) => void} pan -1, 0 or 1 each: the direction that is looked in.
 * @property {(x: number, y: number, fine: boolean) => void} moveBrush
 * @property {(direction: 1 | -1) => void} zoom
 * @property {() => void} fit
 * @property {() => void} actualSize
 * @property {(direction: 1 | -1) => void} resize The brush.
 * @property {(straight: boolean) => void} dot
 * @property {() => boolean} cancel Whether there was a stroke to take back.
 * @property {(held: boolean) => boolean} hand The space bar makes a hand of the brush; whether it was used as one.
 */

/**
 * @param {HTMLElement} surface
 * @param {KeyActions} actions
 */
export function listenForKeys(surface, actions) {
  let space = false;
  const letGo = () => {
    space = false;
    return actions.hand(false);
  };
  surface.addEventListener('keydown', (event) => {
    if (event.target !== surface || event.ctrlKey || event.metaKey || event.altKey) return;
    const known = event.key === ' ' ? (space ||= (actions.hand(true), true)) : pressed(event, actions);
    if (!known) return;
    event.preventDefault();
    event.stopPropagation();
  });
  surface.addEventListener('keyup', ({ key }) => {
    if (key === ' ' && space && !letGo() && actions.paints()) actions.dot(false);
  });
  surface.addEventListener('blur', letGo);
}

/**
 * @param {KeyboardEvent} event
 * @param {KeyActions} actions
 * @returns {boolean} whether the key is one of ours
 */
function pressed({ key, shiftKey }, actions) {
  const [x, y] = ARROWS[key] ?? [];
  if (x !== undefined && y !== undefined) {
    if (actions.paints()) actions.moveBrush(x, y, shiftKey);
    else actions.pan(x, y);
    return true;
  }
  switch (key) {
    case '+':
    case '=':
      actions.zoom(1);
      return true;
    case '-':
    case '_':
      actions.zoom(-1);
      return true;
    case '0':
    case 'Home':
      actions.fit();
      return true;
    case '1':
      actions.actualSize();
      return true;
    case '[':
    case ']':
      if (actions.paints()) actions.resize(key === ']' ? 1 : -1);
      return actions.paints();
    case 'Enter':
      if (actions.paints()) actions.dot(shiftKey);
      return actions.paints();
    case 'Escape':
      return actions.cancel();
    default:
      return false;
  }
}
