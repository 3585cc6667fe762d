/** Pictures in what is pasted, or dragged in from another page. @module */

const DATA_IMAGE = /^data:(image\/[a-z0-9.+-]+);base64,/i;

/**
 * The files of a clipboard or a drag; where it has none, the pictures that its HTML carries in itself. (One that it
 * names by its address belongs to another site: it would have to be fetched from there, and nothing is.)
 *
 * @param {DataTransfer | null} data
 * @returns {File[]}
 */
export function filesIn(data) {
  const files = [...(data?.files ?? [])];
  if (files.length > 0 || !data) return files;
  const html = new DOMParser().parseFromString(data.getData('text/html'), 'text/html'); // runs and loads nothing
  return [...html.images].flatMap((image) => fileOfAddress(image.getAttribute('src') ?? ''));
}

/** @param {string} address @returns {File[]} one or none */
function fileOfAddress(address) {
  const [head, type] = DATA_IMAGE.exec(address) ?? [];
  if (head === undefined || type === undefined) return [];
  try {
    const text = atob(address.slice(head.length));
    return [new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], '', { type: type.toLowerCase() })];
  } catch {
    return []; // no base64
  }
}

/**
 * Whether something is to be pasted as text where a person writes, rather than taken in.
 *
 * @param {ClipboardEvent} event
 */
export function isForWriting({ target, clipboardData }) {
  if (!clipboardData?.types.includes('text/plain')) return false;
  if (target instanceof HTMLInputElement) return !['button', 'checkbox', 'color', 'radio', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}
