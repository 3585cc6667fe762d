/** Errors and notices by their codes, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'error' | 'notice'>} */
export const errors = {
  'error.unexplained': 'Algo ha fallado en esta página.',
  'error.unexplained.advice': 'Inténtalo de nuevo. Si vuelve a pasar, recarga la página.',

  'error.input-empty': 'El archivo está vacío.',
  'error.input-empty.advice': 'Elige otro archivo.',
  'error.input-format': 'No es una imagen, o es de un tipo que no se puede leer.',
  'error.input-format.advice': 'Usa un archivo JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP o TIFF.',
  'error.input-damaged': 'La imagen está incompleta o dañada.',
  'error.input-damaged.advice': 'Vuelve a obtener el archivo de donde vino.',
  'error.input-too-large': 'La imagen es demasiado grande.',
  'error.input-too-large.advice': 'Redúcela: como máximo, 100 megapíxeles.',
  'error.decoder-unavailable': 'Este navegador no puede abrir este tipo de imagen.',
  'error.decoder-unavailable.advice': 'Guárdala como JPEG o PNG y usa ese archivo.',
  'error.option-invalid': 'Un ajuste tiene un valor que no puede tener.',
  'error.option-invalid.advice': 'Cambia el ajuste e inténtalo de nuevo.',
  'error.model-unavailable': 'Falta una red neuronal.',
  'error.model-unavailable.advice': 'Recarga la página e inténtalo de nuevo.',
  'error.inference-failed': 'No se ha podido ejecutar la red neuronal.',
  'error.inference-failed.advice': 'Inténtalo de nuevo.',
  'error.output-too-large': 'La imagen es demasiado grande para este tipo de archivo.',
  'error.output-too-large.advice': 'Guárdala como PNG.',
  'error.out-of-memory': 'No hay memoria suficiente para esta imagen.',
  'error.out-of-memory.advice': 'Cierra otras pestañas y programas, o usa una imagen más pequeña.',
  'error.internal': 'Algo ha fallado dentro de Gossamer.',
  'error.internal.advice': 'Inténtalo de nuevo. Si vuelve a pasar, avísanos, por favor.',
  'error.source-unreachable': 'No se puede leer el archivo.',
  'error.source-unreachable.advice': 'Puede que se haya movido o cambiado: elígelo otra vez.',
  'error.asset-missing': 'No se puede descargar una parte de Gossamer.',
  'error.asset-missing.advice': 'Comprueba la conexión e inténtalo de nuevo.',
  'error.asset-corrupt': 'Una parte de Gossamer no es el archivo que debería ser.',
  'error.asset-corrupt.advice': 'Recarga la página.',
  'error.unsupported-browser': 'Este navegador no puede ejecutar Gossamer.',
  'error.unsupported-browser.advice': 'Usa una versión actual de Chrome, Edge, Firefox o Safari.',
  'error.start-failed': 'No se ha podido iniciar Gossamer.',
  'error.start-failed.advice': 'Recarga la página e inténtalo de nuevo.',
  'error.worker-died': 'El navegador ha interrumpido el trabajo, probablemente por falta de memoria.',
  'error.worker-died.advice': 'Inténtalo de nuevo; si vuelve a fallar, usa una imagen más pequeña.',

  'notice.first-frame': 'Es una animación: se ha usado su primera imagen.',
  'notice.colour-converted': 'Los colores se han convertido a RGB.',
  'notice.hdr-flattened': 'Esta imagen está hecha para pantallas HDR; sus colores pueden verse pálidos.',
  'notice.eight-bit': 'Los colores tienen 8 bits: este archivo no da para 16.',
  'notice.subject-unsure': 'No está claro cuál es el motivo de esta foto. Revisa el recorte, o indica si es una persona o un '
    + 'objeto.',
  'notice.low-memory': 'Faltó memoria, así que esta foto se recortó con menos detalle. Cierra otras pestañas o programas '
    + 'e inténtalo de nuevo.',
  'notice.subject-missing': 'No se ha encontrado ningún motivo en esta foto.',
};
