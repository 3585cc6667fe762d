/** Words of the viewer, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'viewer'>} */
export const viewer = {
  'viewer.name': 'Foto aus der Nähe',
  'viewer.help': 'Plus und Minus zoomen, 0 passt das Foto ein, 1 zeigt seine wahren Pixel, die Pfeiltasten verschieben.',
  'viewer.help.brush': 'Die Pfeiltasten bewegen den Pinsel, mit der Umschalttaste in kleinen Schritten. Leer- oder '
    + 'Eingabetaste malt einen Punkt, Umschalt- und Eingabetaste eine Linie vom letzten aus. [ und ] ändern die Größe, '
    + 'Escape nimmt einen Strich zurück, während er gezogen wird. Plus und Minus zoomen, 0 passt das Foto ein.',
  'viewer.help.frame': 'Die Tabulatortaste führt zum Rahmen und zu seinen acht Griffen. Die Pfeiltasten bewegen sie, mit '
    + 'der Umschalttaste um einen Pixel.',

  'viewer.picture.empty': 'Noch kein Foto',
  'viewer.picture.photo': 'Das Originalfoto',
  'viewer.picture.glance': 'Ein erster, grober Freisteller',
  'viewer.picture.cutout': 'Das Foto ohne seinen Hintergrund',
  'viewer.picture.matte': 'Die Matte: Weiß bleibt, Schwarz ist weg',
  'viewer.picture.trimap': 'Die Trimap: Helles bleibt, Dunkles ist weg, gestreift ist der unbekannte Bereich dazwischen',
  'viewer.picture.sureness': 'Gewissheit: Was hell ist, war schwer zu erkennen',

  'viewer.zoomed': 'Zoom {percent}\u00a0%',
  'viewer.brushSize': 'Pinselgröße {size}',
  'viewer.painted.keep': 'Hier behalten',
  'viewer.painted.erase': 'Hier entfernt',
  'viewer.painted.unsure': 'Als unsicher markiert',
  'viewer.takenBack': 'Strich zurückgenommen',

  'viewer.divider': 'Vorher und nachher',
  'viewer.dividerValue': '{percent}\u00a0% Original',
  'viewer.before': 'Original',
  'viewer.after': 'Freisteller',

  'viewer.frame': 'Zuschnittrahmen',
  'viewer.frame.move': 'Rahmen verschieben',
  'viewer.frame.nw': 'Ecke oben links',
  'viewer.frame.n': 'Obere Kante',
  'viewer.frame.ne': 'Ecke oben rechts',
  'viewer.frame.e': 'Rechte Kante',
  'viewer.frame.se': 'Ecke unten rechts',
  'viewer.frame.s': 'Untere Kante',
  'viewer.frame.sw': 'Ecke unten links',
  'viewer.frame.w': 'Linke Kante',
  'viewer.frame.size': '{width} × {height}\u00a0px',
};
