/**
 * Where the frame of the result lies in the photo. `py/gossamer/finish/frame.py` and `presets.py` say the same, for the
 * file itself; here it is for the eye, while a person drags.
 *
 * @module
 */

/** @import { Rect } from '../../shared/protocol.js' */

/**
 * @typedef {{ width: number, height: number }} Size
 *
 * @typedef {object} Framing As in the output options.
 * @property {'subject' | Rect | null} [crop]
 * @property {number} [margin]
 * @property {number | null} [aspect]
 * @property {number | null} [width]
 * @property {number | null} [height]
 *
 * @typedef {object} Preset As in `presets.json`; lengths in millimetres.
 * @property {'product' | 'profile' | 'document'} kind
 * @property {string | null} background
 * @property {[width: number, height: number]} [pixels]
 * @property {number} [margin]
 * @property {[width: number, height: number]} [size] Of a document, as are the next.
 * @property {[least: number, most: number]} [head] From chin to crown.
 * @property {number} [top] Room above the head to begin with.
 * @property {[least: number, most: number]} [eyes] Above the lower edge.
 * @property {number} [dpi]
 *
 * @typedef {{ kind: 'crown' | 'chin-least' | 'chin-most' | 'eyes-least' | 'eyes-most', y: number }} Guide
 */

const MM_PER_INCH = 25.4;
const MIDDLE = 0.5;

/**
 * The frame that crop, margin, aspect, width and height ask for, and how many pixels the result has.
 *
 * @param {Size} photo
 * @param {Rect | null} subject Its box in the photo; without one the whole photo is taken for it.
 * @param {Framing} framing
 * @returns {{ rect: Rect, size: Size }}
 */
export function frameOf(photo, subject, { crop = null, margin = 0, aspect = null, width = null, height = null }) {
  let { rect, hold } = cropped(photo, subject, crop, margin);
  if (aspect !== null) rect = widened(rect, aspect, hold);
  if (width !== null && height !== null) rect = widened(rect, width / height, hold);
  else if (width === null && height === null) rect = whole(rect);
  return { rect, size: sizeOf(rect, width, height) };
}

/**
 * A rectangle grown to an aspect, about its middle or from the end of a side that is held: 0 the first, 1 the last.
 *
 * @param {Rect} rect
 * @param {number} aspect Width over height.
 * @param {{ x: number, y: number }} [hold]
 * @returns {Rect}
 */
function widened({ x, y, width, height }, aspect, hold = { x: MIDDLE, y: MIDDLE }) {
  const [wide, high] = [Math.max(width, height * aspect), Math.max(height, width / aspect)];
  return { x: x - (wide - width) * hold.x, y: y - (high - height) * hold.y, width: wide, height: high };
}

/**
 * A rectangle of another aspect about the same middle, and of the same area.
 *
 * @param {Rect} rect
 * @param {number} aspect
 * @returns {Rect}
 */
export function reshaped({ x, y, width, height }, aspect) {
  const [wide, high] = [Math.sqrt(width * height * aspect), Math.sqrt((width * height) / aspect)];
  return { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high };
}

/**
 * Where a head is, told by the box of a person's head and shoulders alone.
 *
 * @param {Rect} subject
 * @returns {Rect}
 */
export function headIn({ x, y, width, height }) {
  return { x: x + width / 4, y, width: width / 2, height: Math.min(height, 0.65 * width) };
}

/**
 * The frame of a document around a head: the head as high as the middle of what is allowed, or higher, up to the most,
 * where the frame would else end below the photo.
 *
 * @param {Preset} preset Of a document.
 * @param {Rect} head From crown to chin.
 * @param {Size} photo
 * @returns {Rect}
 */
export function placed({ size = [1, 1], head: range = [1, 1], top = 0 }, head, photo) {
  const [least, most] = range;
  const room = (photo.height - head.y) / (size[1] - top);
  const scale = Math.max(head.height / most, Math.min(head.height / ((least + most) / 2), room));
  const [width, height] = [size[0] * scale, size[1] * scale];
  return { x: head.x + (head.width - width) / 2, y: head.y - top * scale, width, height };
}

