/** Prepares pictures for the screen, where the page's thread would stand still over them. @module */

/** @import { BlurRequest, FromPictures, PictureRequest, ReduceRequest, ShadowRequest, ToPictures } from '../../shared/pictures.js' */

import { composite, covered, outOfFocus } from './composite.js';
import { tilePhoto } from './photo.js';
import { decoded, halved, toBitmap } from './raster.js';

/** @type {Set<number>} */
const forgotten = new Set();

self.onmessage = async (/** @type {MessageEvent<ToPictures>} */ { data: request }) => {
  const { id } = request;
  if (request.type === 'forget') {
    forgotten.add(id);
    return;
  }
  try {
    const { images = [], blob = null } = await answer(request);
    report({ type: 'done', id, images, blob }, images);
  } catch (error) {
    report({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
  forgotten.delete(id);
};

/**
 * @param {PictureRequest} request
 * @returns {Promise<{ images?: ImageBitmap[], blob?: Blob }>}
 */
async function answer(request) {
  switch (request.type) {
    case 'photo':
      await tilePhoto(request, report, () => forgotten.has(request.id));
      return {};
    case 'reduce':
      return { images: await reduced(request) };
    case 'shrink':
      return { images: [await decoded(request.source, request.most)] };
    case 'shadow':
      return { images: [await shadow(request)] };
    case 'blur':
      return { images: [await blurAround(request)] };
    case 'composite':
      return { blob: await composite(request) };
  }
}

/** @param {ReduceRequest} request */
async function reduced({ data, width, height, times }) {
  const images = [];
  let raster = { data, width, height };
  for (let i = 0; i < times; i += 1) {
    raster = halved(raster);
    images.push(await toBitmap(raster));
  }
  return images;
}

/** @param {ShadowRequest} request */
async function shadow({ layer, width, height, most }) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < layer.length; i += 1) data[4 * i + 3] = /** @type {number} */ (layer[i]);
  let raster = { data, width, height };
  while (raster.width * raster.height > most) raster = halved(raster);
  return toBitmap(raster);
}

/** @param {BlurRequest} request */
async function blurAround({ photo, cutout }) {
  const canvas = outOfFocus(photo, await covered(cutout, null, photo));
  photo.close();
  cutout.close();
  return canvas.transferToImageBitmap();
}

/**
 * @param {FromPictures} message
 * @param {Transferable[]} [moved]
 */
function report(message, moved = []) {
  postMessage(message, { transfer: moved });
}
