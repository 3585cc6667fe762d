/**
 * The unit tests once more, inside Pyodide: the same files, the packages and the wheel from dist/, in a worker of the
 * system's Chromium. One test here for each of pytest's, and some for the bridge that CPython has no use for.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../support/browser.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { python } from '../support/python.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';

/** Start-up and some hundred tests, on a machine that is busy with other things. */
const PATIENCE_MS = 300_000;
const IN_BROWSER = ['worker.js', 'bridge.js', 'inference.js'];

/** @typedef {{ name: string, ms: number, failure: string | null }} Outcome */

/** @type {{ exit: number, summary: string, tests: Outcome[] }} */
const suite = await runSuite();
console.log(`pytest in Pyodide: ${suite.summary}`);

test('pytest runs to its end', () => {
  assert.ok(suite.exit <= 1, suite.summary); // 0 all passed, 1 some failed: the tests below say which
  assert.ok(suite.tests.length > 0, 'no test was found');
});

for (const { name, ms, failure } of suite.tests) {
  test(`${name} (${ms.toFixed(0)} ms)`, () => assert.ok(failure === null, failure ?? ''));
}

async function runSuite() {
  const site = new SiteCopy();
  await addSuite(site);
  const server = await startServer({ folder: site.folder });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}suite/index.html`);
    return await page.evaluate(workInPage, { base: server.url, patience: PATIENCE_MS });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** @param {SiteCopy} site */
async function addSuite(site) {
  const archive = `${temporaryFolder('suite')}/suite.zip`;
  await python(fileURLToPath(new URL('pack.py', import.meta.url)), archive);
  site.add('suite/suite.zip', archive);
  for (const name of IN_BROWSER) site.add(`suite/${name}`, fileURLToPath(new URL(name, import.meta.url)));
  site.write('suite/index.html', '<!doctype html><title>Unit tests</title>');
}

/**
 * In the page: start the worker, wait for what came of it.
 *
 * @param {{ base: string, patience: number }} settings
 * @returns {Promise<{ exit: number, summary: string, tests: Outcome[] }>}
 */
function workInPage({ base, patience }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker('worker.js', { type: 'module' });
    let now = 'starting the worker';
    setTimeout(() => reject(new Error(`No answer within ${patience} ms, while at: ${now}`)), patience);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => {
      if (data.outcome) resolve(data.outcome);
      else now = data.now ?? now; // or what the product reports of its start
    };
    worker.postMessage(base);
  });
}
