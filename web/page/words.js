/**
 * Every text that a person sees or hears on this page, in one place: translate this file and the page is translated.
 *
 * Errors and notices are the exception: they come with their own words from the pipeline that raised them.
 *
 * @module
 */

/** @import { Format } from './download.js' */
/** @import { Progress } from './progress.js' */

const LANGUAGE = 'en';

/** Fixed texts, by the `data-word` and `data-label` attributes of index.html. */
export const fixed = {
  name: 'Gossamer',
  privacy: 'Your photo never leaves this device.',
  about: 'About',

  stage: 'Photo',
  choose: 'Choose a photo',
  retry: 'Try again',
  back: 'Back to the cut-out',
  other: 'Choose another photo',
  dropNow: 'Let go to use this photo',

  dock: 'Progress and result',
  progress: 'Progress',
  firstUse: 'The first photo starts a download, once per device. Its size is shown as soon as it begins.',
  cancel: 'Cancel',
  escapeKey: 'Esc',

  backdrop: 'Show on',
  checker: 'Checkerboard',
  white: 'White',
  black: 'Black',
  green: 'Green',
  custom: 'Your colour',
  pickColour: 'Pick your colour',
  compare: 'Original',
  format: 'File format',
  download: 'Download',
  another: 'Another photo',

  aboutTitle: 'About Gossamer',
  aboutPrivacy: 'Gossamer removes the background of a photo. It does all of the work in this browser: the photo is '
    + 'read, cut out and saved here, and no part of it is sent anywhere.',
  aboutFirstUse: 'What it works with is downloaded with the first photo and kept by the browser, so later photos '
    + 'start at once.',
  oneCore: 'Working on one core here: this site is served without cross-origin isolation. The result is the same, '
    + 'it only takes longer.',
  lastPhoto: 'Last photo',
  licences: 'Licences',
  close: 'Close',
};

/** What the status line says when nothing is going on; `noted` overrides it with something that just happened. */
export const status = {
  ready: 'Ready for a photo',
  started: 'Starting…',
  loading: 'Getting ready…',
  done: 'Background removed',
  failed: 'No cut-out this time',
};

export const noted = {
  cancelled: 'Cancelled. Ready for a photo',
  noPicturePasted: 'There is no picture on the clipboard',
  noPictureDropped: 'That was no file. Save the picture first, then drop it here',
  onlyFirst: /** @param {number} count */ (count) => `Only the first of ${count} files was used.`,
  saving: /** @param {string} name */ (name) => `Saving ${name}`,
};

/** Formats that every browser opens; others depend on the browser. */
export const formatsLine = 'JPEG, PNG, WebP and more';

/** @param {boolean} touch whether the device has no pointer that could drag a file */
export const invitation = (touch) => (touch ? 'Start with a photo' : 'Drop a photo anywhere');

/** @param {boolean} mac */
export const pasteHint = (mac) => `or paste one with ${mac ? '⌘V' : 'Ctrl+V'}`;

/** What stands for an error that is not one of Gossamer's own, which always explain themselves. */
export const unexplained = {
  message: 'Something went wrong on this page.',
  advice: 'Try again. If it happens once more, reload the page.',
};

/** The canvas, for those who cannot see it. @type {Record<'photo' | 'dimmed' | 'cutout', string>} */
export const picture = {
  photo: 'The original photo',
  dimmed: 'The photo, dimmed',
  cutout: 'The photo without its background',
};

/**
 * One stage in plain words; stages that belong together for a person share theirs.
 *
 * @param {Progress['stage']} stage
 * @returns {string}
 */
export function stageWords(stage) {
  switch (stage) {
    case 'download':
    case 'start':
      return status.loading;
    case 'decode':
      return 'Opening the photo…';
    case 'prepare':
    case 'infer':
      return 'Finding the subject…';
    case 'refine':
      return 'Refining the edges…';
    case 'compose':
    case 'encode':
      return 'Finishing the cut-out…';
    default:
      return status.started;
  }
}

/**
 * The small line under the status while working: "12.4 of 30.1 MB, once per device · 3 s".
 *
 * @param {{ done: number, total: number } | null} bytes of the download, while it runs
 * @param {number} elapsedMs
 */
export function workingFacts(bytes, elapsedMs) {
  const elapsed = unit(Math.floor(elapsedMs / 1000), 'second', 0);
  return bytes === null ? elapsed : joined(`${amount(bytes)}, once per device`, elapsed);
}

/**
 * The small line under the status of a result: "1024 × 1024 px · 0.9 s · on this device".
 *
 * @param {{ width: number, height: number }} size px
 * @param {number} workedMs
 * @param {number} loadedBytes what was downloaded before; 0 for nothing
 */
export function doneFacts({ width, height }, workedMs, loadedBytes) {
  const size = `${plain.format(width)} × ${plain.format(height)} px`;
  const loaded = loadedBytes > 0 ? [`${unit(loadedBytes / 1e6, 'megabyte', 1)} loaded, once per device`] : [];
  return joined(size, unit(workedMs / 1000, 'second', 1), 'on this device', ...loaded);
}

/**
 * @param {Format} format
 * @param {string} colour name of the colour behind a JPEG, which has no transparency
 */
export function formatWords(format, colour) {
  return { png: 'PNG, transparent', webp: 'WebP, transparent', jpeg: `JPEG, ${colour}`, alpha: 'Matte only, PNG' }[format];
}

/** "on white"; the checkerboard is no colour, so white stands for it. @param {string} backdrop */
export function onColour(backdrop) {
  const names = /** @type {Record<string, string>} */ ({ black: 'on black', green: 'on green', custom: 'your colour' });
  return names[backdrop] ?? 'on white';
}

/** File names of what is saved: "portrait-cutout.png". @type {Record<'cutout' | 'matte' | 'unnamed', string>} */
export const fileWords = { cutout: 'cutout', matte: 'matte', unnamed: 'photo' };

/**
 * A row of the timings in the About dialog.
 *
 * @param {string} stage
 * @param {number} ms
 * @returns {[name: string, value: string]}
 */
export function timingRow(stage, ms) {
  const names = /** @type {Record<string, string>} */ ({
    decode: 'Open', prepare: 'Prepare', infer: 'Find the subject', refine: 'Refine edges', compose: 'Compose',
    encode: 'Write the file', total: 'In all',
  });
  return [names[stage] ?? stage, unit(ms / 1000, 'second', 2)];
}

/** @param {string} model @returns {[name: string, value: string]} */
export const modelRow = (model) => ['Model', model];

const plain = new Intl.NumberFormat(LANGUAGE, { useGrouping: false });

/** @param {number} value @param {string} name a unit of Intl.NumberFormat @param {number} digits after the point */
function unit(value, name, digits) {
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit: name, ...places }).format(value);
}

/** "12.4 of 30.1 MB". @param {{ done: number, total: number }} bytes */
function amount({ done, total }) {
  const one = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${one.format(done / 1e6)} of ${unit(total / 1e6, 'megabyte', 1)}`;
}

/** @param {string[]} parts */
const joined = (...parts) => parts.join(' · ');
