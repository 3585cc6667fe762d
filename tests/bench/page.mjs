/**
 * The page as it is felt: what it weighs before anything heavy, when it can be used on a slow processor, how long the
 * first look at a warm photo takes, and whether a large photo ever makes it stumble. Part of `python3 build.py bench`;
 * `node tests/bench/page.mjs usable longTasks` measures these parts of it alone.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { launchBrowser } from '../support/browser.mjs';
import { DIST } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { makeSite } from './site.mjs';
import { spread } from './statistics.mjs';

const RUNS = 5;
const SLOWER = 4;
const SETTLE_MS = 1500;

/** What is measured of the page, by name. */
const PARTS = {
  shell,
  usable,
  glance: glances,
  longTasks,
};

/**
 * @param {import('../support/server.mjs').Site} server
 * @param {string} folder that it serves, made by `makeSite`
 * @param {string[]} [names] of the parts; all of them if left out
 * @returns {Promise<Record<string, object>>}
 */
export async function measurePage(server, folder, names = Object.keys(PARTS)) {
  const browser = await launchBrowser();
  try {
    /** @type {Record<string, object>} */
    const figures = {};
    for (const [name, measure] of Object.entries(PARTS)) {
      if (names.includes(name)) figures[name] = await measure(browser, server.url, join(folder, 'photos/12mp.jpg'));
    }
    return figures;
  } finally {
    await browser.close();
  }
}

/**
 * What a first visit loads before the page can be used, and then in a quiet moment.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function shell(browser, url) {
  const context = await browser.newContext({ serviceWorkers: 'block' }); // which fetches the same once more, to keep it
  const page = await context.newPage();
  /** @type {Set<string>} */
  const paths = new Set();
  page.on('request', (request) => paths.add(new URL(request.url()).pathname.slice(1) || 'index.html'));
  await page.route(/\/page\/(beside|workbench)\.js$/, async (route) => {
    await page.waitForSelector('body[data-state=empty]');
    await route.continue();
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForSelector('body[data-state=empty]');
  const first = weight([...paths].filter((path) => !/(beside|workbench)\.js$/.test(path)));
  await page.waitForFunction(() => document.querySelector('.viewer-surface')); // the tools are there
  await page.waitForLoadState('networkidle');
  await context.close();
  return { first, all: weight([...paths]) };
}

/** @param {string[]} paths */
function weight(paths) {
  const bytes = paths.filter((path) => !path.includes('favicon')).map((path) => readFileSync(join(DIST, path)));
  const gzip = bytes.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0);
  return { files: bytes.length, raw: bytes.reduce((sum, { length }) => sum + length, 0), gzip };
}

/**
 * From the start of the visit until a photo can be chosen, with the processor slowed down, nothing cached.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function usable(browser, url) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.body?.dataset.state !== 'empty') return;
        observer.disconnect();
        requestAnimationFrame(() => Object.assign(globalThis, { usableAt: performance.now() }));
      }).observe(document, { attributes: true, childList: true, subtree: true });
    });
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(url);
    await page.waitForFunction(() => 'usableAt' in globalThis);
    times.push(await page.evaluate(() => /** @type {any} */ (globalThis).usableAt));
    await context.close();
  }
  return spread(times);
}

/**
 * Warm, at 1024²: from the call to the first, coarse matte, and to the careful one; then a stroke across an edge.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function glances(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const times = await page.evaluate(async (runs) => {
    const { openDraft } = await import(new URL('gossamer.js', location.href).href);
    const blob = await (await fetch('photos/1024.jpg')).blob();
    const [coarse, careful, stroke] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    for (let run = 0; run <= runs; run += 1) {
      const started = performance.now();
      let seen = 0;
      const draft = await openDraft(blob, { onglance: () => { seen = performance.now() - started; } });
      if (run > 0) {
        coarse.push(seen);
        careful.push(performance.now() - started);
      }
      const drawn = performance.now();
      await draft.repair({ kind: 'unsure', points: [[300, 500], [360, 520]], radius: 12 });
      if (run > 0) stroke.push(performance.now() - drawn);
      draft.close();
    }
    return { coarse, careful, stroke };
  }, RUNS);
  await page.close();
  return { coarse: spread(times.coarse), careful: spread(times.careful), stroke: spread(times.stroke) };
}

/**
 * Tasks of more than 50 ms on the page's thread while a photo is opened, cut out and shown.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {string} path of the photo
 */
async function longTasks(browser, url, path) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForSelector('.viewer-surface', { state: 'attached' }); // the tools are there
  await page.evaluate(() => {
    /** @type {number[]} */
    const tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
    Object.assign(globalThis, { tasks });
  });
  await page.setInputFiles('#file', path);
  await page.waitForSelector('body[data-state=done]', { timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS); // until all of it is drawn
  const tasks = /** @type {number[]} */ (await page.evaluate(() => /** @type {any} */ (globalThis).tasks));
  await page.close();
  return { count: tasks.length, longest: Math.max(0, ...tasks) };
}

if (process.argv[1] === import.meta.filename) {
  const folder = makeSite();
  const server = await startServer({ folder });
  try {
    const names = process.argv.slice(2);
    console.log(JSON.stringify(await measurePage(server, folder, names.length > 0 ? names : undefined), null, 1));
  } finally {
    await server.stop();
  }
}
