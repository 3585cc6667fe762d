/**
 * One photo through the pipeline: its bytes in, its cut-out out, every crossing counted.
 *
 * @module
 */

/** @import { Crossings, JobResult, JobSource, OutputOptions, PlainError, Progress, Stage } from '../../shared/protocol.js' */
/** @import { Inference } from './inference.js' */
/** @import { Host, Pipeline } from './start.js' */
import { failure, GossamerError } from '../../shared/errors.js';
import { pixelsOf } from './pixels.js';

/** @type {readonly Stage[]} */
const STAGES = ['decode', 'prepare', 'infer', 'refine', 'compose', 'encode'];

/**
 * @param {Pipeline} pipeline
 * @param {Inference} inference
 * @param {JobSource} source
 * @param {OutputOptions} options
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} onprogress
 * @returns {Promise<JobResult>}
 */
export async function runJob(pipeline, inference, source, options, signal, onprogress) {
  const crossings = { calls: 1, bytesIn: 0, bytesOut: 0 };
  const uncount = countCrossings(pipeline.host, crossings, signal);
  const abandon = () => inference.abandon();
  signal.addEventListener('abort', abandon);
  const input = await readSource(source);
  crossings.bytesIn += input.bytes.byteLength;

  const checkpoint = async (/** @type {string} */ stage) => {
    crossings.calls += 1;
    const done = STAGES.indexOf(/** @type {Stage} */ (stage));
    onprogress({ stage: /** @type {Stage} */ (stage), done, total: STAGES.length, unit: 'stages' });
    await messagesRead();
    return !signal.aborted;
  };
  const coroutine = pipeline.run({ ...input, options, checkpoint });
  try {
    const answer = await coroutine;
    if (answer.error) throw new GossamerError(/** @type {PlainError} */ (answer.error));
    const { bytes, mimeType, ...result } = answer.result;
    crossings.bytesOut += bytes.byteLength + result.alpha.byteLength;
    return { ...result, blob: new Blob([bytes], { type: mimeType }), crossings };
  } finally {
    coroutine.destroy();
    uncount();
    signal.removeEventListener('abort', abandon);
  }
}

/**
 * @param {JobSource} source
 * @returns {Promise<{ bytes: Uint8Array | Uint8ClampedArray, width: number | null, height: number | null }>}
 */
async function readSource(source) {
  if (source.kind === 'pixels') return { bytes: source.data, width: source.width, height: source.height };
  if (source.kind === 'bitmap') {
    const { width, height } = source.bitmap;
    return { bytes: pixelsOf(source.bitmap), width, height };
  }
  try {
    return { bytes: new Uint8Array(await source.blob.arrayBuffer()), width: null, height: null };
  } catch (cause) {
    throw failure('source-unreachable', 'The file can’t be read; it may have been moved or changed.', { cause });
  }
}

/**
 * Count what Python calls and moves until the returned function is called.
 *
 * @param {Host} host
 * @param {Crossings} crossings
 * @param {AbortSignal} signal
 */
function countCrossings(host, crossings, signal) {
  const { infer, decodeJpeg } = host;
  host.infer = async (model, data, height, width) => {
    if (signal.aborted) return null; // between the checkpoint and here
    crossings.calls += 1;
    crossings.bytesOut += data.byteLength;
    const output = await infer(model, data, height, width);
    if (output) crossings.bytesIn += /** @type {{ data: Float32Array }} */ (output).data.byteLength;
    return output;
  };
  host.decodeJpeg = async (bytes, width, height) => {
    crossings.calls += 1;
    crossings.bytesOut += bytes.byteLength;
    const pixels = await decodeJpeg(bytes, width, height);
    if (pixels) crossings.bytesIn += pixels.byteLength;
    return pixels;
  };
  return () => Object.assign(host, { infer, decodeJpeg });
}

/** Let the messages that have arrived be handled, a cancel among them: promises alone never let them through. */
function messagesRead() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}
