/** Words that several parts of the page use, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'common'>} */
export const common = {
  'common.close': 'Fermer',
  'common.cancel': 'Annuler',
  'common.undo': 'Annuler la dernière action',
  'common.redo': 'Rétablir',
  'common.seconds': '{seconds}\u00a0s',
  'common.pixels': '{width} × {height}\u00a0px',
  'common.megabytes': '{megabytes}\u00a0Mo',
};
