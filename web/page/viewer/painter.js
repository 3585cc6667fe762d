/** Draws a scene: the photo, the cut-out on its backdrop, or one of the ways to look into how it was made. @module */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera } from './camera.js' */
/** @import { Pyramid } from './pyramid.js' */

import { overlap, union } from './camera.js';

/**
 * @typedef {'cutout' | 'matte' | 'trimap' | 'sureness' | 'photo'} View
 *
 * @typedef {{ image: ImageBitmap, box: Rect }} Shadow With its place in the photo.
 *
 * @typedef {object} Backdrop
 * @property {'checker' | 'colour' | 'image' | 'blur' | 'none'} kind
 * @property {string} colour
 * @property {ImageBitmap | null} image
 *
 * @typedef {object} Face What is seen, apart from how it is looked at.
 * @property {View} view
 * @property {ImageBitmap | null} glance Alpha, before there is a cut-out.
 * @property {Pyramid | null} cutout
 *
 * @typedef {object} Scene
 * @property {Face} face
 * @property {{ face: Face, share: number } | null} fading What it fades from, and how much of that is still seen.
 * @property {Pyramid | null} photo
 * @property {ImageBitmap | null} blurred The photo out of focus.
 * @property {Pyramid | null} trimap
 * @property {ImageBitmap | null} sureness
 * @property {Shadow | null} shadow
 * @property {Backdrop} backdrop
 * @property {number | null} compare Left of this share of what is in sight is the photo.
 * @property {Rect | null} frame
 */

/** CSS px. */
const CHECKER_SIDE_PX = 8;
const HATCH_PX = 6;

/** Opaque in the certain parts of a trimap and clear in its band: `toned` in layers.js makes them. */
const TONES_OPACITY = 0.7;
/** Blue to yellow is told apart with any kind of sight; the stripes, with none of colour. */
const BAND = { fill: 'rgb(255 176 0 / 62%)', stripe: 'rgb(60 30 0 / 45%)' };
/** Over the photo, where the tint of the unsure parts lies on top. */
const SURE = 'rgb(20 22 28 / 55%)';

