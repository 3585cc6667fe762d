/**
 * The viewer alone on a page, with pictures whose every pixel is known.
 *
 * @typedef {import('../../web/page/viewer/viewer.js').Viewer} Viewer
 * @typedef {import('../../web/page/viewer/viewer.js').ViewInfo} ViewInfo
 * @typedef {import('../../web/page/viewer/strokes.js').Stroke} Stroke
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect
 * @typedef {Awaited<ReturnType<typeof open>>} Lab
 */

/**
 * Any two neighbours differ, and so do the tiles.
 *
 * @param {number} x
 * @param {number} y
 * @returns {[number, number, number]}
 */
const colourAt = (x, y) => [(x * 7 + y * 3) & 255, (x ^ y) & 255, (x * 5 + y * 11 + (x >> 5) * 17) & 255];

/** @param {number} x @param {number} y */
const alphaAt = (x, y) => [0, 64, 128, 255][((x >> 4) + (y >> 3)) & 3] ?? 0;

/** @param {number} width @param {number} height */
function picture(width, height) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const trimap = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      const alpha = alphaAt(x, y);
      pixels.set([...colourAt(x, y), alpha], 4 * i);
      trimap[i] = alpha === 0 || alpha === 255 ? alpha : 128;
    }
  }
  return { pixels, trimap, width, height };
}

/** @param {{ pixels: Uint8ClampedArray, width: number, height: number }} cutout */
async function opaque({ pixels, width, height }) {
  const data = new Uint8ClampedArray(pixels);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await context?.canvas.convertToBlob({ type: 'image/png' });
  if (!blob) throw new Error('no canvas');
  return blob;
}

async function open() {
  const module = new URL('page/viewer/viewer.js', document.baseURI).href;
  const { Viewer: Class } = /** @type {typeof import('../../web/page/viewer/viewer.js')} */ (await import(module));
  const host = document.getElementById('host');
  if (!host) throw new Error('no host');
  /** @type {Stroke[]} */
  const strokes = [];
  /** @type {{ rect: Rect, settled: boolean }[]} */
  const frames = [];
  /** @type {ViewInfo[]} */
  const views = [];
  const viewer = new Class(host, {
    onstroke: (stroke) => strokes.push(stroke),
    onframe: (rect, settled) => frames.push({ rect, settled }),
    onview: (info) => views.push(info),
  });
  const canvas = host.querySelector('canvas');
  if (!canvas) throw new Error('no canvas');

  /** What is drawn, once nothing is on its way any more: the same in frames that lie some time apart. */
  async function settled() {
    let last = '';
    for (let alike = 0; alike < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = await fingerprint();
      alike = now === last ? alike + 1 : 0;
      last = now;
    }
  }

  async function fingerprint() {
    const hash = await crypto.subtle.digest('SHA-256', shot().data);
    return String(new Uint32Array(hash));
  }

  function shot() {
    const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
    const data = canvas?.getContext('2d')?.getImageData(0, 0, width, height);
    if (!data) throw new Error('no pixels');
    return data;
  }

  /** @param {number} width @param {number} height */
  async function show(width, height) {
    const cutout = picture(width, height);
    const whole = await viewer.setPhoto(await opaque(cutout), { width, height });
    await viewer.setLayers({ ...cutout, sureness: null });
    await settled();
    return { whole, cutout };
  }

  /** Where the photo's corner is on the canvas, and its zoom, as the viewer tells. */
  function place() {
    const { zoom, corner } = views.at(-1) ?? { zoom: 1, corner: { x: 0, y: 0 } };
    return { zoom, x: Math.round(corner.x * devicePixelRatio), y: Math.round(corner.y * devicePixelRatio) };
  }

  return { viewer, host, strokes, frames, views, settled, shot, show, place, picture, opaque, colourAt, alphaAt };
}

/** @type {number[]} */
const longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
}).observe({ type: 'longtask' });

Object.assign(globalThis, { longTasks });
open().then((lab) => {
  Object.assign(globalThis, { lab });
  document.body.dataset.ready = '';
});
