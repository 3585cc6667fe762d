/** What there is to be seen: the photo, what has been made of it, and what it is looked at on. @module */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera } from './camera.js' */
/** @import { LayerArrays, Patch } from './layers.js' */
/** @import { Backdrop, Face, Scene, Shadow, View } from './painter.js' */
/** @import { Listener } from './pictures.js' */

import { alphaImage, Layers } from './layers.js';
import { Pictures } from './pictures.js';
import { Pyramid } from './pyramid.js';

/**
 * @typedef {object} BackdropWish
 * @property {Backdrop['kind']} kind `blur` is the photo out of focus; with `none` the page shows through.
 * @property {string} [colour]
 * @property {Blob} [image] Covers the photo.
 *
 * @typedef {object} ShadowWish
 * @property {Uint8Array} layer Its alpha.
 * @property {number} width
 * @property {number} height
 * @property {Rect} box Where it lies in the photo.
 */

const FADE_MS = 320;
/** A photo is kept at its own size up to here, where the device has the memory. */
const MOST_PHOTO_PIXELS = 50_000_000;
const MOST_PHOTO_PIXELS_SMALL = 16_000_000;
const SMALL_MEMORY_GB = 4;
const MOST_BACKDROP_PIXELS = 4_000_000;
const MOST_SHADOW_PIXELS = 4_000_000;

export class Contents {
  #camera;
  #onchange;
  #pictures = new Pictures();
  /** What belongs to the photo that is shown. */
  #session = new AbortController();
  /** @type {Pyramid | null} */
  #photo = null;
  /** @type {ImageBitmap | null} */
  #blurred = null;
  /** Settled when the layers that were given last are there. @type {Promise<void>} */
  #laid = Promise.resolve();
  /** @type {ImageBitmap | null} */
  #glance = null;
  /** @type {Layers | null} */
  #layers = null;
  /** @type {{ face: Face, start: number } | null} */
  #fading = null;
  /** @type {Shadow | null} */
  #shadow = null;
  /** @type {ShadowWish | null} */
  #shadowWish = null;
  /** @type {Backdrop} */
  #backdrop = { kind: 'checker', colour: '#ffffff', image: null };
  /** @type {BackdropWish} */
  #backdropWish = { kind: 'checker' };
  /** @type {View} */
  #view = 'cutout';

  /**
   * @param {Camera} camera
   * @param {() => void} onchange There is something new to draw.
   */
  constructor(camera, onchange) {
    this.#camera = camera;
    this.#onchange = onchange;
  }

