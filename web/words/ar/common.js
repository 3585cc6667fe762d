/** Words that several parts of the page use, in Arabic. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'common'>} */
export const common = {
  'common.close': 'إغلاق',
  'common.cancel': 'إلغاء',
  'common.undo': 'تراجع',
  'common.redo': 'إعادة',
  'common.seconds': '{seconds}\u00a0ث',
  // Width before height, from left to right, as everywhere: isolated, or the text would turn them round.
  'common.pixels': '\u2066{width} × {height}\u2069\u00a0بكسل',
  'common.megabytes': '{megabytes}\u00a0ميغابايت',
};
