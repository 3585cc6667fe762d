/**
 * Errors and notices for a person. They come with English words of their own, which say more than a code can; in
 * another language the code's words stand for them.
 *
 * @module
 */

import { GossamerError } from '../gossamer.js';
import { language, t, words } from '../words/words.js';

/** @import { Notice, PlainError } from '../shared/protocol.js' */
/** @import { Key } from '../words/words.js' */

/**
 * An error in its plain form; whatever isn't one of Gossamer's own becomes one.
 *
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toProblem(error) {
  if (error instanceof GossamerError) {
    const { code, stage, message, advice, retryable } = error;
    return { code, stage, message, advice, retryable };
  }
  console.error(error);
  const [message, advice] = [t('error.unexplained'), t('error.unexplained.advice')];
  return { code: 'unexplained', stage: 'page', message, advice, retryable: true };
}

/**
 * @param {Pick<PlainError, 'code' | 'message' | 'advice'>} problem
 * @returns {{ message: string, advice: string }}
 */
export function explained({ code, message, advice }) {
  if (language() === 'en') return { message, advice };
  return { message: wordsFor(`error.${code}`) ?? message, advice: wordsFor(`error.${code}.advice`) ?? advice };
}

/** @param {Notice} notice */
export function noticed({ code, message }) {
  return language() === 'en' ? message : (wordsFor(`notice.${code}`) ?? message);
}

/** @param {string} key */
function wordsFor(key) {
  return key in words() ? t(/** @type {Key} */ (key)) : null;
}
