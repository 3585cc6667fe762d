/**
 * One task of the pipeline: its bytes in, what comes of it out, every crossing counted.
 *
 * @module
 */

/** @import { Crossings, Glance, HeifPicture, JobContent, JobSource, Outcome, Patch, PhotoStage, PlainError, Progress } from '../../shared/protocol.js' */
/** @import { Calls, Host, Pipeline, PythonJob, PythonPicture } from './start.js' */
import { failure, GossamerError } from '../../shared/errors.js';
import { pixelsOf } from './pixels.js';

/** @type {readonly PhotoStage[]} */
const STAGES = ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode'];

/**
 * @typedef {object} Listeners
 * @property {AbortSignal} signal
 * @property {(progress: Progress) => void} onprogress
 * @property {(glance: Glance) => void} onglance
 * @property {(photo: ImageBitmap) => void} onphoto Told the photo of a draft where the browser itself can't show it.
 */

/**
 * @param {Pipeline} pipeline
 * @param {JobContent} content
 * @param {Listeners} listeners
 * @returns {Promise<Outcome>}
 */
export async function runJob(pipeline, content, { signal, onprogress, onglance, onphoto }) {
  const crossings = { calls: 1, bytesIn: 0, bytesOut: 0 };
  const given = await readContent(content, crossings);
  /** @type {unknown} */
  let failed = null;
  const calls = counted(pipeline.host, crossings, signal, {
    onfailure: (error) => { failed = error; },
    onpicture: async (picture) => {
      const isPhoto = content.kind === 'open' && content.trimap === null;
      if (isPhoto && !picture.byBrowser) onphoto(await bitmapOf(picture));
    },
  });

  const checkpoint = async (/** @type {string} */ stage) => {
    crossings.calls += 1;
    const done = STAGES.indexOf(/** @type {PhotoStage} */ (stage));
    onprogress({ stage: /** @type {PhotoStage} */ (stage), done, total: STAGES.length, unit: 'stages' });
    await messagesRead();
    return !signal.aborted;
  };
  const glance = (/** @type {Uint8Array} */ alpha, /** @type {number} */ height, /** @type {number} */ width) => {
    crossings.calls += 1;
    crossings.bytesOut += alpha.byteLength;
    onglance({ alpha, width, height });
  };
  const coroutine = pipeline.run(/** @type {PythonJob} */ ({ ...given, ...calls, checkpoint, glance }));
  try {
    const answer = await coroutine;
    if (answer.error) throw reasonOf(answer.error, failed);
    return outcomeOf(content.kind, answer.result, crossings);
  } finally {
    coroutine.destroy();
  }
}

/**
 * The buffers of an outcome, to be moved with it.
 *
 * @param {Outcome} outcome
 * @returns {ArrayBuffer[]}
 */
export function buffersOf(outcome) {
  if (outcome === null || 'subject' in outcome || 'layer' in outcome) return []; // small
  if ('blob' in outcome) return [bufferOf(outcome.alpha)];
  if ('patch' in outcome) return outcome.patch ? [bufferOf(outcome.patch.pixels), bufferOf(outcome.patch.trimap)] : [];
  const { pixels, trimap, sureness } = outcome;
  return [pixels, trimap, ...(sureness ? [sureness] : [])].map(bufferOf);
}

/** @param {Uint8Array | Uint8ClampedArray} bytes */
function bufferOf({ buffer }) {
  return /** @type {ArrayBuffer} */ (buffer);
}

/**
 * The job as Python takes it, its files read.
 *
 * @param {JobContent} content
 * @param {Crossings} crossings
 */
async function readContent(content, crossings) {
  const strokes = 'strokes' in content ? content.strokes : [];
  for (const { points } of strokes) crossings.bytesIn += points.byteLength;
  if (!('source' in content)) return content;
  const { source, trimap, ...rest } = content;
  const [photo, drawn] = await Promise.all([readSource(source), trimap && readSource(trimap)]);
  crossings.bytesIn += photo.bytes.byteLength + (drawn?.bytes.byteLength ?? 0);
  return { ...rest, ...photo, trimap: drawn };
}

