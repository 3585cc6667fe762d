/**
 * A picture at its own size and at every halving of it, in tiles: drawing a frame costs what the screen holds, however
 * large the photo is.
 *
 * @module
 */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera, Size } from './camera.js' */

import { halvings, TILE_PX } from '../../shared/pictures.js';

/** Enlarged this much, pixels are shown as squares. */
const PIXELATED_FROM = 2;

/**
 * @typedef {object} Tile
 * @property {ImageBitmap | HTMLCanvasElement} image
 * @property {number} x Where it lies in its level.
 * @property {number} y
 * @property {number} seen The frame it was last drawn in.
 *
 * @typedef {Size & { columns: number, rows: number, tiles: Map<number, Tile> }} Level
 * @typedef {{ level: number, scaleX: number, scaleY: number }} Look The level to draw, and the screen's pixels per pixel
 *   of the picture at its own size.
 */

export class Pyramid {
  /** @type {Level[]} */
  levels;
  #frame = 0;

  /** @param {Size} size of the picture, which may be smaller than the photo it stands for */
  constructor(size) {
    this.levels = Array.from({ length: halvings(size.width, size.height) + 1 }, (_, index) => {
      const width = Math.ceil(size.width / 2 ** index);
      const height = Math.ceil(size.height / 2 ** index);
      return { width, height, columns: Math.ceil(width / TILE_PX), rows: Math.ceil(height / TILE_PX), tiles: new Map() };
    });
  }

  /** @param {number} level @returns {Level} */
  at(level) {
    const found = this.levels[level];
    if (!found) throw new RangeError(`there is no level ${level}`);
    return found;
  }

  /** All of the picture, small; null until it is there. */
  get smallest() {
    return this.levels.at(-1)?.tiles.get(0)?.image ?? null;
  }

  /** The number of the last frame. */
  get frame() {
    return this.#frame;
  }

  /**
   * @param {number} level
   * @param {number} column
   * @param {number} row
   * @param {Omit<Tile, 'seen'>} tile
   */
  put(level, column, row, tile) {
    const { columns, tiles } = this.at(level);
    const key = row * columns + column;
    release(tiles.get(key));
    tiles.set(key, { ...tile, seen: this.#frame });
  }

  /**
   * Draw what is in sight. Where a tile is missing, the next smaller level stands in for it, enlarged.
   *
   * @param {CanvasRenderingContext2D} context clipped to the photo
   * @param {Camera} camera
   */
  draw(context, camera) {
    this.#frame += 1;
    const look = this.look(camera);
    context.imageSmoothingEnabled = camera.zoom < PIXELATED_FROM;
    context.imageSmoothingQuality = 'low'; // bilinear: no level is made smaller than half
    for (const { column, row } of this.inSight(camera)) {
      this.#drawTile(context, camera, look, look.level, column, row, null);
    }
  }

  /** The tiles in sight of the level that is drawn. @param {Camera} camera */
  inSight(camera) {
    const { level, scaleX, scaleY } = this.look(camera);
    const { columns, rows } = this.at(level);
    const side = TILE_PX * 2 ** level;
    const across = span(camera.x, camera.viewport.width, side * scaleX, columns);
    const down = span(camera.y, camera.viewport.height, side * scaleY, rows);
    const found = [];
    for (let row = down.first; row <= down.last; row += 1) {
      for (let column = across.first; column <= across.last; column += 1) found.push({ column, row });
    }
    return found;
  }

  /** @param {Camera} camera @returns {Look} */
  look(camera) {
    const { width, height } = this.at(0);
    const scaleX = camera.zoom * camera.photo.width / width;
    const scaleY = camera.zoom * camera.photo.height / height;
    const level = Math.min(this.levels.length - 1, Math.max(0, Math.floor(-Math.log2(Math.max(scaleX, scaleY)))));
    return { level, scaleX, scaleY };
  }

  /** Free all memory. */
  close() {
    for (const { tiles } of this.levels) {
      for (const tile of tiles.values()) release(tile);
      tiles.clear();
    }
  }

  /**
   * What is wanted, and there in a smaller level or not at all.
   *
   * @param {number} _level
   * @param {number} _column
   * @param {number} _row
   */
  missing(_level, _column, _row) {}

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Camera} camera
   * @param {Look} look
   * @param {number} level
   * @param {number} column
   * @param {number} row
   * @param {Rect | null} hole of a missing tile of a larger level, which this one fills
   */
  #drawTile(context, camera, look, level, column, row, hole) {
    const { columns, tiles } = this.at(level);
    const scaleX = look.scaleX * 2 ** level;
    const scaleY = look.scaleY * 2 ** level;
    // Each pixel of the screen belongs to one tile alone, and the tile's margin lies beyond its edges: no seam.
    const [width, height] = [TILE_PX * scaleX, TILE_PX * scaleY];
    const box = hole ?? edges(camera, column * width, row * height, width, height);
    const tile = tiles.get(row * columns + column);
    if (!hole) this.missing(level, column, row);
    if (!tile) {
      if (level + 1 < this.levels.length) this.#drawTile(context, camera, look, level + 1, column >> 1, row >> 1, box);
      return;
    }
    tile.seen = this.#frame;
    const { image } = tile;
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    context.drawImage(
      image, camera.x + tile.x * scaleX, camera.y + tile.y * scaleY, image.width * scaleX, image.height * scaleY,
    );
    context.restore();
  }
}

/**
 * Which of the tiles in a row are in sight.
 *
 * @param {number} offset
 * @param {number} room
 * @param {number} side of a tile
 * @param {number} count
 */
function span(offset, room, side, count) {
  return { first: Math.max(0, Math.floor(-offset / side)), last: Math.min(count, Math.ceil((room - offset) / side)) - 1 };
}

/**
 * @param {Camera} camera
 * @param {number} x from the photo's corner; the screen's pixels
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {Rect} whole pixels
 */
function edges(camera, x, y, width, height) {
  const left = Math.round(camera.x + x);
  const top = Math.round(camera.y + y);
  return {
    x: left, y: top, width: Math.round(camera.x + x + width) - left, height: Math.round(camera.y + y + height) - top,
  };
}

/** @param {Tile | undefined} tile */
export function release(tile) {
  if (tile?.image instanceof ImageBitmap) tile.image.close();
  else if (tile) tile.image.width = 0; // or some phones keep the memory until long after
}
