/** Words of the offline copy, the list of requests, and the self-test, in Spanish. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'offline' | 'update' | 'threads' | 'ledger' | 'selftest'>} */
export const privacy = {
  'offline.title': 'Usar sin conexión',
  'offline.about': 'Conserva todo en este dispositivo: la página, el motor y las dos redes neuronales. Así funciona sin '
    + 'internet, también después de reiniciar.',
  'offline.unsupported': 'Este navegador no conserva nada aquí para usarlo sin conexión. Puede ser una ventana privada, una '
    + 'dirección sin https o un navegador sin service workers. Todo lo demás funciona.',
  'offline.failed': 'No se ha podido preparar la copia sin conexión. Puede que el servidor cambie los archivos por el camino. '
    + 'Todo lo demás funciona.',
  'offline.preparing': 'Viendo qué hay que conservar…',
  'offline.none': 'Aún no se conserva nada: {total} por descargar.',
  'offline.some': '{have} de {total} conservados.',
  'offline.all': 'Disponible sin conexión: {total} en este dispositivo.',
  'offline.persisted': 'El navegador ha prometido no borrarlo por su cuenta.',
  'offline.unpersisted': 'El navegador puede borrarlo si este dispositivo se queda sin espacio.',
  'offline.make': 'Hacer disponible sin conexión ({size})',
  'offline.remove': 'Eliminar la copia sin conexión',
  'offline.progress': 'Descarga de la copia sin conexión',
  'offline.downloading': '{done} de {total}',
  'offline.stopped': 'Detenido. Lo descargado se conserva.',
  'offline.made': 'Ahora todo está en este dispositivo.',
  'offline.removed': 'La copia sin conexión se ha eliminado.',

  'update.ready': 'Hay una versión nueva',
  'update.use': 'Usarla',
  'update.about': 'Al usarla se recarga esta página, así que guarda antes tu recorte. Hasta entonces no cambia nada.',

  'threads.offer': 'Si se recarga, Gossamer puede usar todos los núcleos del procesador',
  'threads.reload': 'Recargar',
  'threads.isolated': 'Se usan todos los núcleos del procesador.',

  'ledger.title': 'Lo que esta página ha pedido',
  'ledger.about': 'Todas las peticiones desde que se abrió la página, incluidas las de sus hilos en segundo plano.',
  'ledger.aboutSince': 'Todas las peticiones de la propia página desde que se abrió. Las de sus hilos en segundo plano '
    + 'aparecen desde las {time}, cuando el service worker empezó a observar.',
  'ledger.aboutPage': 'Todas las peticiones de la propia página desde que se abrió. Las de sus hilos en segundo plano no se '
    + 'ven aquí, porque ningún service worker responde a esta página.',
  'ledger.browser': 'Lo que el navegador pide por su cuenta no lo ve ninguna página: el icono de la pestaña, o si '
    + 'service-worker.js ha cambiado.',
  'ledger.elsewhere': {
    one: '{count} petición a otro origen',
    other: '{count} peticiones a otros orígenes',
  },
  'ledger.network': { one: '{count} petición a la red, {size}', other: '{count} peticiones a la red, {size}' },
  'ledger.cache': {
    one: '{count} respondida desde este dispositivo, {size}',
    other: '{count} respondidas desde este dispositivo, {size}',
  },
  'ledger.refused': { one: '{count} rechazada', other: '{count} rechazadas' },
  'ledger.show': 'Mostrar la lista',
  'ledger.list': 'Peticiones, de la más antigua a la más reciente',
  'ledger.time': 'Hora',
  'ledger.method': 'Método',
  'ledger.path': 'Dirección',
  'ledger.size': 'Tamaño',
  'ledger.source': 'Respuesta de',
  'ledger.from.network': 'la red',
  'ledger.from.cache': 'este dispositivo',
  'ledger.from.refused': 'rechazada',
  'ledger.from.passed': 'la red',
  'ledger.from.browser': 'la red o la caché del navegador',
  'ledger.kilobytes': '{kilobytes}\u00a0kB',
  'ledger.unknown': '–',
  'ledger.copy': 'Copiar como texto',
  'ledger.copied': 'Copiado.',
  'ledger.notCopied': 'El navegador no deja que esta página use el portapapeles.',

  'selftest.title': 'Cortar la red y probar',
  'selftest.about': 'El service worker deja de usar la red para esta página, y se abre una segunda página a la que el propio '
    + 'navegador solo permite los archivos conservados aquí. Esa página intenta llegar a la red y después recorta una foto '
    + 'pequeña.',
  'selftest.yours': 'No hace falta que nos creas: pon este dispositivo en modo avión y recorta una foto.',
  'selftest.run': 'Cortar la red y probar',
  'selftest.needsWorker': 'Esto necesita un service worker, y ninguno responde a esta página. Recárgala o usa otro navegador.',
  'selftest.needsFiles': 'Primero todo tiene que estar en este dispositivo: faltan {size}.',
  'selftest.checking': 'Comprobando lo que se conserva…',
  'selftest.trying': 'La red está cortada. Intentando llegar a ella…',
  'selftest.starting': 'La red está cortada. Iniciando el motor desde este dispositivo…',
  'selftest.working': 'La red está cortada. Recortando una foto…',
  'selftest.passed': 'Superado. Sin red, una foto de {width} × {height} píxeles se ha recortado en {seconds}.',
  'selftest.files': {
    one: '{count} petición se respondió desde este dispositivo, {size}.',
    other: '{count} peticiones se respondieron desde este dispositivo, {size}.',
  },
  'selftest.refused': {
    one: '{count} intento de llegar a la red fue rechazado:',
    other: '{count} intentos de llegar a la red fueron rechazados:',
  },
  'selftest.reached': {
    one: '{count} petición salió a la red. No debería haber salido.',
    other: '{count} peticiones salieron a la red. No deberían haber salido.',
  },
  'selftest.notRefused': 'Estos intentos no fueron rechazados: {list}.',
  'selftest.failed': 'No superado. {reason}',
  'selftest.noAnswer': 'La página que hace la prueba no ha respondido.',
  'selftest.noCutout': 'El recorte ha llegado vacío.',
  'selftest.back': 'La red ha vuelto.',
  'selftest.picture': 'La foto recortada',
  'selftest.probe.own': 'fetch desde este sitio: detenido por el navegador',
  'selftest.probe.elsewhere': 'fetch desde otro sitio: detenido por el navegador',
  'selftest.probe.image': 'imagen de este sitio: detenida por el navegador',
  'selftest.probe.script': 'script de este sitio: detenido por el service worker',
};
