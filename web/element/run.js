/**
 * One run, from a photo to its cut-out, and all that is only needed from then on: loaded when a visitor starts.
 *
 * @module
 */

/** @import { Progress } from '../shared/protocol.js' */
/** @import { RemoveResult } from '../gossamer.js' */
/** @import { Wishes } from './messages.js' */
import { failure, GossamerError } from '../shared/errors.js';
import { Meter } from '../shared/meter.js';
import { openEngine } from './engine.js';
import { paint, paintUnopened } from './picture.js';
import { fileName } from './save.js';

export { paint } from './picture.js';
export { save } from './save.js';
export { errorWords, progressWords } from './telling.js';

/**
 * @typedef {Progress & { fraction: number }} CutoutProgress `fraction` is 0 to 1 over everything, and never goes back.
 * @typedef {RemoveResult & { file: File }} CutoutResult `file` is what a form submits.
 *
 * @typedef {{ photo: unknown } | { address: string }} Source
 *
 * @typedef {object} Course
 * @property {Wishes} wishes
 * @property {AbortSignal} signal
 * @property {{ original: HTMLCanvasElement, cutout: HTMLCanvasElement }} pictures
 * @property {(photo: Blob) => void} onphoto It has been fetched.
 * @property {(progress: CutoutProgress) => void} onprogress
 */

/**
 * @param {Source} source
 * @param {Course} course
 * @returns {Promise<{ result: CutoutResult, comparable: boolean }>} `comparable`: the two pictures are of one size.
 * @throws {GossamerError} `aborted` as soon as the signal says so.
 */
export async function cutOut(source, course) {
  const { wishes, signal, pictures, onphoto, onprogress } = course;
  try {
    const photo = await open(source, signal);
    signal.throwIfAborted();
    onphoto(photo);
    const drawn = paintUnopened(pictures.original, photo, signal);
    const meter = new Meter();
    const engine = await untilAborted(signal, openEngine());
    const result = await engine.removeBackground(photo, {
      ...wishes,
      signal,
      onprogress: (progress) => {
        if (signal.aborted) return;
        meter.update(progress);
        onprogress({ ...progress, fraction: meter.fraction });
      },
    });
    const { blob } = result;
    const before = await drawn ?? await paint(pictures.original, photo, signal);
    const after = await paint(pictures.cutout, blob, signal);
    signal.throwIfAborted();
    const name = fileName(photo instanceof File ? photo.name : '', blob.type, wishes.output.type === 'alpha');
    const file = new File([blob], name, { type: blob.type });
    const comparable = before !== null && before.width === after?.width && before.height === after.height;
    return { result: { ...result, file }, comparable };
  } catch (error) {
    throw known(error, signal);
  }
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 */
function known(error, signal) {
  if (signal.aborted) return failure('aborted', 'Stopped as asked.', { cause: error });
  return error instanceof GossamerError ? error : failure('start-failed', String(error), { cause: error });
}

/**
 * @param {Source} source
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
async function open(source, signal) {
  if ('address' in source) return fetchPhoto(source.address, signal);
  if (source.photo instanceof Blob) return source.photo;
  throw failure('source-type', 'What was given is neither a Blob nor a File.');
}

/**
 * @param {string} address
 * @param {AbortSignal} signal
 */
async function fetchPhoto(address, signal) {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw failure('source-unreachable', `The address ${address} answered ${response.status}.`);
    return new File([await response.blob()], nameIn(address));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw failure('source-unreachable', `The address ${address} can't be reached, or not by this page.`, { cause });
  }
}

/**
 * The last part of an address's path, as it reads.
 *
 * @param {string} address
 */
function nameIn(address) {
  const last = new URL(address).pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // a percent sign that stands for itself
  }
}

/**
 * Opening the engine is everybody's: one who no longer wants it stops waiting, and it goes on.
 *
 * @template T
 * @param {AbortSignal} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function untilAborted(signal, promise) {
  const heard = new AbortController();
  const aborted = /** @type {Promise<never>} */ (new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: heard.signal });
  }));
  promise.catch(() => {}); // it may fail after the abort
  try {
    signal.throwIfAborted();
    return await Promise.race([aborted, promise]);
  } finally {
    heard.abort();
  }
}
