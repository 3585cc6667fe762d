/**
 * One photo through an engine, whichever: how a call of the public module becomes a task, and its outcome a result.
 *
 * @module
 */

/** @import { JobResult } from '../shared/protocol.js' */
/** @import { DraftOptions, RemoveOptions, RemoveResult, SubjectOptions } from '../gossamer.js' */
/** @import { OpenPhoto } from './draft.js' */
/** @import { Engine, Listeners } from './engine.js' */
/** @import { Stroke, Wishes } from './options.js' */
/** @import { PhotoSource } from './source.js' */
import { wishForBackend } from './backends.js';
import { toJobOptions, toJobStrokes } from './options.js';
import { requirePhoto, requireTrimap, toJobSource } from './source.js';

/**
 * `removeBackground` in an engine of the caller's own.
 *
 * @param {Engine} engine
 * @param {PhotoSource} source
 * @param {RemoveOptions} [options]
 * @returns {Promise<RemoveResult>}
 */
export async function removeIn(engine, source, options = {}) {
  const { signal, onprogress, trimap, strokes, backend, ...wishes } = options ?? {};
  if (backend !== undefined) wishForBackend(backend);
  const open = opening(source, { trimap, strokes, wishes });
  const started = performance.now();
  /** @type {JobResult} */
  const result = await engine.run(async (abort) => {
    const { content, moved } = await open(abort);
    return { content: { ...content, kind: 'remove' }, moved };
  }, listeners({ signal, onprogress }));
  return toResult(result, started);
}

/**
 * Check at once what the caller gave, read it later.
 *
 * @param {PhotoSource} source
 * @param {{ trimap: PhotoSource | null | undefined, strokes: readonly Stroke[] | null | undefined, wishes: Wishes }} options
 * @returns {OpenPhoto}
 */
export function opening(source, { trimap, strokes, wishes }) {
  requirePhoto(source);
  const given = trimap ?? null;
  if (given !== null) requireTrimap(given);
  const wanted = { options: toJobOptions(wishes), strokes: toJobStrokes(strokes ?? []) };
  return async (signal) => {
    const [photo, drawn] = await Promise.all([toJobSource(source, signal), given && toJobSource(given, signal)]);
    const content = { ...wanted, source: photo.source, trimap: drawn ? drawn.source : null };
    return { content, moved: [...photo.moved, ...(drawn ? drawn.moved : [])] };
  };
}

/**
 * Those of a caller, without what it left out.
 *
 * @param {{ signal?: AbortSignal | undefined, onprogress?: SubjectOptions['onprogress'] | undefined,
 *   onglance?: DraftOptions['onglance'] | undefined, onphoto?: DraftOptions['onphoto'] | undefined }} given
 * @returns {Listeners}
 */
export function listeners(given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * @param {JobResult} result
 * @param {number} started
 * @returns {RemoveResult}
 */
export function toResult({ networkWidth, networkHeight, crossings, ...result }, started) {
  const timings = { ...result.timings, total: performance.now() - started };
  return { ...result, timings, details: { networkWidth, networkHeight, crossings } };
}
