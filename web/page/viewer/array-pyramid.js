/**
 * The pyramid of a picture that lies in an array and changes in parts.
 *
 * The smaller levels are canvases, painted from what the worker reduces strip by strip. Tiles at the picture's own size
 * are made when they come into sight and let go when others need the room: there is never a second copy of the whole.
 *
 * @module
 */

/** @import { Rect } from '../../shared/pictures.js' */
/** @import { Camera, Size } from './camera.js' */
/** @import { Pictures } from './pictures.js' */

import { TILE_MARGIN_PX, TILE_PX, tileRect } from '../../shared/pictures.js';
import { overlap } from './camera.js';
import { Pyramid, release } from './pyramid.js';
import { turn } from './turn.js';

/** A strip's copy takes the page's thread some milliseconds. */
const STRIP_PIXELS = 1_000_000;
/** Sent ahead, so that the worker never waits for the page. */
const STRIPS_AHEAD = 2;
/** How long tiles are made at once, before the page gets its turn. */
const SLICE_MS = 8;
/** Tiles kept out of sight. */
const SPARE_TILES = 24;

export class ArrayPyramid extends Pyramid {
  #pictures;
  #slice;
  #onchange;
  /** @type {Set<number>} */
  #wanted = new Set();
  /** Shown until they are made again. @type {Set<number>} */
  #stale = new Set();
  #making = false;
  #closed = false;
  /** How often the page's thread was given back during the work, for those who measure. */
  slices = 0;

  /**
   * @param {Size} size
   * @param {object} means
   * @param {Pictures} means.pictures
   * @param {(rect: Rect) => Uint8ClampedArray<ArrayBuffer>} means.slice A copy of a part: straight RGBA.
   * @param {() => void} means.onchange There is something new to draw.
   */
  constructor(size, { pictures, slice, onchange }) {
    super(size);
    this.#pictures = pictures;
    this.#slice = slice;
    this.#onchange = onchange;
  }

  /** Make the smaller levels of all of it. */
  async load() {
    const { width, height } = this.at(0);
    await this.#reduce({ x: 0, y: 0, width, height });
  }