/**
 * Where crown, chin and eyes belong in a document's frame, from its upper to its lower edge.
 *
 * @param {Preset} preset
 * @param {Rect} rect
 * @returns {Guide[]}
 */
export function guidesIn({ size, head, top = 0, eyes }, rect) {
  if (size === undefined || head === undefined) return [];
  const scale = rect.height / size[1];
  const crown = rect.y + top * scale;
  /** @type {Guide[]} */
  const guides = [
    { kind: 'crown', y: crown },
    { kind: 'chin-least', y: crown + head[0] * scale },
    { kind: 'chin-most', y: crown + head[1] * scale },
  ];
  if (eyes !== undefined) {
    const bottom = rect.y + rect.height;
    guides.push({ kind: 'eyes-most', y: bottom - eyes[1] * scale }, { kind: 'eyes-least', y: bottom - eyes[0] * scale });
  }
  return guides.sort((one, other) => one.y - other.y);
}

/**
 * Pixels of a preset's result.
 *
 * @param {Preset} preset
 * @param {number | null} dpi
 * @returns {Size}
 */
export function pixelsOf({ pixels, size, dpi: own = 300 }, dpi) {
  if (pixels !== undefined) return { width: pixels[0], height: pixels[1] };
  const [width = 1, height = 1] = (size ?? []).map((side) => toPixels(side, dpi ?? own));
  return { width, height };
}

/**
 * @param {number} millimetres
 * @param {number} dpi
 */
export function toPixels(millimetres, dpi) {
  return Math.max(1, rounded((millimetres * dpi) / MM_PER_INCH));
}

/**
 * @param {number} pixels
 * @param {number} dpi
 */
export function toMillimetres(pixels, dpi) {
  return (pixels * MM_PER_INCH) / dpi;
}

/**
 * @param {Size} photo
 * @param {Rect | null} subject
 * @param {'subject' | Rect | null} crop
 * @param {number} margin
 */
function cropped(photo, subject, crop, margin) {
  const all = { x: 0, y: 0, ...photo };
  if (crop !== 'subject') return { rect: crop ?? all, hold: { x: MIDDLE, y: MIDDLE } };
  const { x, y, width, height } = subject ?? all;
  const cut = { left: x === 0, right: x + width === photo.width, top: y === 0, bottom: y + height === photo.height };
  const room = margin * Math.max(width, height);
  const [left, right] = [cut.left ? 0 : room, cut.right ? 0 : room];
  const [top, bottom] = [cut.top ? 0 : room, cut.bottom ? 0 : room];
  const rect = { x: x - left, y: y - top, width: width + left + right, height: height + top + bottom };
  return { rect, hold: { x: held(cut.left, cut.right), y: held(cut.top, cut.bottom) } };
}

/**
 * @param {boolean} first
 * @param {boolean} last
 */
function held(first, last) {
  return first === last ? MIDDLE : Number(last);
}

/** @param {Rect} rect */
function whole({ x, y, width, height }) {
  const [wide, high] = [Math.max(1, rounded(width)), Math.max(1, rounded(height))];
  return { x: rounded(x + (width - wide) / 2), y: rounded(y + (height - high) / 2), width: wide, height: high };
}

/**
 * @param {Rect} rect
 * @param {number | null} width
 * @param {number | null} height
 * @returns {Size}
 */
function sizeOf(rect, width, height) {
  if (width !== null && height !== null) return { width, height };
  if (width !== null) return { width, height: Math.max(1, rounded((width * rect.height) / rect.width)) };
  if (height !== null) return { width: Math.max(1, rounded((height * rect.width) / rect.height)), height };
  return { width: rect.width, height: rect.height };
}

/** @param {number} value */
function rounded(value) {
  return Math.floor(value + 0.5);
}
