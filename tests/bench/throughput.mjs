/**
 * Photos of 1 MP, one at a time and in the page's queue: `node tests/bench/throughput.mjs [--photos 20] [--rounds 3]
 * [--one-thread] [--json FILE]`.
 *
 * Both in turns, with threads and without (or without alone); each round is a page of its own, whose engine has started. The queue is what a
 * person has who chooses so many photos: if it starts a second engine, that is part of its time. Nothing here passes or
 * fails.
 *
 * @module
 */

import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { launchBrowser } from '../support/browser.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { browserBytes } from './memory.mjs';
import { makeSite } from './site.mjs';
import { spread } from './statistics.mjs';

/** @import { Page } from 'playwright-core' */

const SAMPLE_MS = 2000;
/** Name, and whether the page is isolated. */
const ALL = /** @type {const} */ (['all threads', true]);
const ONE = /** @type {const} */ (['one thread', false]);

const { values: args } = parseArgs({
  options: {
    json: { type: 'string' }, photos: { type: 'string', default: '20' }, rounds: { type: 'string', default: '3' },
    'one-thread': { type: 'boolean', default: false },
  },
});
const photos = Number(args.photos);
const folder = makeSite();
const files = copies(join(folder, 'photos/1024.jpg'), photos);
const report = /** @type {Record<string, object>} */ ({});
for (const [mode, isolation] of args['one-thread'] ? [ONE] : [ALL, ONE]) {
  const rounds = [];
  for (let round = 0; round < Number(args.rounds); round += 1) rounds.push(await measure(isolation));
  const [one, queue, gain, megabytes] = ['one', 'queue', 'gain', 'megabytes'].map((name) => (
    spread(rounds.map((figures) => figures[/** @type {keyof typeof figures} */ (name)]))
  ));
  report[mode] = { one, queue, gain, megabytes };
  console.log(`${mode}: one at a time ${one?.median.toFixed(0)} ms a photo, in the queue ${queue?.median.toFixed(0)} ms, `
    + `${gain?.median.toFixed(2)} × (${gain?.low.toFixed(2)} to ${gain?.high.toFixed(2)}), `
    + `at most ${megabytes?.median.toFixed(0)} MB`);
}
if (args.json) writeFileSync(args.json, `${JSON.stringify(report, null, 1)}\n`);

/** @param {boolean} isolation */
async function measure(isolation) {
  const server = await startServer({ folder, isolation });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(server.url, { waitUntil: 'load' });
  await page.evaluate(cutMany, 2); // so that everything has started
  const one = await page.evaluate(cutMany, photos) / photos;
  const { ms, bytes } = await timeQueue(page);
  await browser.close();
  await server.stop();
  return { one, queue: ms / photos, gain: one * photos / ms, megabytes: bytes / 1e6 };
}

/** @param {Page} page */
async function timeQueue(page) {
  let bytes = 0;
  const sampling = setInterval(() => { bytes = Math.max(bytes, browserBytes().all); }, SAMPLE_MS);
  const started = performance.now();
  await page.setInputFiles('#file', files);
  await page.waitForFunction((all) => (
    document.querySelector('.queue-sum')?.textContent?.startsWith(all)
  ), `${photos} of ${photos}`, { timeout: 0, polling: 100 });
  const ms = performance.now() - started;
  clearInterval(sampling);
  return { ms, bytes };
}

/** The same photo under many names. @param {string} photo @param {number} count */
function copies(photo, count) {
  const target = temporaryFolder('copies');
  return Array.from({ length: count }, (_, number) => {
    const path = join(target, `${number}.jpg`);
    copyFileSync(photo, path);
    return path;
  });
}

/** One after the other. @param {number} count */
async function cutMany(count) {
  const { removeBackground } = await import(new URL('gossamer.js', location.href).href);
  const blob = await (await fetch('photos/1024.jpg')).blob();
  const started = performance.now();
  for (let photo = 0; photo < count; photo += 1) await removeBackground(blob);
  return performance.now() - started;
}
