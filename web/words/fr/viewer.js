/** Words of the viewer, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'viewer'>} */
export const viewer = {
  'viewer.name': 'Photo, de près',
  'viewer.help': 'Plus et moins changent le zoom, 0 ajuste la photo, 1 montre ses pixels réels, les flèches déplacent la '
    + 'vue.',
  'viewer.help.brush': 'Les flèches déplacent le pinceau, à petits pas avec Maj. Espace ou Entrée peint un point, Maj et '
    + 'Entrée une ligne depuis le dernier. [ et ] changent la taille, Échap annule un trait pendant que vous le tracez. '
    + 'Plus et moins changent le zoom, 0 ajuste la photo.',
  'viewer.help.frame': 'La touche Tab mène au cadre et à ses huit poignées. Les flèches les déplacent, d’un pixel avec Maj.',

  'viewer.picture.empty': 'Pas encore de photo',
  'viewer.picture.photo': 'La photo d’origine',
  'viewer.picture.glance': 'Un premier détourage, grossier',
  'viewer.picture.cutout': 'La photo sans son arrière-plan',
  'viewer.picture.matte': 'Le masque alpha\u202f: le blanc reste, le noir disparaît',
  'viewer.picture.trimap': 'La trimap\u202f: le clair reste, le foncé disparaît, les rayures sont la bande inconnue entre les '
    + 'deux',
  'viewer.picture.sureness': 'Certitude\u202f: ce qui est clair était difficile à distinguer',

  'viewer.zoomed': 'Zoom {percent}\u202f%',
  'viewer.brushSize': 'Taille du pinceau {size}',
  'viewer.painted.keep': 'Gardé ici',
  'viewer.painted.erase': 'Effacé ici',
  'viewer.painted.unsure': 'Marqué comme incertain',
  'viewer.takenBack': 'Trait annulé',

  'viewer.divider': 'Avant et après',
  'viewer.dividerValue': '{percent}\u202f% d’original',
  'viewer.before': 'Original',
  'viewer.after': 'Détourage',

  'viewer.frame': 'Cadre de recadrage',
  'viewer.frame.move': 'Déplacer le cadre',
  'viewer.frame.nw': 'Coin supérieur gauche',
  'viewer.frame.n': 'Bord supérieur',
  'viewer.frame.ne': 'Coin supérieur droit',
  'viewer.frame.e': 'Bord droit',
  'viewer.frame.se': 'Coin inférieur droit',
  'viewer.frame.s': 'Bord inférieur',
  'viewer.frame.sw': 'Coin inférieur gauche',
  'viewer.frame.w': 'Bord gauche',
  'viewer.frame.size': '{width} × {height}\u00a0px',
};
