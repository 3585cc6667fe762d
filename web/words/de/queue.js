/** Words of the queue of many photos, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'queue'>} */
export const queue = {
  'queue.title': 'Fotos',
  'queue.list': 'Fotos in der Warteschlange',
  'queue.progress': 'Fortschritt aller Fotos',

  'queue.ofAll': { one: '{settled} von {count} Foto', other: '{settled} von {count} Fotos' },
  'queue.failedCount': { one: '{count} misslungen', other: '{count} misslungen' },
  'queue.paused': 'Angehalten',
  'queue.pausing': 'Hält nach diesem Foto an',
  'queue.secondsLeft': { one: 'noch etwa {count}\u00a0Sekunde', other: 'noch etwa {count}\u00a0Sekunden' },
  'queue.minutesLeft': { one: 'noch etwa {count}\u00a0Minute', other: 'noch etwa {count}\u00a0Minuten' },
  'queue.kept': 'Die Ergebnisse liegen nur auf diesem Gerät, bis sie gespeichert oder gelöscht werden.',
  'queue.keptInMemory': 'Die Ergebnisse liegen im Arbeitsspeicher, bis sie gespeichert werden: Dieser Browser '
    + 'gibt Seiten keinen Platz auf der Festplatte.',
  'queue.noFolders': 'Dieser Browser kann nicht in einen Ordner speichern: Die Ergebnisse kommen als ZIP.',
  'queue.savingInto': 'Jedes Ergebnis kommt in den Ordner {name}.',
  'queue.zipping': 'Die ZIP-Datei wird geschrieben: {done} von {count}',

  'queue.waiting': 'Wartet',
  'queue.working': 'In Arbeit, {percent}\u00a0%',
  'queue.loading': 'Wird vorbereitet, {done} von {total}\u00a0MB',
  'queue.done': 'Fertig',
  'queue.saved': 'Gespeichert',
  'queue.failed': 'Misslungen',
  'queue.cancelled': 'Abgebrochen',
  'queue.doubtful': 'Bitte prüfen',
  'queue.confidence': 'zu {percent}\u00a0% sicher',
  'queue.stateAnd': '{state} · {more}',
  'queue.because': '{state}: {reason}',
  'queue.unexplained': 'Bei diesem Foto ist etwas schiefgegangen. Bitte noch einmal versuchen.',
  'queue.resultGone': 'Das Ergebnis ist nicht mehr im Speicher des Browsers. Bitte noch einmal versuchen.',

  'queue.pause': 'Anhalten',
  'queue.resume': 'Fortsetzen',
  'queue.cancelAll': 'Alle abbrechen',
  'queue.retryFailed': 'Misslungene wiederholen',
  'queue.saveFolder': 'In Ordner speichern',
  'queue.saveZip': 'Als ZIP speichern',
  'queue.clear': 'Leeren',
  'queue.retryOne': '{name} wiederholen',
  'queue.cancelOne': '{name} abbrechen',
  'queue.removeOne': '{name} aus der Liste nehmen',
  'queue.saveOne': '{name} speichern',
  'queue.zipName': 'Freisteller',

  'queue.show': 'Zeigen',
  'queue.showAll': 'Alle {count}',
  'queue.showDoubtful': 'Zu prüfen {count}',
  'queue.showFailed': 'Misslungen {count}',
  'queue.noneDoubtful': 'Hier muss nichts geprüft werden.',
  'queue.noneFailed': 'Nichts ist misslungen.',
  'queue.empty': 'Noch keine Fotos.',

  'queue.outdated': {
    one: '{count} Foto entstand mit anderen Einstellungen.',
    other: '{count} Fotos entstanden mit anderen Einstellungen.',
  },
  'queue.redo': 'Neu erstellen',
  'queue.outOfSpace': 'Auf diesem Gerät ist kein Platz mehr für Ergebnisse. Fertiges speichern oder löschen, dann '
    + 'fortsetzen.',
  'queue.engine': 'Die Warteschlange ist angehalten. {reason} {advice}',
  'queue.folderFailed': 'In den Ordner lässt sich nicht schreiben. Die Ergebnisse bleiben so lange hier; bitte noch '
    + 'einmal einen Ordner auswählen.',
  'queue.zipFailed': 'Die ZIP-Datei ließ sich nicht schreiben. Alles ist noch hier.',
  'queue.zipNoSpace': 'Auf diesem Gerät ist kein Platz für die ZIP-Datei. Alles ist noch hier: Fotos einzeln speichern '
    + 'oder Platz schaffen.',
  'queue.leftovers': {
    one: '{count} Freisteller vom letzten Mal wurde nicht gespeichert. Er ist noch auf diesem Gerät, und nur hier.',
    other: '{count} Freisteller vom letzten Mal wurden nicht gespeichert. Sie sind noch auf diesem Gerät, und nur hier.',
  },
  'queue.recover': 'Zurückholen',
  'queue.discard': 'Löschen',
  'queue.clearTitle': 'Die Warteschlange leeren?',
  'queue.clearUnsaved': {
    one: '{count} Ergebnis wurde nicht gespeichert. Es wird von diesem Gerät gelöscht.',
    other: '{count} Ergebnisse wurden nicht gespeichert. Sie werden von diesem Gerät gelöscht.',
  },
  'queue.keep': 'Behalten',

  'queue.saidProgress': '{settled} von {count} Fotos',
  'queue.saidDone': { one: '{count} Foto ist fertig.', other: 'Alle {count} Fotos sind fertig.' },
  'queue.saidFailed': { one: '{count} ist misslungen.', other: '{count} sind misslungen.' },
  'queue.saidDoubtful': { one: '{count} sollte geprüft werden.', other: '{count} sollten geprüft werden.' },
  'queue.saidSaved': { one: '{count} Ergebnis gespeichert.', other: '{count} Ergebnisse gespeichert.' },
};
