/** Drafts: a matte kept by the workers, changed by strokes, saved as files; nothing is lost when the workers are. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, inTime, openPage } from '../support/tool.mjs';

const KEEP = { kind: 'keep', points: [[10, 10], [40, 14]], radius: 6 };
const ERASE = { kind: 'erase', points: [[60, 90]], radius: 9 };

const pictures = await Pictures.make(['slim.png']);
const site = await startServer();
const browser = await launchBrowser();
const page = await openPage(browser, site.url);
const photo = await pictures.bytes('slim.png');

before(async () => {
  await page.evaluate(async (base64) => {
    const { openDraft, dispose } = await e2e.load();
    const file = new File([e2e.bytes(base64)], 'photo');
    const hash = async (/** @type {BufferSource} */ bytes) => (
      [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join()
    );
    Object.assign(globalThis, { openDraft, dispose, file, hash });
  }, photo.toString('base64'));
});

after(async () => {
  await browser.close();
  await site.stop();
});

/**
 * In the page, where `openDraft`, `dispose`, `file` and `hash` are at hand.
 *
 * @param {string} code Of an async function's body.
 * @param {unknown} [given]
 */
function inPage(code, given) {
  return inTime(page.evaluate(([body, value]) => (
    new (Object.getPrototypeOf(async () => {}).constructor)('given', /** @type {string} */ (body))(value)
  ), /** @type {const} */ ([code, given])));
}

test('a draft tells what it is, after a first glance', async () => {
  const seen = await inPage(`
    const glances = [], stages = [];
    const draft = await openDraft(file, {
      onglance: ({ alpha, width, height }) => glances.push([alpha.length === width * height, Math.max(...alpha)]),
      onprogress: ({ stage, unit }) => unit === 'stages' && stages.push(stage),
    });
    const { width, height, model, confidence, bandWidth, canUndo, canRedo, layers, details } = draft;
    const { pixels, trimap, sureness } = layers;
    draft.close();
    return { glances, stages, width, height, model, confidence, bandWidth, canUndo, canRedo,
      lengths: [pixels.length, trimap.length, sureness.data.length],
      network: [details.networkWidth * details.networkHeight, sureness.width * sureness.height] };`);
  const { width, height } = seen;
  assert.deepEqual(seen.glances, [[true, 255]]);
  assert.deepEqual(seen.stages, ['decode', 'segment', 'trimap', 'matting']);
  assert.equal(seen.model, 'modnet');
  assert.ok(seen.confidence > 0.5 && seen.bandWidth > 1);
  assert.deepEqual([seen.canUndo, seen.canRedo], [false, false]);
  assert.deepEqual(seen.lengths, [width * height * 4, width * height, seen.network[0]]);
  assert.equal(seen.network[0], seen.network[1]);
});

test('its file is the one that removeBackground makes', async () => {
  const { file } = await cutFile(page, photo);
  const base64 = await inPage(`
    const draft = await openDraft(file);
    const { blob } = await draft.export();
    draft.close();
    return e2e.base64(blob);`);
  assert.ok(Buffer.from(base64, 'base64').equals(file));
});

test('strokes change a window; undo and redo bring back the very bytes', async () => {
  const story = await inPage(`
    const draft = await openDraft(file);
    const file1 = await hash((await draft.export()).alpha);
    const kept = await draft.repair(given[0]);
    const file2 = await hash((await draft.export()).alpha);
    const erased = await draft.repair([given[1]]);
    const at = [draft.canUndo, draft.canRedo];
    const file3 = await draft.export({ type: 'alpha' });
    await draft.undo();
    const file4 = await hash((await draft.export()).alpha);
    await draft.undo();
    const file5 = await hash((await draft.export()).alpha);
    const end = [draft.canUndo, draft.canRedo, await draft.undo()];
    await draft.redo();
    await draft.redo();
    const file6 = await hash((await draft.export()).alpha);
    const nothing = await draft.repair({ kind: 'keep', points: [[-90, -90]], radius: 2 });
    draft.close();
    const alphaAt = ({ x, y, width, pixels }, [px, py]) => pixels[4 * ((py - y) * width + px - x) + 3];
    return { files: [file1, file2, await hash(file3.alpha), file4, file5, file6], at, end, nothing,
      kept: alphaAt(kept, [20, 11]), erased: alphaAt(erased, [60, 90]), type: file3.blob.type };`, [KEEP, ERASE]);
  const [opened, kept, erased, undone, twice, redone] = story.files;
  assert.notEqual(kept, opened);
  assert.notEqual(erased, kept);
  assert.deepEqual([undone, twice, redone], [kept, opened, erased]);
  assert.deepEqual(story.at, [true, false]);
  assert.deepEqual(story.end, [false, true, null]);
  assert.equal(story.nothing, null);
  assert.deepEqual([story.kept, story.erased, story.type], [255, 0, 'image/png']);
});

