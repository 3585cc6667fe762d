/** The ways a cut-out leaves the page: as a file, on the clipboard, to another app. @module */

import { t } from '../../words/words.js';
import { byId } from '../dom.js';

/** @import { Output } from '../../gossamer.js' */
/** @import { Backdrop } from './look.js' */

/** @typedef {'png' | 'webp' | 'jpeg' | 'alpha'} Format as the pipeline names its outputs */

/** Some browsers read the blob only after the click has returned. */
const REVOKE_AFTER_MS = 60_000;

const EXTENSIONS = /** @type {Record<string, string>} */ ({
  'image/png': 'png',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
});

/**
 * @typedef {object} Wish
 * @property {Output} output for the pipeline
 * @property {Backdrop | null} behind what the canvas has to put behind the file afterwards
 * @property {Format} format
 */

export class SavePanel {
  #format = byId('format', HTMLSelectElement);
  #behind = byId('behind', HTMLSelectElement);

  constructor() {
    this.#format.addEventListener('change', () => this.#allow());
    this.#allow();
    byId('share', HTMLButtonElement).hidden = !canShare();
    byId('copy', HTMLButtonElement).hidden = !('ClipboardItem' in globalThis);
  }

  /** A background that somebody went to find is one to be saved. @param {Backdrop} backdrop */
  follow({ kind, name }) {
    if (kind === 'image' || kind === 'blur' || name === 'custom') this.#behind.value = 'shown';
    else if (kind === 'checker' || kind === 'none') this.#behind.value = 'none';
  }

  /** What is shown behind the subject belongs to the file. */
  showBackground() {
    this.#behind.value = 'shown';
  }

  /**
   * What the pipeline is to make.
   *
   * @param {Backdrop} backdrop what is shown behind the cut-out
   * @param {Output} finish crop, size, shadow
   * @returns {Wish}
   */
  wish(backdrop, finish) {
    const format = /** @type {Format} */ (this.#format.value);
    if (format === 'alpha') return { format, output: { ...finish, type: 'alpha' }, behind: null };
    const shown = format === 'jpeg' || this.#behind.value === 'shown';
    if (shown && (backdrop.kind === 'image' || backdrop.kind === 'blur')) {
      return { format, output: { ...finish, type: 'png' }, behind: backdrop };
    }
    const colour = shown && backdrop.kind === 'colour' ? (backdrop.colour ?? null) : null;
    const background = format === 'jpeg' ? (colour ?? '#ffffff') : colour;
    return { format, output: { ...finish, type: format, background }, behind: null };
  }

  /** A JPEG has no transparency, a matte no background. */
  #allow() {
    const { value } = this.#format;
    this.#behind.disabled = value === 'jpeg' || value === 'alpha';
    if (value === 'jpeg') this.#behind.value = 'shown';
  }
}

/**
 * "IMG 12.heic" saved as PNG: "IMG 12-cutout.png".
 *
 * @param {string} original name of the photo's file; may be empty
 * @param {Format} format
 * @param {string} type media type of what is saved
 */
export function fileName(original, format, type) {
  const stem = original.replace(/\.[^.]*$/, '') || t('save.unnamed');
  const kind = format === 'alpha' ? t('save.matte') : t('save.cutout');
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

/**
 * Put a PNG on the clipboard. The promise is handed over as it is: some browsers allow writing only while the press of
 * a button is being handled.
 *
 * @param {Promise<Blob>} png
 */
export async function copy(png) {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export async function share(blob, name) {
  await navigator.share({ files: [new File([blob], name, { type: blob.type })] });
}

function canShare() {
  return navigator.canShare?.({ files: [new File([], 'a.png', { type: 'image/png' })] }) ?? false;
}
