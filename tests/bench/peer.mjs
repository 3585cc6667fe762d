/**
 * Gossamer beside `@imgly/background-removal`, in one browser, on one photo: `node tests/bench/peer.mjs [--only warm|cold] [--json FILE]`.
 *
 * The peer's packages are installed below `.cache` for this alone: they are AGPL, and nothing of them is in `dist/`. Its
 * default model comes from its own data package on our origin, with threads, as its documentation has it, and its files
 * are sent compressed, as ours are. Nothing here passes or fails.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { launchBrowser, launchProfile } from '../support/browser.mjs';
import { ROOT, temporaryFolder } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { addPhotos } from './site.mjs';
import { spread } from './statistics.mjs';
import { throttled } from './throttle.mjs';

const LINE_BITS_PER_SECOND = 20e6;
const PHOTO = 'photos/1024.jpg';
/** The line is as fast again and again, and takes nearly all of the time. */
const COLD_RUNS = 3;

const { values: args } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, runs: { type: 'string', default: '7' } },
});
const site = new SiteCopy();
addPhotos(site);
addPeer(site);
// The peer makes workers of blobs, which our own policy forbids.
const server = await startServer({ folder: site.folder, without: ['Content-Security-Policy'], compressed: true });
const report = {
  date: new Date().toISOString(),
  warm: args.only === 'cold' ? null : await warm(Number(args.runs)),
  cold: args.only === 'warm' ? null : await cold(),
};
await server.stop();
if (report.warm) print('warm photo → PNG, 1024²', report.warm);
if (report.cold) print('empty cache, 20 Mbit/s → first result', report.cold);
if (args.json) writeFileSync(args.json, `${JSON.stringify(report, null, 1)}\n`);

/**
 * In turns, in one browser: a machine that gets busy slows both.
 *
 * @param {number} runs
 */
async function warm(runs) {
  const browser = await launchBrowser();
  try {
    const [ours, theirs] = [await openIn(browser, server.url), await openIn(browser, server.url)];
    await ours.evaluate(cutWithGossamer, PHOTO);
    await theirs.evaluate(cutWithPeer, PHOTO);
    const times = { gossamer: /** @type {number[]} */ ([]), peer: /** @type {number[]} */ ([]) };
    for (let run = 0; run < runs; run += 1) {
      times.gossamer.push(await ours.evaluate(cutWithGossamer, PHOTO));
      times.peer.push(await theirs.evaluate(cutWithPeer, PHOTO));
    }
    return summary(times);
  } finally {
    await browser.close();
  }
}

/** A new profile each time, and a line as people have it; from the start of the visit to the PNG. */
async function cold() {
  const line = await throttled(server.url, LINE_BITS_PER_SECOND);
  const times = { gossamer: /** @type {number[]} */ ([]), peer: /** @type {number[]} */ ([]) };
  for (let run = 0; run < COLD_RUNS; run += 1) {
    times.gossamer.push(await firstVisit(line.url, cutWithGossamer));
    times.peer.push(await firstVisit(line.url, cutWithPeer));
  }
  await line.stop();
  return summary(times);
}

/**
 * @param {string} url
 * @param {(photo: string) => Promise<number>} cut
 */
async function firstVisit(url, cut) {
  const profile = await launchProfile(temporaryFolder('profile'));
  try {
    const started = performance.now();
    const page = await openIn(profile, url);
    await page.evaluate(cut, PHOTO);
    return performance.now() - started;
  } finally {
    await profile.close();
  }
}

/**
 * A page that does nothing itself.
 *
 * @param {Pick<import('playwright-core').Browser, 'newPage'>} browser
 * @param {string} url
 */
async function openIn(browser, url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`${url}peer/blank.html`);
  return page;
}

/** @param {{ gossamer: number[], peer: number[] }} times Milliseconds, taken in turns. */
function summary({ gossamer, peer }) {
  return {
    gossamer: spread(gossamer),
    peer: spread(peer),
    ratio: spread(peer.map((time, run) => time / (gossamer[run] ?? Number.NaN))),
  };
}

/**
 * @param {string} label
 * @param {ReturnType<typeof summary>} of
 */
function print(label, { gossamer, peer, ratio }) {
  const show = (/** @type {import('./statistics.mjs').Spread} */ { median, low, high }, digits = 0) => (
    `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
  );
  console.log(`${label}: Gossamer ${show(gossamer)} ms, peer ${show(peer)} ms, ratio ${show(ratio, 2)} ×`);
}

/** @param {SiteCopy} copy */
function addPeer(copy) {
  const folder = join(ROOT, '.cache/peer');
  mkdirSync(folder, { recursive: true });
  const source = fileURLToPath(new URL('peer/', import.meta.url));
  for (const name of ['package.json', 'package-lock.json', 'entry.js']) cpSync(source + name, join(folder, name));
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', npm, { cwd: folder, stdio: 'inherit' });
  const esbuild = pathToFileURL(join(folder, 'node_modules/esbuild/lib/main.js')).href;
  const make = `const { build } = (await import(${JSON.stringify(esbuild)})).default;
    await build({ entryPoints: ['entry.js'], bundle: true, minify: true, format: 'esm', outfile: 'peer.js',
      logLevel: 'error' });`;
  execFileSync('node', ['--input-type=module', '-e', make], { cwd: folder, stdio: 'inherit' });
  copy.add('peer/peer.js', join(folder, 'peer.js'));
  const data = join(folder, 'node_modules/@imgly/background-removal-data/dist');
  for (const name of readdirSync(data)) copy.add(`peer/data/${name}`, join(data, name));
  const compress = fileURLToPath(new URL('../../web/build/compress.mjs', import.meta.url));
  execFileSync('node', [compress, join(copy.folder, 'peer'), join(folder, 'compressed')], { stdio: 'inherit' });
  copy.write('peer/blank.html', '<!doctype html><title>Blank</title><link rel="icon" href="data:,">');
}

// --- in the page -------------------------------------------------------------------------------------------------

/** @param {string} photo */
async function cutWithGossamer(photo) {
  const { removeBackground } = await import(new URL('../gossamer.js', location.href).href);
  const source = await (await fetch(`../${photo}`)).blob();
  const started = performance.now();
  const { blob } = await removeBackground(source);
  if (blob.type !== 'image/png') throw new Error(`A ${blob.type}`);
  return performance.now() - started;
}

/** @param {string} photo */
async function cutWithPeer(photo) {
  const { removeBackground } = await import(new URL('peer.js', location.href).href);
  const source = await (await fetch(`../${photo}`)).blob();
  const started = performance.now();
  const blob = await removeBackground(source, { publicPath: new URL('data/', location.href).href });
  if (blob.type !== 'image/png') throw new Error(`A ${blob.type}`);
  return performance.now() - started;
}