export class Painter {
  #canvas;
  #context;
  /** @type {Map<string, CanvasRenderingContext2D>} */
  #scratch = new Map();
  /** @type {Set<string>} */
  #used = new Set();
  /** @type {{ ratio: number, light: string, dark: string, pattern: CanvasPattern } | null} */
  #checker = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
  }

  /**
   * @param {Scene} scene
   * @param {Camera} camera
   */
  paint(scene, camera) {
    const context = this.#context;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const sides = split(scene, camera);
    for (const { view, box } of sides) {
      const face = view === 'photo' ? { ...scene.face, view } : scene.face;
      this.#within(context, box, () => this.#drawFaded(context, face, scene, camera));
    }
    for (const name of this.#scratch.keys()) if (!this.#used.has(name)) this.#drop(name);
    this.#used.clear();
  }

  /**
   * Of two pictures on top of each other, the lower one would shine through where both are half there: each is weighted
   * instead, and the two are added.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Face} face
   * @param {Scene} scene
   * @param {Camera} camera
   */
  #drawFaded(context, face, scene, camera) {
    const { fading } = scene;
    if (!fading || face.view === 'photo') {
      this.#drawFace(context, face, scene, camera);
      return;
    }
    const whole = { x: 0, y: 0, ...camera.viewport };
    this.#drawFace(context, fading.face, scene, camera);
    context.globalCompositeOperation = 'destination-in';
    context.fillStyle = `rgb(0 0 0 / ${fading.share})`;
    context.fillRect(whole.x, whole.y, whole.width, whole.height);
    const layer = this.#layer('fade');
    this.#drawFace(layer, face, scene, camera);
    context.globalCompositeOperation = 'lighter';
    context.globalAlpha = 1 - fading.share;
    context.drawImage(layer.canvas, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'source-over';
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Face} face
   * @param {Scene} scene
   * @param {Camera} camera
   */
  #drawFace(context, { view, glance, cutout }, scene, camera) {
    const box = camera.toScreen({ x: 0, y: 0, ...camera.photo });
    const subject = () => {
      if (cutout) cutout.draw(context, camera);
      else if (glance) this.#drawGlance(context, glance, scene, camera, box);
    };
    const made = cutout !== null || glance !== null;
    if (view === 'matte' && made) {
      this.#within(context, box, () => {
        if (cutout) cutout.draw(context, camera);
        else if (glance) stretch(context, glance, box);
        flood(context, box, '#ffffff', 'source-in');
        flood(context, box, '#000000', 'destination-over');
      });
    } else if (view === 'cutout' && made) {
      const frame = scene.frame ? camera.toScreen(scene.frame) : box;
      this.#within(context, union(box, frame), () => {
        this.#drawBackdrop(context, union(box, frame), box, scene, camera);
        if (scene.shadow) stretch(context, scene.shadow.image, camera.toScreen(scene.shadow.box));
        this.#within(context, box, subject);
      });
    } else {
      this.#within(context, box, () => {
        scene.photo?.draw(context, camera);
        if (view === 'trimap' && scene.trimap) this.#drawTrimap(context, scene.trimap, camera, box);
        if (view === 'sureness' && scene.sureness) {
          flood(context, box, SURE, 'source-over');
          stretch(context, scene.sureness, box);
        }
      });
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ImageBitmap} glance
   * @param {Scene} scene
   * @param {Camera} camera
   * @param {Rect} box
   */
  #drawGlance(context, glance, scene, camera, box) {
    const layer = this.#layer('glance');
    this.#within(layer, box, () => {
      scene.photo?.draw(layer, camera);
      layer.globalCompositeOperation = 'destination-in';
      stretch(layer, glance, box);
      layer.globalCompositeOperation = 'source-over';
    });
    context.drawImage(layer.canvas, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Pyramid} trimap
   * @param {Camera} camera
   * @param {Rect} box
   */
  #drawTrimap(context, trimap, camera, box) {
    const layer = this.#layer('trimap');
    const seen = overlap(box, { x: 0, y: 0, ...camera.viewport });
    this.#within(layer, box, () => {
      flood(layer, seen, BAND.fill, 'source-over');
      this.#hatch(layer, seen, camera.ratio);
      layer.globalCompositeOperation = 'destination-out';
      trimap.draw(layer, camera);
      layer.globalCompositeOperation = 'source-over';
      layer.globalAlpha = TONES_OPACITY;
      trimap.draw(layer, camera);
      layer.globalAlpha = 1;
    });
    context.drawImage(layer.canvas, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Rect} box
   * @param {number} ratio
   */
  #hatch(context, { x, y, width, height }, ratio) {
    const step = HATCH_PX * ratio;
    context.strokeStyle = BAND.stripe;
    context.lineWidth = step / 4;
    context.beginPath();
    const first = Math.floor((x + y) / step) * step; // fixed to the screen, wherever the photo is
    for (let at = first; at < x + width + y + height; at += step) {
      context.moveTo(at - y, y);
      context.lineTo(at - y - height, y + height);
    }
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Rect} area
   * @param {Rect} box of the photo
   * @param {Scene} scene
   * @param {Camera} camera
   */
  #drawBackdrop(context, area, box, { backdrop, blurred }, camera) {
    const { x, y, width, height } = overlap(area, { x: 0, y: 0, ...camera.viewport });
    if (backdrop.kind === 'none') return;
    const pattern = this.#checkerPattern(context, camera.ratio);
    pattern.setTransform(new DOMMatrix([1, 0, 0, 1, box.x, box.y]));
    context.fillStyle = backdrop.kind === 'colour' ? backdrop.colour : pattern;
    context.fillRect(x, y, width, height);
    const image = backdrop.kind === 'image' ? backdrop.image : backdrop.kind === 'blur' ? blurred : null;
    if (!image) return;
    context.imageSmoothingEnabled = true;
    if (backdrop.kind === 'blur') {
      stretch(context, image, box);
    } else {
      const scale = Math.max(area.width / image.width, area.height / image.height);
      const [w, h] = [image.width * scale, image.height * scale];
      context.imageSmoothingQuality = scale < 0.5 ? 'medium' : 'low';
      context.drawImage(image, area.x + (area.width - w) / 2, area.y + (area.height - h) / 2, w, h);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} ratio
   * @returns {CanvasPattern}
   */
  #checkerPattern(context, ratio) {
    const style = getComputedStyle(this.#canvas);
    const light = style.getPropertyValue('--checker-light').trim();
    const dark = style.getPropertyValue('--checker-dark').trim();
    const last = this.#checker;
    if (last && last.ratio === ratio && last.light === light && last.dark === dark) return last.pattern;
    const side = Math.max(1, Math.round(CHECKER_SIDE_PX * ratio));
    const tile = Object.assign(document.createElement('canvas'), { width: 2 * side, height: 2 * side });
    const small = contextOf(tile);
    small.fillStyle = light;
    small.fillRect(0, 0, 2 * side, 2 * side);
    small.fillStyle = dark;
    small.fillRect(side, 0, side, side);
    small.fillRect(0, side, side, side);
    const pattern = context.createPattern(tile, 'repeat');
    if (!pattern) throw new Error('no pattern');
    this.#checker = { ratio, light, dark, pattern };
    return pattern;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Rect} box
   * @param {() => void} draw
   */
  #within(context, { x, y, width, height }, draw) {
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
  }

  /**
   * A clear canvas of the screen's size. It is there as long as every frame needs it.
   *
   * @param {string} name
   */
  #layer(name) {
    const { width, height } = this.#canvas;
    const known = this.#scratch.get(name);
    const layer = known ?? contextOf(document.createElement('canvas'));
    if (layer.canvas.width !== width || layer.canvas.height !== height) Object.assign(layer.canvas, { width, height });
    else layer.clearRect(0, 0, width, height);
    this.#scratch.set(name, layer);
    this.#used.add(name);
    return layer;
  }

  /** @param {string} name */
  #drop(name) {
    const layer = this.#scratch.get(name);
    if (!layer) return;
    layer.canvas.width = 0;
    this.#scratch.delete(name);
  }
}

