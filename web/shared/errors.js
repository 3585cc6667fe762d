/**
 * Errors that reach a person: a stable code, the stage it came from, what to do about it, whether to try again.
 *
 * The codes below are the browser's own. Errors of the pipeline (`input-…`, `option-invalid`, `inference-failed`,
 * `out-of-memory`, …) are born in `py/gossamer/errors.py` and arrive complete. docs/errors.md lists both.
 *
 * @module
 */

/** @import { PlainError } from './protocol.js' */

/** @type {Readonly<Record<string, { stage: string, advice: string, retryable: boolean }>>} */
export const BROWSER_CODES = Object.freeze({
  'source-type': {
    stage: 'source',
    advice: 'Pass a Blob, File, same-origin URL, ImageBitmap, ImageData, or an image or canvas element.',
    retryable: false,
  },
  'source-unreachable': { stage: 'source', advice: 'Check the address.', retryable: true },
  'source-cross-origin': {
    stage: 'source',
    advice: 'Save the picture and choose it as a file: pages may not read pixels of other sites.',
    retryable: false,
  },
  'asset-missing': {
    stage: 'download',
    advice: 'Check the connection and try again. If you host this page, upload the whole dist folder.',
    retryable: true,
  },
  'asset-corrupt': {
    stage: 'download',
    advice: 'Reload the page. If you host it, upload the whole dist folder again.',
    retryable: true,
  },
  'storage-full': {
    stage: 'download',
    advice: 'Free some space on this device, or go on without an offline copy.',
    retryable: true,
  },
  'unsupported-browser': {
    stage: 'start',
    advice: 'Use a current version of Chrome, Edge, Firefox or Safari.',
    retryable: false,
  },
  'embed-refused': {
    stage: 'start',
    advice: 'If you host Gossamer, name this page’s origin in embed.json.',
    retryable: false,
  },
  'embed-unreachable': {
    stage: 'start',
    advice: 'Allow the frame in this page’s Content-Security-Policy (frame-src), and this page’s origin in embed.json.',
    retryable: true,
  },
  'worker-died': { stage: 'run', advice: 'Try again; if it fails again, use a smaller picture.', retryable: true },
  'start-failed': { stage: 'start', advice: 'Reload the page and try again.', retryable: true },
  aborted: { stage: 'run', advice: '', retryable: true },
  disposed: { stage: 'run', advice: '', retryable: true },
});

export class GossamerError extends Error {
  /**
   * @param {PlainError} plain
   * @param {ErrorOptions} [options]
   */
  constructor(plain, options) {
    super(plain.message, options);
    // What web code tests for after an abort, whoever threw it.
    this.name = plain.code === 'aborted' ? 'AbortError' : 'GossamerError';
    this.code = plain.code;
    this.stage = plain.stage;
    this.advice = plain.advice;
    this.retryable = plain.retryable;
  }
}

/**
 * Make one of the browser's own errors.
 *
 * @param {string} code A key of `BROWSER_CODES`.
 * @param {string} message
 * @param {{ stage?: string, cause?: unknown }} [more]
 */
export function failure(code, message, { stage, cause } = {}) {
  const known = BROWSER_CODES[code];
  if (!known) throw new TypeError(`Unknown error code ${code}`);
  const { advice, retryable } = known;
  return new GossamerError({ code, message, advice, retryable, stage: stage ?? known.stage }, { cause });
}

/**
 * The pipeline's own error, made here for what can't even be sent to it.
 *
 * @param {string} message
 * @param {ErrorOptions} [options]
 */
export function invalidOption(message, options) {
  const advice = 'Change the option and try again.';
  return new GossamerError({ code: 'option-invalid', stage: 'options', message, advice, retryable: false }, options);
}

/**
 * The pipeline's own error, made here for a network: the pipeline goes on without its result where it can.
 *
 * @param {unknown} cause
 */
export function outOfMemory(cause) {
  const advice = 'Close other tabs or programs, or use a smaller picture.';
  const plain = { code: 'out-of-memory', stage: 'segment', message: words(cause), advice, retryable: true };
  return new GossamerError(plain, { cause });
}

/**
 * What of an error survives a postMessage; anything unexpected becomes `start-failed` or the given code.
 *
 * @param {unknown} error
 * @param {string} [otherwise] Code for what is no GossamerError.
 * @returns {PlainError}
 */
export function toPlain(error, otherwise = 'start-failed') {
  const known = error instanceof GossamerError ? error : failure(otherwise, words(error));
  const { code, stage, message, advice, retryable } = known;
  return { code, stage, message, advice, retryable };
}

/** @param {unknown} error */
function words(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
