/** What is said about files that were not taken. @module */

/** @import { Key } from '../../words/words.js' */
/** @import { About } from './gathering.js' */
/** @import { Kind } from './kinds.js' */
import { t } from '../../words/words.js';
import { MOST_LEVELS, MOST_PHOTOS } from './gathering.js';

/** For a single kind of file there is something to say that helps. @type {Partial<Record<Kind, Key>>} */
const KINDS = {
  raw: 'intake.raw', video: 'intake.video', pdf: 'intake.pdf', svg: 'intake.svg', unread: 'intake.unread',
};

/**
 * Nothing came in that is a photo: why, and what to do.
 *
 * @param {About} about
 * @returns {string}
 */
export function nothing({ way, skipped, unreadable, folders }) {
  const kinds = /** @type {[Kind, number][]} */ (Object.entries(skipped));
  const count = kinds.reduce((sum, [, one]) => sum + one, 0);
  const [[kind, ofKind] = [null, 0]] = kinds;
  const key = kind && kinds.length === 1 ? KINDS[kind] : undefined;
  if (key) return t(key, { count: ofKind });
  if (unreadable > 0 && count === 0) return t('intake.unreadable', { count: unreadable });
  if (folders) return t('intake.emptyFolder');
  if (count > 0) return t('intake.noPhotos', { count });
  return t(way === 'paste' ? 'intake.nothingPasted' : 'intake.nothingDropped');
}

/**
 * What was left out beside the photos that were taken, a sentence each.
 *
 * @param {About} about
 * @returns {string[]}
 */
export function remarks({ skipped, unreadable, full, deep }) {
  const { raw = 0, ...others } = skipped;
  const count = Object.values(others).reduce((sum, one) => sum + one, 0);
  return [
    ...(full ? [t('intake.full', { count: MOST_PHOTOS })] : []),
    ...(deep ? [t('intake.deep', { count: MOST_LEVELS })] : []),
    ...(count > 0 ? [t('intake.skipped', { count })] : []),
    ...(raw > 0 ? [t('intake.skippedRaw', { count: raw })] : []),
    ...(unreadable > 0 ? [t('intake.unreadable', { count: unreadable })] : []),
  ];
}
