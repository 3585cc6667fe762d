/** Words that several parts of the page use, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'common'>} */
export const common = {
  'common.close': 'Schließen',
  'common.cancel': 'Abbrechen',
  'common.undo': 'Rückgängig',
  'common.redo': 'Wiederholen',
  'common.seconds': '{seconds}\u00a0s',
  'common.pixels': '{width} × {height}\u00a0px',
  'common.megabytes': '{megabytes}\u00a0MB',
};
