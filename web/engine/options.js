/**
 * What a caller asks for becomes something a worker can take. Whether it makes sense is for Python to say, which knows
 * what it means: nothing here may fail on a value of the wrong kind, or change it into a good one.
 *
 * @module
 */

/** @import { JobOptions, JobStroke } from '../shared/protocol.js' */
import { invalidOption } from '../shared/errors.js';

/**
 * @typedef {Omit<JobOptions, 'threshold' | 'subject' | 'decontaminate'>} Output What the file is to be like.
 *
 * @typedef {object} Wishes
 * @property {Partial<Output> | undefined} [output]
 * @property {JobOptions['threshold'] | undefined} [threshold]
 * @property {JobOptions['subject'] | undefined} [subject]
 * @property {JobOptions['decontaminate'] | undefined} [decontaminate]
 *
 * @typedef {object} Stroke
 * @property {'keep' | 'erase' | 'unsure'} kind All under it is foreground, background, or to be solved again.
 * @property {[x: number, y: number][]} points In the photo's pixels, the first one's corner at (0, 0).
 * @property {number} radius Of the brush, in pixels.
 */

/**
 * @param {Wishes} wishes
 * @returns {JobOptions}
 */
export function toJobOptions({ output, threshold, subject, decontaminate }) {
  return sendable({
    type: output?.type ?? 'png',
    background: output?.background ?? null,
    threshold: threshold ?? null,
    subject: subject ?? 'auto',
    decontaminate: decontaminate ?? true,
    depth: output?.depth ?? 8,
    crop: output?.crop ?? null,
    margin: output?.margin ?? 0,
    aspect: output?.aspect ?? null,
    width: output?.width ?? null,
    height: output?.height ?? null,
    dpi: output?.dpi ?? null,
    shadow: output?.shadow ?? null,
  });
}

/**
 * @param {readonly Stroke[]} strokes
 * @returns {JobStroke[]}
 */
export function toJobStrokes(strokes) {
  const list = Array.isArray(strokes) ? strokes : [strokes];
  return list.map((stroke) => sendable({
    kind: stroke?.kind ?? null,
    points: flat(stroke?.points),
    radius: stroke?.radius ?? null,
  }));
}

/**
 * Coordinates in turns; not numbers where a point is none, which Python refuses.
 *
 * @param {unknown} points
 */
function flat(points) {
  const list = Array.isArray(points) ? points : [];
  return Float64Array.from(list.flatMap((point) => (isPair(point) ? point : [Number.NaN, Number.NaN])));
}

/** @param {unknown} point */
function isPair(point) {
  return Array.isArray(point) && point.length === 2 && point.every((value) => typeof value === 'number');
}

/**
 * @template T
 * @param {T} value
 */
function sendable(value) {
  try {
    return structuredClone(value);
  } catch (cause) {
    throw invalidOption('An option is of a kind that it can’t have, such as a function.', { cause });
  }
}
