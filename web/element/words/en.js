/** English: the element's language where no other is asked for, and the list of all keys. @module */

export const words = {
  choose: 'Choose a photo',
  hint: 'or drop or paste one here',
  drop: 'Let go to use this photo',
  private: 'The background is removed on this device.',
  start: 'Remove the background',
  cancel: 'Cancel',
  retry: 'Try again',
  replace: 'Replace',
  clear: 'Remove',
  download: 'Download',
  compare: 'Before and after',
  tools: 'Photo',
  progress: 'Progress',

  original: 'The original photo',
  cutout: 'The photo without its background',

  loading: 'Getting ready…',
  bytes: 'Getting ready: {done} of {total}\u00a0MB',
  opening: 'Opening the photo…',
  finding: 'Finding the subject…',
  tracing: 'Tracing the edges…',
  finishing: 'Finishing the cut-out…',
  done: 'The background is removed.',
  unsure: 'The background is removed. Please check the result: the subject was hard to tell.',
  cancelled: 'Cancelled.',
  cleared: 'The photo is removed.',

  missing: 'Please add a photo.',
  busy: 'Please wait until the cut-out is ready.',

  nothing: 'That was no photo.',
  input: 'This file can’t be used as a photo.',
  large: 'This photo is too large.',
  memory: 'There was not enough memory. Please try a smaller photo.',
  network: 'Part of this tool could not be loaded. Please check your connection.',
  address: 'The photo could not be loaded.',
  browser: 'This browser can’t do that. Please use a current one.',
  refused: 'This tool is not available on this site.',
  failed: 'That did not work.',
};
