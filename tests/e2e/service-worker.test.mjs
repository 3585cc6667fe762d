/** The service worker where things go wrong that no browser does when asked: broken connections, restarts, old pages. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { World } from '../support/service-worker.mjs';

/** @param {string} text */
const asset = (text) => ({ bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') });
const MODEL = 'models/small.onnx';

/** @returns {World} With a build of one module and one network, its shell not stored yet. */
function world() {
  return worldOf({ [MODEL]: asset('weights') });
}

/** @param {Record<string, import('../../web/shared/protocol.js').Asset>} kept @param {string[]} [optional] */
function worldOf(kept, optional = []) {
  const shell = { 'page/late.js': asset('late') };
  return new World({ id: 'new', shell, whole: asset('late'), kept, optional, headers: { 'X-Dressed': 'yes' }, pages: {} });
}

/** A page that came through the service worker, and has said hello. @param {World} site @param {string} id */
async function arrived(site, id, path = 'index.html') {
  await site.request(path, { begins: id, mode: 'navigate', kind: 'document' });
  const page = site.open(id);
  await site.ask(page, { type: 'hello', build: 'new' });
  return page;
}

/** An answer that breaks off in the middle of its body. */
function broken() {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('wei')),
    pull: (controller) => controller.error(new TypeError('network error')),
  });
  return new Response(body);
}

test('a connection that breaks in the middle of a file does not stand in the way of the next try', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  site.network = broken;
  await site.request(MODEL, { by: 'page' });
  assert.equal(await site.ask(page, { type: 'settled', path: MODEL }), 'absent');
  assert.deepEqual((await site.ask(page, { type: 'status', check: true })).missing, [MODEL]);
  site.network = () => new Response('weights');
  const again = await site.request(MODEL, { by: 'page' });
  assert.equal(await again?.text(), 'weights');
  assert.equal(await site.ask(page, { type: 'settled', path: MODEL }), 'kept');
});

test('what the service worker fails to do is answered all the same', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  Object.defineProperty(site.pages, 'values', { value: () => { throw new Error('no list of pages'); } });
  const { type, message } = await site.ask(page, { type: 'hello', build: 'new' });
  assert.deepEqual([type, message], ['failed', 'Error: no list of pages']);
});

test('ended and started again, it still tells a page what the page’s workers ask for', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  await site.request('workers/one.js', { by: 'page', begins: 'worker', kind: 'worker' });
  page.told.length = 0;
  site.start();
  await site.request('models/other.onnx', { by: 'worker' });
  await site.request('https://elsewhere.invalid/', { by: 'worker' });
  const told = page.told.flatMap(({ entries }) => entries).map(({ url }) => new URL(url).pathname);
  assert.deepEqual(told, ['/folder/models/other.onnx', '/']);
});

test('threads without a name are cut off while a page is, and no longer', async () => {
  const site = world();
  site.network = () => new Response('weights');
  const page = await arrived(site, 'page');
  await site.ask(page, { type: 'cut', on: true });
  await arrived(site, 'frame', 'selftest.html');
  assert.equal((await site.request('anything.txt'))?.type, 'error');
  site.pages.delete('frame');
  await site.ask(page, { type: 'cut', on: false });
  assert.equal((await site.request('anything.txt'))?.status, 200);
  site.start();
  assert.equal((await site.request('anything.txt'))?.status, 200);
});

test('a test that ended before its page said hello cuts nobody off either', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  await site.ask(page, { type: 'cut', on: true });
  await site.request('selftest.html', { begins: 'frame', mode: 'navigate', kind: 'iframe' });
  await site.ask(page, { type: 'cut', on: false });
  assert.equal((await site.request('anything.txt'))?.status, 200);
});

test('a page of another build gets no file of this one from the cache', async () => {
  const site = world();
  site.network = () => new Response('late');
  const own = await arrived(site, 'own');
  assert.equal(await (await site.request('page/late.js', { by: 'own' }))?.text(), 'late'); // and it is stored
  site.network = () => new Response('of the host');
  site.open('silent');
  assert.equal(await (await site.request('page/late.js', { by: 'silent' }))?.text(), 'of the host', 'before hello');
  await site.request('workers/one.js', { by: 'silent', begins: 'worker', kind: 'worker' });
  assert.equal((await site.ask(site.open('silent'), { type: 'hello', build: 'old' })).known, false);
  assert.equal(await (await site.request('page/late.js', { by: 'silent' }))?.text(), 'of the host', 'after hello');
  assert.equal(await (await site.request('page/late.js', { by: 'worker' }))?.text(), 'of the host', 'its workers');
  assert.equal(await (await site.request('page/late.js', { by: own.id }))?.text(), 'late');
});

test('a page that arrives before the service worker has its workers’ files kept once it has said hello', async () => {
  const site = world();
  site.network = () => new Response('weights');
  const page = site.open('early');
  await site.request('workers/one.js', { by: 'early', begins: 'worker', kind: 'worker' });
  await site.ask(page, { type: 'hello', build: 'new' });
  await site.request(MODEL, { by: 'worker' });
  assert.equal(await site.ask(page, { type: 'settled', path: MODEL }), 'kept');
});

