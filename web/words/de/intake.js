/** What is said of files that come in, and the samples, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'intake'>} */
export const intake = {
  'intake.looking': {
    one: 'Der Ordner wird durchgesehen: bisher 1 Foto',
    other: 'Der Ordner wird durchgesehen: bisher {count} Fotos',
  },

  'intake.nothingPasted': 'In der Zwischenablage ist kein Bild',
  'intake.nothingDropped': 'Das war keine Datei. Das Bild zuerst speichern, dann hier ablegen',
  'intake.emptyFolder': 'In diesem Ordner ist kein Foto',
  'intake.noPhotos': { one: 'Diese Datei ist kein Foto', other: 'Keine dieser {count} Dateien ist ein Foto' },
  'intake.raw': {
    one: 'Das ist die Rohdatei einer Kamera: zuerst als JPEG oder TIFF exportieren',
    other: 'Das sind Rohdateien einer Kamera: zuerst als JPEG oder TIFF exportieren',
  },
  'intake.video': {
    one: 'Das ist ein Video: zuerst ein Standbild daraus speichern',
    other: 'Das sind Videos: zuerst Standbilder daraus speichern',
  },
  'intake.pdf': {
    one: 'Das ist ein PDF: zuerst das Bild darin als JPEG oder PNG speichern',
    other: 'Das sind PDFs: zuerst die Bilder darin als JPEG oder PNG speichern',
  },
  'intake.svg': {
    one: 'Ein SVG ist eine Zeichnung, kein Foto: zuerst als PNG speichern',
    other: 'SVGs sind Zeichnungen, keine Fotos: zuerst als PNG speichern',
  },
  'intake.unread': {
    one: 'Bilder dieser Art lassen sich nicht lesen: zuerst als JPEG oder PNG speichern',
    other: 'Bilder dieser Art lassen sich nicht lesen: zuerst als JPEG oder PNG speichern',
  },

  'intake.full': 'Nur die ersten {count} Fotos wurden genommen.',
  'intake.deep': 'Ordner, die mehr als {count} Ebenen tief liegen, wurden ausgelassen.',
  'intake.skipped': {
    one: '1 Datei wurde ausgelassen: Sie ist kein Foto.',
    other: '{count} Dateien wurden ausgelassen: Sie sind keine Fotos.',
  },
  'intake.skippedRaw': {
    one: '1 Rohdatei wurde ausgelassen: zuerst als JPEG oder TIFF exportieren.',
    other: '{count} Rohdateien wurden ausgelassen: zuerst als JPEG oder TIFF exportieren.',
  },
  'intake.unreadable': {
    one: '1 Datei oder Ordner ließ sich nicht lesen.',
    other: '{count} Dateien oder Ordner ließen sich nicht lesen.',
  },

  'intake.samples': 'Oder eines von diesen probieren',
  'intake.sample.portrait': 'Porträt',
  'intake.sample.cat': 'Katze',
  'intake.sample.cup': 'Tasse',
  'intake.sample.filming': 'Filmdreh',
  'intake.sampleMissing': 'Dieses Beispiel lässt sich nicht laden. Die Verbindung prüfen und noch einmal versuchen.',
};
