/** Words of the offline copy, the list of requests, and the self-test, in German. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'offline' | 'update' | 'threads' | 'ledger' | 'selftest'>} */
export const privacy = {
  'offline.title': 'Offline verwenden',
  'offline.about': 'Alles auf diesem Gerät behalten: die Seite, den Rechenkern und beide neuronalen Netze. Dann geht es '
    + 'ohne Internet, auch nach einem Neustart.',
  'offline.unsupported': 'Hier behält dieser Browser nichts für die Offline-Nutzung. Vielleicht ist es ein privates '
    + 'Fenster, eine Adresse ohne https oder ein Browser ohne Service Worker. Alles andere funktioniert.',
  'offline.failed': 'Die Offline-Kopie ließ sich nicht vorbereiten. Vielleicht ändert der Server die Dateien unterwegs. '
    + 'Alles andere funktioniert.',
  'offline.preparing': 'Es wird ermittelt, was zu behalten ist\u00a0…',
  'offline.none': 'Noch nichts behalten: {total} herunterzuladen.',
  'offline.some': '{have} von {total} behalten.',
  'offline.all': 'Offline verfügbar: {total} auf diesem Gerät.',
  'offline.persisted': 'Der Browser hat zugesagt, es nicht von sich aus zu löschen.',
  'offline.unpersisted': 'Wenn auf diesem Gerät der Platz knapp wird, kann der Browser es löschen.',
  'offline.make': 'Offline verfügbar machen ({size})',
  'offline.remove': 'Offline-Kopie entfernen',
  'offline.progress': 'Download der Offline-Kopie',
  'offline.downloading': '{done} von {total}',
  'offline.stopped': 'Angehalten. Was heruntergeladen ist, bleibt.',
  'offline.made': 'Jetzt ist alles auf diesem Gerät.',
  'offline.removed': 'Die Offline-Kopie ist entfernt.',

  'update.ready': 'Eine neue Version ist da',
  'update.use': 'Verwenden',
  'update.about': 'Dafür wird diese Seite neu geladen, also vorher den Freisteller speichern. Bis dahin ändert sich nichts.',

  'threads.offer': 'Nach einem Neuladen kann Gossamer alle Prozessorkerne nutzen',
  'threads.reload': 'Neu laden',
  'threads.isolated': 'Alle Prozessorkerne werden genutzt.',

  'ledger.title': 'Was diese Seite angefordert hat',
  'ledger.about': 'Jede Anfrage, seit die Seite geöffnet ist, auch die ihrer Hintergrund-Threads.',
  'ledger.aboutSince': 'Jede Anfrage der Seite selbst, seit sie geöffnet ist. Die ihrer Hintergrund-Threads stehen ab '
    + '{time} in der Liste, seit der Service Worker zusieht.',
  'ledger.aboutPage': 'Jede Anfrage der Seite selbst, seit sie geöffnet ist. Die ihrer Hintergrund-Threads sind hier nicht '
    + 'zu sehen, denn kein Service Worker bedient diese Seite.',
  'ledger.browser': 'Was der Browser von sich aus anfordert, sieht keine Seite: das Symbol des Tabs, oder ob sich '
    + 'service-worker.js geändert hat.',
  'ledger.elsewhere': { one: '{count} Anfrage an einen anderen Ursprung', other: '{count} Anfragen an andere Ursprünge' },
  'ledger.network': { one: '{count} Anfrage ins Netz, {size}', other: '{count} Anfragen ins Netz, {size}' },
  'ledger.cache': {
    one: '{count} von diesem Gerät beantwortet, {size}',
    other: '{count} von diesem Gerät beantwortet, {size}',
  },
  'ledger.refused': { one: '{count} abgelehnt', other: '{count} abgelehnt' },
  'ledger.show': 'Liste zeigen',
  'ledger.list': 'Anfragen, älteste zuerst',
  'ledger.time': 'Zeit',
  'ledger.method': 'Methode',
  'ledger.path': 'Adresse',
  'ledger.size': 'Größe',
  'ledger.source': 'Quelle',
  'ledger.from.network': 'Netz',
  'ledger.from.cache': 'dieses Gerät',
  'ledger.from.refused': 'abgelehnt',
  'ledger.from.passed': 'Netz',
  'ledger.from.browser': 'Netz oder Browser-Cache',
  'ledger.kilobytes': '{kilobytes}\u00a0kB',
  'ledger.unknown': '–',
  'ledger.copy': 'Als Text kopieren',
  'ledger.copied': 'Kopiert.',
  'ledger.notCopied': 'Der Browser lässt diese Seite nicht an die Zwischenablage.',

  'selftest.title': 'Netz kappen und ausprobieren',
  'selftest.about': 'Der Service Worker benutzt das Netz für diese Seite nicht mehr, und eine zweite Seite öffnet sich, der '
    + 'der Browser selbst nur die hier behaltenen Dateien erlaubt. Diese Seite versucht, das Netz zu erreichen, und stellt '
    + 'dann ein kleines Foto frei.',
  'selftest.yours': 'Das muss niemand einfach glauben: das Gerät in den Flugmodus schalten und ein Foto freistellen.',
  'selftest.run': 'Netz kappen und ausprobieren',
  'selftest.needsWorker': 'Dafür braucht es einen Service Worker, und diese Seite hat keinen. Die Seite neu laden oder einen '
    + 'anderen Browser verwenden.',
  'selftest.needsFiles': 'Zuerst muss alles auf diesem Gerät sein: {size} fehlen.',
  'selftest.checking': 'Was behalten ist, wird geprüft\u00a0…',
  'selftest.trying': 'Das Netz ist gekappt. Versuch, es zu erreichen\u00a0…',
  'selftest.starting': 'Das Netz ist gekappt. Alles startet von diesem Gerät\u00a0…',
  'selftest.working': 'Das Netz ist gekappt. Ein Foto wird freigestellt\u00a0…',
  'selftest.passed': 'Bestanden. Ohne Netz wurde ein Foto von {width} × {height} Pixeln in {seconds} freigestellt.',
  'selftest.files': {
    one: '{count} Anfrage wurde von diesem Gerät beantwortet, {size}.',
    other: '{count} Anfragen wurden von diesem Gerät beantwortet, {size}.',
  },
  'selftest.refused': {
    one: '{count} Versuch, das Netz zu erreichen, wurde abgelehnt:',
    other: '{count} Versuche, das Netz zu erreichen, wurden abgelehnt:',
  },
  'selftest.reached': {
    one: '{count} Anfrage ging ins Netz. Das hätte nicht sein dürfen.',
    other: '{count} Anfragen gingen ins Netz. Das hätte nicht sein dürfen.',
  },
  'selftest.notRefused': 'Diese Versuche wurden nicht abgelehnt: {list}.',
  'selftest.failed': 'Nicht bestanden. {reason}',
  'selftest.noAnswer': 'Die Seite, die den Test macht, hat nicht geantwortet.',
  'selftest.noCutout': 'Der Freisteller kam leer zurück.',
  'selftest.back': 'Das Netz ist wieder da.',
  'selftest.picture': 'Das freigestellte Foto',
  'selftest.probe.own': 'fetch von dieser Website: vom Browser gestoppt',
  'selftest.probe.elsewhere': 'fetch von einer anderen Website: vom Browser gestoppt',
  'selftest.probe.image': 'Bild von dieser Website: vom Browser gestoppt',
  'selftest.probe.script': 'Skript von dieser Website: vom Service Worker gestoppt',
};
