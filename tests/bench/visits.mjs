/**
 * Coming back: a second visit, in a new browser with the profile of the first, and the engine after idle time has ended
 * its workers. Part of `build.py bench`; `node tests/bench/visits.mjs` measures it alone, with all threads.
 *
 * Nothing is attached to these browsers, since being watched costs a browser a third of such a visit; and they have come to
 * rest before it, since a browser's own start takes both cores for a second.
 *
 * @module
 */

import { setTimeout as pause } from 'node:timers/promises';

import { OwnBrowser } from '../support/browser.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { makeSite } from './site.mjs';
import { spreads } from './statistics.mjs';

const RUNS = 5;
/** For the browser's own start; and until it has written down what it keeps: compiled code, the service worker's files. */
const SETTLE_MS = 5000;
const POLL_MS = 2000;
/** What keeps the files between visits, by what the page's address ends with. */
const WAYS = { 'browser cache': '?cache', 'service worker': '' };

/**
 * @param {import('../support/server.mjs').Site} server
 * @returns {Promise<Record<string, Record<string, import('./statistics.mjs').Spread>>>}
 */
export async function measureVisits(server) {
  /** @type {Record<string, Record<string, import('./statistics.mjs').Spread>>} */
  const ways = {};
  for (const [way, search] of Object.entries(WAYS)) {
    const seen = [];
    for (let run = 0; run < RUNS; run += 1) {
      const profile = temporaryFolder('profile');
      await visit(server, search, profile);
      seen.push(await visit(server, search, profile));
    }
    ways[way] = spreads(seen);
  }
  return ways;
}

/**
 * @param {import('../support/server.mjs').Site} server
 * @param {string} search
 * @param {string} profile
 */
async function visit(server, search, profile) {
  await server.forget();
  const browser = await OwnBrowser.launch(profile);
  try {
    await pause(SETTLE_MS);
    await browser.open(`${server.url}bench/visit.html${search}`);
    await pause(SETTLE_MS); // asking the server has a price, too
    for (;;) {
      const told = (await server.requests()).find(({ path }) => path.includes('/bench/seen?'));
      if (told) return Object.fromEntries([...new URLSearchParams(told.path.split('?')[1])].map(([name, ms]) => [name, Number(ms)]));
      await pause(POLL_MS);
    }
  } finally {
    await pause(SETTLE_MS);
    await browser.end();
  }
}

if (process.argv[1] === import.meta.filename) {
  const server = await startServer({ folder: makeSite() });
  try {
    console.log(JSON.stringify(await measureVisits(server), null, 1));
  } finally {
    await server.stop();
  }
}
