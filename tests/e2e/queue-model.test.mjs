/** The queue without a browser: a pipeline that does as it is told, a store that can be full. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names, safeFolders, safeName } from '../../web/page/queue/names.js';
import { Queue } from '../../web/page/queue/queue.js';
import { inMemory } from '../../web/page/queue/store.js';

/** @import { Item, Outcome, RunOptions } from '../../web/page/queue/item.js' */

/**
 * A pipeline whose photos are finished by hand.
 */
class Pipeline {
  /** @type {{ file: File, options: RunOptions, finish: (more?: Partial<Outcome>) => void, fail: (error: unknown) => void }[]} */
  calls = [];

  run = (/** @type {File} */ file, /** @type {RunOptions} */ options) => new Promise((
    /** @type {(outcome: Outcome) => void} */ resolve, reject,
  ) => {
    options.signal.addEventListener('abort', () => reject(error('aborted')));
    const finish = (/** @type {Partial<Outcome>} */ more = {}) => resolve({
      blob: new Blob([file.name]), name: file.name.replace(/\.\w+$/, '-cutout.png'), confidence: 1, notices: [],
      width: 4, height: 3, ...more,
    });
    this.calls.push({ file, options, finish, fail: reject });
  });

  get last() {
    const call = this.calls.at(-1);
    assert.ok(call);
    return call;
  }
}

class Store {
  full = false;
  /** @type {string[]} */
  kept = [];

  async put(/** @type {{ resultName: string }} */ { resultName }, /** @type {Blob} */ blob) {
    if (this.full) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    this.kept.push(resultName);
    return { ...inMemory(blob), remove: async () => { this.kept = this.kept.filter((name) => name !== resultName); } };
  }

  scratch = async () => null;
  clear = async () => { this.kept = []; };
}

/** @param {string} code */
const error = (code, stage = 'run') => Object.assign(new Error(code), { code, stage, advice: 'Do this.' });

/** @param {string[]} names @param {{ output?: unknown, now?: () => number }} [more] */
function queueOf(names, more = {}) {
  const pipeline = new Pipeline();
  const store = new Store();
  const queue = new Queue({ run: pipeline.run, store, ...more });
  queue.add(names.map((name) => new File([name], name)));
  return { queue, pipeline, store };
}

/** Let everything that is already settled be heard of. */
const settled = () => new Promise((resolve) => { setTimeout(resolve); });

/** @param {Queue} queue */
const states = (queue) => queue.items.map(({ state }) => state).join(' ');

test('one photo after the other; one that fails does not stop the rest', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg', 'b.jpg', 'c.jpg']);
  assert.equal(states(queue), 'working waiting waiting');
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done working waiting');
  pipeline.last.fail(error('input-damaged', 'decode'));
  await settled();
  pipeline.last.finish({ confidence: 0.2 });
  await settled();
  assert.equal(states(queue), 'done failed done');
  assert.deepEqual(queue.items[1]?.error, { code: 'input-damaged', message: 'input-damaged', advice: 'Do this.' });
  assert.deepEqual(store.kept, ['a-cutout.png', 'c-cutout.png']);
  assert.deepEqual(queue.counts, { all: 3, waiting: 0, working: 0, done: 2, failed: 1, saved: 0, doubtful: 1 });
  assert.equal(queue.progress, 1);
  assert.ok(!queue.running);
});

test('photos can come while it runs, and again when all is done', async () => {
  const { queue, pipeline } = queueOf(['a.jpg']);
  queue.add([{ file: new File([''], 'b.jpg'), path: 'day 1' }]);
  pipeline.last.finish();
  await settled();
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done done');
  queue.add([new File([''], 'c.jpg')]);
  assert.equal(states(queue), 'done done working');
  assert.equal(queue.items[1]?.path, 'day 1');
});

test('paused, the photo in work is finished and no other begun', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg']);
  queue.pause();
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done waiting');
  queue.resume();
  queue.resume();
  assert.equal(states(queue), 'done working');
  assert.equal(pipeline.calls.length, 2);
});

test('a worker that died is forgiven once', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg']);
  pipeline.last.fail(error('worker-died'));
  await settled();
  assert.equal(pipeline.last.file.name, 'a.jpg');
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done working');
  for (let tries = 0; tries < 2; tries += 1) {
    pipeline.last.fail(error('worker-died'));
    await settled();
  }
  assert.equal(states(queue), 'done failed');
  assert.equal(pipeline.calls.length, 4);
});

test('an error that is not one of ours fails the photo, and is not read out', async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg']);
  pipeline.last.fail(new DOMException('0x80004005', 'DataCloneError')); // whose code is a number
  await settled();
  assert.equal(states(queue), 'failed working');
  assert.deepEqual(queue.items[0]?.error, { code: 'internal', message: '', advice: '' });
  assert.equal(logged.mock.callCount(), 1);
});

test('an engine that is not to be had pauses the queue instead of failing every photo', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg']);
  pipeline.last.fail(error('asset-missing', 'download'));
  await settled();
  assert.equal(states(queue), 'waiting waiting');
  assert.ok(queue.paused);
  assert.deepEqual(queue.trouble, { kind: 'engine', code: 'asset-missing', message: 'asset-missing', advice: 'Do this.' });
  queue.resume();
  assert.equal(queue.trouble, null);
  assert.equal(states(queue), 'working waiting');
});

