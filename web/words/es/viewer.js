/** Words of the viewer, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'viewer'>} */
export const viewer = {
  'viewer.name': 'Foto, de cerca',
  'viewer.help': 'Más y menos cambian el zoom, 0 ajusta la foto, 1 muestra sus píxeles reales, las flechas desplazan la '
    + 'vista.',
  'viewer.help.brush': 'Las flechas mueven el pincel, a pasos pequeños con Mayús. Espacio o Intro pinta un punto, Mayús e '
    + 'Intro una línea desde el último. [ y ] cambian el tamaño, Escape retira un trazo mientras lo dibujas. Más y menos '
    + 'cambian el zoom, 0 ajusta la foto.',
  'viewer.help.frame': 'El tabulador lleva al marco y a sus ocho tiradores. Las flechas los mueven, píxel a píxel con Mayús.',

  'viewer.picture.empty': 'Aún no hay foto',
  'viewer.picture.photo': 'La foto original',
  'viewer.picture.glance': 'Un primer recorte, aproximado',
  'viewer.picture.cutout': 'La foto sin su fondo',
  'viewer.picture.matte': 'El mate alfa: lo blanco se queda, lo negro se va',
  'viewer.picture.trimap': 'El trimap: lo claro se queda, lo oscuro se va, lo rayado es la banda desconocida entre ambos',
  'viewer.picture.sureness': 'Certeza: lo claro era difícil de distinguir',

  'viewer.zoomed': 'Zoom {percent}\u00a0%',
  'viewer.brushSize': 'Tamaño del pincel {size}',
  'viewer.painted.keep': 'Conservado aquí',
  'viewer.painted.erase': 'Borrado aquí',
  'viewer.painted.unsure': 'Marcado como dudoso',
  'viewer.takenBack': 'Trazo retirado',

  'viewer.divider': 'Antes y después',
  'viewer.dividerValue': '{percent}\u00a0% de original',
  'viewer.before': 'Original',
  'viewer.after': 'Recorte',

  'viewer.frame': 'Marco de encuadre',
  'viewer.frame.move': 'Mover el marco',
  'viewer.frame.nw': 'Esquina superior izquierda',
  'viewer.frame.n': 'Borde superior',
  'viewer.frame.ne': 'Esquina superior derecha',
  'viewer.frame.e': 'Borde derecho',
  'viewer.frame.se': 'Esquina inferior derecha',
  'viewer.frame.s': 'Borde inferior',
  'viewer.frame.sw': 'Esquina inferior izquierda',
  'viewer.frame.w': 'Borde izquierdo',
  'viewer.frame.size': '{width} × {height}\u00a0px',
};