test('a shell that was damaged is put back, whole, while it is asked for', async () => {
  const site = world();
  site.network = () => new Response('late', { headers: { 'Content-Type': 'text/javascript' } });
  const page = await arrived(site, 'page');
  const got = async () => site.request('page/late.js', { by: page.id });
  await got();
  site.network = () => { throw new TypeError('no network'); };
  site.start();
  assert.equal(await (await got())?.text(), 'late', 'it is there');
  assert.equal((await got())?.headers.get('Content-Type'), 'text/javascript');
  site.spoil('l4te{}', '?shell');
  site.start();
  assert.equal((await got())?.type, 'error');
  assert.equal((await site.ask(page, { type: 'status', check: false })).shell, false);
  let asked = 0;
  site.network = () => {
    asked += 1;
    return new Response('of another build');
  };
  assert.equal((await got())?.type, 'error');
  assert.equal(asked, 1, 'no use in asking for the others');
  site.network = () => new Response('late');
  assert.equal(await (await got())?.text(), 'late');
  site.network = () => { throw new TypeError('no network'); };
  assert.equal(await (await got())?.text(), 'late', 'and it is there again');
});

test('a kept file passes as it is to whoever checks it, and is checked where that one doubts it, or will run it', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  site.network = () => new Response('weights');
  const got = async (/** @type {object} */ how) => (await site.request(MODEL, { by: page.id, ...how }))?.text();
  assert.equal(await got({}), 'weights');
  for (const how of [{ cache: 'reload' }, { kind: 'script' }]) {
    site.spoil('wei9hts');
    assert.equal(await got({}), 'wei9hts');
    assert.equal(await got(how), 'weights');
    assert.equal(await got({}), 'weights', 'and it is mended');
  }
  site.network = () => { throw new TypeError('no network'); };
  site.spoil('wei9hts');
  assert.equal((await site.request(MODEL, { by: page.id, cache: 'reload' }))?.type, 'error');
  assert.deepEqual((await site.ask(page, { type: 'status', check: false })).missing, [MODEL]);
});

test('of WebAssembly that is kept, who checks it gets the browser’s own copy as it is, where there is one', async () => {
  const path = 'runtime/one.wasm';
  const site = worldOf({ [path]: asset('code') });
  const page = await arrived(site, 'page');
  const own = () => new Response('compiled', { headers: { 'Content-Encoding': 'br' } });
  const got = async (/** @type {object} */ how) => (await site.request(path, { by: page.id, ...how }))?.text();
  site.network = () => new Response('code');
  assert.equal(await got({}), 'code', 'it has to be kept first');
  site.browsersOwn = own;
  const answer = await site.request(path, { by: page.id });
  assert.equal(await answer?.text(), 'compiled');
  assert.deepEqual([...answer?.headers ?? []].map(([name]) => name), [...own().headers].map(([name]) => name));
  site.network = () => { throw new TypeError('no network'); };
  for (const how of [{ cache: 'reload' }, { kind: 'script' }]) assert.equal(await got(how), 'code', 'the one that is kept');
  site.browsersOwn = () => new Response('', { status: 504 });
  assert.equal(await got({}), 'code');
  await site.ask(page, { type: 'cut', on: true });
  site.browsersOwn = own;
  assert.equal(await got({}), 'code', 'cut off, it has what is kept alone');
});

test('what is given out is kept once requests rest, or when somebody wants to know; until then it is not waited for', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  site.network = () => new Response('weights');
  let copies = 0;
  site.browsersOwn = () => {
    copies += 1;
    return site.network();
  };
  site.restless = true;
  const [first, second] = [site.request(MODEL, { by: page.id }), site.request(MODEL, { by: page.id })];
  assert.equal(await (await second)?.text(), 'weights');
  assert.deepEqual((await site.ask(page, { type: 'status', check: false })).missing, [MODEL]);
  assert.equal(copies, 0);
  assert.equal(await site.ask(page, { type: 'settled', path: MODEL }), 'kept');
  assert.equal(await (await first)?.text(), 'weights');
  assert.equal(copies, 1);
  await site.ask(page, { type: 'forget' });
  const third = site.request(MODEL, { by: page.id });
  await setImmediate();
  assert.deepEqual((await site.ask(page, { type: 'status', check: true })).missing, []);
  await third;
  await site.ask(page, { type: 'forget' });
  const fourth = site.request(MODEL, { by: page.id });
  await setImmediate();
  await site.ask(page, { type: 'forget' });
  await fourth;
  assert.deepEqual((await site.ask(page, { type: 'status', check: true })).missing, [MODEL], 'nothing comes after that');
});

test('what the browser has no copy of is kept as it comes, from the next time on', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  site.network = () => new Response('weights');
  site.browsersOwn = () => new Response('', { status: 504 });
  for (const verdict of ['absent', 'kept']) {
    assert.equal(await (await site.request(MODEL, { by: page.id }))?.text(), 'weights');
    assert.equal(await site.ask(page, { type: 'settled', path: MODEL }), verdict);
  }
});

test('names that every object has are no files', async () => {
  const site = world();
  const page = await arrived(site, 'page');
  for (const path of ['constructor', '__proto__', 'toString']) {
    const answer = await site.request(path, { by: 'page' });
    assert.equal(await answer?.text(), 'from the network', path);
    assert.equal(answer?.headers.get('X-Dressed'), null, path);
    assert.equal(await site.ask(page, { type: 'settled', path }), 'absent', path);
  }
});

test('what only some devices use is kept once it was fetched, and no part of an offline copy', async () => {
  const site = worldOf({ [MODEL]: asset('weights'), 'runtime/gpu.wasm': asset('gpu') }, ['runtime/gpu.wasm']);
  const page = await arrived(site, 'page');
  const status = await site.ask(page, { type: 'status', check: true });
  assert.deepEqual([status.total, status.missing], [asset('weights').bytes, [MODEL]]);
  site.network = () => new Response('gpu');
  await site.request('runtime/gpu.wasm', { by: 'page' });
  assert.equal(await site.ask(page, { type: 'settled', path: 'runtime/gpu.wasm' }), 'kept');
});
