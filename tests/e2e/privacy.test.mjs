/** The privacy panel: its list is what the server saw, and its self-test cuts the network in earnest. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { ledgerOf, untilControlled } from '../support/offline.mjs';
import { ARTIFACTS } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Entry } from '../../web/offline/protocol.js' */

const VIEWS = [{ width: 1280, height: 900 }, { width: 360, height: 740 }];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
/** What the browser fetches on its own; no page gets to see it. */
const UNSEEN = /^\/(service-worker\.js|offline\/worker\/.*|icons\/.*|manifest\.webmanifest)$/;

mkdirSync(ARTIFACTS, { recursive: true });
const browser = await launchBrowser();
const context = await browser.newContext();
const photo = await (await Pictures.make(['slim.png'])).bytes('slim.png');
let site = await startServer();
const port = Number(new URL(site.url).port);
/** @type {Page} */
let page;

before(async () => {
  page = await openPage(context, site.url);
  await untilControlled(page);
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('first visit: the list has what the server saw, threads and service worker included', async () => {
  await cutFile(page, photo);
  const listed = new Set((await ledgerOf(page)).filter(wentOut).map(({ url }) => new URL(url).pathname));
  const seen = (await site.requests()).map(({ path }) => path);
  assert.ok(seen.some((path) => path.startsWith('/models/')));
  assert.deepEqual(seen.filter((path) => !listed.has(path) && !UNSEEN.test(path)), []);
  assert.ok(listed.has('/service-worker.js'));
});

test('later visit: each request is listed once, with its size; the server saw no other', async () => {
  await site.forget();
  await page.reload();
  await cutFile(page, photo);
  const entries = await ledgerOf(page);
  const seen = (await site.requests()).map(({ path }) => path).filter((path) => !UNSEEN.test(path));
  const out = entries.filter(wentOut).map(({ url }) => new URL(url).pathname).filter((path) => !UNSEEN.test(path));
  assert.deepEqual(seen.toSorted(), out.toSorted());
  const cached = entries.filter(({ from }) => from === 'cache');
  assert.ok(cached.some(({ url }) => url === site.url), 'the page itself');
  assert.ok(cached.every(({ bytes, method, status }) => bytes !== null && method === 'GET' && status === 200));
  assert.ok(cached.some(({ url }) => url.includes('/models/')), 'and what its threads load');
});

test('the panel: sums that are counted, a list, and the list as text', async () => {
  await mount();
  assert.match(await panel(), /0 requests to other origins/);
  await page.click('summary');
  await page.locator('.privacy-scroll tbody tr').first().waitFor();
  const rows = await page.locator('.privacy-scroll tbody tr').count();
  assert.equal(rows, (await ledgerOf(page)).length);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await page.getByText('Copied.').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(text.split('\n').filter((line) => line.includes('\t')).length, rows);
  assert.match(text, /\/models\/modnet-/);
  await takePictures('list', '.privacy-scroll');
  await page.click('summary');
});

test('a request elsewhere that the browser stops is in the list, as refused', async () => {
  await page.evaluate(() => fetch('https://elsewhere.invalid/secret').catch(() => {}));
  await page.getByText('1 refused').waitFor();
  assert.match(await panel(), /0 requests to other origins/);
});

test('the self-test asks for the files it needs first', async () => {
  await page.getByRole('button', { name: 'Cut the network and try' }).click();
  await page.getByText(/First, everything has to be on this device/).waitFor();
});

test('made available, the self-test passes, and nothing of it reaches the server', async () => {
  const need = page.locator('.privacy-section', { hasText: 'flight mode' }).getByRole('button', { name: /Make available/ });
  await need.click();
  await page.getByText(/Available offline/).waitFor({ timeout: PATIENCE_MS });
  await page.getByText(/The network is cut/).waitFor({ timeout: PATIENCE_MS });
  await site.forget();
  // Meanwhile, this very page has no network either.
  const planted = await page.evaluate(async () => {
    const tries = [fetch('planted.txt'), import(new URL('planted.js', document.baseURI).href)];
    return (await Promise.allSettled(tries)).map(({ status }) => status);
  });
  assert.deepEqual(planted, ['rejected', 'rejected']);
  assert.match(await verdict(), /^Passed\. Without a network, a photo of 288 × 288/);
  assert.deepEqual((await site.requests()).filter(({ path }) => /index\.html|planted|runtime|models|python/.test(path)), []);
  const refused = (await ledgerOf(page)).filter(({ from }) => from === 'refused').map(({ url }) => new URL(url).pathname);
  assert.ok(refused.includes('/planted.txt') && refused.includes('/planted.js'));
  const words = await panel();
  assert.match(words, /4 attempts to reach the network were refused/);
  assert.match(words, /script from this site: stopped by the service worker/);
  assert.match(words, /The network is back/);
  await takePictures('selftest', '.privacy-report img');
});

test('afterwards the network is there again, also for threads that come without a name', async () => {
  assert.equal(await page.evaluate(async () => (await fetch('nothing-here.txt')).status), 404);
  const cut = await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.endsWith(' state'));
    const cache = await caches.open(name);
    const written = (await cache.keys()).filter(({ url }) => url.includes('?visitor='));
    return Promise.all(written.map(async (key) => (await (await cache.match(key))?.json()).cut));
  });
  assert.ok(cut.length > 0 && !cut.includes(true), cut.join());
});

