/**
 * The viewer: a photo and what has been made of it, from all of it down to single pixels, with brushes and a crop frame.
 *
 * It knows nothing of where pictures come from or what strokes do. Drawing happens here, on the page's thread; all that
 * grows with the photo is done in a worker or in slices.
 *
 * @module
 */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Point, Size } from './camera.js' */
/** @import { Frame } from './frame.js' */
/** @import { LayerArrays, Patch } from './layers.js' */
/** @import { Stroke, StrokeKind } from './strokes.js' */

import { number, onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { BRUSH } from './brush.js';
import { Camera, union } from './camera.js';
import { Contents } from './contents.js';
import { Divider } from './divider.js';
import { CropFrame } from './frame.js';
import { Gestures } from './gestures.js';
import { listenForKeys } from './keys.js';
import { Painter } from './painter.js';
import { Ring } from './ring.js';
import { Strokes } from './strokes.js';

/**
 * @typedef {'look' | StrokeKind | 'frame'} Tool
 *
 * @typedef {object} ViewInfo
 * @property {number} zoom The screen's pixels per pixel of the photo.
 * @property {boolean} fitted
 * @property {Rect} visible What is in sight, in the photo's pixels.
 * @property {Point} corner Where the photo's first pixel starts; CSS px from the viewer's corner.
 * @property {number | null} compare
 * @property {number} brush
 *
 * @typedef {object} Listeners
 * @property {(stroke: Stroke) => void} [onstroke] Drawn to its end. It stays in sight until `settle(stroke)`.
 * @property {(rect: Rect, settled: boolean) => void} [onframe] While the frame is changed, and once more when it rests.
 * @property {(info: ViewInfo) => void} [onview]
 */

/** Canvases above this show nothing on some phones. */
const MOST_CANVAS_PIXELS = 16_000_000;

/** A finer brush would slip between the centres of pixels. */
const FINEST_STROKE_PX = 0.71;

const PAN_PX = 64;
const CURSOR_STEP_PX = 8;
const QUIET_MS = 400;

export class Viewer {
  #host;
  #picture = h('canvas', { className: 'viewer-picture', role: 'img' });
  #marks = h('canvas', { className: 'viewer-marks', ariaHidden: 'true' });
  #help = h('p', { className: 'unseen', id: `viewer-help-${crypto.randomUUID()}` });
  #status = h('p', { className: 'unseen', role: 'status', ariaLive: 'polite' });
  #camera = new Camera();
  #contents = new Contents(this.#camera, () => this.#changed());
  #painter = new Painter(this.#picture);
  #strokes = new Strokes(this.#marks);
  #ring = new Ring();
  #divider = new Divider(this.#camera, (share) => {
    this.compare = share;
    this.#tell();
  });
  #crop = new CropFrame(this.#camera, (rect, settled) => this.#framed(rect, settled));
  // Positions on it are physical, from the left: the direction of a language must not turn them round.
  #surface = h(
    'div', { className: 'viewer-surface', tabIndex: 0, role: 'application', dir: 'ltr' },
    this.#picture, this.#marks, this.#divider.element, this.#crop.element, this.#ring.element,
  );
  #gestures;
  #on;

  /** @type {Tool} */
  #tool = 'look';
  /** @type {number | null} */
  #compare = null;
  #brush = BRUSH.first;
  /** Where a mouse or pen is; CSS px. @type {Point | null} */
  #pointer = null;
  /** Where the keys have brought the brush, in the photo. @type {Point | null} */
  #cursor = null;
  /** What two fingers took hold of. */
  #held = { point: { x: 0, y: 0 }, zoom: 1 };
  #frame = 0;
  #moved = true;
  #spoken = 0;
  /** How long the last frames took to draw, for those who measure; ms. @type {number[]} */
  costs = [];

  /**
   * @param {HTMLElement} host which has a size of its own
   * @param {Listeners} [listeners]
   */
  constructor(host, listeners = {}) {
    this.#host = host;
    this.#on = { onstroke: () => {}, onframe: () => {}, onview: () => {}, ...listeners };
    this.#surface.setAttribute('aria-describedby', this.#help.id);
    host.classList.add('viewer');
    host.append(this.#surface, this.#help, this.#status);
    this.#gestures = new Gestures(this.#surface, {
      paints: () => this.#kind !== null && this.#camera.photo.width > 0,
      pan: (dx, dy) => this.#look(() => this.#camera.pan(dx, dy)),
      hold: (middle) => {
        this.#held = { point: this.#camera.toPhoto(middle), zoom: this.#camera.zoom };
      },
      pinch: (middle, factor) => this.#look(() => {
        this.#camera.hold(this.#held.point, middle, this.#held.zoom * factor);
      }),
      zoom: (factor, at) => this.zoomBy(factor, at),
      toggle: (at) => this.#toggle(at),
      resize: (factor) => this.#resizeBrush(factor),
      begin: (point, straight) => this.#begin(this.#camera.toPhoto(point), straight),
      extend: (points, straight) => {
        this.#strokes.extend(points.map((point) => this.#camera.toPhoto(point)), straight, this.#camera);
      },
      finish: () => this.#finish(),
      cancel: () => this.#strokes.cancel(this.#camera),
      hover: (point) => this.#hover(point),
    });
    listenForKeys(this.#surface, {
      paints: () => this.#kind !== null,
      pan: (x, y) => this.#look(() => this.#camera.pan(-x * PAN_PX, -y * PAN_PX)),
      moveBrush: (x, y, fine) => this.#moveCursor(x, y, fine ? 1 : CURSOR_STEP_PX),
      zoom: (direction) => this.zoomStep(direction),
      fit: () => this.fit(),
      actualSize: () => this.actualSize(this.#cursorOnScreen()),
      resize: (direction) => this.#resizeBrush(BRUSH.step ** direction),
      dot: (straight) => this.#dot(straight),
      cancel: () => this.#takeBack(),
      hand: (held) => this.#hand(held),
    });
    this.#observe();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#painter.restyle();
      this.#invalidate();
    });
    onLanguage(() => this.#speak());
    this.tool = 'look';
    this.#speak();
  }

  /**
   * Show another photo; what belonged to the last one is gone.
   *
   * @param {Blob | ImageBitmap | HTMLCanvasElement | OffscreenCanvas | null} source An ImageBitmap is taken over.
   * @param {Size} [size] of the photo; `source` may have fewer pixels
   * @returns {Promise<boolean>} whether all of it is there; false where the browser can't show it, or another photo came
   */
  async setPhoto(source, size) {
    this.#clear();
    if (!source || !size) return false;
    this.#camera.show(size);
    this.#changed();
    this.#tell();
    return this.#contents.loadPhoto(source);
  }

  /**
   * A first, coarse matte, at the size that a network sees.
   *
   * @param {{ alpha: Uint8Array, width: number, height: number }} matte
   */
  setGlance(matte) {
    return this.#contents.loadGlance(matte);
  }

  /**
   * The careful result. What is shown stays until this can be drawn whole.
   *
   * @param {LayerArrays} arrays kept, not copied
   */
  setLayers(arrays) {
    return this.#contents.loadLayers(arrays);
  }

  /**
   * A window of the layers has changed; it is written into the arrays given before.
   *
   * @param {Patch} patch
   * @returns {Promise<void>} when it is in sight
   */
  async patch(patch) {
    await this.#contents.patch(patch);
    this.#paint();
  }

  /** Take away a stroke whose work is done, or all. @param {Stroke | null} [stroke] */
  settle(stroke = null) {
    this.#strokes.settle(stroke, this.#camera);
  }

  /** Drawn under the cut-out. */
  get shadow() {
    return this.#contents.shadow;
  }

  set shadow(shadow) {
    this.#contents.shadow = shadow;
  }

  get view() {
    return this.#contents.view;
  }

  set view(view) {
    this.#contents.view = view;
  }

  /** What the cut-out is looked at on. */
  get backdrop() {
    return this.#contents.backdrop;
  }

  set backdrop(backdrop) {
    this.#contents.backdrop = backdrop;
  }

  /** The share of what is in sight that is shown as the photo, from the left; null for no comparison. */
  get compare() {
    return this.#compare;
  }

  set compare(share) {
    this.#compare = share === null ? null : Math.min(1, Math.max(0, share));
    this.#invalidate();
  }

  get tool() {
    return this.#tool;
  }

  set tool(tool) {
    if (this.#strokes.cancel(this.#camera)) this.#gestures.drop();
    this.#tool = tool;
    this.#surface.dataset.tool = tool;
    this.#crop.live = tool === 'frame';
    this.#cursor = null;
    this.#speakHelp();
    this.#invalidate();
  }

  /** Its radius in CSS px, the same at every zoom: who looks closer paints finer. */
  get brush() {
    return this.#brush;
  }

  set brush(radius) {
    this.#brush = Math.min(BRUSH.most, Math.max(BRUSH.least, radius));
    this.#showRing();
  }

  get frame() {
    return this.#crop.frame;
  }

  /** @param {Frame | null} frame */
  set frame(frame) {
    this.#crop.frame = frame;
    this.#reach();
    this.#changed();
  }

  /** The screen's pixels per pixel of the photo. */
  get zoom() {
    return this.#camera.zoom;
  }

  set zoom(zoom) {
    this.#look(() => this.#camera.zoomTo(zoom));
  }

  /** All of the photo, in the middle. */
  fit() {
    this.#look(() => {
      this.#reach();
      this.#camera.fit();
    });
  }

  /** One pixel of the screen for each of the photo. @param {Point} [at] what stays where it is; CSS px */
  actualSize(at) {
    this.#look(() => this.#camera.zoomTo(1, at));
  }

  /** @param {number} factor @param {Point} [at] what stays where it is; CSS px */
  zoomBy(factor, at) {
    this.#look(() => this.#camera.zoomTo(this.#camera.zoom * factor, at));
  }

  /** The next zoom of those that are easy on the eye. @param {1 | -1} direction */
  zoomStep(direction) {
    this.#look(() => this.#camera.zoomTo(this.#camera.step(direction), this.#cursorOnScreen()));
  }

  focus() {
    this.#surface.focus();
  }

  /** How often long work has given the page its turn, for those who measure. */
  get slices() {
    return this.#contents.slices;
  }

  #clear() {
    this.#contents.clear();
    this.#crop.frame = null;
    this.#cursor = null;
    this.#strokes.reset();
    this.#gestures.drop();
    this.#camera.show({ width: 0, height: 0 });
    this.#changed();
  }

  #observe() {
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { inlineSize, blockSize } = entry.contentBoxSize[0] ?? { inlineSize: 1, blockSize: 1 };
      const exact = entry.devicePixelContentBoxSize?.[0];
      const width = snapped(inlineSize * devicePixelRatio, exact?.inlineSize);
      const height = snapped(blockSize * devicePixelRatio, exact?.blockSize);
      this.#resize(width, height);
    });
    try {
      observer.observe(this.#picture, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.#picture); // WebKit knows no other box than in CSS px
    }
  }

  /**
   * A canvas whose size is set is clear until it is drawn: at once, or it would flash.
   *
   * @param {number} width the screen's pixels
   * @param {number} height
   */
  #resize(width, height) {
    const shrink = Math.min(1, Math.sqrt(MOST_CANVAS_PIXELS / Math.max(1, width * height)));
    const size = { width: Math.max(1, Math.floor(width * shrink)), height: Math.max(1, Math.floor(height * shrink)) };
    for (const canvas of [this.#picture, this.#marks]) Object.assign(canvas, size);
    this.#camera.resize(size, devicePixelRatio * shrink);
    this.#moved = true;
    this.#paint();
    this.#tell();
  }

  /** Something else is seen: also say so. */
  #changed() {
    this.#moved = true;
    this.#describe();
    this.#invalidate();
  }

  /** @param {() => void} move */
  #look(move) {
    const zoom = this.#camera.zoom;
    move();
    this.#moved = true;
    this.#invalidate();
    this.#tell();
    if (zoom !== this.#camera.zoom) {
      this.#announce(t('viewer.zoomed', { percent: Math.round(this.#camera.zoom * 100) }));
    }
  }

  #tell() {
    const { zoom, fitted, visible, x, y } = this.#camera;
    const { compare, brush } = this;
    const seen = {
      x: (visible.x - x) / zoom, y: (visible.y - y) / zoom, width: visible.width / zoom, height: visible.height / zoom,
    };
    this.#on.onview({ zoom, fitted, visible: seen, corner: this.#camera.toCss({ x: 0, y: 0 }), compare, brush });
  }

  #invalidate() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const start = performance.now();
    const camera = this.#camera;
    if (camera.photo.width === 0) {
      this.#picture.width += 0; // clears it
    } else {
      const frame = this.#crop.frame?.rect ?? null;
      this.#painter.paint({ ...this.#contents.scene(), compare: this.#compare, frame }, camera);
    }
    this.#divider.show(camera.photo.width > 0 ? this.#compare : null);
    if (this.#moved) this.#follow();
    this.costs.push(performance.now() - start);
    if (this.costs.length > 240) this.costs.shift();
    if (this.#contents.fading) this.#invalidate();
  }

  /** What lies over the photo moves with it. */
  #follow() {
    this.#moved = false;
    if (this.#strokes.shown) this.#strokes.draw(this.#camera);
    this.#crop.draw();
    this.#showRing();
    // Where there is nothing to pan, a finger scrolls the page.
    this.#surface.toggleAttribute('data-still', this.#camera.fitted && this.#tool === 'look');
  }

  /** The frame may reach beyond the photo: fitted and held in sight is all of both. */
  #reach() {
    const { photo } = this.#camera;
    const whole = { x: 0, y: 0, ...photo };
    this.#camera.extent = this.#crop.frame ? union(whole, this.#crop.frame.rect) : whole;
  }

  /**
   * @param {Rect} rect
   * @param {boolean} settled
   */
  #framed(rect, settled) {
    if (settled) {
      this.#reach();
      this.#announce(t('viewer.frame.size', { width: rect.width, height: rect.height }));
    }
    this.#invalidate();
    this.#on.onframe(rect, settled);
  }

  /** @returns {StrokeKind | null} */
  get #kind() {
    return this.#tool === 'look' || this.#tool === 'frame' ? null : this.#tool;
  }

  /**
   * @param {Point} point of the photo
   * @param {boolean} straight
   */
  #begin(point, straight) {
    const kind = this.#kind;
    if (!kind) return;
    const radius = Math.max(FINEST_STROKE_PX, this.#brush * this.#camera.ratio / this.#camera.zoom);
    this.#cursor = null;
    this.#strokes.begin(kind, point, radius, straight, this.#camera);
  }

  #finish() {
    const stroke = this.#strokes.finish();
    if (!stroke) return;
    this.#announce(t(`viewer.painted.${stroke.kind}`));
    this.#on.onstroke(stroke);
  }

  /** @param {Point} at CSS px */
  #toggle(at) {
    if (this.#camera.fitted && this.#camera.zoom !== 1) this.actualSize(at);
    else this.fit();
  }

  /** @param {number} factor */
  #resizeBrush(factor) {
    this.brush = this.#brush * factor;
    this.#announce(t('viewer.brushSize', { size: number(Math.round(2 * this.#brush)) }));
    this.#tell();
  }

  /** @param {Point | null} point */
  #hover(point) {
    this.#pointer = point;
    if (point) this.#cursor = null;
    this.#showRing();
  }

  #showRing() {
    this.#ring.show(this.#kind, this.#cursorOnScreen() ?? this.#pointer, this.#brush);
  }

  #cursorOnScreen() {
    return this.#cursor ? this.#camera.toCss(this.#cursor) : undefined;
  }

  /** @param {boolean} held the space bar @returns {boolean} whether it has been used to pan */
  #hand(held) {
    const used = this.#gestures.spaceUsed;
    Object.assign(this.#gestures, { space: held, spaceUsed: false });
    this.#surface.toggleAttribute('data-hand', held);
    return used;
  }

  /** @returns {boolean} whether there was a stroke */
  #takeBack() {
    if (!this.#strokes.cancel(this.#camera)) return false;
    this.#gestures.drop();
    this.#announce(t('viewer.takenBack'));
    return true;
  }

  /**
   * The brush goes along, and the photo with it where the brush would leave the sight.
   *
   * @param {number} x -1, 0 or 1
   * @param {number} y
   * @param {number} step CSS px
   */
  #moveCursor(x, y, step) {
    const { photo, viewport, ratio } = this.#camera;
    const from = this.#cursorOnScreen() ?? this.#pointer ?? middleOf(this.#camera.visible, ratio);
    const to = this.#camera.toPhoto({ x: from.x + x * step, y: from.y + y * step });
    this.#cursor = {
      x: Math.min(photo.width, Math.max(0, to.x)), y: Math.min(photo.height, Math.max(0, to.y)),
    };
    const at = this.#camera.toCss(this.#cursor);
    const [width, height] = [viewport.width / ratio, viewport.height / ratio];
    const [dx, dy] = [wayBack(at.x, width), wayBack(at.y, height)];
    if (dx !== 0 || dy !== 0) this.#look(() => this.#camera.pan(dx, dy));
    this.#showRing();
  }

  /** @param {boolean} straight from the last one */
  #dot(straight) {
    const at = this.#cursor ?? (this.#pointer && this.#camera.toPhoto(this.#pointer));
    if (!at || this.#strokes.drawing || this.#camera.photo.width === 0) return;
    this.#begin(at, straight);
    this.#cursor = at;
    this.#finish();
  }

  #speak() {
    this.#surface.ariaLabel = t('viewer.name');
    this.#divider.speak();
    this.#crop.speak();
    this.#speakHelp();
    this.#describe();
  }

  #speakHelp() {
    const key = this.#kind ? 'viewer.help.brush' : this.#tool === 'frame' ? 'viewer.help.frame' : 'viewer.help';
    setText(this.#help, t(key));
  }

  #describe() {
    const shown = this.#camera.photo.width === 0 ? 'empty' : this.#contents.shown;
    this.#picture.ariaLabel = t(`viewer.picture.${shown}`);
  }

  /** Say it when it has stopped changing. @param {string} text */
  #announce(text) {
    clearTimeout(this.#spoken);
    this.#spoken = window.setTimeout(() => {
      this.#status.textContent = text;
    }, QUIET_MS);
  }
}

/**
 * @param {Rect} rect the screen's pixels
 * @param {number} ratio
 * @returns {Point} CSS px
 */
function middleOf({ x, y, width, height }, ratio) {
  return { x: (x + width / 2) / ratio, y: (y + height / 2) / ratio };
}

/**
 * How far something has to move to come into sight, and some more.
 *
 * @param {number} place
 * @param {number} room
 */
function wayBack(place, room) {
  if (place < 0) return PAN_PX - place;
  return place > room ? room - place - PAN_PX : 0;
}

/**
 * A length in whole pixels of the screen. Where it starts decides how it is rounded, and only the browser knows that;
 * but on a screen that a developer's tool emulates, the browser tells the length on the real one.
 *
 * @param {number} length
 * @param {number | undefined} exact as the browser tells
 */
function snapped(length, exact) {
  return exact !== undefined && Math.abs(exact - length) <= 1 ? exact : Math.round(length);
}
