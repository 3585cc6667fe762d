/**
 * The engine behind the element, opened when a visitor starts and not before: on the site that holds Gossamer the module
 * itself, on any other a frame from there.
 *
 * @module
 */

/** @import { Progress } from '../shared/protocol.js' */
/** @import { RemoveResult } from '../gossamer.js' */
/** @import { Wishes } from './messages.js' */

/**
 * @typedef {object} Engine One for all elements of a page.
 * @property {(photo: Blob, options: Options) => Promise<RemoveResult>} removeBackground
 * @property {boolean} [closed] It can't be used any more; open another.
 *
 * @typedef {Wishes & { signal: AbortSignal, onprogress: (progress: Progress) => void }} Options
 */

const BASE = new URL('../', import.meta.url);

/** @type {Promise<Engine> | null} */
let opening = null;

/** @returns {Promise<Engine>} */
export async function openEngine() {
  opening ??= open();
  try {
    const engine = await opening;
    if (!engine.closed) return engine;
  } catch (error) {
    opening = null; // the next visitor's click tries again
    throw error;
  }
  opening = null;
  return openEngine();
}

/** @returns {Promise<Engine>} */
async function open() {
  if (BASE.origin === location.origin) return import('../gossamer.js');
  const { FramedEngine } = await import('./frame.js');
  return FramedEngine.open(new URL('embed.html', BASE));
}
