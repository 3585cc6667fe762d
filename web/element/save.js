/** The name of a cut-out's file, and saving it. @module */

/** Some browsers read the blob only after the click has returned. */
const REVOKE_AFTER_MS = 60_000;
const MAX_STEM_LENGTH = 100;

const EXTENSIONS = /** @type {Record<string, string>} */ ({ 'image/webp': 'webp', 'image/jpeg': 'jpg' });

/**
 * "shoe.jpg" as a PNG is "shoe-cutout.png". A photo's name is whatever its maker liked: what could lead out of a folder,
 * or turn the end of a name around, is left out.
 *
 * @param {string} original May be empty.
 * @param {string} type Media type of the cut-out.
 * @param {boolean} matte Whether it is the matte alone.
 */
export function fileName(original, type, matte) {
  const plain = original.replace(/\.[^.]*$/, '').replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, '').trim();
  const stem = [...plain].slice(0, MAX_STEM_LENGTH).join('').replace(/^\.+/, '') || 'photo';
  return `${stem}-${matte ? 'matte' : 'cutout'}.${EXTENSIONS[type] ?? 'png'}`;
}

/** @param {File} file */
export function save(file) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
