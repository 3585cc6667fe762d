/**
 * Whether memory stays flat over many photos: `node tests/bench/queue.mjs [--photos 200] [--one-thread] [--json FILE]`.
 *
 * All processes of the browser are measured with the queue at rest, after the tenth photo and at later ones. Without
 * threads there is a second engine, which starts after each rest and ends before the next. Linux only.
 * Nothing here passes or fails.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { launchProfile } from '../support/browser.mjs';
import { PYTHON, temporaryFolder } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { queueSite } from '../support/queue.mjs';
import { startServer } from '../support/server.mjs';
import { browserBytes } from './memory.mjs';

const SOURCES = ['astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'];
const REST_MS = 5000;

// Two megapixels each, no two alike: another part of one of the photos, mirrored or not, lighter or darker.
const MAKE = `
import random, sys
from PIL import Image, ImageEnhance
folder, count, *sources = sys.argv[1:]
chance = random.Random(7)
photos = [Image.open(source).convert("RGB") for source in sources]
for number in range(int(count)):
    photo = photos[number % len(photos)]
    share = chance.uniform(0.8, 1)
    width = min(photo.width, photo.height * 4 / 3) * share
    height = width * 3 / 4
    left, top = chance.uniform(0, photo.width - width), chance.uniform(0, photo.height - height)
    part = photo.resize((1632, 1224), Image.Resampling.BICUBIC, (left, top, left + width, top + height))
    if chance.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    ImageEnhance.Brightness(part).enhance(chance.uniform(0.8, 1.2)).save(f"{folder}/{number:03}.jpg", quality=90)
`;

const { values: args } = parseArgs({
  options: {
    json: { type: 'string' }, photos: { type: 'string', default: '200' }, 'one-thread': { type: 'boolean', default: false },
  },
});
const total = Number(args.photos);
const stops = [...new Set([10, 50, 100, 200, 300, 400, total].filter((stop) => stop <= total))].sort((a, b) => a - b);

const folder = temporaryFolder('photos');
execFileSync(PYTHON, ['-c', MAKE, folder, String(total), ...SOURCES.map(photo)]);
const server = await startServer({ folder: queueSite(), isolation: !args['one-thread'] });
const browser = await launchProfile(temporaryFolder('profile')); // a disk, as people have
const rows = [];
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(`${server.url}queue.html?atOnce=2&second`, { waitUntil: 'load' });
  await page.evaluate(() => /** @type {any} */ (globalThis).queue.pause());
  await page.setInputFiles('input', readdirSync(folder).sort().map((name) => join(folder, name)));
  for (const stop of stops) {
    const started = performance.now();
    await page.evaluate((count) => /** @type {any} */ (globalThis).runUntil(count), stop);
    await page.waitForFunction((count) => {
      const { queue } = /** @type {any} */ (globalThis);
      const { done, failed } = queue.counts;
      return done + failed >= count && !queue.running;
    }, stop, { timeout: 0, polling: 1000 });
    const seconds = (performance.now() - started) / 1000;
    await sleep(REST_MS);
    const row = { photos: stop, seconds, ...browserBytes(), inside: await page.evaluate(inside) };
    rows.push(row);
    print(row);
  }
  console.log(await page.evaluate(() => JSON.stringify(/** @type {any} */ (globalThis).queue.counts)));
} finally {
  await browser.close();
  await server.stop();
}
if (args.json) writeFileSync(args.json, `${JSON.stringify(rows, null, 1)}\n`);

/** @param {(typeof rows)[number]} row */
function print(row) {
  const growth = row.all / (rows[0]?.all ?? row.all) - 1;
  const parts = Object.entries(row.kinds).map(([kind, bytes]) => `${kind} ${mega(bytes)}`);
  const sum = `${mega(row.all)} MB (${(growth * 100).toFixed(1)} %)`;
  console.log(`${String(row.photos).padStart(4)} photos  ${sum}  ${parts.join(', ')}  ${row.seconds.toFixed(0)} s`);
  if (row.inside.length === 0) return;
  const threads = row.inside.filter(([, bytes]) => bytes > 1e6).map(([what, bytes]) => `${what} ${mega(bytes)}`);
  console.log(`             ${threads.join(', ')}`);
}

/** @param {number} bytes */
function mega(bytes) {
  return (bytes / 1e6).toFixed(0);
}

// --- in the page -------------------------------------------------------------------------------------------------

/**
 * What the browser itself says about the tab's memory, by thread; it collects garbage first. It says nothing to a page
 * that is not isolated.
 *
 * @returns {Promise<[string, number][]>}
 */
async function inside() {
  if (!crossOriginIsolated) return [];
  const { breakdown } = await /** @type {any} */ (performance).measureUserAgentSpecificMemory();
  return breakdown.map((/** @type {any} */ { bytes, types, attribution: [whose] }) => (
    [`${whose?.url.split('/').slice(-2).join('/') ?? ''} ${types.join('+')}`.trim(), bytes]
  ));
}
