/**
 * The element's attributes as the engine's options. As HTML does it, a value that an attribute can't have counts as its
 * default.
 *
 * @module
 */

/** @import { Wishes } from './messages.js' */

export const OUTPUTS = /** @type {const} */ (['png', 'webp', 'jpeg', 'alpha']);
export const SUBJECTS = /** @type {const} */ (['auto', 'person', 'object']);
export const CROPS = /** @type {const} */ (['none', 'subject']);
export const BACKENDS = /** @type {const} */ (['auto', 'webgpu', 'webgl', 'wasm']);

/**
 * @template {string} T
 * @param {Element} element
 * @param {string} name
 * @param {readonly [T, ...T[]]} values The default first.
 * @returns {T}
 */
export function oneOf(element, name, values) {
  const given = element.getAttribute(name)?.trim().toLowerCase();
  return values.find((value) => value === given) ?? values[0];
}

/**
 * @param {Element} element
 * @returns {Wishes}
 */
export function wishesOf(element) {
  const crop = oneOf(element, 'crop', CROPS);
  return {
    subject: oneOf(element, 'subject', SUBJECTS),
    backend: oneOf(element, 'backend', BACKENDS),
    output: {
      type: oneOf(element, 'output', OUTPUTS),
      background: element.getAttribute('background')?.trim() || null,
      crop: crop === 'none' ? null : crop,
    },
  };
}
