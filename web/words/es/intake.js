/** What is said of files that come in, and the samples, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'intake'>} */
export const intake = {
  'intake.looking': {
    one: 'Recorriendo la carpeta: 1 foto hasta ahora',
    other: 'Recorriendo la carpeta: {count} fotos hasta ahora',
  },

  'intake.nothingPasted': 'No hay ninguna imagen en el portapapeles',
  'intake.nothingDropped': 'Eso no era un archivo. Guarda primero la imagen y luego suéltala aquí',
  'intake.emptyFolder': 'No hay ninguna foto en esta carpeta',
  'intake.noPhotos': { one: 'Este archivo no es una foto', other: 'Ninguno de estos {count} archivos es una foto' },
  'intake.raw': {
    one: 'Es un archivo sin procesar de una cámara: expórtalo primero como JPEG o TIFF',
    other: 'Son archivos sin procesar de una cámara: expórtalos primero como JPEG o TIFF',
  },
  'intake.video': {
    one: 'Es un vídeo: guarda primero un fotograma',
    other: 'Son vídeos: guarda primero fotogramas de ellos',
  },
  'intake.pdf': {
    one: 'Es un PDF: guarda primero su imagen como JPEG o PNG',
    other: 'Son PDF: guarda primero sus imágenes como JPEG o PNG',
  },
  'intake.svg': {
    one: 'Un SVG es un dibujo, no una foto: guárdalo primero como PNG',
    other: 'Los SVG son dibujos, no fotos: guárdalos primero como PNG',
  },
  'intake.unread': {
    one: 'Las imágenes de este tipo no se pueden leer: guárdala primero como JPEG o PNG',
    other: 'Las imágenes de este tipo no se pueden leer: guárdalas primero como JPEG o PNG',
  },

  'intake.full': 'Solo se han tomado las primeras {count} fotos.',
  'intake.deep': 'Se han omitido las carpetas a más de {count} niveles de profundidad.',
  'intake.skipped': {
    one: 'Se ha omitido 1 archivo: no es una foto.',
    other: 'Se han omitido {count} archivos: no son fotos.',
  },
  'intake.skippedRaw': {
    one: 'Se ha omitido 1 archivo sin procesar: expórtalo primero como JPEG o TIFF.',
    other: 'Se han omitido {count} archivos sin procesar: expórtalos primero como JPEG o TIFF.',
  },
  'intake.unreadable': {
    one: 'No se ha podido leer 1 archivo o carpeta.',
    other: 'No se han podido leer {count} archivos o carpetas.',
  },

  'intake.samples': 'O prueba una de estas',
  'intake.sample.portrait': 'Retrato',
  'intake.sample.cat': 'Gato',
  'intake.sample.cup': 'Taza',
  'intake.sample.filming': 'Rodaje',
  'intake.sampleMissing': 'No se puede descargar este ejemplo. Comprueba la conexión e inténtalo de nuevo.',
};