test('cancelled: the photo in work is stopped, and its late answer is not heard', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg', 'b.jpg', 'c.jpg']);
  const [a, b] = /** @type {[Item, Item]} */ (queue.items);
  const { finish, options } = pipeline.last;
  queue.cancel(a);
  assert.ok(options.signal.aborted);
  finish();
  await settled();
  assert.equal(states(queue), 'failed working waiting');
  assert.equal(a.error?.code, 'aborted');
  queue.cancelAll();
  await settled();
  assert.equal(states(queue), 'failed failed failed');
  queue.retryFailed();
  await settled();
  assert.equal(states(queue), 'working waiting waiting');
  queue.remove(a);
  await settled();
  assert.equal(states(queue), 'working waiting');
  assert.equal(pipeline.last.file, b.file);
  assert.deepEqual(store.kept, []);
});

test('retried at once, while the stopped attempt is still ending', async () => {
  const { queue, pipeline } = queueOf(['a.jpg']);
  const [item] = /** @type {[Item]} */ (queue.items);
  queue.cancel(item);
  queue.retry(item);
  await settled();
  assert.equal(states(queue), 'working');
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done');
});

test('no room left: the queue pauses, and what was just made is not lost', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg', 'b.jpg']);
  store.full = true;
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done waiting');
  assert.ok(queue.paused);
  assert.equal(queue.trouble?.kind, 'space');
  const saved = await saveAll(queue);
  assert.deepEqual(saved, [['a-cutout.png', 'a.jpg']]);
  store.full = false;
  queue.resume();
  pipeline.last.finish();
  await settled();
  assert.deepEqual(store.kept, ['b-cutout.png']);
});

test('the store is empty once all is saved, removed or cleared', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg', 'b.jpg', 'c.jpg']);
  for (let photo = 0; photo < 3; photo += 1) {
    pipeline.last.finish();
    await settled();
  }
  assert.equal(store.kept.length, 3);
  await queue.save(queue.items.slice(0, 1), async (results) => { for await (const _ of results); });
  assert.equal(states(queue), 'saved done done');
  assert.deepEqual(store.kept, ['b-cutout.png', 'c-cutout.png']);
  queue.remove(/** @type {Item} */ (queue.items[1]));
  assert.deepEqual(store.kept, ['c-cutout.png']);
  await queue.clear();
  assert.deepEqual([store.kept, queue.items], [[], []]);
});

test('a save that fails leaves everything as it was; nothing can be removed under it', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg']);
  pipeline.last.finish();
  await settled();
  const failed = queue.save(queue.items, async () => {
    queue.remove(/** @type {Item} */ (queue.items[0]));
    await queue.clear();
    throw new Error('disk full');
  });
  await assert.rejects(failed, /disk full/);
  assert.equal(states(queue), 'done');
  assert.deepEqual([store.kept, queue.saving], [['a-cutout.png'], null]);
});

test('a folder gets what is there and what comes; when it fails, results are kept as before', async () => {
  const { queue, pipeline, store } = queueOf(['a.jpg', 'b.jpg', 'c.jpg']);
  pipeline.last.finish();
  await settled();
  /** @type {string[]} */
  const written = [];
  let broken = false;
  await queue.saveInto({
    name: 'Pictures',
    write: async (path, name, blob) => {
      if (broken) throw new Error('gone');
      written.push(`${path}/${name} ${await blob.text()}`);
    },
  });
  pipeline.last.finish();
  await settled();
  assert.deepEqual(written, ['/a-cutout.png a.jpg', '/b-cutout.png b.jpg']);
  assert.equal(states(queue), 'saved saved working');
  broken = true;
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'saved saved done');
  assert.deepEqual([queue.trouble?.kind, queue.outlet, queue.paused], ['folder', null, false]);
  assert.deepEqual(store.kept, ['c-cutout.png']);
});

test('another output: what was made with the last one can be made anew', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg'], { output: { type: 'png' } });
  pipeline.last.finish();
  await settled();
  assert.deepEqual(pipeline.last.options.output, { type: 'png' });
  queue.output = { type: 'webp' };
  assert.deepEqual(queue.outdated.map(({ name }) => name), ['a.jpg']);
  queue.redo();
  assert.equal(states(queue), 'waiting working');
  pipeline.last.finish();
  await settled();
  assert.deepEqual(pipeline.last.options.output, { type: 'webp' });
  pipeline.last.finish();
  await settled();
  assert.deepEqual(queue.outdated.map(({ name }) => name), ['b.jpg']);
});

test('time left: the median of the photos done, loading left out', async () => {
  let clock = 0;
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'], { now: () => clock });
  assert.equal(queue.msLeft, null);
  for (const ms of [2000, 9000, 1000]) {
    pipeline.last.options.onprogress({ stage: 'download', done: 1, total: 2, unit: 'bytes' });
    clock += 60_000;
    pipeline.last.options.onprogress({ stage: 'decode', done: 0, total: 7, unit: 'stages' });
    clock += ms;
    pipeline.last.finish();
    await settled();
  }
  assert.equal(queue.msLeft, 2 * 2000);
});

