/**
 * The keys of the page, in one list: what is pressed, and what is told about it.
 *
 * Keys with a letter alone work where nobody is typing. The viewer has some of them too, for what is under the pointer.
 *
 * @module
 */

import { t } from '../words/words.js';

/** @import { Key } from '../words/words.js' */

export const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const COMMAND = MAC ? '⌘' : 'Ctrl+';

/** @type {readonly { keys: string[], word: Key }[]} */
export const SHORTCUTS = [
  { keys: [`${COMMAND}V`], word: 'keys.paste' },
  { keys: [`${COMMAND}O`], word: 'keys.open' },
  { keys: [`${COMMAND}S`], word: 'keys.save' },
  { keys: [`${COMMAND}C`], word: 'keys.copy' },
  { keys: [`${COMMAND}Z`, MAC ? '⇧⌘Z' : 'Ctrl+Y'], word: 'keys.undo' },
  { keys: ['Esc'], word: 'keys.cancel' },
  { keys: [',', '.'], word: 'keys.views' },
  { keys: ['C'], word: 'keys.compare' },
  { keys: ['K', 'E', 'U', 'V'], word: 'keys.brushes' },
  { keys: ['[', ']'], word: 'keys.brushSize' },
  { keys: ['+', '−', '0', '1'], word: 'keys.zoom' },
];

/** A key as it is written on keyboards of the language. @param {string} key */
export function keyName(key) {
  return key.replace('Ctrl', t('keys.control')).replace('Esc', t('page.escapeKey'));
}

/**
 * @typedef {object} Actions By what they are pressed for; each says whether it had anything to do.
 * @property {() => boolean} open
 * @property {() => boolean} save
 * @property {() => boolean} copy
 * @property {() => boolean} undo
 * @property {() => boolean} redo
 * @property {() => boolean} cancel
 * @property {(step: -1 | 1) => boolean} view
 * @property {() => boolean} compare
 * @property {(brush: 'keep' | 'erase' | 'unsure' | null) => boolean} brush
 * @property {(step: -1 | 1) => boolean} brushSize
 * @property {(step: -1 | 1 | 'fit' | 'actual') => boolean} zoom
 */

/** @param {Actions} actions */
export function listenToKeys(actions) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !isBracket(event);
    const done = isCommand ? command(event, actions) : plain(event, actions);
    if (done) event.preventDefault();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 */
function command(event, actions) {
  const { shiftKey, altKey, target, repeat } = event;
  if (altKey) return false;
  switch (letterOf(event)) {
    case 'o':
      return actions.open();
    case 's':
      return repeat || actions.save(); // held down, it is one wish
    case 'c':
      return !isTyping(target) && String(getSelection() ?? '') === '' && (repeat || actions.copy());
    case 'z':
      return !isTyping(target) && (shiftKey ? actions.redo() : actions.undo());
    case 'y':
      return !isTyping(target) && actions.redo();
    default:
      return false;
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 */
function plain(event, actions) {
  const { key, altKey, target } = event;
  if (key === 'Escape') return actions.cancel();
  if ((altKey && !isBracket(event)) || isTyping(target)) return false;
  switch (letterOf(event)) {
    case ',':
      return actions.view(-1);
    case '.':
      return actions.view(1);
    case 'c':
      return actions.compare();
    case 'k':
      return actions.brush('keep');
    case 'e':
      return actions.brush('erase');
    case 'u':
      return actions.brush('unsure');
    case 'v':
      return actions.brush(null);
    case '[':
      return actions.brushSize(-1);
    case ']':
      return actions.brushSize(1);
    case '+': case '=':
      return actions.zoom(1);
    case '-':
      return actions.zoom(-1);
    case '0':
      return actions.zoom('fit');
    case '1':
      return actions.zoom('actual');
    default:
      return false;
  }
}

/**
 * What a key stands for: on keyboards of other scripts the letter is told by its place.
 *
 * @param {KeyboardEvent} event
 */
function letterOf({ key, code }) {
  return key.length === 1 && key > '~' ? code.replace(/^Key/, '').toLowerCase() : key.toLowerCase();
}

/** Many keyboards have the brackets on AltGr, which is Ctrl and Alt at once, or on Option. @param {KeyboardEvent} event */
function isBracket({ key }) {
  return key === '[' || key === ']';
}

/** Where letters belong to what has the focus. @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox], [type=range]), select, textarea'));
}
