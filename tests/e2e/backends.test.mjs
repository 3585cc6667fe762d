/**
 * WebGPU and WebGL compute what WebAssembly does; where they fail, it takes over: the photo is the same to the byte.
 * The GPU is one in software: it needs seconds for a picture of 64 pixels, and is never chosen unless asked for.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchWithGpu } from '../support/browser.mjs';
import { until } from '../support/offline.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { assetPath, SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, cutOut, openPage, tryFile } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { BackendState, BackendWish } from '../../web/shared/protocol.js' */

/** Half a level of 255. Sums in another order make a thousandth of that. */
const TOLERANCE = 0.002;
/** What is fetched for a GPU alone, but for the script of its worker, which is part of the page. */
const FOR_GPU = /jspi|webgl|modnet-(gpu|check)/;
/** Longer than it takes until a GPU is tried. */
const IDLE_MS = 4000;

const SIDE = 64;
const FORM = assetPath(/modnet-gpu-/);
const CHECK = assetPath(/modnet-check-/);

const browser = await launchWithGpu();
const photo = await (await Pictures.make(['slim.png'])).bytes('slim.png');
const site = await startServer();

after(async () => {
  await browser.close();
  await site.stop();
});

describe('the inference worker alone', () => {
  /** @type {number[]} */
  let expected;

  before(async () => {
    const page = await openPage(browser, site.url);
    await startNetworks(page, 'wasm');
    expected = await runNetwork(page);
    assert.ok(expected.some((alpha) => alpha > 0.1 && alpha < 0.9), 'small errors would show');
    await page.close();
  });

  for (const wish of /** @type {const} */ (['webgl', 'webgpu'])) {
    test(`${wish} gives the matte that WebAssembly gives, and once it is lost, WebAssembly does`, async (t) => {
      const page = await openPage(browser, site.url);
      const state = await startNetworks(page, wish);
      assert.deepEqual([state.inUse, state.memory.refused], [wish, {}]);
      const difference = furthest(await runNetwork(page), expected);
      t.diagnostic(`largest difference of alpha: ${difference}`);
      assert.ok(difference <= TOLERANCE, `alpha differs by ${difference}`);
      await loseGpu(page, wish);
      assert.deepEqual(await runNetwork(page), expected);
      await until(async () => (await lastState(page)).inUse === 'wasm');
      const { memory } = await lastState(page);
      assert.ok(memory.refused[wish]?.reason);
      assert.match(memory.refused[wish].date, /^\d{4}-\d\d-\d\dT/);
      await page.close();
    });
  }
});

describe('photos', () => {
  /** @type {Buffer} */
  let expected;

  test('by itself, nothing of a backend for GPUs is fetched where the GPU is one in software', async () => {
    const page = await openPage(browser, site.url);
    await site.forget();
    expected = (await cutFile(page, photo)).file;
    await sleep(IDLE_MS);
    const paths = (await site.requests()).map(({ path }) => path);
    assert.ok(paths.some((path) => path.includes('ort.wasm.min.mjs')));
    assert.deepEqual(paths.filter((path) => FOR_GPU.test(path)), []);
    assert.ok(!page.workers().some((worker) => worker.url().includes('workers/gpu/')));
    await page.close();
  });

  test('what a person chooses in the page’s settings is used, kept, and said in words', async () => {
    const context = await browser.newContext();
    const page = await openPage(context, site.url);
    const about = async () => {
      await page.click('#about');
      await page.waitForSelector('dialog[open]'); // which comes a moment after the page
    };
    await about();
    assert.match(await page.innerText('#backend-in-use'), /tries whether the graphics processor is faster/);
    assert.equal(await page.inputValue('#backend'), 'auto');
    await page.selectOption('#backend', 'wasm');
    await page.reload();
    await about();
    assert.equal(await page.inputValue('#backend'), 'wasm');
    await cutFile(page, photo);
    assert.equal(await page.innerText('#backend-in-use'), 'The processor does the work here.');
    await context.close();
  });

  test('another word than the four is refused', async () => {
    const page = await openPage(browser, site.url);
    const outcome = await tryFile(page, photo, { backend: /** @type {'auto'} */ ('cuda') });
    assertFailed(outcome, { code: 'option-invalid', retryable: false });
    await page.close();
  });

  test('lost while a photo is looked at: it comes out as ever, and what happened is remembered', async () => {
    const page = await openPage(browser, site.url);
    const running = tryFile(page, photo, { backend: 'webgl' });
    await page.waitForFunction(() => e2e.stage === 'segment');
    const gpu = await findGpu(page);
    await gpu.evaluate(() => globalThis.close()).catch(() => {}); // its answer may not arrive any more
    assert.ok(cutOut(await running).file.equals(expected));
    const { memory } = await remembered(page);
    assert.ok(memory.refused.webgl?.reason);
    await page.close();
  });

  /** @type {[name: string, path: string, bytes: Uint8Array | string, reason: RegExp][]} */
  const broken = [
    ['that computes something else', CHECK, new Uint8Array(SIDE * SIDE).fill(255), /off by \d+/],
    ['whose session can’t be made', FORM, '{"head":"","graph":"","open":"","zero":"","weights":[]}', /\w/],
  ];
  for (const [name, path, bytes, reason] of broken) {
    test(`a backend ${name} is not used: the photo comes out as ever, and the next visit knows`, async () => {
      const copy = new SiteCopy();
      copy.replaceAsset(path, bytes);
      const other = await startServer({ folder: copy.folder });
      const context = await browser.newContext();
      const page = await openPage(context, other.url);
      assert.ok((await cutFile(page, photo, { backend: 'webgl' })).file.equals(expected));
      const { memory } = await remembered(page);
      assert.match(memory.refused.webgl?.reason ?? '', reason);
      await page.reload();
      await other.forget();
      assert.ok((await cutFile(page, photo)).file.equals(expected));
      assert.deepEqual((await other.requests()).filter((request) => FOR_GPU.test(request.path)), []);
      assert.deepEqual((await remembered(page)).memory, memory);
      await context.close();
      await other.stop();
    });
  }
});

