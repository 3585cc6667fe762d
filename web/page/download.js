/** What can be saved, under which name, and saving it. @module */

import { fileWords } from './words.js';

/** @typedef {'png' | 'webp' | 'jpeg' | 'alpha'} Format as `removeBackground` names its outputs */

/** Some browsers read the blob only after the click has returned. */
const REVOKE_AFTER_MS = 60_000;

const EXTENSIONS = /** @type {Record<string, string>} */ ({
  'image/png': 'png',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
});

/**
 * "IMG 12.heic" saved as PNG: "IMG 12-cutout.png".
 *
 * @param {string} original name of the photo's file; may be empty
 * @param {Format} format
 * @param {string} type media type of what is saved
 */
export function fileName(original, format, type) {
  const stem = original.replace(/\.[^.]*$/, '') || fileWords.unnamed;
  const kind = format === 'alpha' ? fileWords.matte : fileWords.cutout;
  return `${stem}-${kind}.${EXTENSIONS[type] ?? 'png'}`;
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