  /**
   * A part has changed.
   *
   * @param {Rect} rect
   * @param {Camera} camera what is in sight is made anew before the promise resolves
   */
  async refresh(rect, camera) {
    const { columns, tiles } = this.at(0);
    for (const key of tiles.keys()) {
      const place = tileRect(key % columns, Math.floor(key / columns), this.at(0));
      const { width, height } = overlap(place, rect);
      if (width > 0 && height > 0) this.#stale.add(key);
    }
    await Promise.all([this.#reduce(rect), this.prepare(camera)]);
  }

  /** Make all tiles that are in sight. @param {Camera} camera */
  async prepare(camera) {
    const { level } = this.look(camera);
    if (level > 0) return;
    const { columns } = this.at(0);
    for (const { column, row } of this.inSight(camera)) {
      const key = row * columns + column;
      if (this.#stale.has(key) || !this.at(0).tiles.has(key)) await this.#make(key);
      if (this.#closed) return;
    }
  }

  /** @override @param {number} level @param {number} column @param {number} row */
  missing(level, column, row) {
    if (level > 0) return;
    const key = row * this.at(0).columns + column;
    if (this.#stale.has(key) || !this.at(0).tiles.has(key)) this.#wanted.add(key);
  }

  /** @override @param {CanvasRenderingContext2D} context @param {Camera} camera */
  draw(context, camera) {
    this.#wanted.clear(); // what has left the sight meanwhile is no longer wanted
    super.draw(context, camera);
    this.#supply();
  }

  /** @override */
  close() {
    this.#closed = true;
    super.close();
  }

  /** Make what the last frame missed, a few tiles at a time. */
  async #supply() {
    if (this.#making) return;
    this.#making = true;
    while (this.#wanted.size > 0 && !this.#closed) {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        const [key] = this.#wanted;
        if (key === undefined) break;
        this.#wanted.delete(key);
        await this.#make(key);
      }
      this.#onchange();
      await turn();
      this.slices += 1;
    }
    this.#making = false;
  }

  /** @param {number} key */
  async #make(key) {
    const level = this.at(0);
    const [column, row] = [key % level.columns, Math.floor(key / level.columns)];
    const rect = tileRect(column, row, level);
    this.#stale.delete(key);
    const image = await createImageBitmap(new ImageData(this.#slice(rect), rect.width, rect.height));
    if (this.#closed) image.close();
    else this.put(0, column, row, { image, x: rect.x, y: rect.y });
    this.#letGo();
  }

  /** The tiles that were out of sight longest. */
  #letGo() {
    const { tiles } = this.at(0);
    const idle = [...tiles].filter(([, { seen }]) => seen < this.frame);
    const spare = idle.toSorted(([, a], [, b]) => a.seen - b.seen);
    for (const [key, tile] of spare.slice(0, Math.max(0, spare.length - SPARE_TILES))) {
      release(tile);
      tiles.delete(key);
    }
  }

  /** @param {Rect} rect */
  async #reduce(rect) {
    const times = this.levels.length - 1;
    if (times === 0) return;
    const { width, height } = this.at(0);
    const whole = 2 ** times; // a strip must hold all pixels that the smallest level takes the mean of
    const x = Math.floor(rect.x / whole) * whole;
    const y = Math.floor(rect.y / whole) * whole;
    const right = Math.min(width, Math.ceil((rect.x + rect.width) / whole) * whole);
    const bottom = Math.min(height, Math.ceil((rect.y + rect.height) / whole) * whole);
    const rows = Math.max(1, Math.floor(STRIP_PIXELS / (right - x) / whole)) * whole;
    /** @type {Promise<void>[]} */
    const sent = [];
    for (let top = y; top < bottom && !this.#closed; top += rows) {
      sent.push(this.#reduceStrip({ x, y: top, width: right - x, height: Math.min(rows, bottom - top) }, times));
      this.slices += 1;
      await (sent.at(-STRIPS_AHEAD) ?? turn());
    }
    await Promise.all(sent);
    this.#onchange();
  }

  /** @param {Rect} rect @param {number} times */
  async #reduceStrip(rect, times) {
    const data = this.#slice(rect);
    const { width, height } = rect;
    const { images } = await this.#pictures.ask({ type: 'reduce', data, width, height, times }, [data.buffer]);
    images.forEach((image, index) => {
      if (!this.#closed) this.#paint(index + 1, image, rect.x / 2 ** (index + 1), rect.y / 2 ** (index + 1));
      image.close();
    });
  }

  /**
   * @param {number} level
   * @param {ImageBitmap} image
   * @param {number} x
   * @param {number} y
   */
  #paint(level, image, x, y) {
    const { columns, rows, tiles } = this.at(level);
    const first = (/** @type {number} */ start) => Math.max(0, Math.floor((start - TILE_MARGIN_PX) / TILE_PX));
    const last = (/** @type {number} */ end, /** @type {number} */ count) => (
      Math.min(count - 1, Math.floor((end - 1 + TILE_MARGIN_PX) / TILE_PX))
    );
    for (let row = first(y); row <= last(y + image.height, rows); row += 1) {
      for (let column = first(x); column <= last(x + image.width, columns); column += 1) {
        const rect = tileRect(column, row, this.at(level));
        const tile = tiles.get(row * columns + column);
        const canvas = tile?.image instanceof HTMLCanvasElement ? tile.image : blank(rect);
        if (!tile) this.put(level, column, row, { image: canvas, x: rect.x, y: rect.y });
        const context = canvas.getContext('2d');
        context?.clearRect(x - rect.x, y - rect.y, image.width, image.height);
        context?.drawImage(image, x - rect.x, y - rect.y);
      }
    }
  }
}

/** @param {Size} size */
function blank({ width, height }) {
  return Object.assign(document.createElement('canvas'), { width, height });
}