  clear() {
    this.#session.abort();
    this.#session = new AbortController();
    for (const part of [this.#photo, this.#blurred, this.#glance, this.#layers, this.#shadow?.image]) part?.close();
    [this.#photo, this.#blurred, this.#glance, this.#layers, this.#shadow] = [null, null, null, null, null];
    this.#shadowWish = null;
    this.#fading = null;
  }

  /**
   * @param {Blob | ImageBitmap | HTMLCanvasElement | OffscreenCanvas} source
   * @returns {Promise<boolean>} whether all of it is there
   */
  async loadPhoto(source) {
    const { signal } = this.#session;
    try {
      const moved = source instanceof Blob || source instanceof ImageBitmap ? source : await createImageBitmap(source);
      await this.#pictures.ask(
        { type: 'photo', source: moved, most: mostPhotoPixels() }, moved instanceof ImageBitmap ? [moved] : [],
        { signal, onreport: (report) => this.#receive(report) },
      );
      return true;
    } catch (error) {
      if (!signal.aborted) console.warn(error);
      return false;
    }
  }

  /** @param {{ alpha: Uint8Array, width: number, height: number }} matte */
  async loadGlance(matte) {
    const { signal } = this.#session;
    const image = await alphaImage(matte);
    if (signal.aborted || this.#layers) {
      image.close();
      return;
    }
    this.#fade();
    this.#glance = image;
    this.#onchange();
  }

  /** @param {LayerArrays} arrays */
  loadLayers(arrays) {
    this.#laid = this.#lay(arrays);
    return this.#laid;
  }

  /** @param {LayerArrays} arrays */
  async #lay(arrays) {
    const { signal } = this.#session;
    const layers = new Layers(arrays, { pictures: this.#pictures, onchange: this.#onchange });
    await layers.load(this.#camera);
    if (signal.aborted) {
      layers.close();
      return;
    }
    this.#fade();
    const last = this.#layers;
    this.#layers = layers;
    this.#needTrimap();
    this.#blurAround();
    this.#onchange();
    if (last) setTimeout(() => last.close(), FADE_MS); // it is still seen until then
  }

  /** @param {Patch} patch */
  async patch(patch) {
    await this.#laid; // or it would be lost, or be written into what is about to go
    await this.#layers?.patch(patch, this.#camera);
    this.#blurAround();
  }

  get view() {
    return this.#view;
  }

  set view(view) {
    this.#view = view;
    this.#needTrimap();
    this.#onchange();
  }

  get shadow() {
    return this.#shadowWish;
  }

  set shadow(wish) {
    this.#shadowWish = wish;
    if (wish) {
      this.#castShadow(wish);
    } else {
      this.#shadow?.image.close();
      this.#shadow = null;
      this.#onchange();
    }
  }

  get backdrop() {
    return this.#backdropWish;
  }

  set backdrop(wish) {
    const last = this.#backdropWish.image;
    this.#backdropWish = wish;
    this.#backdrop = { ...this.#backdrop, kind: wish.kind, colour: wish.colour ?? this.#backdrop.colour };
    if (wish.image && wish.image !== last) this.#loadBackdrop(wish.image);
    this.#blurAround();
    this.#onchange();
  }

  /** @returns {View | 'glance'} what is seen, in a word */
  get shown() {
    if (this.#view === 'photo' || !(this.#layers || this.#glance)) return 'photo';
    return this.#layers ? this.#view : 'glance';
  }

  get fading() {
    return this.#fading !== null;
  }

  /** How often long work has given the page its turn, for those who measure. */
  get slices() {
    return (this.#layers?.cutout.slices ?? 0) + (this.#layers?.trimap?.slices ?? 0);
  }

  /** @returns {Omit<Scene, 'compare' | 'frame'>} */
  scene() {
    return {
      fading: this.#fadedFrom(performance.now()),
      face: this.#face,
      photo: this.#photo,
      blurred: this.#blurred,
      trimap: this.#layers?.trimap ?? null,
      sureness: this.#layers?.sureness ?? null,
      shadow: this.#shadow,
      backdrop: this.#backdrop,
    };
  }

  /** @returns {Face} */
  get #face() {
    return { view: this.#view, glance: this.#glance, cutout: this.#layers?.cutout ?? null };
  }

  /** From what is seen now to what comes next. */
  #fade() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#fading = still ? null : { face: this.#face, start: performance.now() };
  }

  /** @param {number} now @returns {Scene['fading']} */
  #fadedFrom(now) {
    if (this.#fading) {
      const share = 1 - (now - this.#fading.start) / FADE_MS;
      if (share > 0) return { face: this.#fading.face, share: Math.min(1, share) };
      this.#fading = null;
    }
    if (this.#layers) {
      this.#glance?.close();
      this.#glance = null;
    }
    return null;
  }

  /** @type {Listener} */
  #receive(report) {
    if (report.type === 'size') {
      this.#photo = new Pyramid(report);
    } else if (report.type === 'blurred') {
      this.#blurred = report.image;
    } else {
      const { level, column, row, image, x, y } = report;
      this.#photo?.put(level, column, row, { image, x, y });
      if (this.#photo && level < this.#photo.look(this.#camera).level) return; // too fine to be seen now
    }
    this.#onchange();
  }

  /** The trimap is made into pictures only when somebody looks at it. */
  async #needTrimap() {
    if (this.#view !== 'trimap' || !this.#layers || this.#layers.trimap) return;
    await this.#layers.loadTrimap(this.#camera);
    this.#onchange();
  }

  /** @param {ShadowWish} wish */
  async #castShadow(wish) {
    const { signal } = this.#session;
    const { width, height, box } = wish;
    const layer = wish.layer.slice();
    const request = /** @type {const} */ ({ type: 'shadow', layer, width, height, most: MOST_SHADOW_PIXELS });
    const [image] = await this.#pictures.ask(request, [layer.buffer], { signal }).then(({ images }) => images, () => []);
    if (!image) return; // the photo is gone, or has to do without
    if (this.#shadowWish !== wish) {
      image.close();
      return;
    }
    this.#shadow?.image.close();
    this.#shadow = { image, box };
    this.#onchange();
  }

  /** The photo out of focus, now that it is known what of it is the subject, whose colours would glow around it. */
  async #blurAround() {
    const [photo, cutout] = [this.#photo?.smallest, this.#layers?.cutout.smallest];
    if (this.#backdrop.kind !== 'blur' || !photo || !cutout) return;
    const { signal } = this.#session;
    const moved = await Promise.all([createImageBitmap(photo), createImageBitmap(cutout)]);
    const request = /** @type {const} */ ({ type: 'blur', photo: moved[0], cutout: moved[1] });
    const [image] = await this.#pictures.ask(request, moved, { signal }).then(({ images }) => images, () => []);
    if (!image) return;
    this.#blurred?.close();
    this.#blurred = image;
    this.#onchange();
  }

  /** @param {Blob} source */
  async #loadBackdrop(source) {
    try {
      const { images: [image] } = await this.#pictures.ask({ type: 'shrink', source, most: MOST_BACKDROP_PIXELS });
      if (this.#backdropWish.image !== source) {
        image?.close();
        return;
      }
      this.#backdrop.image?.close();
      this.#backdrop = { ...this.#backdrop, image: image ?? null };
      this.#onchange();
    } catch (error) {
      console.warn(error); // the checkerboard stands in
    }
  }
}

/** Browsers that don't tell how much memory there is are asked for the larger size. */
function mostPhotoPixels() {
  const { deviceMemory = Infinity } = /** @type {{ deviceMemory?: number }} */ (navigator);
  return deviceMemory <= SMALL_MEMORY_GB ? MOST_PHOTO_PIXELS_SMALL : MOST_PHOTO_PIXELS;
}
