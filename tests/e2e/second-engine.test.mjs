/** A long queue where threads can't be had: a second engine comes, helps, and goes, whatever happens to it. */

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { openPage } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */

/** @typedef {{ role: string, jobs: number, worker: Worker }} Started One worker of an engine, and what it was given. */

const LONG = 20;
const FEW = 5;

const pictures = await Pictures.make(['slim.png']);
const photo = (await pictures.bytes('slim.png')).toString('base64');
const site = await startServer({ isolation: false });
const browser = await launchBrowser();

after(async () => {
  await browser.close();
  await site.stop();
});

test('a long queue is shared by two engines; once it is done there is one again', async () => {
  const page = await openWith();
  await choose(page, LONG);
  await settled(page, LONG);
  const [first = 0, second = 0, ...more] = await jobs(page);
  assert.deepEqual(more, []);
  assert.ok(first > 0 && second > 0, `${first} and ${second} photos`);
  assert.equal(first + second, LONG, 'none was made twice');
  assert.deepEqual(await failures(page), []);
  await enginesAre(page, 1);
  await page.close();
});

test('a few photos are left to the one', async () => {
  const page = await openWith();
  await choose(page, FEW);
  await settled(page, FEW);
  assert.deepEqual(await jobs(page), [FEW]);
  await page.close();
});

test('so is a long queue where memory is short, where there is one core, and on a phone that tells nothing', async () => {
  for (const device of [
    { deviceMemory: 2 }, { hardwareConcurrency: 1 }, { deviceMemory: null, userAgent: 'Firefox (Android 16; Mobile)' },
  ]) {
    const page = await openWith(device);
    await choose(page, LONG);
    await settled(page, LONG);
    assert.deepEqual(await jobs(page), [LONG], JSON.stringify(device));
    await page.close();
  }
});

test('so is a long queue where there are threads', async () => {
  const isolated = await startServer();
  const page = await openWith({}, isolated.url);
  await choose(page, LONG);
  await settled(page, LONG);
  assert.deepEqual(await jobs(page), [LONG]);
  await page.close();
  await isolated.stop();
});

for (const role of ['python', 'inference']) {
  test(`the second engine's ${role} worker is ended by the browser: its photos are made by the first`, async () => {
    const page = await openWith();
    await choose(page, LONG);
    await secondAtWork(page);
    await page.evaluate((which) => {
      const started = /** @type {Started[]} */ (/** @type {any} */ (globalThis).started);
      started.findLast((one) => one.role === which)?.worker.terminate();
    }, role);
    await settled(page, LONG);
    assert.deepEqual(await failures(page), []);
    assert.equal((await jobs(page)).length, 2, 'and no other one is tried');
    await enginesAre(page, 1);
    await page.close();
  });
}

test('a second engine that does not start: the first makes them all', async () => {
  const page = await openWith({ engines: 1 });
  await choose(page, LONG);
  await settled(page, LONG);
  assert.deepEqual(await failures(page), []);
  assert.deepEqual(await jobs(page), [LONG, 0]);
  await enginesAre(page, 1);
  await page.close();
});

test('paused, the second engine finishes what it has and ends; resumed, there is one again', async () => {
  const page = await openWith();
  await choose(page, 2 * LONG);
  await secondAtWork(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await enginesAre(page, 1);
  assert.deepEqual(await failures(page), []);
  await page.getByRole('button', { name: 'Resume' }).click();
  await secondAtWork(page, 3);
  await page.locator('.queue-open').first().focus();
  await page.keyboard.press('End'); // only rows in sight are in the page
  await page.getByRole('button', { name: 'Remove 39.png', exact: true }).click();
  await settled(page, 2 * LONG - 1);
  assert.deepEqual(await failures(page), []);
  await page.close();
});

test('all cancelled, the second engine ends at once; tried again, all are made', async () => {
  const page = await openWith();
  await choose(page, LONG);
  await secondAtWork(page);
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await enginesAre(page, 1);
  await page.getByRole('button', { name: 'Retry failed' }).click();
  await settled(page, LONG);
  assert.deepEqual(await failures(page), []);
  await page.close();
});

// --- helpers ---------------------------------------------------------------------------------------------------

/**
 * The app, on a device as said.
 *
 * @param {Partial<Device>} [device]
 * @param {string} [url]
 */
async function openWith(device = {}, url = site.url) {
  const context = await browser.newContext();
  await context.addInitScript(disguise, { deviceMemory: 8, hardwareConcurrency: 4, engines: 9, ...device });
  return openPage(context, url);
}

/**
 * @typedef {object} Device
 * @property {number | null} deviceMemory null: it is not told
 * @property {number} hardwareConcurrency
 * @property {string} userAgent
 * @property {number} engines that can be started; the workers of any other fail
 */

/**
 * Runs in the page, before its own scripts.
 *
 * @param {Partial<Device> & { engines: number }} device
 */
function disguise({ engines, ...device }) {
  for (const [name, value] of Object.entries(device)) {
    Object.defineProperty(navigator, name, { get: () => value ?? undefined });
  }
  /** @type {Started[]} */
  const started = [];
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      const role = options?.name?.match(/^gossamer (python|inference)$/)?.[1] ?? '';
      const isOneTooMany = role && started.filter((one) => one.role === role).length >= engines;
      super(isOneTooMany ? new URL('none.js', document.baseURI) : url, options);
      if (role) started.push({ role, jobs: 0, worker: this });
    }

    /** @override @param {any} message @param {any} [moved] */
    postMessage(message, moved) {
      const mine = started.find(({ worker }) => worker === this);
      if (mine && message.type === 'job') mine.jobs += 1;
      super.postMessage(message, moved);
    }
  };
  Object.assign(globalThis, { started });
}

/** Choose the same photo under many names. @param {Page} page @param {number} count */
async function choose(page, count) {
  const photos = Array.from({ length: count }, (_, number) => (
    { name: `${number}.png`, mimeType: 'image/png', buffer: Buffer.from(photo, 'base64') }
  ));
  await page.setInputFiles('#file', photos);
}

/** All photos are done with. @param {Page} page @param {number} count */
async function settled(page, count) {
  await page.waitForFunction((all) => (
    document.querySelector('.queue-sum')?.textContent?.startsWith(all)
  ), `${count} of ${count}`);
}

/** How many photos each engine was given, in the order of their start. @param {Page} page @returns {Promise<number[]>} */
async function jobs(page) {
  return page.evaluate(() => {
    const started = /** @type {Started[]} */ (/** @type {any} */ (globalThis).started);
    return started.filter(({ role }) => role === 'python').map((one) => one.jobs);
  });
}

/** @param {Page} page @param {number} [number] It is not always the second that was started. */
async function secondAtWork(page, number = 2) {
  await page.waitForFunction((wanted) => {
    const started = /** @type {Started[]} */ (/** @type {any} */ (globalThis).started);
    return (started.filter(({ role }) => role === 'python')[wanted - 1]?.jobs ?? 0) > 0;
  }, number);
}

/** @param {Page} page @param {number} count */
async function enginesAre(page, count) {
  const running = () => ['inference', 'python'].map((role) => (
    page.workers().filter((worker) => worker.url().endsWith(`workers/${role}/main.js`)).length
  ));
  const deadline = Date.now() + PATIENCE_MS;
  while (running().some((number) => number !== count) && Date.now() < deadline) await sleep(50);
  assert.deepEqual(running(), [count, count]);
}

/** What the list says of those that have failed. @param {Page} page */
async function failures(page) {
  return page.locator('.queue-row', { hasText: /Failed|Cancelled/ }).allInnerTexts();
}
