/** Sizes and times as the privacy panel writes them. @module */

import { language, number, t } from '../../words/words.js';

/** @param {number} bytes */
export function megabytes(bytes) {
  return t('common.megabytes', { megabytes: number(bytes / 1e6, bytes < 1e6 ? 2 : 1) });
}

/** @param {number} ms */
export function seconds(ms) {
  return t('common.seconds', { seconds: number(ms / 1000, 1) });
}

/** The time of day. @param {number} at Milliseconds since 1970. */
export function clock(at) {
  return new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}
