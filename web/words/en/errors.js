/**
 * Errors and notices by their codes. In English they come with words of their own from where they are born
 * (py/gossamer/errors.py, shared/errors.js), which know the details; these are what other languages say.
 *
 * @module
 */

export const errors = {
  'error.unexplained': 'Something went wrong on this page.',
  'error.unexplained.advice': 'Try again. If it happens once more, reload the page.',

  'error.input-empty': 'The file is empty.',
  'error.input-empty.advice': 'Choose another file.',
  'error.input-format': 'This is no picture, or of a kind that can’t be read.',
  'error.input-format.advice': 'Use a JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP or TIFF file.',
  'error.input-damaged': 'The picture is cut off or broken.',
  'error.input-damaged.advice': 'Get the file once more from where it came.',
  'error.input-too-large': 'The picture is too large.',
  'error.input-too-large.advice': 'Make it smaller: at most 100 megapixels.',
  'error.decoder-unavailable': 'This browser can’t open this kind of picture.',
  'error.decoder-unavailable.advice': 'Save it as JPEG or PNG, and use that.',
  'error.option-invalid': 'A setting has a value that it can’t have.',
  'error.option-invalid.advice': 'Change the setting and try again.',
  'error.model-unavailable': 'A network is missing.',
  'error.model-unavailable.advice': 'Reload the page and try again.',
  'error.inference-failed': 'The network could not be run.',
  'error.inference-failed.advice': 'Try again.',
  'error.output-too-large': 'The picture is too large for this kind of file.',
  'error.output-too-large.advice': 'Save it as PNG.',
  'error.out-of-memory': 'There is not enough memory for this picture.',
  'error.out-of-memory.advice': 'Close other tabs and programs, or use a smaller picture.',
  'error.internal': 'Something went wrong inside Gossamer.',
  'error.internal.advice': 'Try again. If it happens once more, please report it.',
  'error.source-unreachable': 'The file can’t be read.',
  'error.source-unreachable.advice': 'It may have been moved or changed: choose it again.',
  'error.asset-missing': 'A part of Gossamer can’t be fetched.',
  'error.asset-missing.advice': 'Check the connection and try again.',
  'error.asset-corrupt': 'A part of Gossamer is not the file that it should be.',
  'error.asset-corrupt.advice': 'Reload the page.',
  'error.unsupported-browser': 'This browser can’t run Gossamer.',
  'error.unsupported-browser.advice': 'Use a current version of Chrome, Edge, Firefox or Safari.',
  'error.start-failed': 'Gossamer could not be started.',
  'error.start-failed.advice': 'Reload the page and try again.',
  'error.worker-died': 'The browser ended the work, probably for lack of memory.',
  'error.worker-died.advice': 'Try again; if it fails again, use a smaller picture.',

  'notice.first-frame': 'This is an animation: its first picture was used.',
  'notice.colour-converted': 'The colours were converted to RGB.',
  'notice.hdr-flattened': 'This picture is made for HDR screens; its colours may come out pale.',
  'notice.eight-bit': 'The colours have 8 bits: 16 can’t be had from this file.',
  'notice.subject-unsure': 'It is not clear what the subject of this photo is. Check the cut-out, or say if it is a '
    + 'person or an object.',
  'notice.low-memory': 'Memory was short, so this photo was cut out less finely. Close other tabs or programs, and '
    + 'try again.',
  'notice.subject-missing': 'No subject was found in this photo.',
};
