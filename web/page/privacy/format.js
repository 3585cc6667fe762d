/** Sizes and times as the privacy panel writes them. @module */

/** @import { PlainError } from '../../shared/protocol.js' */
import { language, number, t } from '../../words/words.js';
import { explained } from '../explain.js';

/** @param {number} bytes */
export function size(bytes) {
  if (bytes > 0 && bytes < 1e5) return t('ledger.kilobytes', { kilobytes: number(bytes / 1e3, 1) });
  return t('common.megabytes', { megabytes: number(bytes / 1e6, 1) });
}

/** @param {number} ms */
export function seconds(ms) {
  return t('common.seconds', { seconds: number(ms / 1000, 1) });
}

/** The time of day. @param {number} at Milliseconds since 1970. */
export function clock(at) {
  const digits = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return new Intl.DateTimeFormat(language(), digits).format(at);
}

/** What happened, and what to do about it. @param {Pick<PlainError, 'code' | 'message' | 'advice'>} problem */
export function trouble(problem) {
  const { message, advice } = explained(problem);
  return `${message} ${advice}`.trim();
}
