/** Words of the queue of many photos, in French. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'queue'>} */
export const queue = {
  'queue.title': 'Photos',
  'queue.list': 'Photos dans la file d’attente',
  'queue.progress': 'Progression de toutes les photos',

  'queue.ofAll': { one: '{settled} sur {count} photo', other: '{settled} sur {count} photos' },
  'queue.failedCount': { one: '{count} échec', other: '{count} échecs' },
  'queue.paused': 'En pause',
  'queue.pausing': 'Pause après cette photo',
  'queue.secondsLeft': { one: 'encore {count}\u00a0seconde environ', other: 'encore {count}\u00a0secondes environ' },
  'queue.minutesLeft': { one: 'encore {count}\u00a0minute environ', other: 'encore {count}\u00a0minutes environ' },
  'queue.kept': 'Les résultats ne sont que sur cet appareil, jusqu’à ce que vous les enregistriez ou les effaciez.',
  'queue.keptInMemory': 'Les résultats restent en mémoire jusqu’à leur enregistrement\u202f: ce navigateur '
    + 'n’offre pas de place sur le disque aux pages.',
  'queue.noFolders': 'Ce navigateur ne peut pas enregistrer dans un dossier\u202f: prenez le ZIP.',
  'queue.savingInto': 'Chaque résultat va dans le dossier {name}.',
  'queue.zipping': 'Écriture du ZIP\u202f: {done} sur {count}',

  'queue.waiting': 'En attente',
  'queue.working': 'En cours, {percent}\u202f%',
  'queue.loading': 'Préparation, {done} sur {total}\u00a0Mo',
  'queue.done': 'Terminé',
  'queue.saved': 'Enregistré',
  'queue.failed': 'Échec',
  'queue.cancelled': 'Annulé',
  'queue.doubtful': 'À vérifier',
  'queue.confidence': 'sûr à {percent}\u202f%',
  'queue.stateAnd': '{state} · {more}',
  'queue.because': '{state}\u202f: {reason}',
  'queue.unexplained': 'Un problème est survenu avec cette photo. Réessayez.',
  'queue.resultGone': 'Le résultat n’est plus dans le stockage du navigateur. Réessayez.',

  'queue.pause': 'Pause',
  'queue.resume': 'Reprendre',
  'queue.cancelAll': 'Tout annuler',
  'queue.retryFailed': 'Réessayer les échecs',
  'queue.saveFolder': 'Enregistrer dans un dossier',
  'queue.saveZip': 'Enregistrer un ZIP',
  'queue.clear': 'Vider',
  'queue.retryOne': 'Réessayer {name}',
  'queue.cancelOne': 'Annuler {name}',
  'queue.removeOne': 'Retirer {name}',
  'queue.saveOne': 'Enregistrer {name}',
  'queue.zipName': 'détourages',

  'queue.show': 'Afficher',
  'queue.showAll': 'Toutes {count}',
  'queue.showDoubtful': 'À vérifier {count}',
  'queue.showFailed': 'Échecs {count}',
  'queue.noneDoubtful': 'Rien à vérifier ici.',
  'queue.noneFailed': 'Aucun échec.',
  'queue.empty': 'Pas encore de photos.',

  'queue.outdated': {
    one: '{count} photo a été faite avec d’autres réglages.',
    other: '{count} photos ont été faites avec d’autres réglages.',
  },
  'queue.redo': 'Refaire',
  'queue.outOfSpace': 'Il n’y a plus de place sur cet appareil pour les résultats. Enregistrez ou effacez ce qui est '
    + 'terminé, puis reprenez.',
  'queue.engine': 'La file d’attente est en pause. {reason} {advice}',
  'queue.folderFailed': 'Impossible d’écrire dans le dossier. Les résultats restent ici en attendant\u202f; choisissez à '
    + 'nouveau un dossier.',
  'queue.zipFailed': 'Le ZIP n’a pas pu être écrit. Tout est encore ici.',
  'queue.zipNoSpace': 'Il n’y a pas de place pour le ZIP sur cet appareil. Tout est encore ici\u202f: enregistrez les photos '
    + 'une par une, ou libérez de l’espace.',
  'queue.leftovers': {
    one: '{count} détourage de la dernière fois n’a pas été enregistré. Il est encore sur cet appareil, et nulle part '
      + 'ailleurs.',
    other: '{count} détourages de la dernière fois n’ont pas été enregistrés. Ils sont encore sur cet appareil, et nulle '
      + 'part ailleurs.',
  },
  'queue.recover': 'Récupérer',
  'queue.discard': 'Supprimer',
  'queue.clearTitle': 'Vider la file d’attente\u202f?',
  'queue.clearUnsaved': {
    one: '{count} résultat n’a pas été enregistré. Il sera supprimé de cet appareil.',
    other: '{count} résultats n’ont pas été enregistrés. Ils seront supprimés de cet appareil.',
  },
  'queue.keep': 'Conserver',

  'queue.saidProgress': '{settled} sur {count} photos',
  'queue.saidDone': { one: '{count} photo terminée.', other: 'Les {count} photos sont terminées.' },
  'queue.saidFailed': { one: '{count} échec.', other: '{count} échecs.' },
  'queue.saidDoubtful': { one: '{count} à vérifier.', other: '{count} à vérifier.' },
  'queue.saidSaved': { one: '{count} résultat enregistré.', other: '{count} résultats enregistrés.' },
};
