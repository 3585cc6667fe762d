/** Words that several parts of the page use, in Japanese. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'common'>} */
export const common = {
  'common.close': '閉じる',
  'common.cancel': 'キャンセル',
  'common.undo': '元に戻す',
  'common.redo': 'やり直す',
  'common.seconds': '{seconds}秒',
  'common.pixels': '{width} × {height}\u00a0px',
  'common.megabytes': '{megabytes}\u00a0MB',
};
