/** Words that several parts of the page use. @module */

export const common = {
  'common.close': 'Close',
  'common.cancel': 'Cancel',
  'common.undo': 'Undo',
  'common.redo': 'Redo',
  // A number and its unit stay on one line: the space between them does not break.
  'common.seconds': '{seconds}\u00a0s',
  'common.pixels': '{width} × {height}\u00a0px',
  'common.megabytes': '{megabytes}\u00a0MB',
};