/**
 * Start an inference worker of the page, without Python.
 *
 * @param {Page} page
 * @param {BackendWish} wish
 * @returns {Promise<BackendState>}
 */
async function startNetworks(page, wish) {
  await page.evaluate(async (wanted) => {
    const assets = await (await fetch('assets.json')).json();
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker('workers/inference/main.js', { type: 'module' });
    const networks = { port: port1, state: null };
    Object.assign(globalThis, { networks });
    const ready = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.type === 'backend') networks.state = data.state;
        if (data.type === 'ready') resolve(null);
        if (data.type === 'dead') reject(new Error(data.error.message));
      };
    });
    const memory = { chosen: null, adapters: {}, refused: {} };
    const base = new URL('./', document.baseURI).href;
    const boot = { type: 'boot', base, assets, lifeline: 'networks', threads: 1, port: port2, wish: wanted, memory };
    worker.postMessage(boot, [port2]);
    await ready;
  }, wish);
  return lastState(page);
}

/** @param {Page} page @returns {Promise<BackendState>} */
function lastState(page) {
  return page.evaluate(() => /** @type {any} */ (globalThis).networks.state);
}

/**
 * Run the network for people on a small picture: a disc.
 *
 * @param {Page} page
 * @returns {Promise<number[]>} alpha
 */
function runNetwork(page) {
  return page.evaluate((side) => new Promise((resolve, reject) => {
    const { port } = /** @type {any} */ (globalThis).networks;
    const data = Float32Array.from({ length: 3 * side * side }, (_, i) => {
      const [x, y, c] = [i % side, Math.floor(i / side) % side, Math.floor(i / side ** 2)];
      return (x - 32) ** 2 + (y - 38) ** 2 < 420 ? 0.6 - 0.2 * c + (x % 5) / 50 : 0.2 * c - 0.6 + (y % 7) / 70;
    });
    port.onmessage = (/** @type {MessageEvent} */ { data: { output, error } }) => (
      error ? reject(new Error(error.message)) : resolve(Array.from(output.data))
    );
    port.postMessage({ id: 1, model: 'modnet', data, height: side, width: side }, [data.buffer]);
  }), SIDE);
}

/** Its worker, once it is there. @param {Page} page */
async function findGpu(page) {
  const find = () => page.workers().find((worker) => worker.url().includes('workers/gpu/'));
  await until(async () => find() !== undefined);
  return /** @type {import('playwright-core').Worker} */ (find());
}

/**
 * Take the GPU away, as the system does when its driver is reset.
 *
 * @param {Page} page
 * @param {'webgl' | 'webgpu'} backend
 */
async function loseGpu(page, backend) {
  const script = assetPath(backend === 'webgl' ? /ort\.webgl\.min\.mjs$/ : /ort\.jspi\.min\.mjs$/);
  const gpu = await findGpu(page);
  await gpu.evaluate(async ({ url, isWebGl }) => {
    const { env } = await import(url); // the one that is running
    if (isWebGl) env.webgl.context.getExtension('WEBGL_lose_context').loseContext();
    else (await env.webgpu.device).destroy();
  }, { url: new URL(script, site.url).href, isWebGl: backend === 'webgl' });
}

/** What the page has stored. @param {Page} page @returns {Promise<{ memory: BackendState['memory'] }>} */
function remembered(page) {
  return page.evaluate(() => JSON.parse(localStorage.getItem('gossamer.backend') ?? 'null'));
}

/** @param {number[]} one @param {number[]} other */
function furthest(one, other) {
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Infinity))), 0);
}
