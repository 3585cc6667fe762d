/**
 * Coming back: a second visit, in a new browser with the profile of the first, and the engine after idle time has ended
 * its workers. Part of `build.py bench`; `node tests/bench/visits.mjs` measures it alone, with all threads.
 *
 * @module
 */

import { launchProfile } from '../support/browser.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { makeSite } from './site.mjs';
import { spreads } from './statistics.mjs';

const RUNS = 5;
/** Until the browser has written down what it keeps: compiled code, and the service worker's files. */
const SETTLE_MS = 5000;
/** What keeps the files between visits. */
const WAYS = /** @type {const} */ ({ 'browser cache': 'block', 'service worker': 'allow' });

/**
 * @param {string} url
 * @returns {Promise<Record<string, Record<string, import('./statistics.mjs').Spread>>>}
 */
export async function measureVisits(url) {
  /** @type {Record<string, Record<string, import('./statistics.mjs').Spread>>} */
  const ways = {};
  for (const [way, serviceWorkers] of Object.entries(WAYS)) {
    const seen = [];
    for (let run = 0; run < RUNS; run += 1) {
      const profile = temporaryFolder('profile');
      await visit(url, profile, serviceWorkers);
      seen.push(await visit(url, profile, serviceWorkers));
    }
    ways[way] = spreads(seen);
  }
  return ways;
}

/**
 * @param {string} url
 * @param {string} profile
 * @param {'allow' | 'block'} serviceWorkers
 */
async function visit(url, profile, serviceWorkers) {
  const context = await launchProfile(profile, { serviceWorkers });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    const seen = await page.evaluate(times);
    if (serviceWorkers === 'allow') await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await page.waitForTimeout(SETTLE_MS);
    return seen;
  } finally {
    await context.close();
  }
}

// --- in the page -------------------------------------------------------------------------------------------------

/**
 * Milliseconds from the start of the visit until the engine is asked for, is ready, has a coarse cut-out of a photo of 1 MP
 * and then its file; and the same, from when it is asked for, after it was ended.
 */
async function times() {
  const { dispose, openDraft, preload } = await import(new URL('gossamer.js', location.href).href);
  const asked = performance.now();
  await preload();
  const ready = performance.now();
  const blob = await (await fetch('photos/1024.jpg')).blob();
  const { coarse, first } = await cutOut();
  dispose(); // as idle time does
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  const again = performance.now();
  await preload();
  const back = performance.now() - again;
  const after = await cutOut();
  return { asked, ready, coarse, first, back, coarseBack: after.coarse - again, firstBack: after.first - again };

  /** As the page does. */
  async function cutOut() {
    let seen = Number.NaN;
    const draft = await openDraft(blob, { onglance: () => { seen = performance.now(); } });
    await draft.export();
    draft.close();
    return { coarse: seen, first: performance.now() };
  }
}

if (process.argv[1] === import.meta.filename) {
  const server = await startServer({ folder: makeSite() });
  try {
    console.log(JSON.stringify(await measureVisits(server.url), null, 1));
  } finally {
    await server.stop();
  }
}
