/** German. @module */

/** @type {import('../words.js').Words} */
export const words = {
  choose: 'Foto auswählen',
  hint: 'oder hierher ziehen oder einfügen',
  drop: 'Loslassen, um dieses Foto zu verwenden',
  private: 'Der Hintergrund wird auf diesem Gerät entfernt.',
  start: 'Hintergrund entfernen',
  cancel: 'Abbrechen',
  retry: 'Erneut versuchen',
  replace: 'Ersetzen',
  clear: 'Entfernen',
  download: 'Herunterladen',
  compare: 'Vorher und nachher',
  tools: 'Foto',
  progress: 'Fortschritt',

  original: 'Das ursprüngliche Foto',
  cutout: 'Das Foto ohne Hintergrund',

  loading: 'Wird vorbereitet …',
  bytes: 'Wird vorbereitet: {done} von {total}\u00a0MB',
  opening: 'Foto wird geöffnet …',
  finding: 'Motiv wird gesucht …',
  tracing: 'Kanten werden verfolgt …',
  finishing: 'Freisteller wird fertiggestellt …',
  done: 'Der Hintergrund ist entfernt.',
  unsure: 'Der Hintergrund ist entfernt. Bitte prüfen Sie das Ergebnis: Das Motiv war schwer zu erkennen.',
  cancelled: 'Abgebrochen.',
  cleared: 'Das Foto ist entfernt.',

  missing: 'Bitte fügen Sie ein Foto hinzu.',
  busy: 'Bitte warten Sie, bis das Foto freigestellt ist.',

  nothing: 'Das war kein Foto.',
  input: 'Diese Datei kann nicht als Foto verwendet werden.',
  large: 'Dieses Foto ist zu groß.',
  memory: 'Der Speicher reicht nicht aus. Bitte versuchen Sie es mit einem kleineren Foto.',
  network: 'Ein Teil dieses Werkzeugs konnte nicht geladen werden. Bitte prüfen Sie die Verbindung.',
  address: 'Das Foto konnte nicht geladen werden.',
  browser: 'Dieser Browser kann das nicht. Bitte verwenden Sie einen aktuellen.',
  refused: 'Dieses Werkzeug ist auf dieser Website nicht verfügbar.',
  failed: 'Das hat nicht geklappt.',
};
