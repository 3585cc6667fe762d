/**
 * Every text that a person sees or hears on this page, in one place, ready to be translated.
 *
 * Errors and notices are the exception: they come with their own words from the pipeline that raised them.
 *
 * @module
 */

/** @import { Format } from './download.js' */
/** @import { Progress } from '../shared/protocol.js' */

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
  subject: 'Subject',
  auto: 'Auto',
  person: 'Person',
  object: 'Object',
  format: 'File format',
  download: 'Download',
  another: 'Another photo',

  aboutTitle: 'About Gossamer',
  aboutPrivacy: 'Gossamer removes the background of a photo. It does all of the work in this browser: the '
    + 'photo is read, cut out and saved here, and no part of it is sent anywhere.',
  aboutFirstUse: 'What it works with is downloaded with the first photo and kept by the browser, so later '
    + 'visits need no download.',
  oneCore: 'Working on one core here: this site is served without cross-origin isolation. The result is the '
    + 'same, it only takes longer.',
  lastPhoto: 'Last photo',
  licences: 'Licences',
  close: 'Close',
};

/** The status line of each state; `noted` overrides it with something that just happened. */
export const status = {
  ready: 'Ready for a photo',
  started: 'Starting…',
  loading: 'Getting ready…',
  done: 'Background removed',
  failed: 'No cut-out this time',
};

export const noted = {
  cancelled: 'Cancelled. Ready for a photo',
  nothing: {
    paste: 'There is no picture on the clipboard',
    drop: 'That was no file. Save the picture first, then drop it here',
  },
  onlyFirst: /** @param {number} count */ (count) => `Only the first of ${count} files was used.`,
  saving: /** @param {string} name */ (name) => `Saving ${name}`,
};

/** The small line under the status where there is nothing to measure. */
export const facts = {
  /** What every browser opens; more depends on the browser. */
  formats: 'JPEG, PNG, WebP and more',
  failed: 'Ready for another photo',
};

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
      return status.loading;
    case 'start':
      return 'Starting up…';
    case 'decode':
      return 'Opening the photo…';
    case 'segment':
      return 'Finding the subject…';
    case 'trimap':
    case 'matting':
      return 'Tracing the edges…';
    case 'foreground':
      return 'Cleaning the colours…';
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
  const elapsed = seconds(Math.floor(elapsedMs / 1000) * 1000, 0);
  if (bytes === null) return elapsed;
  return joined(`${decimal(bytes.done / 1e6, 1)} of ${megabytes(bytes.total)}, once per device`, elapsed);
}

/**
 * The small line under the status of a result: "1024 × 1024 px · 0.9 s · on this device".
 *
 * @param {{ width: number, height: number }} size px
 * @param {number} workedMs
 */
export function doneFacts({ width, height }, workedMs) {
  return joined(pixels(width, height), seconds(workedMs, 1), 'on this device');
}

/**
 * @param {Format} format
 * @param {string} colour name of the colour behind a JPEG, which has no transparency
 */
export function formatWords(format, colour) {
  const names = {
    png: 'PNG',
    webp: 'WebP',
    jpeg: `JPEG, ${colour}`,
    alpha: 'Matte only',
  };
  return names[format];
}

/** "on white"; the checkerboard is no colour, so white stands for it. @param {string} backdrop */
export function onColour(backdrop) {
  /** @type {Record<string, string>} */
  const names = { black: 'on black', green: 'on green', custom: 'on your colour' };
  return names[backdrop] ?? 'on white';
}

/** Parts of the names of what is saved: "portrait-cutout.png". */
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
    decode: 'Open', segment: 'Find the subject', trimap: 'Mark the edges', matting: 'Trace the edges',
    foreground: 'Clean the colours', compose: 'Compose', encode: 'Write the file', total: 'In all, with loading',
  });
  return [names[stage] ?? stage, seconds(ms, 2)];
}

/** @param {string} model @returns {[name: string, value: string]} */
export const networkRow = (model) => ['Network', model];

/** @param {number} width @param {number} height @returns {[name: string, value: string]} */
export const seenRow = (width, height) => ['Seen at', pixels(width, height)];

/** @param {number} share 0 to 1 @returns {[name: string, value: string]} */
export const confidenceRow = (share) => ['Confidence', `${decimal(share * 100, 0)}\u00a0%`];

/** @param {number} px @returns {[name: string, value: string]} */
export const bandRow = (px) => ['Edge band', `${decimal(px, 0)}\u00a0px wide`];

/** @param {number} bytes @returns {[name: string, value: string]} */
export const loadedRow = (bytes) => ['Loaded before, once per device', megabytes(bytes)];

/**
 * @param {number} value
 * @param {number} digits after the point
 */
function decimal(value, digits) {
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(LANGUAGE, { useGrouping: false, ...places }).format(value);
}

// A number and its unit stay on one line: the space between them does not break.

/** @param {number} ms @param {number} digits */
const seconds = (ms, digits) => `${decimal(ms / 1000, digits)}\u00a0s`;

/** @param {number} width @param {number} height */
const pixels = (width, height) => `${decimal(width, 0)} × ${decimal(height, 0)} px`;

/** @param {number} bytes */
const megabytes = (bytes) => `${decimal(bytes / 1e6, 1)}\u00a0MB`;

/** @param {string[]} parts */
const joined = (...parts) => parts.join(' · ');
