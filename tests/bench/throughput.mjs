/**
 * Photos of 1 MP a minute, one and two at a time: `node tests/bench/throughput.mjs [--photos 10] [--rounds 3] [--json FILE]`.
 *
 * Both ways in turns, on threads and without; a second engine, where there are no threads, is a second copy of the
 * module, with workers of its own. Nothing here passes or fails.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { makeSite } from './site.mjs';
import { spread } from './statistics.mjs';

const WAYS = { 'one at a time': [1, 1], 'two at a time': [2, 1], 'two engines': [2, 2] };

const { values: args } = parseArgs({
  options: {
    json: { type: 'string' }, photos: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' },
  },
});
const folder = makeSite();
const report = /** @type {Record<string, Record<string, object>>} */ ({});
for (const [mode, isolation] of /** @type {[string, boolean][]} */ ([['all threads', true], ['one thread', false]])) {
  const server = await startServer({ folder, isolation });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(server.url, { waitUntil: 'load' });
  const times = Object.fromEntries(Object.keys(WAYS).map((way) => [way, /** @type {number[]} */ ([])]));
  for (let round = 0; round <= Number(args.rounds); round += 1) {
    for (const [way, [atOnce, engines]] of Object.entries(WAYS)) {
      const ms = await page.evaluate(cutMany, { photos: round ? Number(args.photos) : 2, atOnce, engines });
      if (round) times[way]?.push(ms / Number(args.photos)); // the first one only starts the engines
    }
  }
  report[mode] = {};
  const one = times['one at a time'] ?? [];
  for (const [way, ms] of Object.entries(times)) {
    const gain = spread(ms.map((time, round) => (one[round] ?? Number.NaN) / time));
    report[mode][way] = { ms: spread(ms), gain };
    console.log(`${mode}, ${way}: ${spread(ms).median.toFixed(0)} ms a photo, ${gain.median.toFixed(2)} ×`);
  }
  await browser.close();
  await server.stop();
}
if (args.json) writeFileSync(args.json, `${JSON.stringify(report, null, 1)}\n`);

/** @param {{ photos: number, atOnce: number, engines: number }} how */
async function cutMany({ photos, atOnce, engines }) {
  const modules = await Promise.all(['', '?second'].slice(0, engines).map((query) => (
    import(new URL(`gossamer.js${query}`, location.href).href)
  )));
  const blob = await (await fetch('photos/1024.jpg')).blob();
  let left = photos;
  const lane = async (/** @type {number} */ number) => {
    const { removeBackground } = modules[number % engines];
    for (; left > 0;) {
      left -= 1;
      await removeBackground(blob);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, (_, number) => lane(number)));
  return performance.now() - started;
}
