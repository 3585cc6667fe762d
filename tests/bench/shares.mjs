/**
 * What Python and the canvas take of a warm photo of 1 MP, by photo: what is not `segment`. How much there is to do at the
 * edges depends on the subject. Part of `build.py bench`; `node tests/bench/shares.mjs` measures it alone.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, temporaryFolder } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { spread } from './statistics.mjs';

/** @import { Spread } from './statistics.mjs' */

/** A person, fur, a thing, and one without a clear subject. */
const SUBJECTS = ['astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'];
const RUNS = 7;

const ENLARGE = `
import sys
from PIL import Image
folder, *sources = sys.argv[1:]
for source in sources:
    photo = Image.open(source).convert("RGB")
    factor = 1024 / (photo.width * photo.height) ** 0.5
    size = round(photo.width * factor), round(photo.height * factor)
    name = source.rsplit("/", 1)[1].rsplit(".", 1)[0]
    photo.resize(size, Image.Resampling.LANCZOS).save(f"{folder}/{name}.jpg", quality=92)
`;

/**
 * @param {string} url Of a page of the site.
 * @returns {Promise<Record<string, { share: Spread, others: Spread, segment: Spread }>>} By photo; milliseconds, and 0 to 1.
 */
export async function measureShares(url) {
  const folder = temporaryFolder('photos');
  execFileSync(PYTHON, ['-c', ENLARGE, folder, ...SUBJECTS.map(photo)]);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'load' });
    /** @type {Record<string, { share: Spread, others: Spread, segment: Spread }>} */
    const shares = {};
    for (const [name = ''] of SUBJECTS.map((file) => file.split('.'))) {
      const base64 = readFileSync(join(folder, `${name}.jpg`)).toString('base64');
      const timings = await page.evaluate(runs, { base64, count: RUNS });
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

/** @param {{ base64: string, count: number }} of */
async function runs({ base64, count }) {
  const { removeBackground } = await import(new URL('gossamer.js', location.href).href);
  const blob = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  await removeBackground(blob);
  const all = [];
  for (let run = 0; run < count; run += 1) all.push((await removeBackground(blob)).timings);
  return all;
}

if (process.argv[1] === import.meta.filename) {
  for (const [mode, isolation] of /** @type {[string, boolean][]} */ ([['all threads', true], ['one thread', false]])) {
    const server = await startServer({ isolation });
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