test('where nothing is cut, the page of the test does not take failures of other kinds for refusals', async () => {
  const open = await browser.newContext({ serviceWorkers: 'block' });
  await open.route('**/selftest.html', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await open.route('**/models/**', (route) => route.abort());
  const other = await openPage(open, site.url);
  const { refused, reached, error, cutout } = await other.evaluate(() => new Promise((resolve) => {
    addEventListener('message', ({ data }) => data?.type === 'selftest-outcome' && resolve(data.outcome));
    document.body.append(Object.assign(document.createElement('iframe'), { src: 'selftest.html' }));
  }));
  // Other sites are out of reach all the same, by the policy that is written into the page.
  assert.deepEqual([refused, reached], [['elsewhere'], ['own', 'image', 'script']]);
  assert.equal(cutout, null);
  assert.equal(error.code, 'asset-missing');
  assert.ok(error.message && error.advice, 'words for whoever reads the panel in English');
  await open.close();
});

test('with the server gone it passes as well', async () => {
  await site.stop();
  await page.getByRole('button', { name: 'Cut the network and try' }).click();
  await page.getByText(/^Passed/).waitFor({ state: 'detached' });
  assert.match(await verdict(), /^Passed/);
  site = await startServer({ port });
});

test('where the files are not what they should be, it does not pass', async () => {
  await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.endsWith(' kept'));
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if ((await (await cache.match(request))?.blob())?.size === 0) continue;
      await cache.put(request, new Response('damaged'));
      break;
    }
  });
  await page.getByRole('button', { name: 'Cut the network and try' }).click();
  await page.getByText(/First, everything has to be on this device/).waitFor({ timeout: PATIENCE_MS });
});

/** Put the panel into the page, as a dialog. */
async function mount() {
  await page.evaluate(async () => {
    const { mountPrivacy } = await import(new URL('page/privacy/panel.js', document.baseURI).href);
    const dialog = Object.assign(document.createElement('dialog'), { id: 'panel' });
    document.body.append(dialog);
    mountPrivacy(dialog).update();
    dialog.showModal();
  });
}

async function verdict() {
  const said = page.locator('.privacy-report > p').first();
  await said.waitFor({ timeout: 2 * PATIENCE_MS });
  return said.innerText();
}

function panel() {
  return page.locator('#panel').innerText();
}

/** @param {Entry} entry */
function wentOut({ from }) {
  return from === 'network' || from === 'browser' || from === 'passed';
}

/** @param {string} name @param {string} element That is to be seen. */
async function takePictures(name, element) {
  for (const colorScheme of SCHEMES) {
    for (const view of VIEWS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(view);
      await page.locator(element).scrollIntoViewIfNeeded();
      await page.waitForTimeout(150);
      const file = `privacy-${name}-${view.width}x${view.height}-${colorScheme}.png`;
      await page.screenshot({ path: join(ARTIFACTS, file) });
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('#panel') ?? document.body;
        return scrollWidth - clientWidth;
      });
      assert.ok(overflow <= 0, `${file}: ${overflow} px stick out`);
    }
  }
}
