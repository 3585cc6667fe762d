/** Draws a scene: the photo, the cut-out on its backdrop, or one of the ways to look into how it was made. @module */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera } from './camera.js' */
/** @import { Pyramid } from './pyramid.js' */

import { union } from './camera.js';
import { contextOf } from './canvas.js';
import { drawBand, drawChecker, Pattern } from './patterns.js';

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

/** How much of the photo is seen over the tones of its trimap. */
const PHOTO_OPACITY = 0.36;
/** Over the photo, where the tint of the unsure parts lies on top. */
const SURE = 'rgb(20 22 28 / 55%)';

export class Painter {
  #canvas;
  #context;
  /** @type {Map<string, CanvasRenderingContext2D>} */
  #scratch = new Map();
  /** @type {Set<string>} */
  #used = new Set();
  #checker;
  #band = new Pattern(drawBand);

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
    this.#checker = new Pattern((ratio) => drawChecker(ratio, getComputedStyle(canvas)));
  }

  /** The page's colours are others. */
  restyle() {
    this.#checker.forget();
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
    const made = cutout !== null || glance !== null;
    if (view === 'cutout' && made) {
      this.#drawCutout(context, { view, glance, cutout }, scene, camera, box);
      return;
    }
    this.#within(context, box, () => {
      if (view === 'matte' && made) {
        if (cutout) cutout.draw(context, camera);
        else if (glance) stretch(context, glance, box);
        flood(context, box, '#ffffff', 'source-in');
        flood(context, box, '#000000', 'destination-over');
      } else if (view === 'trimap' && scene.trimap) {
        this.#drawTrimap(context, scene.trimap, scene, camera, box);
      } else {
        scene.photo?.draw(context, camera);
        if (view !== 'sureness' || !scene.sureness) return;
        flood(context, box, SURE, 'source-over');
        stretch(context, scene.sureness, box);
      }
    });
  }

  /**
   * From the top down: what is cut out of the photo is cut before anything lies beneath.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Face} face
   * @param {Scene} scene
   * @param {Camera} camera
   * @param {Rect} box
   */
  #drawCutout(context, { glance, cutout }, scene, camera, box) {
    this.#within(context, box, () => {
      if (cutout) {
        cutout.draw(context, camera);
      } else if (glance) {
        scene.photo?.draw(context, camera);
        context.globalCompositeOperation = 'destination-in';
        stretch(context, glance, box);
      }
    });
    const area = scene.frame ? union(box, camera.toScreen(scene.frame)) : box;
    this.#within(context, area, () => {
      context.globalCompositeOperation = 'destination-over';
      if (scene.shadow) stretch(context, scene.shadow.image, camera.toScreen(scene.shadow.box));
      this.#drawBackdrop(context, area, box, scene, camera);
    });
  }

  /**
   * Tones and band lie under the photo, which is nearly clear: so they are seen through it.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Pyramid} trimap
   * @param {Scene} scene
   * @param {Camera} camera
   * @param {Rect} box
   */
  #drawTrimap(context, trimap, { photo }, camera, box) {
    trimap.draw(context, camera);
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = this.#band.of(context, camera.ratio);
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalCompositeOperation = 'source-over';
    context.globalAlpha = PHOTO_OPACITY;
    photo?.draw(context, camera);
  }

  /**
   * Into what is clear yet, and below what is half clear.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Rect} area
   * @param {Rect} box of the photo
   * @param {Scene} scene
   * @param {Camera} camera
   */
  #drawBackdrop(context, area, box, { backdrop: { kind, colour, image }, blurred }, camera) {
    if (kind === 'none') return;
    if (kind === 'blur' && blurred) stretch(context, blurred, box);
    const covering = kind === 'blur' ? blurred : kind === 'image' ? image : null; // a frame reaches beyond the photo
    if (covering) cover(context, covering, area);
    context.fillStyle = kind === 'colour' ? colour : this.#checker.of(context, camera.ratio, box);
    context.fillRect(area.x, area.y, area.width, area.height);
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
 * @param {ImageBitmap} image
 * @param {Rect} area
 */
function cover(context, image, area) {
  const scale = Math.max(area.width / image.width, area.height / image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  const [x, y] = [area.x + (area.width - width) / 2, area.y + (area.height - height) / 2];
  stretch(context, image, { x, y, width, height });
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
