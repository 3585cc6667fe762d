/** Spanish. @module */

/** @type {import('../words.js').Words} */
export const words = {
  choose: 'Elegir una foto',
  hint: 'o arrástrela o péguela aquí',
  drop: 'Suelte para usar esta foto',
  private: 'El fondo se quita en este dispositivo.',
  start: 'Quitar el fondo',
  cancel: 'Cancelar',
  retry: 'Reintentar',
  replace: 'Reemplazar',
  clear: 'Quitar',
  download: 'Descargar',
  compare: 'Antes y después',
  tools: 'Foto',
  progress: 'Progreso',

  original: 'La foto original',
  cutout: 'La foto sin su fondo',

  loading: 'Preparando…',
  bytes: 'Preparando: {done} de {total}\u00a0MB',
  opening: 'Abriendo la foto…',
  finding: 'Buscando el sujeto…',
  tracing: 'Trazando los bordes…',
  finishing: 'Terminando el recorte…',
  done: 'Se ha quitado el fondo.',
  unsure: 'Se ha quitado el fondo. Revise el resultado: el sujeto era difícil de distinguir.',
  cancelled: 'Cancelado.',
  cleared: 'Se ha quitado la foto.',

  missing: 'Añada una foto.',
  busy: 'Espere a que termine el recorte.',

  nothing: 'Eso no era una foto.',
  input: 'Este archivo no se puede usar como foto.',
  large: 'Esta foto es demasiado grande.',
  memory: 'No hay memoria suficiente. Pruebe con una foto más pequeña.',
  network: 'No se pudo cargar una parte de esta herramienta. Compruebe su conexión.',
  address: 'No se pudo cargar la foto.',
  browser: 'Este navegador no puede hacerlo. Use uno actual.',
  refused: 'Esta herramienta no está disponible en este sitio.',
  failed: 'No ha funcionado.',
};
