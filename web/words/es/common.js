/** Words that several parts of the page use, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'common'>} */
export const common = {
  'common.close': 'Cerrar',
  'common.cancel': 'Cancelar',
  'common.undo': 'Deshacer',
  'common.redo': 'Rehacer',
  'common.seconds': '{seconds}\u00a0s',
  'common.pixels': '{width} × {height}\u00a0px',
  'common.megabytes': '{megabytes}\u00a0MB',
};
