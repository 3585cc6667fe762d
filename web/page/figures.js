/** Measures in words: a number and its unit, and the rows of figures about a photo. @module */

import { number, t } from '../words/words.js';
import { h } from './dom.js';

/** @import { Draft } from '../gossamer.js' */

/** @typedef {[name: string, value: string]} Row */

/** @param {number} ms @param {number} digits */
export const seconds = (ms, digits) => t('common.seconds', { seconds: number(ms / 1000, digits) });

/** @param {number} bytes */
export const megabytes = (bytes) => t('common.megabytes', { megabytes: number(bytes / 1e6, 1) });

/** @param {number} width @param {number} height */
export const pixels = (width, height) => t('common.pixels', { width, height });

/** @param {number} share 0 to 1 */
export const percent = (share) => t('page.percent', { percent: Math.round(share * 100) });

/** @param {...string} parts */
export const joined = (...parts) => parts.join(' · ');

/**
 * At what size things were seen and solved, and how sure the network is.
 *
 * @param {Draft} draft
 * @returns {Row[]}
 */
export function draftRows({ model, confidence, bandWidth, width, height, details: { networkWidth, networkHeight } }) {
  /** @type {Row[]} */
  const rows = [];
  if (model !== null) rows.push([t('figure.network'), model]);
  if (networkWidth !== null && networkHeight !== null) {
    rows.push([t('figure.seenAt'), pixels(networkWidth, networkHeight)]);
  }
  rows.push([t('figure.solvedAt'), pixels(width, height)]);
  if (confidence !== null) rows.push([t('figure.confidence'), percent(confidence)]);
  rows.push([t('figure.band'), t('figure.bandWide', { pixels: Math.round(bandWidth) })]);
  return rows;
}

/**
 * @param {Draft} draft
 * @param {number} loadedBytes
 * @returns {Row[]}
 */
export function timingRows({ timings }, loadedBytes) {
  /** @type {Row[]} */
  const rows = [];
  for (const stage of /** @type {const} */ (['decode', 'segment', 'trimap', 'matting', 'total'])) {
    const ms = timings[stage];
    if (ms !== undefined) rows.push([t(`figure.${stage}`), seconds(ms, 2)]);
  }
  if (loadedBytes > 0) rows.push([t('figure.loaded'), megabytes(loadedBytes)]);
  return rows;
}

/**
 * @param {HTMLElement} list a `dl`
 * @param {Row[]} rows
 */
export function fillRows(list, rows) {
  list.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}
