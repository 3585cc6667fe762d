/**
 * What the page and the worker that prepares pictures for the screen say to each other, and the tiles that both agree on.
 *
 * Every request has an `id`, and ends with `done` or `failed`.
 *
 * @module
 */

/**
 * @typedef {Blob | ImageBitmap} PictureSource An ImageBitmap is moved: its sender has it no longer.
 *
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect
 *
 * @typedef {object} PhotoRequest Decode a photo and cut it, and smaller copies of it, into tiles.
 * @property {'photo'} type
 * @property {number} id
 * @property {PictureSource} source
 * @property {number} most Pixels to keep; a larger photo is made smaller.
 *
 * @typedef {object} ReduceRequest Halve a part of a picture again and again.
 * @property {'reduce'} type
 * @property {number} id
 * @property {Uint8ClampedArray<ArrayBuffer>} data Straight RGBA; moved.
 * @property {number} width
 * @property {number} height
 * @property {number} times
 *
 * @typedef {object} ShrinkRequest One picture, no larger than asked.
 * @property {'shrink'} type
 * @property {number} id
 * @property {PictureSource} source
 * @property {number} most Pixels.
 *
 * @typedef {object} ShadowRequest A shadow's alpha as a picture.
 * @property {'shadow'} type
 * @property {number} id
 * @property {Uint8Array<ArrayBuffer>} layer Alpha; moved.
 * @property {number} width
 * @property {number} height
 * @property {number} most Pixels.
 *
 * @typedef {object} BlurRequest A small photo out of focus, without what the cut-out covers.
 * @property {'blur'} type
 * @property {number} id
 * @property {ImageBitmap} photo
 * @property {ImageBitmap} cutout Of the same picture; its size may be another.
 *
 * @typedef {{ width: number, height: number, strips: Uint8ClampedArray<ArrayBuffer>[] }} Strips Straight RGBA of some whole
 *   rows each, from the top; moved.
 *
 * @typedef {object} CompositeRequest Put a cut-out on a backdrop.
 * @property {'composite'} type
 * @property {number} id
 * @property {Strips | ImageBitmap} cutout
 * @property {PictureSource} picture The photo, or a picture of its own.
 * @property {boolean} blurred Whether the picture is blurred; else it covers all of the output.
 * @property {Rect | null} part What of the picture lies under the cut-out, as shares of the picture's sides; null for as
 *   much as covers it.
 * @property {Rect & { image: ImageBitmap } | null} shadow With its place in the cut-out's pixels.
 * @property {string} mime
 * @property {number} quality 0 to 1, of JPEG and WebP.
 *
 * @typedef {{ type: 'forget', id: number }} Forget Stop working on a request.
 *
 * @typedef {PhotoRequest | ReduceRequest | ShrinkRequest | ShadowRequest | BlurRequest | CompositeRequest} PictureRequest
 * @typedef {PictureRequest | Forget} ToPictures
 *
 * @typedef {object} TileReport A tile of a photo; `x` and `y` are where it lies in its level.
 * @property {'tile'} type
 * @property {number} id
 * @property {number} level
 * @property {number} column
 * @property {number} row
 * @property {number} x
 * @property {number} y
 * @property {ImageBitmap} image
 *
 * @typedef {{ type: 'size', id: number, width: number, height: number }} SizeReport What the photo was decoded to.
 * @typedef {{ type: 'blurred', id: number, image: ImageBitmap }} BlurredReport
 * @typedef {{ type: 'done', id: number, images: ImageBitmap[], blob: Blob | null }} Done
 * @typedef {{ type: 'failed', id: number, message: string }} Failed
 * @typedef {SizeReport | TileReport | BlurredReport | Done | Failed} FromPictures
 */

/** Pictures are drawn in tiles of this side, each with a margin of its neighbours' pixels, so that no seam shows. */
export const TILE_PX = 512;
export const TILE_MARGIN_PX = 1;

/** More halvings gain nothing. */
const MOST_HALVINGS = 8;

/**
 * How often a picture is halved until one tile holds it.
 *
 * @param {number} width
 * @param {number} height
 */
export function halvings(width, height) {
  let times = 0;
  while (times < MOST_HALVINGS && Math.max(width, height) > TILE_PX * 2 ** times) times += 1;
  return times;
}

/**
 * Where a tile lies in its level, margin included.
 *
 * @param {number} column
 * @param {number} row
 * @param {{ width: number, height: number }} level
 * @returns {Rect}
 */
export function tileRect(column, row, level) {
  const x = Math.max(0, column * TILE_PX - TILE_MARGIN_PX);
  const y = Math.max(0, row * TILE_PX - TILE_MARGIN_PX);
  const right = Math.min(level.width, (column + 1) * TILE_PX + TILE_MARGIN_PX);
  const bottom = Math.min(level.height, (row + 1) * TILE_PX + TILE_MARGIN_PX);
  return { x, y, width: right - x, height: bottom - y };
}
