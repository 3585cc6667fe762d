/** What is said of files that come in, and the samples. @module */

export const intake = {
  'intake.looking': { one: 'Looking through the folder: 1 photo so far', other: 'Looking through the folder: {count} '
    + 'photos so far' },

  'intake.nothingPasted': 'There is no picture on the clipboard',
  'intake.nothingDropped': 'That was no file. Save the picture first, then drop it here',
  'intake.emptyFolder': 'There is no photo in this folder',
  'intake.noPhotos': { one: 'This file is no photo', other: 'None of these {count} files is a photo' },
  'intake.raw': {
    one: 'This is a camera’s raw file: export it as JPEG or TIFF first',
    other: 'These are a camera’s raw files: export them as JPEG or TIFF first',
  },
  'intake.video': {
    one: 'This is a video: save a still picture of it first',
    other: 'These are videos: save still pictures of them first',
  },
  'intake.pdf': {
    one: 'This is a PDF: save the picture in it as JPEG or PNG first',
    other: 'These are PDFs: save the pictures in them as JPEG or PNG first',
  },
  'intake.svg': {
    one: 'An SVG is a drawing, not a photo: save it as PNG first',
    other: 'SVGs are drawings, not photos: save them as PNG first',
  },
  'intake.unread': {
    one: 'Pictures of this kind can’t be read: save it as JPEG or PNG first',
    other: 'Pictures of this kind can’t be read: save them as JPEG or PNG first',
  },

  'intake.full': 'Only the first {count} photos were taken.',
  'intake.deep': 'Folders more than {count} levels deep were left out.',
  'intake.skipped': { one: '1 file was left out: it is no photo.', other: '{count} files were left out: they are no photos.' },
  'intake.skippedRaw': {
    one: '1 raw file was left out: export it as JPEG or TIFF first.',
    other: '{count} raw files were left out: export them as JPEG or TIFF first.',
  },
  'intake.unreadable': { one: '1 file or folder could not be read.', other: '{count} files or folders could not be read.' },

  'intake.samples': 'Or try one of these',
  'intake.sample.portrait': 'Portrait',
  'intake.sample.cat': 'Cat',
  'intake.sample.cup': 'Cup',
  'intake.sample.filming': 'Filming',
  'intake.sampleMissing': 'This sample can’t be fetched. Check the connection and try again.',
};
