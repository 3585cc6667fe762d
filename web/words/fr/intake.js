/** What is said of files that come in, and the samples, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'intake'>} */
export const intake = {
  'intake.looking': {
    one: 'Parcours du dossier\u202f: 1 photo pour l’instant',
    other: 'Parcours du dossier\u202f: {count} photos pour l’instant',
  },

  'intake.nothingPasted': 'Il n’y a pas d’image dans le presse-papiers',
  'intake.nothingDropped': 'Ce n’était pas un fichier. Enregistrez d’abord l’image, puis déposez-la ici',
  'intake.emptyFolder': 'Il n’y a pas de photo dans ce dossier',
  'intake.noPhotos': { one: 'Ce fichier n’est pas une photo', other: 'Aucun de ces {count} fichiers n’est une photo' },
  'intake.raw': {
    one: 'C’est un fichier brut d’appareil photo\u202f: exportez-le d’abord en JPEG ou TIFF',
    other: 'Ce sont des fichiers bruts d’appareil photo\u202f: exportez-les d’abord en JPEG ou TIFF',
  },
  'intake.video': {
    one: 'C’est une vidéo\u202f: enregistrez-en d’abord une image fixe',
    other: 'Ce sont des vidéos\u202f: enregistrez-en d’abord des images fixes',
  },
  'intake.pdf': {
    one: 'C’est un PDF\u202f: enregistrez d’abord son image en JPEG ou PNG',
    other: 'Ce sont des PDF\u202f: enregistrez d’abord leurs images en JPEG ou PNG',
  },
  'intake.svg': {
    one: 'Un SVG est un dessin, pas une photo\u202f: enregistrez-le d’abord en PNG',
    other: 'Les SVG sont des dessins, pas des photos\u202f: enregistrez-les d’abord en PNG',
  },
  'intake.unread': {
    one: 'Ce type d’image ne peut pas être lu\u202f: enregistrez-la d’abord en JPEG ou PNG',
    other: 'Ce type d’image ne peut pas être lu\u202f: enregistrez-les d’abord en JPEG ou PNG',
  },

  'intake.full': 'Seules les {count} premières photos ont été prises.',
  'intake.deep': 'Les dossiers à plus de {count} niveaux de profondeur ont été ignorés.',
  'intake.skipped': {
    one: '1 fichier a été ignoré\u202f: ce n’est pas une photo.',
    other: '{count} fichiers ont été ignorés\u202f: ce ne sont pas des photos.',
  },
  'intake.skippedRaw': {
    one: '1 fichier brut a été ignoré\u202f: exportez-le d’abord en JPEG ou TIFF.',
    other: '{count} fichiers bruts ont été ignorés\u202f: exportez-les d’abord en JPEG ou TIFF.',
  },
  'intake.unreadable': {
    one: '1 fichier ou dossier n’a pas pu être lu.',
    other: '{count} fichiers ou dossiers n’ont pas pu être lus.',
  },

  'intake.samples': 'Ou essayez l’une de celles-ci',
  'intake.sample.portrait': 'Portrait',
  'intake.sample.cat': 'Chat',
  'intake.sample.cup': 'Tasse',
  'intake.sample.filming': 'Tournage',
  'intake.sampleMissing': 'Cet exemple ne peut pas être téléchargé. Vérifiez la connexion et réessayez.',
};
