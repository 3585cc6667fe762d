/** Wherever the folder is put: with or without cross-origin isolation, below a path, under its own strict policy. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assertFailed, cutFile, inTime, openPage, tryFile } from '../support/tool.mjs';

const browser = await launchBrowser();
const pictures = await Pictures.make(['slim.png', 'slim.jpg']);
const photo = await pictures.bytes('slim.png');
const places = {
  'at the root, isolated': await startServer(),
  'at the root, not isolated': await startServer({ isolation: false }),
  'below a path, isolated': await startServer({ base: '/tools/cut out/' }),
  'without any header of ours': await startServer({
    base: '/plain/',
    isolation: false,
    without: [
      'Content-Security-Policy', 'Cross-Origin-Resource-Policy', 'X-Content-Type-Options', 'Referrer-Policy',
      'Permissions-Policy',
    ],
  }),
};
const home = places['at the root, isolated'];
/** Pages that have been used, by their place. @type {Map<string, import('playwright-core').Page>} */
const pages = new Map();
/** @type {Buffer | undefined} */
let expected;

after(async () => {
  await browser.close();
  await Promise.all(Object.values(places).map((site) => site.stop()));
});

for (const [place, site] of Object.entries(places)) {
  test(`${place}: the same cut-out, and nothing to complain about`, async () => {
    const isolated = place.endsWith(', isolated');
    const page = await openPage(browser, encodeURI(site.url));
    pages.set(place, page);
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));

    const { file } = await cutFile(page, photo);
    await cutFile(page, await pictures.bytes('slim.jpg'));
    expected ??= file;
    assert.ok(file.equals(expected), 'as everywhere else');
    assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), isolated);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const helpers = page.workers().filter((worker) => worker.url().includes('/runtime/onnxruntime'));
    assert.equal(helpers.length, isolated ? Math.min(cores, 8) - 1 : 0, 'threads of ONNX Runtime besides its worker');
    assert.deepEqual(await page.evaluate(() => e2e.violations), []);
    assert.deepEqual(complaints, []);
    if (site !== home) await page.close();
  });
}

test('the policy allows WebAssembly, and no text to become code', async () => {
  const response = await fetch(home.url);
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /connect-src 'self'(;|$)/);
  assert.match(policy, /worker-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /'unsafe-(eval|inline|hashes)'|\*|https?:/);
  assert.equal(response.headers.get('Cross-Origin-Opener-Policy'), 'same-origin');
  assert.equal(response.headers.get('Cross-Origin-Embedder-Policy'), 'require-corp');
});

for (const name of ['index.html', 'embed.html', 'selftest.html']) {
  test(`a host that sends no policy: ${name} brings it along, from the first visit on`, async () => {
    const { url } = places['without any header of ours'];
    const sent = await fetch(`${url}${name}`);
    assert.equal(sent.headers.get('Content-Security-Policy'), null);
    const context = await browser.newContext({ serviceWorkers: 'block' }); // nobody else can have added it
    const page = await openPage(context, `${url}${name}`);
    const outcomes = await page.evaluate(async (script) => [
      await fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).catch(String),
      await import(script).catch(String),
      await fetch('assets.json').then(({ ok }) => ok),
    ], 'data:text/javascript,export default 1');
    assert.match(String(outcomes[0]), /TypeError/);
    assert.match(String(outcomes[1]), /TypeError/);
    assert.equal(outcomes[2], true);
    assert.deepEqual(await page.evaluate(() => e2e.violations), [
      'connect-src: http://127.0.0.1:9/', 'script-src-elem: data',
    ]);
    assert.match(await page.evaluate(tryEval), /^EvalError/);
    await context.close();
  });
}

test('eval is refused, in the page and in its workers', async () => {
  const page = usedPage();
  const threads = page.workers().filter((one) => one.url().includes('/workers/')); // the helpers never listen
  assert.equal(threads.length, 2);
  const outcomes = [await page.evaluate(tryEval), ...await Promise.all(threads.map((one) => one.evaluate(tryEval)))];
  for (const outcome of outcomes) assert.match(outcome, /^EvalError/);
});

test('a worker reaches nothing but the assets, not even its own site', async () => {
  const page = usedPage();
  const addresses = [`${home.url}index.html`, 'https://elsewhere.example/', `${home.url}photos?of=me`];
  const workers = page.workers().filter((one) => one.url().includes('/workers/'));
  assert.equal(workers.length, 2);
  await home.forget();
  for (const worker of workers) {
    const { answers, ways } = await worker.evaluate(async (asked) => ({
      answers: await Promise.all(asked.map((address) => fetch(address).then(() => 'answered', ({ code }) => code))),
      ways: ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'].filter((name) => name in globalThis),
    }), addresses);
    assert.deepEqual([answers, ways], [addresses.map(() => 'asset-missing'), []], worker.url());
  }
  assert.deepEqual(await home.requests(), []);
});

/** @type {Record<string, () => void>} */
const lacking = {
  'WebAssembly SIMD': () => {
    WebAssembly.validate = () => false;
  },
  WebAssembly: () => {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
  },
  OffscreenCanvas: () => {
    Reflect.deleteProperty(globalThis, 'OffscreenCanvas');
  },
};
for (const [feature, remove] of Object.entries(lacking)) {
  test(`a browser without ${feature} is told so before anything is downloaded`, async () => {
    // No service worker: it would fetch the page, for later, while the requests are being counted.
    const context = await browser.newContext({ serviceWorkers: 'block' });
    await context.addInitScript(remove);
    const page = await openPage(context, home.url);
    await page.evaluate(() => e2e.load());
    await page.waitForLoadState('networkidle'); // the page's own tools come when it is idle
    await home.forget();
    const outcome = await tryFile(page, photo);
    assertFailed(outcome, { code: 'unsupported-browser', stage: 'start', retryable: false });
    assert.ok(outcome.error?.message.includes(feature), outcome.error?.message);
    await inTime(page.waitForTimeout(300));
    // The tab's icon is the browser's own wish, and comes when it likes.
    const requests = (await home.requests()).filter(({ path }) => !path.startsWith('/icons/'));
    assert.deepEqual(requests, []);
    assert.equal(page.workers().length, 0);
    await context.close();
  });
}

function usedPage() {
  const page = pages.get('at the root, isolated');
  assert.ok(page);
  return page;
}

/**
 * In a task of its own: what the debugger itself evaluates is under no policy.
 *
 * @returns {Promise<string>}
 */
function tryEval() {
  return new Promise((resolve) => {
    setTimeout(() => {
      try {
        resolve(`allowed: ${(0, eval)('1')}`);
      } catch (error) {
        resolve(String(error));
      }
    });
  });
}