test('where the subject is, and the shadow it would cast', async () => {
  const { boxes, shadow, width, height } = await inPage(`
    const draft = await openDraft(file);
    const { width, height } = draft;
    const boxes = await draft.boxes();
    const shadow = await draft.shadow({ strength: 0.5, softness: 0.5 });
    draft.close();
    return { boxes, width, height, shadow: shadow && { ...shadow, data: shadow.data.length } };`);
  const { x, y, width: wide, height: high } = boxes.subject;
  assert.ok(x >= 0 && y >= 0 && x + wide <= width && y + high <= height && wide > 20 && high > 20);
  if (shadow) assert.equal(shadow.data, shadow.width * shadow.height);
});

test('when the workers end, the draft is made again, with all its strokes', async () => {
  const { before: first, after: second, undone, redone, at } = await inPage(`
    const draft = await openDraft(file);
    await draft.repair(given[0]);
    const one = await hash((await draft.export()).alpha);
    await draft.repair(given[1]);
    const two = await hash((await draft.export()).alpha);
    await draft.undo();
    dispose();
    const again = await hash((await draft.export()).alpha);
    await draft.redo();
    const redone = await hash((await draft.export()).alpha);
    const at = [draft.canUndo, draft.canRedo];
    await draft.undo();
    const undone = await hash((await draft.export()).alpha);
    draft.close();
    return { before: [one, two], after: again, undone, redone, at };`, [KEEP, ERASE]);
  assert.equal(second, first[0]);
  assert.equal(redone, first[1]);
  assert.equal(undone, first[0]);
  assert.deepEqual(at, [true, false]);
});

test('calls at the same time after that make it again once', async () => {
  const { same, undone } = await inPage(`
    const draft = await openDraft(file);
    await draft.repair(given[0]);
    const before = await hash((await draft.export()).alpha);
    dispose();
    const [, made] = await Promise.all([draft.boxes(), draft.export(), draft.shadow({ strength: 1, softness: 0.5 })]);
    const undone = [await draft.undo() !== null, await draft.undo() !== null];
    draft.close();
    return { same: before === await hash(made.alpha), undone };`, [KEEP]);
  assert.equal(same, true);
  assert.deepEqual(undone, [true, false]);
});

test('a closed draft says so; closing it twice does no harm', async () => {
  const codes = await inPage(`
    const draft = await openDraft(file);
    draft.close();
    draft.close();
    const calls = [draft.export(), draft.repair(given), draft.undo(), draft.redo()];
    return Promise.all(calls.map((call) => call.then(() => null, ({ code }) => code)));`, KEEP);
  assert.deepEqual(codes, ['disposed', 'disposed', 'disposed', 'disposed']);
});

test('bad strokes and options are the pipeline’s errors, and change nothing', async () => {
  const { codes, same } = await inPage(`
    const draft = await openDraft(file);
    const code = (promise) => promise.then(() => null, (error) => error.code);
    const before = await hash((await draft.export()).alpha);
    const codes = [
      await code(draft.repair({ kind: 'paint', points: [[1, 1]], radius: 3 })),
      await code(draft.repair([given, { kind: 'keep', points: 'here', radius: 3 }])),
      await code(draft.export({ type: 'gif' })),
      await code(openDraft(file, { subject: 'ghost' })),
      await code(openDraft(12)),
    ];
    const same = before === await hash((await draft.export()).alpha);
    draft.close();
    return { codes, same };`, KEEP);
  assert.deepEqual(codes, [...Array(4).fill('option-invalid'), 'source-type']);
  assert.equal(same, true);
});

test('opening stops when it is told to', async () => {
  const name = await inPage(`
    const abort = new AbortController();
    const onprogress = ({ stage }) => stage === 'segment' && abort.abort();
    return openDraft(file, { signal: abort.signal, onprogress }).then(() => null, (error) => error.name);`);
  assert.equal(name, 'AbortError');
});
