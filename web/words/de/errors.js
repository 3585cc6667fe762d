/** Errors and notices by their codes, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'error' | 'notice'>} */
export const errors = {
  'error.unexplained': 'Auf dieser Seite ist etwas schiefgegangen.',
  'error.unexplained.advice': 'Noch einmal versuchen. Passiert es wieder, die Seite neu laden.',

  'error.input-empty': 'Die Datei ist leer.',
  'error.input-empty.advice': 'Eine andere Datei auswählen.',
  'error.input-format': 'Das ist kein Bild, oder eines, das sich nicht lesen lässt.',
  'error.input-format.advice': 'Möglich sind JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP und TIFF.',
  'error.input-damaged': 'Das Bild ist abgeschnitten oder beschädigt.',
  'error.input-damaged.advice': 'Die Datei noch einmal von der Quelle holen.',
  'error.input-too-large': 'Das Bild ist zu groß.',
  'error.input-too-large.advice': 'Das Bild verkleinern: Mehr als 100 Megapixel sind nicht möglich.',
  'error.decoder-unavailable': 'Dieser Browser kann diese Art von Bild nicht öffnen.',
  'error.decoder-unavailable.advice': 'Als JPEG oder PNG speichern und das verwenden.',
  'error.option-invalid': 'Eine Einstellung hat einen Wert, den sie nicht haben kann.',
  'error.option-invalid.advice': 'Die Einstellung ändern und noch einmal versuchen.',
  'error.model-unavailable': 'Ein neuronales Netz fehlt.',
  'error.model-unavailable.advice': 'Die Seite neu laden und noch einmal versuchen.',
  'error.inference-failed': 'Das neuronale Netz ließ sich nicht ausführen.',
  'error.inference-failed.advice': 'Noch einmal versuchen.',
  'error.output-too-large': 'Das Bild ist zu groß für diese Art von Datei.',
  'error.output-too-large.advice': 'Als PNG speichern.',
  'error.out-of-memory': 'Der Speicher reicht für dieses Bild nicht aus.',
  'error.out-of-memory.advice': 'Andere Tabs und Programme schließen oder ein kleineres Bild nehmen.',
  'error.internal': 'In Gossamer ist etwas schiefgegangen.',
  'error.internal.advice': 'Noch einmal versuchen. Passiert es wieder, den Fehler bitte melden.',
  'error.source-unreachable': 'Die Datei lässt sich nicht lesen.',
  'error.source-unreachable.advice': 'Vielleicht wurde sie verschoben oder geändert: noch einmal auswählen.',
  'error.asset-missing': 'Ein Teil von Gossamer lässt sich nicht laden.',
  'error.asset-missing.advice': 'Die Verbindung prüfen und noch einmal versuchen.',
  'error.asset-corrupt': 'Ein Teil von Gossamer ist nicht die Datei, die er sein sollte.',
  'error.asset-corrupt.advice': 'Die Seite neu laden.',
  'error.unsupported-browser': 'Dieser Browser kann Gossamer nicht ausführen.',
  'error.unsupported-browser.advice': 'Eine aktuelle Version von Chrome, Edge, Firefox oder Safari verwenden.',
  'error.start-failed': 'Gossamer ließ sich nicht starten.',
  'error.start-failed.advice': 'Die Seite neu laden und noch einmal versuchen.',
  'error.worker-died': 'Der Browser hat die Arbeit beendet, wahrscheinlich aus Mangel an Speicher.',
  'error.worker-died.advice': 'Noch einmal versuchen, und wenn es wieder misslingt, mit einem kleineren Bild.',

  'notice.first-frame': 'Das ist eine Animation: Verwendet wurde ihr erstes Bild.',
  'notice.colour-converted': 'Die Farben wurden in RGB umgewandelt.',
  'notice.hdr-flattened': 'Dieses Bild ist für HDR-Bildschirme gemacht; seine Farben wirken vielleicht blass.',
  'notice.eight-bit': 'Die Farben haben 8 Bit: 16 gibt diese Datei nicht her.',
  'notice.subject-unsure': 'Es ist nicht klar, was auf diesem Foto das Motiv ist. Bitte den Freisteller prüfen oder '
    + 'angeben, ob es eine Person oder ein Objekt ist.',
  'notice.low-memory': 'Der Speicher war knapp, darum ist dieses Foto weniger fein freigestellt. Bitte andere Tabs oder '
    + 'Programme schließen und es noch einmal versuchen.',
  'notice.subject-missing': 'Auf diesem Foto wurde kein Motiv gefunden.',
};
