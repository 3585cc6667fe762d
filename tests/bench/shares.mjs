/**
 * What Python and the canvas take of a warm photo of 1 MP, by photo: what is not `segment`. How much there is to do at the
 * edges depends on the subject. Part of `build.py bench`; `node tests/bench/shares.mjs` measures it alone.
 *
 * @module
 */

import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { makeSite, SUBJECTS } from './site.mjs';
import { spread } from './statistics.mjs';

/** @import { Spread } from './statistics.mjs' */

const RUNS = 7;

/**
 * @param {string} url Of the site that `makeSite` makes.
 * @returns {Promise<Record<string, { share: Spread, others: Spread, segment: Spread }>>} By photo; milliseconds, and 0 to 1.
 */
export async function measureShares(url) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'load' });
    /** @type {Record<string, { share: Spread, others: Spread, segment: Spread }>} */
    const shares = {};
    for (const name of Object.keys(SUBJECTS)) {
      const timings = await page.evaluate(runs, { photo: `photos/${name}.jpg`, count: RUNS });
      shares[name] = {
        share: spread(timings.map(({ total = 0, segment = 0 }) => (total - segment) / total)),
        others: spread(timings.map(({ total = 0, segment = 0 }) => total - segment)),
        segment: spread(timings.map(({ segment = 0 }) => segment)),
      };
    }
    return shares;
  } finally {
    await browser.close();
  }
}

// --- in the page -------------------------------------------------------------------------------------------------

/** @param {{ photo: string, count: number }} of */
async function runs({ photo, count }) {
  const { removeBackground } = await import(new URL('gossamer.js', location.href).href);
  const blob = await (await fetch(photo)).blob();
  await removeBackground(blob);
  const all = [];
  for (let run = 0; run < count; run += 1) all.push((await removeBackground(blob)).timings);
  return all;
}

if (process.argv[1] === import.meta.filename) {
  const folder = makeSite();
  for (const [mode, isolation] of /** @type {[string, boolean][]} */ ([['all threads', true], ['one thread', false]])) {
    const server = await startServer({ folder, isolation });
    try {
      for (const [name, { share, others, segment }] of Object.entries(await measureShares(server.url))) {
        console.log(`${mode}, ${name}: ${(share.median * 100).toFixed(0)} % (${(share.low * 100).toFixed(0)} to `
          + `${(share.high * 100).toFixed(0)}), ${others.median.toFixed(0)} ms beside ${segment.median.toFixed(0)} of segment`);
      }
    } finally {
      await server.stop();
    }
  }
}
