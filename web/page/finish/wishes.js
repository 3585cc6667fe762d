/**
 * What a person has chosen about frame, size and shadow, and what follows from it. No element is known here.
 *
 * @module
 */

/** @import { Rect } from '../../shared/protocol.js' */
/** @import { Output } from '../../engine/options.js' */
/** @import { Framing, Guide, Preset, Size } from './geometry.js' */
import { frameOf, guidesIn, headIn, pixelsOf, placed } from './geometry.js';

/**
 * @typedef {object} Wishes
 * @property {string} choice `none`, `subject`, `free`, or a preset by name.
 * @property {number} margin 0 to 1.
 * @property {number | null} aspect
 * @property {number | null} width Pixels.
 * @property {number | null} height
 * @property {'px' | 'mm'} unit In which sizes are shown.
 * @property {number | null} dpi
 * @property {number} strength Of the shadow, 0 to 1; 0 is none.
 * @property {number} softness
 * @property {Rect | null} rect Where the person has put the frame.
 *
 * @typedef {Size & { subject: Rect | null, head?: Rect | null }} Photo Its size, and the boxes of what is on it.
 */

/** @type {Readonly<Wishes>} */
export const NOTHING = Object.freeze({
  choice: 'none', margin: 0.05, aspect: null, width: null, height: null, unit: 'px', dpi: null,
  strength: 0, softness: 0.5, rect: null,
});

/** Of documents, where nothing else is asked for; and for sizes in millimetres. */
export const PRINT_DPI = 300;

/**
 * The part of the output options that is chosen here.
 *
 * @param {Wishes} wishes
 * @param {Preset | null} preset
 * @param {Photo | null} photo
 * @returns {Pick<Output, 'crop' | 'margin' | 'aspect' | 'width' | 'height' | 'dpi' | 'shadow'>}
 */
export function outputOf(wishes, preset, photo) {
  const { crop = null, margin = 0, aspect = null, width = null, height = null } = framingOf(wishes, preset, photo);
  const dpi = preset?.kind === 'document' ? wishes.dpi ?? preset.dpi ?? PRINT_DPI : wishes.dpi;
  const { strength, softness } = wishes;
  return { crop, margin, aspect, width, height, dpi, shadow: strength > 0 ? { strength, softness } : null };
}

/**
 * The frame in the photo, its aspect where that is fixed, and the guides in it. Null for the whole photo.
 *
 * @param {Wishes} wishes
 * @param {Preset | null} preset
 * @param {Photo} photo
 * @returns {{ rect: Rect, aspect: number | null, guides: Guide[] } | null}
 */
export function frameIn(wishes, preset, photo) {
  const framing = framingOf(wishes, preset, photo);
  const { rect } = frameOf(photo, photo.subject, framing);
  const isWhole = rect.x === 0 && rect.y === 0 && rect.width === photo.width && rect.height === photo.height;
  if (wishes.choice === 'none' && isWhole) return null;
  return { rect, aspect: aspectOf(framing), guides: preset === null ? [] : guidesIn(preset, rect) };
}

/**
 * How many pixels the result has.
 *
 * @param {Wishes} wishes
 * @param {Preset | null} preset
 * @param {Photo} photo
 * @returns {Size}
 */
export function resultSize(wishes, preset, photo) {
  return frameOf(photo, photo.subject, framingOf(wishes, preset, photo)).size;
}

/**
 * @param {Wishes} wishes
 * @param {Preset | null} preset
 * @param {Photo | null} photo
 * @returns {Framing}
 */
function framingOf(wishes, preset, photo) {
  if (preset !== null) {
    const size = pixelsOf(preset, wishes.dpi);
    if (preset.kind !== 'document') return { crop: 'subject', margin: wishes.margin, ...size };
    return { crop: wishes.rect ?? (photo === null ? 'subject' : documentIn(photo, preset)), ...size };
  }
  const { choice, margin, width, height } = wishes;
  const aspect = width !== null && height !== null ? null : wishes.aspect; // two sides say it already
  if (choice === 'free' && wishes.rect !== null) return { crop: wishes.rect, aspect, width, height };
  if (choice === 'none') return { aspect, width, height };
  return { crop: 'subject', margin, aspect, width, height };
}

/**
 * @param {Photo} photo
 * @param {Preset} preset
 */
function documentIn(photo, preset) {
  const head = photo.head ?? headIn(photo.subject ?? { x: 0, y: 0, width: photo.width, height: photo.height });
  return placed(preset, head, photo);
}

/** @param {Framing} framing */
function aspectOf({ aspect = null, width = null, height = null }) {
  return width !== null && height !== null ? width / height : aspect;
}