test('another one gets photos as well, of those that it takes, until it is dismissed', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.png', 'c.jpg', 'd.jpg', 'e.jpg']);
  const other = new Pipeline();
  const runner = { run: other.run, atOnce: 2, takes: (/** @type {File} */ { name }) => name.endsWith('.jpg') };
  queue.employ(runner);
  assert.equal(states(queue), 'working waiting working working waiting');
  assert.deepEqual(other.calls.map(({ file }) => file.name), ['c.jpg', 'd.jpg']);
  pipeline.last.finish();
  other.last.finish();
  await settled();
  assert.equal(states(queue), 'done working working done working');
  queue.dismiss(runner);
  other.last.finish();
  pipeline.last.finish();
  await settled();
  assert.equal(states(queue), 'done done working done done');
  other.calls[0]?.finish();
  await settled();
  assert.equal(queue.counts.done, 5, 'what it had was not lost');
  assert.equal(pipeline.calls.length, 2);
});

test('whoever hears of a change knows of every photo that another one has', async () => {
  const { queue } = queueOf(['a.jpg', 'b.jpg']);
  const other = new Pipeline();
  const runner = { run: other.run, atOnce: 2, takes: () => true };
  queue.subscribe(() => {
    const idle = queue.counts.waiting === 0 && queue.inWork(runner) === 0;
    assert.ok(!idle, 'it would be ended here, with a photo on its way to it');
  });
  queue.employ(runner);
  assert.equal(states(queue), 'working working');
  assert.equal(other.calls.length, 1);
});

test('dismissed, what it can’t finish waits for the first, once; cancelled, it does not', async () => {
  const { queue, pipeline } = queueOf(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  const other = new Pipeline();
  const runner = { run: other.run, atOnce: 2, takes: () => true };
  queue.employ(runner);
  const [, , c] = queue.items;
  queue.dismiss(runner);
  queue.cancel(/** @type {Item} */ (c));
  other.calls[0]?.fail(error('worker-died'));
  await settled();
  assert.equal(states(queue), 'working waiting failed waiting');
  for (let photo = 0; photo < 3; photo += 1) {
    pipeline.last.finish();
    await settled();
  }
  assert.equal(states(queue), 'done done failed done');
  assert.deepEqual([pipeline.calls.length, other.calls.length], [3, 2]);
});

test('a thousand photos in no time', async () => {
  const { queue, pipeline } = queueOf(Array.from({ length: 1000 }, (_, index) => `${index}.jpg`));
  for (let photo = 0; photo < 1000; photo += 1) {
    pipeline.last.finish();
    await settled();
  }
  assert.equal(queue.counts.done, 1000);
});

test('results of an earlier page: to be saved, not to be made again', async () => {
  const { queue } = queueOf([]);
  const record = { name: 'a.jpg', path: 'day 1', resultName: 'a-cutout.png', confidence: 0.3, notices: [], width: 4, height: 3 };
  queue.adopt([{ ...record, resultRef: inMemory(new Blob(['old'])) }, { ...record, resultRef: inMemory(new Blob(['older'])) }]);
  queue.output = { type: 'webp' };
  assert.deepEqual(queue.outdated, []);
  assert.deepEqual(await saveAll(queue), [['a-cutout.png', 'old'], ['a-cutout (2).png', 'older']]);
});

test('names: unique in their folder whatever their case, numbered before the extension', () => {
  const names = new Names();
  assert.equal(names.claim('', 'a.png'), 'a.png');
  assert.equal(names.claim('', 'A.png'), 'A (2).png');
  assert.equal(names.claim('', 'a.png'), 'a (3).png');
  assert.equal(names.claim('b', 'a.png'), 'a.png');
  names.release('', 'A (2).png');
  assert.equal(names.claim('', 'a.png'), 'a (2).png');
});

test('names: nothing that leads out of a folder, that a disk refuses, or that reads as something else', () => {
  assert.equal(safeName('../../etc/passwd'), '.._.._etc_passwd');
  assert.equal(safeName('a\u202Egnp.exe'), 'a_gnp.exe');
  assert.equal(safeName('con.png'), '_con.png');
  assert.equal(safeName('dot. '), 'dot');
  assert.equal(safeName(''), '_');
  assert.equal(safeName('\ud800.png'), '\ufffd.png');
  assert.equal(safeName('plain name ü 🐈.png'), 'plain name ü 🐈.png');
  const long = safeName(`${'🐈'.repeat(100)}.png`);
  assert.ok(new TextEncoder().encode(long).length <= 200);
  assert.match(long, /^🐈+\.png$/u);
  assert.deepEqual(safeFolders('../a//b\\..\\ . /c:'), ['a', 'b', 'c_']);
});

/** @param {Queue} queue */
async function saveAll(queue) {
  /** @type {string[][]} */
  const saved = [];
  await queue.save(queue.items, async (results) => {
    for await (const { name, blob } of results) saved.push([name, await blob.text()]);
  });
  return saved;
}
