/** Words of the queue of many photos, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'queue'>} */
export const queue = {
  'queue.title': 'Fotos',
  'queue.list': 'Fotos en la cola',
  'queue.progress': 'Progreso de todas las fotos',

  'queue.ofAll': { one: '{settled} de {count} foto', other: '{settled} de {count} fotos' },
  'queue.failedCount': { one: '{count} con error', other: '{count} con error' },
  'queue.paused': 'En pausa',
  'queue.pausing': 'Pausa después de esta foto',
  'queue.secondsLeft': { one: 'queda alrededor de {count}\u00a0segundo', other: 'quedan unos {count}\u00a0segundos' },
  'queue.minutesLeft': { one: 'queda alrededor de {count}\u00a0minuto', other: 'quedan unos {count}\u00a0minutos' },
  'queue.kept': 'Los resultados están solo en este dispositivo, hasta que los guardes o los borres.',
  'queue.keptInMemory': 'Los resultados están en la memoria hasta que los guardes: este navegador no da a las '
    + 'páginas espacio en el disco.',
  'queue.noFolders': 'Este navegador no puede guardar en una carpeta: usa el ZIP.',
  'queue.savingInto': 'Cada resultado va a la carpeta {name}.',
  'queue.zipping': 'Escribiendo el ZIP: {done} de {count}',

  'queue.waiting': 'En espera',
  'queue.working': 'En curso, {percent}\u00a0%',
  'queue.loading': 'Preparando, {done} de {total}\u00a0MB',
  'queue.done': 'Listo',
  'queue.saved': 'Guardado',
  'queue.failed': 'Con error',
  'queue.cancelled': 'Cancelado',
  'queue.doubtful': 'Por revisar',
  'queue.confidence': 'seguro al {percent}\u00a0%',
  'queue.stateAnd': '{state} · {more}',
  'queue.because': '{state}: {reason}',
  'queue.unexplained': 'Algo ha fallado con esta foto. Inténtalo de nuevo.',
  'queue.resultGone': 'El resultado ya no está en el almacenamiento del navegador. Inténtalo de nuevo.',

  'queue.pause': 'Pausar',
  'queue.resume': 'Reanudar',
  'queue.cancelAll': 'Cancelar todo',
  'queue.retryFailed': 'Reintentar las fallidas',
  'queue.saveFolder': 'Guardar en carpeta',
  'queue.saveZip': 'Guardar ZIP',
  'queue.clear': 'Vaciar',
  'queue.retryOne': 'Reintentar {name}',
  'queue.cancelOne': 'Cancelar {name}',
  'queue.removeOne': 'Quitar {name}',
  'queue.saveOne': 'Guardar {name}',
  'queue.zipName': 'recortes',

  'queue.show': 'Mostrar',
  'queue.showAll': 'Todas {count}',
  'queue.showDoubtful': 'Por revisar {count}',
  'queue.showFailed': 'Con error {count}',
  'queue.noneDoubtful': 'Aquí no hay nada que revisar.',
  'queue.noneFailed': 'Nada ha fallado.',
  'queue.empty': 'Aún no hay fotos.',

  'queue.outdated': {
    one: '{count} foto se hizo con otros ajustes.',
    other: '{count} fotos se hicieron con otros ajustes.',
  },
  'queue.redo': 'Volver a hacer',
  'queue.outOfSpace': 'No queda sitio en este dispositivo para los resultados. Guarda o borra lo que está listo y reanuda.',
  'queue.engine': 'La cola está en pausa. {reason} {advice}',
  'queue.folderFailed': 'No se puede escribir en la carpeta. Los resultados se quedan aquí mientras tanto; vuelve a elegir '
    + 'una carpeta.',
  'queue.zipFailed': 'No se ha podido escribir el ZIP. Todo sigue aquí.',
  'queue.zipNoSpace': 'No hay sitio para el ZIP en este dispositivo. Todo sigue aquí: guarda las fotos una a una, o libera '
    + 'espacio.',
  'queue.leftovers': {
    one: '{count} recorte de la última vez no se guardó. Sigue en este dispositivo, y en ningún otro sitio.',
    other: '{count} recortes de la última vez no se guardaron. Siguen en este dispositivo, y en ningún otro sitio.',
  },
  'queue.recover': 'Recuperar',
  'queue.discard': 'Eliminar',
  'queue.clearTitle': '¿Vaciar la cola?',
  'queue.clearUnsaved': {
    one: '{count} resultado no se ha guardado. Se eliminará de este dispositivo.',
    other: '{count} resultados no se han guardado. Se eliminarán de este dispositivo.',
  },
  'queue.keep': 'Conservar',

  'queue.saidProgress': '{settled} de {count} fotos',
  'queue.saidDone': { one: '{count} foto lista.', other: 'Las {count} fotos están listas.' },
  'queue.saidFailed': { one: '{count} ha fallado.', other: '{count} han fallado.' },
  'queue.saidDoubtful': { one: '{count} por revisar.', other: '{count} por revisar.' },
  'queue.saidSaved': { one: '{count} resultado guardado.', other: '{count} resultados guardados.' },
};
