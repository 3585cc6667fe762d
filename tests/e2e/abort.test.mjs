/** An aborted call ends at once, as an AbortError, wherever it was; the others and the next ones are not harmed. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { assertFailed, cutFile, cutOut, openPage, tryFile } from '../support/tool.mjs';

const ABORTED = { name: 'AbortError', code: 'aborted', retryable: true };

const pictures = await Pictures.make(['slim.png', 'slim-rgba.png', 'slim.jpg', 'large.jpg']);
const copy = new SiteCopy();
copy.add('slow/slim.png', pictures.path('slim.png')); // answered after three seconds
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
// A service worker would answer in the server's place, and requests are counted here.
const context = await browser.newContext({ serviceWorkers: 'block' });
const page = await openPage(context, site.url);
const photo = await pictures.bytes('slim.png');
const others = await Promise.all(['slim-rgba.png', 'slim.jpg'].map((name) => pictures.bytes(name)));
/** @type {Buffer[]} */
let expected;

before(async () => {
  const other = await openPage(context, site.url);
  expected = [];
  for (const bytes of [photo, ...others]) expected.push((await cutFile(other, bytes)).file);
  await other.close();
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('aborted before the call: nothing is asked of the network', async () => {
  await site.forget();
  assertFailed(await tryFile(page, photo, {}, { abortAt: 'before' }), ABORTED);
  await page.waitForTimeout(500);
  const paths = (await site.requests()).map(({ path }) => path).filter((path) => !path.endsWith('/gossamer.js'));
  assert.deepEqual(paths, []);
});

for (const abortAt of ['now', 'download', 'start']) {
  test(`aborted ${abortAt === 'now' ? 'right after the call' : `during ${abortAt}`}`, async () => {
    await page.evaluate(async () => (await e2e.load()).dispose());
    assertFailed(await tryFile(page, photo, {}, { abortAt }), ABORTED);
    await assertWorks();
  });
}

for (const abortAt of ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode']) {
  test(`aborted at ${abortAt}`, async () => {
    const { error, progress } = await tryFile(page, photo, {}, { abortAt });
    assertFailed({ error, result: null, progress }, ABORTED);
    assert.equal(progress.at(-1)?.stage, abortAt, 'nothing was heard of it afterwards');
    await assertWorks();
  });
}

test('an abort is heard at once, not after the stage is over', async () => {
  const bytes = await pictures.bytes('large.jpg');
  const waited = await page.evaluate(async (base64) => {
    const abort = new AbortController();
    let at = 0;
    const options = { signal: abort.signal, onprogress: (/** @type {{ stage: string }} */ { stage }) => {
      if (stage !== 'segment') return;
      at = performance.now();
      abort.abort();
    } };
    const { removeBackground } = await e2e.load();
    await removeBackground(new Blob([e2e.bytes(base64)]), options).catch(() => {});
    return performance.now() - at;
  }, bytes.toString('base64'));
  assert.ok(waited < 100, `heard after ${waited} ms`);
  await assertWorks();
});

test('aborted while its photo is fetched', async () => {
  const started = Date.now();
  const outcome = await page.evaluate(async () => {
    const { removeBackground, GossamerError } = await e2e.load();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    return removeBackground('slow/slim.png', { signal: abort.signal }).catch((error) => (
      { name: error.name, code: error.code, ours: error instanceof GossamerError }
    ));
  });
  assert.deepEqual(outcome, { name: 'AbortError', code: 'aborted', ours: true });
  assert.ok(Date.now() - started < 2500, 'without waiting for the answer');
  await assertWorks();
});

test('the reason of the signal is kept as the cause', async () => {
  const cause = await page.evaluate(async () => {
    const { removeBackground } = await e2e.load();
    const signal = AbortSignal.abort('enough');
    return removeBackground(new ImageData(4, 4), { signal }).catch((error) => error.cause);
  });
  assert.equal(cause, 'enough');
});

test('aborted while waiting behind another: the other is done, and the next', async () => {
  const outcomes = await page.evaluate(async (base64) => {
    const blob = new Blob([e2e.bytes(base64)]);
    const abort = new AbortController();
    const calls = [e2e.cut(blob, {}, {}), waiting(), e2e.cut(blob)];
    return Promise.all(calls);

    async function waiting() {
      const { removeBackground } = await e2e.load();
      setTimeout(() => abort.abort(), 50);
      const error = await removeBackground(blob, { signal: abort.signal }).catch((reason) => reason);
      return { error: { name: error.name, code: error.code }, result: null, progress: [] };
    }
  }, photo.toString('base64'));
  const [first, second, third] = outcomes;
  assert.ok(first && second && third);
  assert.deepEqual(second.error, { name: 'AbortError', code: 'aborted' });
  for (const outcome of [first, third]) {
    const { file } = cutOut(/** @type {import('../support/in-page.js').Outcome} */ (outcome));
    assert.ok(file.equals(Buffer.from(expected[0] ?? [])));
  }
});

test('three at once: each gets its own', async () => {
  const outcomes = await page.evaluate((photos) => (
    Promise.all(photos.map((base64) => e2e.cut(new Blob([e2e.bytes(base64)]))))
  ), [photo, ...others].map((bytes) => bytes.toString('base64')));
  outcomes.forEach((outcome, index) => {
    assert.ok(cutOut(outcome).file.equals(Buffer.from(expected[index] ?? [])), `photo ${index}`);
  });
});

test('three at once on a cold engine start it once', async () => {
  await page.evaluate(async () => (await e2e.load()).dispose());
  await site.forget();
  /** @type {string[]} */
  const started = []; // those of the engine that was ended may be there for two seconds more
  page.on('worker', (worker) => started.push(worker.url()));
  const outcomes = await page.evaluate(async (base64) => {
    const blob = new Blob([e2e.bytes(base64)]);
    return Promise.all([e2e.cut(blob), e2e.cut(blob), e2e.cut(blob)]);
  }, photo.toString('base64'));
  for (const outcome of outcomes) assert.ok(cutOut(outcome).file.equals(Buffer.from(expected[0] ?? [])));
  const lists = (await site.requests()).filter(({ path }) => path.endsWith('/assets.json'));
  assert.equal(lists.length, 1);
  assert.equal(started.filter((url) => url.includes('/workers/')).length, 2);
});

async function assertWorks() {
  const { file } = await cutFile(page, photo);
  assert.ok(file.equals(Buffer.from(expected[0] ?? [])), 'the next call gives the same cut-out');
}
