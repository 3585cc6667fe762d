/**
 * Whatever a caller calls a photo becomes something a worker can take, without reading a pixel here.
 *
 * @module
 */

/** @import { JobSource } from '../shared/protocol.js' */
import { failure, invalidOption } from '../shared/errors.js';

/**
 * @typedef {Blob | string | URL | ImageBitmap | ImageData | HTMLImageElement | SVGImageElement | HTMLVideoElement
 *   | HTMLCanvasElement | OffscreenCanvas} PhotoSource
 */

/**
 * Throw `source-type` for what can't be a photo, before anything is started for it.
 *
 * @param {unknown} source
 */
export function requirePhoto(source) {
  if (!isPhoto(source)) throw failure('source-type', `A ${describe(source)} is not a photo.`);
}

/**
 * Throw `option-invalid` for what can't be a trimap.
 *
 * @param {unknown} source
 */
export function requireTrimap(source) {
  if (!isPhoto(source)) throw invalidOption(`A ${describe(source)} is not a trimap: it comes as a photo does.`);
}

/**
 * @param {PhotoSource} source
 * @param {AbortSignal} signal
 * @returns {Promise<{ source: JobSource, moved: Transferable[] }>}
 */
export async function toJobSource(source, signal) {
  if (source instanceof Blob) return { source: { kind: 'file', blob: source }, moved: [] };
  if (typeof source === 'string' || source instanceof URL) {
    return { source: { kind: 'file', blob: await fetchPhoto(source, signal) }, moved: [] };
  }
  if (source instanceof ImageData) {
    const { data, width, height } = source;
    return { source: { kind: 'pixels', data: new Uint8ClampedArray(data), width, height }, moved: [] };
  }
  const bitmap = await toBitmap(source);
  return { source: { kind: 'bitmap', bitmap }, moved: [bitmap] };
}

/**
 * @param {string | URL} address
 * @param {AbortSignal} signal
 */
async function fetchPhoto(address, signal) {
  const url = parse(address);
  if (url.origin !== location.origin) {
    throw failure('source-cross-origin', `${url.origin} is another site: its pictures can't be fetched.`);
  }
  try {
    const response = await fetch(url, { signal, redirect: 'error' });
    if (!response.ok) throw failure('source-unreachable', `The address ${url.href} answered ${response.status}.`);
    return await response.blob();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw failure('source-unreachable', `The address ${url.href} can't be reached.`, { cause });
  }
}

/** @param {string | URL} address */
function parse(address) {
  try {
    return new URL(address, document.baseURI);
  } catch (cause) {
    throw failure('source-unreachable', `${String(address)} is not an address.`, { cause });
  }
}

/**
 * A copy of what is drawn: the caller's own bitmap stays usable.
 *
 * @param {ImageBitmap | HTMLImageElement | SVGImageElement | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas} source
 */
async function toBitmap(source) {
  try {
    if (source instanceof HTMLImageElement) await source.decode();
    const bitmap = await createImageBitmap(source, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
    requireReadable(bitmap);
    return bitmap;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'SecurityError') {
      throw failure('source-cross-origin', 'The picture comes from another site: its pixels can’t be read.', { cause });
    }
    throw failure('source-unreachable', 'The picture is not loaded, broken or empty.', { cause });
  }
}

/**
 * A bitmap of another site's picture is made without complaint, and refuses only to be read or sent.
 *
 * @param {ImageBitmap} bitmap
 */
function requireReadable(bitmap) {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  context?.getImageData(0, 0, 1, 1);
}

/** @param {unknown} source */
function isPhoto(source) {
  return source instanceof Blob || typeof source === 'string' || source instanceof URL
    || source instanceof ImageData || isDrawable(source);
}

/**
 * @param {unknown} source
 * @returns {source is ImageBitmap | HTMLImageElement | SVGImageElement | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas}
 */
function isDrawable(source) {
  return [ImageBitmap, HTMLImageElement, SVGImageElement, HTMLVideoElement, HTMLCanvasElement, OffscreenCanvas]
    .some((kind) => source instanceof kind);
}

/** @param {unknown} value */
function describe(value) {
  return value === null || typeof value !== 'object' ? String(value) : (value.constructor?.name ?? 'object');
}
