/**
 * One photo through the pipeline: its bytes in, its cut-out out, every crossing counted.
 *
 * @module
 */

/** @import { Crossings, JobContent, JobResult, JobSource, PhotoStage, PlainError, Progress } from '../../shared/protocol.js' */
/** @import { Inference } from './inference.js' */
/** @import { Host, Pipeline, PythonJob, PythonPicture } from './start.js' */
import { failure, GossamerError } from '../../shared/errors.js';
import { pixelsOf } from './pixels.js';

/** @type {readonly PhotoStage[]} */
const STAGES = ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode'];

/**
 * @param {Pipeline} pipeline
 * @param {Inference} inference
 * @param {JobContent} content
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} onprogress
 * @returns {Promise<JobResult>}
 */
export async function runJob(pipeline, inference, { source, trimap, strokes, options }, signal, onprogress) {
  const [photo, drawn] = await Promise.all([readSource(source), trimap && readSource(trimap)]);
  const given = [photo.bytes, ...(drawn ? [drawn.bytes] : []), ...strokes.map(({ points }) => points)];
  const crossings = { calls: 1, bytesIn: given.reduce((sum, bytes) => sum + bytes.byteLength, 0), bytesOut: 0 };
  /** @type {unknown} */
  let failed = null;
  const uncount = countCrossings(pipeline.host, crossings, signal, (error) => { failed = error; });
  const abandon = () => inference.abandon();
  signal.addEventListener('abort', abandon);

  const checkpoint = async (/** @type {string} */ stage) => {
    crossings.calls += 1;
    const done = STAGES.indexOf(/** @type {PhotoStage} */ (stage));
    onprogress({ stage: /** @type {PhotoStage} */ (stage), done, total: STAGES.length, unit: 'stages' });
    await messagesRead();
    return !signal.aborted;
  };
  /** @type {PythonJob} */
  const job = { ...photo, trimap: drawn, strokes, options, checkpoint };
  const coroutine = pipeline.run(job);
  try {
    const answer = await coroutine;
    if (answer.error) throw reasonOf(answer.error, failed);
    // Python's None arrives as undefined.
    const { bytes, mimeType, model = null, networkWidth = null, networkHeight = null, confidence = null, ...result }
      = answer.result;
    crossings.bytesOut += bytes.byteLength + result.alpha.byteLength;
    const blob = new Blob([bytes], { type: mimeType });
    return { ...result, blob, model, networkWidth, networkHeight, confidence, crossings };
  } finally {
    coroutine.destroy();
    uncount();
    signal.removeEventListener('abort', abandon);
  }
}

/**
 * Python knows that a network or a decoder failed, not why: that its file could not be fetched says more.
 *
 * @param {PlainError} answered
 * @param {unknown} failed What the last of them failed with.
 */
function reasonOf(answered, failed) {
  const unfetched = ['inference-failed', 'decoder-unavailable'].includes(answered.code)
    && failed instanceof GossamerError && failed.stage === 'download';
  return unfetched ? failed : new GossamerError(answered);
}

/**
 * @param {JobSource} source
 * @returns {Promise<PythonPicture>}
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
 * @param {(error: unknown) => void} onfailure Told what a network or a decoder failed with.
 */
function countCrossings(host, crossings, signal, onfailure) {
  const { infer, decodeJpeg, decodeHeif } = host;
  host.infer = async (model, data, height, width) => {
    if (signal.aborted) return null; // between the checkpoint and here
    crossings.calls += 1;
    crossings.bytesOut += data.byteLength;
    const output = await infer(model, data, height, width).catch((error) => {
      onfailure(error);
      throw error;
    });
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
  host.decodeHeif = async (bytes, type, maxPixels) => {
    crossings.calls += 1;
    crossings.bytesOut += bytes.byteLength;
    const reply = await decodeHeif(bytes, type, maxPixels, signal).catch((error) => {
      onfailure(error);
      throw error;
    });
    if (reply && 'pixels' in reply) crossings.bytesIn += reply.pixels.byteLength;
    return reply;
  };
  return () => Object.assign(host, { infer, decodeJpeg, decodeHeif });
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
