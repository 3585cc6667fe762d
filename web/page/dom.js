/** Finding elements and writing to them only where something changes. @module */

/** @import { Key } from '../words/words.js' */

/**
 * The element with this id. Its absence, or another kind of element, is a mistake of ours.
 *
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`#${id} is no ${kind.name}`);
  return element;
}

/**
 * Set the text of an element. The same text again is left alone: a screen reader would read it out once more.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Fill every element that names a text: `data-word` for its content, `data-label` for its accessible name.
 *
 * @param {(key: Key) => string} t
 */
export function fillWords(t) {
  for (const element of document.querySelectorAll('[data-word], [data-label]')) {
    if (!(element instanceof HTMLElement)) continue;
    const { word, label } = element.dataset;
    if (word !== undefined) element.textContent = t(/** @type {Key} */ (word));
    if (label !== undefined) element.setAttribute('aria-label', t(/** @type {Key} */ (label)));
  }
}

/**
 * Make an element: `h('button', { type: 'button', className: 'primary', ariaLabel: 'Undo' }, 'Undo')`.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Omit<HTMLElementTagNameMap[Tag], 'style' | 'dataset'>> & { dataset?: Record<string, string> }} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, { dataset = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
}
