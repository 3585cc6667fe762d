/** A photo as tiles, at its own size and at each halving of it. @module */

/** @import { BlurredReport, PhotoRequest, SizeReport, TileReport } from '../../shared/pictures.js' */
/** @import { Raster } from './raster.js' */

import { halvings, TILE_PX, tileRect } from '../../shared/pictures.js';
import { blurred } from './blur.js';
import { decoded, eachStrip, halved, part, toBitmap } from './raster.js';

/** A multiple of every power of two that a strip is halved by. */
const STRIP_ROWS = 256;

/**
 * The smallest level is sent first, and shown enlarged until the others are there.
 *
 * @param {PhotoRequest} request
 * @param {(report: SizeReport | TileReport | BlurredReport, moved?: Transferable[]) => void} report
 * @param {() => boolean} forgotten whether nobody wants it any more
 */
export async function tilePhoto({ id, source, most }, report, forgotten) {
  const bitmap = await decoded(source, most);
  try {
    const { width, height } = bitmap;
    report({ type: 'size', id, width, height });
    const levels = smallerLevels(width, height);
    await eachStrip(bitmap, STRIP_ROWS, (strip, y) => {
      if (!forgotten()) fill(levels, strip, y);
    });
    const smallest = levels.at(-1) ?? await whole(bitmap);
    const image = await toBitmap(blurred(smallest));
    report({ type: 'blurred', id, image }, [image]);
    for (const [index, level] of [...levels.entries()].reverse()) {
      await eachTile(level, async (column, row, rect) => {
        if (forgotten()) return;
        const tile = await toBitmap(part(level, rect));
        report({ type: 'tile', id, level: index + 1, column, row, x: rect.x, y: rect.y, image: tile }, [tile]);
      });
    }
    await eachTile(bitmap, async (column, row, rect) => {
      if (forgotten()) return;
      const tile = await createImageBitmap(bitmap, rect.x, rect.y, rect.width, rect.height);
      report({ type: 'tile', id, level: 0, column, row, x: rect.x, y: rect.y, image: tile }, [tile]);
    });
  } finally {
    bitmap.close();
  }
}

/** @param {ImageBitmap} bitmap a small one @returns {Promise<Raster>} */
async function whole(bitmap) {
  /** @type {Raster | null} */
  let raster = null;
  await eachStrip(bitmap, bitmap.height, (strip) => {
    raster = strip;
  });
  if (!raster) throw new Error('an empty picture');
  return raster;
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {Raster[]} still empty, each half of the one before
 */
function smallerLevels(width, height) {
  return Array.from({ length: halvings(width, height) }, (_, index) => {
    const factor = 2 ** (index + 1);
    const [w, h] = [Math.ceil(width / factor), Math.ceil(height / factor)];
    return { data: new Uint8ClampedArray(w * h * 4), width: w, height: h };
  });
}

/**
 * @param {Raster[]} levels
 * @param {Raster} strip of the whole
 * @param {number} y where the strip starts
 */
function fill(levels, strip, y) {
  let smaller = strip;
  levels.forEach((level, index) => {
    smaller = halved(smaller);
    level.data.set(smaller.data, (y / 2 ** (index + 1)) * level.width * 4);
  });
}

/**
 * @param {{ width: number, height: number }} level
 * @param {(column: number, row: number, rect: ReturnType<typeof tileRect>) => Promise<void>} ontile
 */
async function eachTile(level, ontile) {
  for (let row = 0; row * TILE_PX < level.height; row += 1) {
    for (let column = 0; column * TILE_PX < level.width; column += 1) {
      await ontile(column, row, tileRect(column, row, level));
    }
  }
}