/**
 * What Python answered, in our types: its None arrives as undefined, its bytes as one kind of array.
 *
 * @param {JobContent['kind']} kind
 * @param {any} result
 * @param {Crossings} crossings
 * @returns {Outcome}
 */
function outcomeOf(kind, result, crossings) {
  switch (kind) {
    case 'close':
      return null;
    case 'repair':
    case 'undo':
    case 'redo':
      return { ...result, patch: result.patch ? patchOf(result.patch) : null };
    case 'boxes':
      return { subject: result.subject ?? null, head: result.head ?? null };
    case 'shadow':
      return { layer: result.layer ?? null };
    case 'open': {
      const opened = { ...result, ...seenOf(result), ...patchOf(result), sureness: result.sureness ?? null, crossings };
      for (const bytes of buffersOf(opened)) crossings.bytesOut += bytes.byteLength;
      return opened;
    }
    default: {
      const { bytes, mimeType, ...rest } = result;
      crossings.bytesOut += bytes.byteLength + rest.alpha.byteLength;
      return { ...rest, ...seenOf(result), blob: new Blob([bytes], { type: mimeType }), crossings };
    }
  }
}

/**
 * @param {any} view
 * @returns {Patch}
 */
function patchOf(view) {
  return { ...view, pixels: new Uint8ClampedArray(view.pixels.buffer) };
}

/** @param {any} result */
function seenOf({ model = null, networkWidth = null, networkHeight = null, confidence = null }) {
  return { model, networkWidth, networkHeight, confidence };
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
 * What one job may call, each call and what it moves counted.
 *
 * @param {Host} host
 * @param {Crossings} crossings
 * @param {AbortSignal} signal
 * @param {object} on
 * @param {(error: unknown) => void} on.onfailure Told what a network or a decoder failed with.
 * @param {(picture: HeifPicture) => Promise<void>} on.onpicture Told a decoded HEIC or AVIF.
 * @returns {Calls}
 */
function counted(host, crossings, signal, { onfailure, onpicture }) {
  const told = (/** @type {unknown} */ error) => {
    onfailure(error);
    throw error;
  };
  return {
    infer: async (model, data, height, width) => {
      if (signal.aborted) return null; // between the checkpoint and here
      crossings.calls += 1;
      crossings.bytesOut += data.byteLength;
      const output = await host.infer(model, data, height, width, signal).catch(told);
      if (output) crossings.bytesIn += output.data.byteLength;
      return output;
    },
    decodeJpeg: async (bytes, width, height) => {
      crossings.calls += 1;
      crossings.bytesOut += bytes.byteLength;
      const pixels = await host.decodeJpeg(bytes, width, height);
      if (pixels) crossings.bytesIn += pixels.byteLength;
      return pixels;
    },
    decodeHeif: async (bytes, type, maxPixels) => {
      crossings.calls += 1;
      crossings.bytesOut += bytes.byteLength;
      const reply = await host.decodeHeif(bytes, type, maxPixels, signal).catch(told);
      if (reply && 'pixels' in reply) {
        crossings.bytesIn += reply.pixels.byteLength;
        await onpicture(reply);
      }
      return reply;
    },
  };
}

/** @param {HeifPicture} picture */
function bitmapOf({ pixels, width, height }) {
  const bytes = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels.buffer));
  return createImageBitmap(new ImageData(bytes, width, height));
}

/**
 * Let the messages that have arrived be handled, a cancel among them: promises alone never let them through. One channel
 * serves for all time: ports that nothing else refers to may be collected with their message still on its way.
 */
const messagesRead = (() => {
  const { port1, port2 } = new MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  port1.onmessage = () => waiting.shift()?.();
  return () => new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
})();
