/** Workers die, are ended, and are started anew: every call is settled, and none is left over. */

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, cutOut, inTime, openPage, tryFile } from '../support/tool.mjs';

const pictures = await Pictures.make(['slim.png', 'large.jpg']);
const copy = new SiteCopy();
copy.add('slow/slim.png', pictures.path('slim.png')); // answered after three seconds
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const photo = await pictures.bytes('slim.png');
/** @type {Buffer} */
let expected;

before(async () => {
  expected = (await cutFile(page, photo)).file;
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('one worker for Python, one for the network', () => {
  assert.deepEqual(workerNames(), ['inference', 'python']);
});

for (const worker of ['python', 'inference']) {
  test(`the ${worker} worker is gone in the middle of a run: worker-died, then all is well`, async () => {
    const killAt = { stage: 'segment', worker: `gossamer ${worker}` };
    assertFailed(await tryFile(page, photo, {}, { killAt }), { code: 'worker-died', retryable: true });
    await assertWorks();
  });
}

test('the Python worker closes itself while busy: worker-died, then all is well', async () => {
  const running = tryFile(page, await pictures.bytes('large.jpg'));
  await page.waitForFunction(() => e2e.stage === 'segment'); // while it waits for the network, it listens
  await findWorker('python').evaluate(() => globalThis.close());
  assertFailed(await running, { code: 'worker-died', retryable: true });
  await assertWorks();
});

test('the Python worker hangs: the call is cancelled, and the next one is done by another', async () => {
  const before = findWorker('python');
  await before.evaluate(() => { setTimeout(() => { for (;;); }); });
  await page.evaluate(async (base64) => {
    const { removeBackground } = await e2e.load();
    const abort = new AbortController();
    const call = removeBackground(new Blob([e2e.bytes(base64)]), { signal: abort.signal });
    setTimeout(() => abort.abort(), 500);
    await call.catch(() => {});
  }, photo.toString('base64'));
  const outcome = await tryFile(page, photo); // waits behind the one that hangs
  assertFailed(outcome, { code: 'worker-died', retryable: true });
  await assertWorks();
  await workersAre(['inference', 'python']); // to end one that hangs takes the browser two seconds
  assert.notEqual(findWorker('python'), before);
});

test('the inference worker closes itself while idle: the next call starts it anew', async () => {
  await findWorker('inference').evaluate(() => globalThis.close());
  await workersAre([]);
  await assertWorks();
});

test('dispose() in the middle of a run: disposed, then all is well', async () => {
  assertFailed(await tryFile(page, photo, {}, { disposeAt: 'segment' }), { code: 'disposed', retryable: true });
  await assertWorks();
});

for (const disposeAt of ['download', 'start']) {
  test(`dispose() during ${disposeAt}: disposed, and no worker is left`, async () => {
    await dispose();
    assertFailed(await tryFile(page, photo, {}, { disposeAt }), { code: 'disposed', retryable: true });
    await workersAre([]);
  });
}

test('dispose() ends all calls, waiting ones too', async () => {
  const codes = await page.evaluate(async (base64) => {
    const blob = new Blob([e2e.bytes(base64)]);
    const calls = [e2e.cut(blob), e2e.cut(blob), e2e.cut(blob)];
    (await e2e.load()).dispose();
    return (await Promise.all(calls)).map(({ error }) => error?.code);
  }, photo.toString('base64'));
  assert.deepEqual(codes, ['disposed', 'disposed', 'disposed']);
  await assertWorks();
});

test('dispose() while a photo is still being fetched leaves no call hanging', async () => {
  assert.deepEqual(workerNames(), ['inference', 'python'], 'warm: there are workers to be ended');
  const outcome = await inTime(page.evaluate(async () => {
    const call = e2e.cut('slow/slim.png');
    setTimeout(async () => (await e2e.load()).dispose(), 500);
    return call;
  }), 30_000);
  assertFailed(outcome, { code: 'disposed', retryable: true });
  await assertWorks();
});

test('starting and ending again and again leaves no worker behind', async () => {
  await dispose();
  for (let round = 0; round < 5; round += 1) {
    const outcome = await tryFile(page, photo, {}, { disposeAt: 'download' });
    assertFailed(outcome, { code: 'disposed' });
  }
  await workersAre([]);
  await assertWorks();
  assert.deepEqual(workerNames(), ['inference', 'python']);
  await dispose();
  await workersAre([]);
  await dispose(); // once more does no harm
});

test('preload() starts everything, so that a photo has nothing to wait for', async () => {
  await dispose();
  const reports = await page.evaluate(async () => {
    /** @type {string[]} */
    const stages = [];
    await (await e2e.load()).preload(({ stage }) => stages.push(stage));
    return stages;
  });
  assert.ok(reports.includes('download') && reports.includes('start'));
  const { progress } = await cutFile(page, photo);
  assert.ok(progress.every(({ unit }) => unit === 'stages'));
});

test('the network is warmed up after preload(), but not in the way of a photo that follows at once', async () => {
  const warmed = await page.evaluate(async (base64) => {
    const { dispose, preload } = await e2e.load();
    let count = 0;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function counted(/** @type {any} */ message, /** @type {any} */ more) {
      if (message.type === 'warm') count += 1;
      postMessage.call(this, message, more);
    };
    const later = () => new Promise((resolve) => { setTimeout(resolve, 1000); });
    dispose();
    await preload();
    await e2e.cut(new Blob([e2e.bytes(base64)]));
    await later();
    const withPhoto = count;
    dispose();
    await preload();
    await later();
    Worker.prototype.postMessage = postMessage;
    return { withPhoto, without: count - withPhoto };
  }, photo.toString('base64'));
  assert.deepEqual(warmed, { withPhoto: 0, without: 1 });
});

test('five photos in a row use the same two workers', async () => {
  await workersAre(['inference', 'python']);
  const before = [findWorker('inference'), findWorker('python')];
  const count = page.workers().length; // with those that these have started
  for (let i = 0; i < 5; i += 1) cutOut(await tryFile(page, photo));
  assert.ok([findWorker('inference'), findWorker('python')].every((worker, index) => worker === before[index]));
  assert.ok(page.workers().length <= count, 'nor was a thread added');
});

test('photos asked for at once come out as they do one by one, whichever is aborted', async () => {
  const outcomes = await page.evaluate(async (base64) => {
    const blob = new Blob([e2e.bytes(base64)]);
    return Promise.all([e2e.cut(blob), e2e.cut(blob, {}, { abortAt: 'segment' }), e2e.cut(blob), e2e.cut(blob)]);
  }, photo.toString('base64'));
  const [first, aborted, ...others] = outcomes;
  assert.ok(first && aborted);
  assertFailed(aborted, { name: 'AbortError', code: 'aborted', retryable: true });
  for (const outcome of [first, ...others]) assert.ok(cutOut(outcome).file.equals(expected));
});

test('after five minutes without work the workers are ended, with a draft after twenty; the next call starts others', async () => {
  const minutes = (/** @type {number} */ count) => page.clock.fastForward(count * 60_000);
  await page.clock.install();
  cutOut(await tryFile(page, photo));
  await minutes(4.9);
  assert.deepEqual(workerNames(), ['inference', 'python']);
  await minutes(0.2);
  await workersAre([]);
  const before = await page.evaluate(async (base64) => {
    const draft = await (await e2e.load()).openDraft(new Blob([e2e.bytes(base64)]));
    const made = async () => e2e.base64((await draft.export()).blob);
    Object.assign(globalThis, { draft, made });
    await draft.repair([{ kind: 'erase', points: [[60, 90]], radius: 9 }]);
    return made();
  }, photo.toString('base64'));
  await minutes(19);
  assert.deepEqual(workerNames(), ['inference', 'python']);
  await minutes(2);
  await workersAre([]);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).made()), before, 'the draft is made again');
  await page.evaluate(() => /** @type {any} */ (globalThis).draft.close());
  await assertWorks();
});

async function assertWorks() {
  await page.evaluate(() => Object.assign(e2e, { stage: '' }));
  assert.ok((await cutFile(page, photo)).file.equals(expected), 'the next call gives the same cut-out');
}

async function dispose() {
  await page.evaluate(async () => (await e2e.load()).dispose());
}

/** The engine's own; ONNX Runtime's helper threads come and go with the inference worker. */
function workerNames() {
  return page.workers().flatMap((worker) => worker.url().match(/workers\/(\w+)\/main\.js$/)?.[1] ?? []).sort();
}

/** @param {string} name */
function findWorker(name) {
  const worker = page.workers().find((one) => one.url().includes(`workers/${name}/`));
  assert.ok(worker, `there is a worker ${name}`);
  return worker;
}

/** @param {string[]} names */
async function workersAre(names) {
  const deadline = Date.now() + PATIENCE_MS;
  const helpersLeft = () => (names.length === 0 ? page.workers().length : 0); // they go with their worker, or a moment later
  while ((workerNames().join() !== names.join() || helpersLeft() > 0) && Date.now() < deadline) await sleep(50);
  assert.deepEqual(workerNames(), names);
  assert.equal(helpersLeft(), 0, 'no helper thread is left either');
}
