/** Errors and notices by their codes, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'error' | 'notice'>} */
export const errors = {
  'error.unexplained': 'Un problème est survenu sur cette page.',
  'error.unexplained.advice': 'Réessayez. Si cela se reproduit, rechargez la page.',

  'error.input-empty': 'Le fichier est vide.',
  'error.input-empty.advice': 'Choisissez un autre fichier.',
  'error.input-format': 'Ce n’est pas une image, ou son format n’est pas pris en charge.',
  'error.input-format.advice': 'Utilisez un fichier JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP ou TIFF.',
  'error.input-damaged': 'L’image est incomplète ou endommagée.',
  'error.input-damaged.advice': 'Récupérez à nouveau le fichier à sa source.',
  'error.input-too-large': 'L’image est trop grande.',
  'error.input-too-large.advice': 'Réduisez-la\u202f: 100 mégapixels au plus.',
  'error.decoder-unavailable': 'Ce navigateur ne peut pas ouvrir ce type d’image.',
  'error.decoder-unavailable.advice': 'Enregistrez-la en JPEG ou PNG, et utilisez ce fichier.',
  'error.option-invalid': 'Un réglage a une valeur qu’il ne peut pas avoir.',
  'error.option-invalid.advice': 'Modifiez le réglage et réessayez.',
  'error.model-unavailable': 'Il manque un réseau de neurones.',
  'error.model-unavailable.advice': 'Rechargez la page et réessayez.',
  'error.inference-failed': 'Le réseau de neurones n’a pas pu être exécuté.',
  'error.inference-failed.advice': 'Réessayez.',
  'error.output-too-large': 'L’image est trop grande pour ce type de fichier.',
  'error.output-too-large.advice': 'Enregistrez-la en PNG.',
  'error.out-of-memory': 'Il n’y a pas assez de mémoire pour cette image.',
  'error.out-of-memory.advice': 'Fermez d’autres onglets et programmes, ou utilisez une image plus petite.',
  'error.internal': 'Un problème est survenu dans Gossamer.',
  'error.internal.advice': 'Réessayez. Si cela se reproduit, merci de le signaler.',
  'error.source-unreachable': 'Le fichier ne peut pas être lu.',
  'error.source-unreachable.advice': 'Il a peut-être été déplacé ou modifié\u202f: choisissez-le à nouveau.',
  'error.asset-missing': 'Un élément de Gossamer ne peut pas être téléchargé.',
  'error.asset-missing.advice': 'Vérifiez la connexion et réessayez.',
  'error.asset-corrupt': 'Un élément de Gossamer n’est pas le fichier attendu.',
  'error.asset-corrupt.advice': 'Rechargez la page.',
  'error.unsupported-browser': 'Ce navigateur ne peut pas exécuter Gossamer.',
  'error.unsupported-browser.advice': 'Utilisez une version récente de Chrome, Edge, Firefox ou Safari.',
  'error.start-failed': 'Gossamer n’a pas pu démarrer.',
  'error.start-failed.advice': 'Rechargez la page et réessayez.',
  'error.worker-died': 'Le navigateur a interrompu le travail, sans doute par manque de mémoire.',
  'error.worker-died.advice': 'Réessayez\u202f; en cas de nouvel échec, utilisez une image plus petite.',

  'notice.first-frame': 'C’est une animation\u202f: sa première image a été utilisée.',
  'notice.colour-converted': 'Les couleurs ont été converties en RVB.',
  'notice.hdr-flattened': 'Cette image est faite pour les écrans HDR\u202f; ses couleurs peuvent paraître pâles.',
  'notice.eight-bit': 'Les couleurs sont sur 8 bits\u202f: ce fichier n’en contient pas 16.',
  'notice.subject-unsure': 'Le sujet de cette photo n’est pas évident. Vérifiez le détourage, ou indiquez s’il s’agit d’une '
    + 'personne ou d’un objet.',
  'notice.low-memory': 'La mémoire était insuffisante\u202f: cette photo a été détourée moins finement. Fermez d’autres onglets '
    + 'ou programmes, puis réessayez.',
  'notice.subject-missing': 'Aucun sujet n’a été trouvé sur cette photo.',
};