/**
 * Left and right of the divider.
 *
 * @param {Scene} scene
 * @param {Camera} camera
 * @returns {{ view: View, box: Rect }[]}
 */
function split({ face, compare }, camera) {
  const { width, height } = camera.viewport;
  if (compare === null) return [{ view: face.view, box: { x: 0, y: 0, width, height } }];
  const at = dividerAt(compare, camera);
  return [
    { view: 'photo', box: { x: 0, y: 0, width: at, height } },
    { view: face.view, box: { x: at, y: 0, width: width - at, height } },
  ];
}

/**
 * Where the divider is: a share of what is in sight, so that it can't be lost by zooming.
 *
 * @param {number} share
 * @param {Camera} camera
 * @returns {number} the screen's pixels
 */
export function dividerAt(share, camera) {
  const { x, width } = camera.visible;
  return Math.round(x + share * width);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasImageSource} image
 * @param {Rect} box
 */
function stretch(context, image, { x, y, width, height }) {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  context.drawImage(image, x, y, width, height);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Rect} box
 * @param {string} colour
 * @param {GlobalCompositeOperation} operation
 */
function flood(context, { x, y, width, height }, colour, operation) {
  context.globalCompositeOperation = operation;
  context.fillStyle = colour;
  context.fillRect(x, y, width, height);
  context.globalCompositeOperation = 'source-over';
}

/** @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  return context;
}
