/** Words of the offline copy, the list of requests, and the self-test, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'offline' | 'update' | 'threads' | 'ledger' | 'selftest'>} */
export const privacy = {
  'offline.title': 'Utiliser hors ligne',
  'offline.about': 'Garder tout sur cet appareil\u202f: la page, le moteur et les deux réseaux de neurones. Tout fonctionne '
    + 'alors sans Internet, même après un redémarrage.',
  'offline.unsupported': 'Ce navigateur ne conserve rien ici pour un usage hors ligne. C’est peut-être une fenêtre privée, '
    + 'une adresse sans https ou un navigateur sans service worker. Tout le reste fonctionne.',
  'offline.failed': 'La copie hors ligne n’a pas pu être préparée. L’hébergeur modifie peut-être les fichiers en chemin. '
    + 'Tout le reste fonctionne.',
  'offline.preparing': 'Inventaire de ce qu’il faut garder…',
  'offline.none': 'Rien n’est encore gardé\u202f: {total} à télécharger.',
  'offline.some': '{have} gardés sur {total}.',
  'offline.all': 'Disponible hors ligne\u202f: {total} gardés sur cet appareil.',
  'offline.persisted': 'Le navigateur a promis de ne pas l’effacer de lui-même.',
  'offline.unpersisted': 'Le navigateur peut l’effacer si cet appareil manque d’espace.',
  'offline.make': 'Rendre disponible hors ligne ({size})',
  'offline.remove': 'Supprimer la copie hors ligne',
  'offline.progress': 'Téléchargement de la copie hors ligne',
  'offline.downloading': '{done} sur {total}',
  'offline.stopped': 'Arrêté. Ce qui a été téléchargé est gardé.',
  'offline.made': 'Tout est maintenant sur cet appareil.',
  'offline.removed': 'La copie hors ligne a été supprimée.',

  'update.ready': 'Une nouvelle version est prête',
  'update.use': 'L’utiliser',
  'update.about': 'Cela recharge la page\u202f: enregistrez d’abord votre détourage. D’ici là, rien ne change.',

  'threads.offer': 'Après un rechargement, Gossamer pourra utiliser tous les cœurs du processeur',
  'threads.reload': 'Recharger',
  'threads.isolated': 'Tous les cœurs du processeur sont utilisés.',

  'ledger.title': 'Ce que cette page a demandé',
  'ledger.about': 'Toutes les requêtes depuis l’ouverture de la page, celles de ses threads d’arrière-plan comprises.',
  'ledger.aboutSince': 'Toutes les requêtes de la page elle-même depuis son ouverture. Celles de ses threads d’arrière-plan '
    + 'sont listées à partir de {time}, moment où le service worker a commencé à observer.',
  'ledger.aboutPage': 'Toutes les requêtes de la page elle-même depuis son ouverture. Celles de ses threads d’arrière-plan '
    + 'ne sont pas visibles ici, car aucun service worker ne répond à cette page.',
  'ledger.browser': 'Ce que le navigateur demande de lui-même échappe à toute page\u202f: l’icône de l’onglet, ou si '
    + 'service-worker.js a changé.',
  'ledger.elsewhere': {
    one: '{count} requête vers une autre origine',
    other: '{count} requêtes vers d’autres origines',
  },
  'ledger.network': { one: '{count} requête vers le réseau, {size}', other: '{count} requêtes vers le réseau, {size}' },
  'ledger.cache': {
    one: '{count} réponse venue de cet appareil, {size}',
    other: '{count} réponses venues de cet appareil, {size}',
  },
  'ledger.refused': { one: '{count} refusée', other: '{count} refusées' },
  'ledger.show': 'Afficher la liste',
  'ledger.list': 'Requêtes, de la plus ancienne à la plus récente',
  'ledger.time': 'Heure',
  'ledger.method': 'Méthode',
  'ledger.path': 'Adresse',
  'ledger.size': 'Taille',
  'ledger.source': 'Réponse de',
  'ledger.from.network': 'réseau',
  'ledger.from.cache': 'cet appareil',
  'ledger.from.refused': 'refusée',
  'ledger.from.passed': 'réseau',
  'ledger.from.browser': 'réseau ou cache du navigateur',
  'ledger.kilobytes': '{kilobytes}\u00a0ko',
  'ledger.unknown': '–',
  'ledger.copy': 'Copier comme texte',
  'ledger.copied': 'Copié.',
  'ledger.notCopied': 'Le navigateur ne laisse pas cette page utiliser le presse-papiers.',

  'selftest.title': 'Couper le réseau et essayer',
  'selftest.about': 'Le service worker cesse d’utiliser le réseau pour cette page, et une seconde page s’ouvre, à laquelle le '
    + 'navigateur lui-même n’accorde que les fichiers gardés ici. Cette page tente d’atteindre le réseau, puis détoure une '
    + 'petite photo.',
  'selftest.yours': 'Inutile de nous croire sur parole\u202f: mettez cet appareil en mode avion, puis détourez une photo.',
  'selftest.run': 'Couper le réseau et essayer',
  'selftest.needsWorker': 'Il faut pour cela un service worker, et aucun ne répond à cette page. Rechargez-la, ou utilisez un '
    + 'autre navigateur.',
  'selftest.needsFiles': 'Tout doit d’abord être sur cet appareil\u202f: il manque {size}.',
  'selftest.checking': 'Vérification de ce qui est gardé…',
  'selftest.trying': 'Le réseau est coupé. Tentative de l’atteindre…',
  'selftest.starting': 'Le réseau est coupé. Démarrage du moteur depuis cet appareil…',
  'selftest.working': 'Le réseau est coupé. Détourage d’une photo…',
  'selftest.passed': 'Réussi. Sans réseau, une photo de {width} × {height} pixels a été détourée en {seconds}.',
  'selftest.files': {
    one: '{count} requête a reçu sa réponse de cet appareil, {size}.',
    other: '{count} requêtes ont reçu leur réponse de cet appareil, {size}.',
  },
  'selftest.refused': {
    one: '{count} tentative d’atteindre le réseau a été refusée\u202f:',
    other: '{count} tentatives d’atteindre le réseau ont été refusées\u202f:',
  },
  'selftest.reached': {
    one: '{count} requête est partie vers le réseau. Elle n’aurait pas dû.',
    other: '{count} requêtes sont parties vers le réseau. Elles n’auraient pas dû.',
  },
  'selftest.notRefused': 'Ces tentatives n’ont pas été refusées\u202f: {list}.',
  'selftest.failed': 'Échec. {reason}',
  'selftest.noAnswer': 'La page qui fait le test n’a pas répondu.',
  'selftest.noCutout': 'Le détourage est revenu vide.',
  'selftest.back': 'Le réseau est rétabli.',
  'selftest.picture': 'La photo détourée',
  'selftest.probe.own': 'fetch depuis ce site\u202f: bloqué par le navigateur',
  'selftest.probe.elsewhere': 'fetch depuis un autre site\u202f: bloqué par le navigateur',
  'selftest.probe.image': 'image de ce site\u202f: bloquée par le navigateur',
  'selftest.probe.script': 'script de ce site\u202f: bloqué par le service worker',
};
