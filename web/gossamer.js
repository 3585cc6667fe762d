/**
 * Gossamer for web pages: remove the background of a photo, on this device.
 *
 *     import { removeBackground } from './gossamer.js';
 *     const { blob } = await removeBackground(file);
 *
 * Importing this module does nothing; workers, runtimes and weights are fetched on the first call, from the folder
 * this module came from and from nowhere else.
 *
 * @module
 */

/** @import { BackendWish, Boxes, Crossings, Glance, Notice, Patch, Progress, Rect, ShadowLayer, ShadowOptions } from './shared/protocol.js' */
/** @import { Stroke, Wishes } from './engine/options.js' */
/** @import { PhotoSource } from './engine/source.js' */
import { wishForBackend } from './engine/backends.js';
import { DraftKeeper } from './engine/draft.js';
import { Engine } from './engine/engine.js';
import { toJobOptions, toJobStrokes } from './engine/options.js';
import { listeners, opening, removeIn, toResult } from './engine/remove.js';
import { GossamerError } from './shared/errors.js';

export { GossamerError };

/**
 * @typedef {object} Output
 * @property {'png' | 'webp' | 'jpeg' | 'alpha' | 'trimap'} [type] Default `png`. `alpha` is the matte as a grey PNG,
 *   `trimap` what was certain (0 and 255) and what was solved (128).
 * @property {string | null} [background] Opaque CSS colour to composite onto; JPEG is white without one.
 * @property {8 | 16} [depth] Bits a channel; 16 keeps the colour of a photo that has as many, in a PNG.
 * @property {'subject' | Rect | null} [crop] The box around the subject, or a rectangle in the photo's pixels, which may
 *   reach beyond the photo: nothing, or the background, is there. Default null, the whole photo.
 * @property {number} [margin] Around the subject, as a share (0 to 1) of its longer side; not where the photo's edge
 *   cuts the subject off.
 * @property {number | null} [aspect] Width over height. The frame grows to it; nothing is squeezed.
 * @property {number | null} [width] Exact pixels of the result. One alone keeps the aspect, to both the frame grows.
 * @property {number | null} [height]
 * @property {number | null} [dpi] Pixels per inch that the file states; without one those of the photo.
 * @property {ShadowOptions | null} [shadow] A soft shadow where the subject stands, `{ strength, softness }`, 0 to 1.
 *
 * @typedef {object} SubjectOptions
 * @property {AbortSignal} [signal] Stops the work; the promise is then rejected with code `aborted`.
 * @property {(progress: Progress) => void} [onprogress] Bytes while loading, stages while working.
 * @property {'auto' | 'person' | 'object'} [subject] What to look for; an object may be an animal. Default `auto`.
 * @property {boolean} [decontaminate] Whether soft edges get the subject's own colour, free of the old background;
 *   they do unless this is false.
 * @property {PhotoSource | null} [trimap] Black background, white foreground, all else to be solved; of the photo's
 *   size or shape. No network runs then.
 * @property {readonly Stroke[] | null} [strokes] Of a brush, drawn over what was found or given.
 * @property {BackendWish} [backend] What runs the networks, for this and all later photos. `auto`, the default, is
 *   WebAssembly, until a GPU has shown in idle time that it computes the same and is faster; it is remembered for this
 *   device. Whatever is asked for, WebAssembly takes over where it fails.
 *
 * @typedef {object} FileOptions
 * @property {Output} [output]
 * @property {number | null} [threshold] Makes alpha binary: opaque where alpha ≥ threshold, in (0, 1].
 *
 * @typedef {SubjectOptions & FileOptions} RemoveOptions
 *
 * @typedef {object} DraftOptionsAlone
 * @property {(glance: Glance) => void} [onglance] Called with a first, coarse matte as soon as one exists.
 * @property {(photo: ImageBitmap) => void} [onphoto] Called with the photo where this browser can't show its file, as
 *   a HEIC; the caller closes it. Its colours are as stored, without their profile, as are those of `layers`.
 * @property {8 | 16} [depth] Bits a channel to read, as for `output.depth`: files of 16 need a draft of 16.
 *
 * @typedef {SubjectOptions & DraftOptionsAlone} DraftOptions
 *
 * @typedef {object} RemoveResult
 * @property {Blob} blob The file. A PNG carries straight alpha, exactly as computed.
 * @property {number} width Pixels of the file; without crop and size those of the photo as it is seen.
 * @property {number} height
 * @property {Uint8Array} alpha The matte, width × height bytes, 0 background … 255 foreground, without any shadow.
 * @property {Record<string, number>} timings Milliseconds by stage, and `total` from call to result.
 * @property {string | null} model Name of the network that found the subject; null where a trimap was given.
 * @property {number | null} confidence 0 to 1: how sure that network is; it says which cut-outs to look at first.
 * @property {number} bandWidth Mean width of the band of unknown pixels around the subject, in the photo's pixels.
 * @property {Notice[]} notices What a person should know about an unusual photo, or an unsure result.
 * @property {{ networkWidth: number | null, networkHeight: number | null, crossings: Crossings }} details
 *
 * @typedef {object} Layers What a screen shows of a draft.
 * @property {Uint8ClampedArray} pixels The cut-out as straight RGBA, width × height × 4 bytes.
 * @property {Uint8Array} trimap width × height bytes: 0 background, 128 unknown, 255 foreground.
 * @property {{ data: Uint8Array, width: number, height: number } | null} sureness 255 where two looks of the network
 *   agree, 0 where they contradict each other; at the network's size, for the whole photo.
 */

