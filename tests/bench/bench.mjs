/**
 * `python3 build.py bench`: what a person waits for, and next to it what the bare runtimes need for the same.
 *
 * Every figure is the median of several, with its extremes. Compared figures come from the same run, taken in turns,
 * so that a busy machine slows both. Nothing here passes or fails.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { peakRendererBytes } from './memory.mjs';
import { measurePage } from './page.mjs';
import { print } from './report.mjs';
import { measureShares } from './shares.mjs';
import { makeSite, PHOTOS } from './site.mjs';
import { spread, spreads } from './statistics.mjs';
import { measureVisits } from './visits.mjs';
import { weigh } from './weight.mjs';

const COLD_RUNS = 5;
const WARM_RUNS = { 1024: 11, '12mp': 5, '24mp': 3 };

/** @typedef {keyof typeof PHOTOS} PhotoName */

const { values: args } = parseArgs({ options: { json: { type: 'string' } } });

const folder = makeSite();
const report = {
  date: new Date().toISOString(),
  page: /** @type {object | null} */ (null),
  modes: /** @type {Record<string, object>} */ ({}),
};
for (const [mode, isolation] of /** @type {[string, boolean][]} */ ([['all threads', true], ['one thread', false]])) {
  const server = await startServer({ folder, isolation });
  try {
    const peakBytes = await inNewBrowser(server.url, peaks);
    report.page ??= await measurePage(server, folder); // with all threads
    const visits = await measureVisits(server);
    const shares = await measureShares(server.url);
    report.modes[mode] = { cold: await cold(server), visits, warm: await warm(server.url), shares, peakBytes };
  } finally {
    await server.stop();
  }
}
print(report);
if (args.json) writeFileSync(args.json, `${JSON.stringify(report, null, 1)}\n`);

/**
 * A first visit, in a new browser each time: nothing cached, nothing compiled.
 *
 * @param {import('../support/server.mjs').Site} server
 */
async function cold(server) {
  const [ours, bare] = [/** @type {any[]} */ ([]), /** @type {any[]} */ ([])];
  for (let run = 0; run < COLD_RUNS; run += 1) {
    bare.push(await inNewBrowser(server.url, (page) => page.evaluate(bareColdStart)));
    await server.forget();
    ours.push(await inNewBrowser(server.url, async (page) => ({
      interactive: await page.evaluate(pageInteractive),
      total: await page.evaluate(firstResult, 'photos/1024.jpg'),
    })));
  }
  const paths = new Set((await server.requests()).map(({ path }) => path.slice(1) || 'index.html'));
  const weight = weigh([...paths].filter((path) => !/^photos\/|favicon/.test(path)));
  const ratio = spread(ours.map(({ total }, run) => total / bare[run].total));
  return { ours: spreads(ours), bare: spreads(bare), ratio, weight };
}

/**
 * Photo to PNG once everything is loaded, and bare runs of the same network at the same size in between.
 *
 * @param {string} url
 */
function warm(url) {
  return inNewBrowser(url, async (page) => {
    /** @type {Record<string, object>} */
    const results = {};
    for (const name of /** @type {PhotoName[]} */ (Object.keys(PHOTOS))) {
      const { ours, bare, png } = await page.evaluate(warmRuns, { photo: `photos/${name}.jpg`, runs: WARM_RUNS[name] });
      const stages = spreads(ours);
      const session = spread(bare);
      const edges = spread(ours.map(edgesOverSegment));
      const encoding = spread(ours.map(({ encode = Number.NaN }, run) => encode / (png[run] ?? Number.NaN)));
      results[name] = { stages, edges, session, png: spread(png), encoding, ratio: (stages.total?.median ?? Number.NaN) / session.median };
    }
    return { photos: results };
  });
}

/**
 * What making a true alpha of the networks' guess costs, over that guess.
 *
 * @param {Record<string, number>} timings
 */
function edgesOverSegment({ trimap = 0, matting = 0, foreground = 0, segment = 0 }) {
  return (trimap + matting + foreground) / segment;
}

/**
 * Memory at its peak, after one photo of each size in turn, the smallest first, without the yardstick beside it.
 *
 * @param {import('playwright-core').Page} page
 */
async function peaks(page) {
  /** @type {Record<string, number | null>} */
  const bytes = {};
  for (const name of Object.keys(PHOTOS)) {
    await page.evaluate(firstResult, `photos/${name}.jpg`);
    bytes[name] = peakRendererBytes();
  }
  return bytes;
}

/**
 * @template T
 * @param {string} url
 * @param {(page: import('playwright-core').Page) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inNewBrowser(url, work) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'load' });
    return await work(page);
  } finally {
    await browser.close();
  }
}

// --- in the page -------------------------------------------------------------------------------------------------

function pageInteractive() {
  const [navigation] = performance.getEntriesByType('navigation');
  return /** @type {PerformanceNavigationTiming} */ (navigation).domContentLoadedEventEnd;
}

async function bareColdStart() {
  const { bareColdStart: start } = await import(new URL('bench/bare.js', location.href).href);
  return start();
}

/** @param {string} photo */
async function firstResult(photo) {
  const { removeBackground } = await import(new URL('gossamer.js', location.href).href);
  const blob = await (await fetch(photo)).blob();
  const started = performance.now();
  await removeBackground(blob);
  return performance.now() - started;
}

/** @param {{ photo: string, runs: number }} of */
async function warmRuns({ photo, runs }) {
  const { removeBackground } = await import(new URL('gossamer.js', location.href).href);
  const { bareSession } = await import(new URL('bench/bare.js', location.href).href);
  const blob = await (await fetch(photo)).blob();
  const bareRun = await bareSession();
  const { details } = await removeBackground(blob);
  const size = { height: details.networkHeight, width: details.networkWidth };
  await bareRun(size);
  const ours = /** @type {Record<string, number>[]} */ ([]);
  const [bare, png] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let run = 0; run < runs; run += 1) {
    bare.push(await bareRun(size));
    const { timings, blob: made } = await removeBackground(blob);
    ours.push(timings);
    png.push(await encodingByBrowser(await createImageBitmap(made)));
  }
  return { ours, bare, png };

  /** Milliseconds of the browser's own encoder for the same picture. @param {ImageBitmap} picture */
  async function encodingByBrowser(picture) {
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(picture, 0, 0);
    context.getImageData(0, 0, 1, 1); // so that it is drawn
    const started = performance.now();
    await canvas.convertToBlob();
    return performance.now() - started;
  }
}
