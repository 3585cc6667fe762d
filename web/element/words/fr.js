/** French. @module */

/** @type {import('../words.js').Words} */
export const words = {
  choose: 'Choisir une photo',
  hint: 'ou déposez-la, ou collez-la ici',
  drop: 'Relâchez pour utiliser cette photo',
  private: 'L’arrière-plan est supprimé sur cet appareil.',
  start: 'Supprimer l’arrière-plan',
  cancel: 'Annuler',
  retry: 'Réessayer',
  replace: 'Remplacer',
  clear: 'Retirer',
  download: 'Télécharger',
  compare: 'Avant et après',
  tools: 'Photo',
  progress: 'Progression',

  original: 'La photo d’origine',
  cutout: 'La photo sans son arrière-plan',

  loading: 'Préparation…',
  bytes: 'Préparation\u00a0: {done} sur {total}\u00a0Mo',
  opening: 'Ouverture de la photo…',
  finding: 'Recherche du sujet…',
  tracing: 'Tracé des contours…',
  finishing: 'Finition du détourage…',
  done: 'L’arrière-plan est supprimé.',
  unsure: 'L’arrière-plan est supprimé. Vérifiez le résultat\u00a0: le sujet était difficile à distinguer.',
  cancelled: 'Annulé.',
  cleared: 'La photo est retirée.',

  missing: 'Veuillez ajouter une photo.',
  busy: 'Veuillez attendre la fin du détourage.',

  nothing: 'Ce n’était pas une photo.',
  input: 'Ce fichier ne peut pas servir de photo.',
  large: 'Cette photo est trop grande.',
  memory: 'La mémoire ne suffit pas. Essayez avec une photo plus petite.',
  network: 'Une partie de cet outil n’a pas pu être chargée. Vérifiez votre connexion.',
  address: 'La photo n’a pas pu être chargée.',
  browser: 'Ce navigateur ne le permet pas. Utilisez une version récente.',
  refused: 'Cet outil n’est pas disponible sur ce site.',
  failed: 'Cela n’a pas fonctionné.',
};