const engine = new Engine();

/**
 * Remove the background of one photo.
 *
 * @param {PhotoSource} source
 * @param {RemoveOptions} [options]
 * @returns {Promise<RemoveResult>}
 * @throws {GossamerError} See docs/errors.md for the codes.
 */
export async function removeBackground(source, options = {}) {
  return removeIn(engine, source, options);
}

/**
 * Find the subject of a photo and solve its matte, and keep both at hand: to draw strokes, to take them back, to make
 * files. Close it when it is no longer needed: until then it takes some 15 bytes a pixel.
 *
 *     const draft = await openDraft(file);
 *     await draft.repair([{ kind: 'keep', points: [[310, 80], [340, 120]], radius: 8 }]);
 *     const { blob } = await draft.export({ type: 'webp' });
 *
 * @param {PhotoSource} source Kept until the draft is closed: should the browser end the workers, the draft is made again.
 * @param {DraftOptions} [options]
 * @returns {Promise<Draft>}
 * @throws {GossamerError}
 */
export async function openDraft(source, options = {}) {
  const { signal, onprogress, onglance, onphoto, trimap, strokes, backend, depth = 8, ...rest } = options ?? {};
  if (backend !== undefined) wishForBackend(backend);
  const wishes = { ...rest, output: { depth } };
  const keeper = new DraftKeeper(engine, opening(source, { trimap, strokes, wishes }));
  const started = performance.now();
  const opened = await keeper.open(listeners({ signal, onprogress, onglance, onphoto }));
  return new Draft(keeper, opened, wishes, performance.now() - started);
}

/** A matte that can still be changed. Calls are done one after the other; `openDraft` makes it. */
export class Draft {
  #keeper;
  #wishes;

  /**
   * @param {DraftKeeper} keeper
   * @param {import('./shared/protocol.js').Opened} opened
   * @param {Wishes} wishes As it was opened with.
   * @param {number} total ms from call to result
   */
  constructor(keeper, opened, wishes, total) {
    this.#keeper = keeper;
    this.#wishes = wishes;
    const { pixels, trimap, sureness, networkWidth, networkHeight } = opened;
    this.width = opened.width;
    this.height = opened.height;
    this.model = opened.model;
    this.confidence = opened.confidence;
    this.bandWidth = opened.bandWidth;
    this.notices = opened.notices;
    /** @type {Record<string, number>} */
    this.timings = { ...opened.timings, total };
    this.details = { networkWidth, networkHeight, crossings: opened.crossings };
    /**
     * As they were when the draft was opened; patches go on top. They are yours, to keep or to transfer.
     *
     * @type {Layers}
     */
    this.layers = {
      pixels,
      trimap,
      sureness: sureness && networkWidth && networkHeight
        ? { data: sureness, width: networkWidth, height: networkHeight }
        : null,
    };
  }

  get canUndo() {
    return this.#keeper.canUndo;
  }

  get canRedo() {
    return this.#keeper.canRedo;
  }

  /**
   * Draw strokes, as one change, and solve again what they touch.
   *
   * @param {Stroke | readonly Stroke[]} strokes
   * @returns {Promise<Patch | null>} The window that changed; null if they lie beside the photo.
   */
  async repair(strokes) {
    return this.#keeper.repair(toJobStrokes(/** @type {readonly Stroke[]} */ (strokes)));
  }

  /** Take the last change back. @returns {Promise<Patch | null>} null if there is none */
  undo() {
    return this.#keeper.undo();
  }

  /** Make it again. @returns {Promise<Patch | null>} null if nothing was undone */
  redo() {
    return this.#keeper.redo();
  }

  /**
   * Make a file.
   *
   * @param {Output} [output]
   * @param {Pick<RemoveOptions, 'signal' | 'onprogress' | 'threshold' | 'decontaminate'>} [options]
   * @returns {Promise<RemoveResult>}
   */
  async export(output = {}, options = {}) {
    const { signal, onprogress, ...wishes } = options;
    const started = performance.now();
    const wanted = toJobOptions({ ...this.#wishes, ...wishes, output });
    return toResult(await this.#keeper.export(wanted, listeners({ signal, onprogress })), started);
  }

  /** Where the subject is in the photo, and the head of a person; null where there is none. @returns {Promise<Boxes>} */
  boxes() {
    return this.#keeper.boxes();
  }

  /**
   * The shadow that an export with this option would cast, to be shown under the cut-out.
   *
   * @param {ShadowOptions} options
   * @returns {Promise<ShadowLayer | null>} null where the subject stands on nothing
   */
  shadow(options) {
    return this.#keeper.shadow(options);
  }

  /** Forget it; calls from now on are rejected with `disposed`. */
  close() {
    this.#keeper.close();
  }
}

/**
 * Load everything now, so that the first photo doesn't wait for it.
 *
 * @param {(progress: Progress) => void} [onprogress]
 * @param {Pick<SubjectOptions, 'backend'>} [options]
 */
export async function preload(onprogress = () => {}, { backend } = {}) {
  if (backend !== undefined) wishForBackend(backend);
  await engine.preload(onprogress);
}

/** End the engine and give its memory back. Calls in flight fail with code `disposed`; the next call starts anew. */
export function dispose() {
  engine.dispose();
}
