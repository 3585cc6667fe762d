/** Many photos on one page, as a person has them: broken ones among them, names twice, a folder, a ZIP, a crash. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { ARTIFACTS, temporaryFolder } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { python } from '../support/python.mjs';
import { queueSite } from '../support/queue.mjs';
import { startServer } from '../support/server.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { BrowserContext, Page } from 'playwright-core' */
/** @import { Queue } from '../../web/page/queue/queue.js' */

/** Path and file. The names of the first three results are the same, but for what tells them apart. */
const GOOD = [
  ['', 'slim.png'], ['', 'slim.jpg'], ['', 'slim.bmp'], ['', 'grey.jpg'], ['', 'palette.png'], ['', 'orientation-6.jpg'],
  ['', 'cmyk.jpg'], ['day 1', 'slim.tiff'], ['day 1/raw', 'grey.png'],
];
const BAD = [['', 'cut-off.jpg'], ['day 1', 'empty.jpg'], ['', 'text.jpg']];
const ALL = [...GOOD.slice(0, 2), ...BAD, ...GOOD.slice(2)];
const NAMES = [
  'cmyk-cutout.png', 'day 1/raw/grey-cutout.png', 'day 1/slim-cutout.png', 'grey-cutout.png', 'orientation-6-cutout.png',
  'palette-cutout.png', 'slim-cutout (2).png', 'slim-cutout (3).png', 'slim-cutout.png',
];

// An independent reader: it checks every CRC, and tells what is inside.
const READ_ZIP = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
    print(json.dumps({info.filename: hashlib.sha256(archive.read(info)).hexdigest() for info in archive.infolist()}))
`;

mkdirSync(ARTIFACTS, { recursive: true });
const site = await startServer({ folder: queueSite() });
const browser = await launchBrowser();
const pictures = await Pictures.make([...new Set(ALL.map(([, name]) => name ?? ''))]);
/** @type {string[]} */
const complaints = [];
/** @type {Page} */
let page;
/** SHA-256 of photos' cut-outs, made alone; by the photo's name. @type {Map<string, string>} */
const alone = new Map();

before(async () => {
  page = await openQueue(await browser.newContext());
});

after(async () => {
  await browser.close();
  await site.stop();
});

test('photos are done one after the other; paused, no other is begun', async () => {
  await page.evaluate(() => queueOf().pause());
  await add(page, ALL);
  assert.equal((await states(page)).join(' '), ALL.map(() => 'waiting').join(' '));
  await page.evaluate(() => /** @type {any} */ (globalThis).runUntil(1));
  await atRest(page);
  assert.deepEqual((await states(page)).slice(0, 2), ['done', 'waiting']);
  assert.equal(await storedResults(page), 1);
  assert.match(await page.locator('.queue-sum').innerText(), /^1 of 12 photos · Paused$/);
});

test('one that is cancelled waits to be retried; one that is broken does not stop the rest', async () => {
  await page.evaluate(() => queueOf().cancel(/** @type {any} */ (queueOf().items.find(({ name }) => name === 'grey.jpg'))));
  await page.evaluate(() => /** @type {any} */ (globalThis).runUntil(Infinity));
  await atRest(page);
  const failures = await page.evaluate(() => Object.fromEntries(
    queueOf().items.filter(({ error }) => error).map(({ name, error }) => [name, error?.code]),
  ));
  assert.deepEqual(failures, {
    'cut-off.jpg': 'input-damaged', 'empty.jpg': 'input-empty', 'text.jpg': 'input-format', 'grey.jpg': 'aborted',
  });
  await takePictures('done');
  await page.getByRole('button', { name: 'Failed 4' }).click();
  assert.equal(await page.locator('.queue-row').count(), 4);
  await takePictures('failed');
  await page.getByRole('button', { name: 'Retry grey.jpg' }).click();
  await atRest(page);
  await page.getByRole('button', { name: 'Retry failed' }).click();
  await atRest(page);
  assert.deepEqual(await page.evaluate(() => queueOf().counts).then(({ done, failed }) => [done, failed]), [9, 3]);
  await page.getByRole('button', { name: 'All 12' }).click();
});

test('all results in a ZIP: names told apart, folders kept, each file what it is when made alone', async () => {
  const expected = await Promise.all(GOOD.map(([, name]) => madeAlone(name ?? '')));
  const before = await site.requests();
  assert.ok(!before.some(({ path }) => path.includes('client-zip')), 'what writes it is not loaded before');
  await page.getByRole('button', { name: 'Save ZIP' }).click();
  await page.waitForFunction(() => queueOf().counts.saved === 9);
  const inside = await readZip(Buffer.from(await page.evaluate(async () => (
    e2e.base64(await (await (await navigator.storage.getDirectory()).getFileHandle('picked.zip')).getFile())
  )), 'base64'));
  assert.deepEqual(Object.keys(inside).sort(), NAMES);
  assert.deepEqual(Object.values(inside).sort(), expected.sort());
  assert.equal(inside['day 1/slim-cutout.png'], await madeAlone('slim.tiff'));
  assert.equal(inside['slim-cutout (2).png'], await madeAlone('slim.jpg'));
  assert.equal(await storedResults(page), 0, 'and nothing is kept');
});

test('without a place to write to, the ZIP and single results are downloads', async () => {
  const plain = await openQueue(await browser.newContext(), () => {
    Object.assign(globalThis, { showSaveFilePicker: undefined, showDirectoryPicker: undefined });
  });
  await add(plain, [['', 'slim.png'], ['day 1', 'grey.png'], ['', 'grey.png']]);
  await plain.waitForFunction(() => queueOf().counts.done === 3);
  assert.ok(await plain.getByRole('button', { name: 'Save to folder' }).isHidden());
  const single = await saved(plain, () => plain.getByRole('button', { name: 'Save slim.png' }).click());
  assert.equal(single.name, 'slim-cutout.png');
  assert.equal(await sha256(single.bytes), await madeAlone('slim.png'));
  const zip = await saved(plain, () => plain.getByRole('button', { name: 'Save ZIP' }).click());
  assert.equal(zip.name, 'cutouts.zip');
  assert.deepEqual(Object.keys(await readZip(zip.bytes)).sort(), ['day 1/grey-cutout.png', 'grey-cutout.png']);
  assert.deepEqual(await states(plain), ['saved', 'saved', 'saved']);
  assert.equal(await storedResults(plain), 0);
  await plain.close();
});

test('a folder: what is there stays, what is done and what comes is written, sub-folders included', async () => {
  await page.evaluate(async () => {
    await queueOf().clear();
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
    const writable = await (await folder.getFileHandle('slim-cutout.png', { create: true })).createWritable();
    await writable.write('mine');
    await writable.close();
    /** @type {any} */ (globalThis).runUntil(1);
  });
  await add(page, [['', 'slim.png'], ['day 1/raw', 'grey.png']]);
  await atRest(page);
  assert.deepEqual(await states(page), ['done', 'waiting']);
  await page.getByRole('button', { name: 'Save to folder' }).click();
  await page.waitForFunction(() => queueOf().counts.saved === 1);
  await page.evaluate(() => /** @type {any} */ (globalThis).runUntil(Infinity));
  await page.waitForFunction(() => queueOf().counts.saved === 2);
  assert.match(await page.locator('.queue-kept').innerText(), /folder picked/);
  const files = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
    const raw = await (await folder.getDirectoryHandle('day 1')).getDirectoryHandle('raw');
    const read = async (/** @type {FileSystemDirectoryHandle} */ where, /** @type {string} */ name) => (
      e2e.base64(await (await where.getFileHandle(name)).getFile())
    );
    return [await read(folder, 'slim-cutout.png'), await read(folder, 'slim-cutout (2).png'), await read(raw, 'grey-cutout.png')];
  });
  const [mine, slim, grey] = files.map((base64) => Buffer.from(base64, 'base64'));
  assert.equal(mine?.toString(), 'mine');
  assert.equal(await sha256(slim), await madeAlone('slim.png'));
  assert.equal(await sha256(grey), await madeAlone('grey.png'));
  assert.equal(await storedResults(page), 0);
});

test('no room left: the queue pauses and says so, nothing is lost, and goes on when there is room', async () => {
  const cramped = await openQueue(await browser.newContext());
  const session = await cramped.context().newCDPSession(cramped);
  const origin = new URL(site.url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await add(cramped, [['', 'slim.png'], ['', 'grey.png']]);
  await cramped.getByRole('alert').filter({ hasText: 'No room left' }).waitFor();
  assert.deepEqual(await states(cramped), ['done', 'waiting']);
  const single = await saved(cramped, () => cramped.getByRole('button', { name: 'Save slim.png' }).click());
  assert.equal(await sha256(single.bytes), await madeAlone('slim.png'));
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await cramped.getByRole('button', { name: 'Resume' }).click();
  await cramped.waitForFunction(() => queueOf().counts.done === 1);
  assert.deepEqual([await states(cramped), await storedResults(cramped)], [['saved', 'done'], 1]);
  await cramped.close();
});

test('results of a page that ended are offered, once', async () => {
  const context = await browser.newContext();
  const first = await openQueue(context);
  await add(first, [['day 1', 'slim.png'], ['', 'grey.png']]);
  await first.waitForFunction(() => queueOf().counts.done === 2);
  const other = await openQueue(context);
  assert.equal(await recover(other), 0, 'a page that is open keeps its own');
  await first.close();
  await leftoversOf(other, 2);
  await other.getByRole('button', { name: 'Bring back' }).click();
  await other.waitForFunction(() => queueOf().counts.done === 2);
  const { bytes } = await saved(other, () => other.getByRole('button', { name: 'Save slim.png' }).click());
  assert.equal(await sha256(bytes), await madeAlone('slim.png'));
  await other.close();

  const third = await openQueue(context);
  await leftoversOf(third, 1);
  await third.close();
  const last = await openQueue(context);
  await until(async () => {
    assert.equal(await recover(last), 0, 'not a second time');
    return await storedResults(last) === 0;
  });
  await last.close();
});

test('what another copy of the site on this origin has left over is not taken, and stays', async () => {
  const context = await browser.newContext();
  await leaveOne(context);
  const page = await openQueue(context);
  const elsewhere = await page.evaluate(async () => {
    const { findLeftovers } = await import(new URL('copy/page/queue/leftovers.js', document.baseURI).href);
    // Not before the browser has let go of the closed page's lock, or nothing could be found anyway.
    const isHeld = async () => (await navigator.locks.query()).held?.some(({ name }) => name?.includes('queue'));
    while (await isHeld());
    return findLeftovers();
  });
  assert.equal(elsewhere, null);
  await leftoversOf(page, 1);
  await context.close();
});

test('left-overs are removed unseen once they are a week old', async () => {
  const context = await browser.newContext();
  await leaveOne(context);
  const page = await openQueue(context);
  await page.evaluate(() => {
    const then = Date.now() + 7.5 * 24 * 3_600_000;
    Date.now = () => then;
  });
  await until(async () => {
    assert.equal(await recover(page), 0);
    return await storedResults(page) === 0;
  });
  await context.close();
});

test('before results are lost, the browser asks; after they are saved, it does not', async () => {
  const asking = await openQueue(await browser.newContext());
  /** @type {string[]} */
  const asked = [];
  asking.on('dialog', (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  });
  await add(asking, [['', 'slim.png']]);
  await asking.waitForFunction(() => queueOf().counts.done === 1);
  await asking.locator('.queue-open').first().click(); // browsers ask only on a page that somebody has used
  await asking.close({ runBeforeUnload: true });
  await until(() => asked.length === 1);
  assert.deepEqual(asked, ['beforeunload']);
  await saved(asking, () => asking.getByRole('button', { name: 'Save slim.png' }).click());
  await asking.waitForFunction(() => queueOf().counts.saved === 1);
  await asking.close({ runBeforeUnload: true });
  await until(() => asking.isClosed());
});

test('by keyboard: arrows move, Enter opens, Delete takes out, however many photos there are', async () => {
  await page.evaluate(async () => {
    await queueOf().clear();
    queueOf().pause();
  });
  const many = Array.from({ length: 300 }, (_, index) => ['', index === 7 ? 'grey.png' : 'slim.png']);
  await add(page, many);
  assert.ok(await page.locator('.queue-row').count() < 40, 'only the rows in sight are in the page');
  assert.equal(await page.locator('.queue-list').getAttribute('aria-rowcount'), '300');
  await page.locator('.queue-open').first().focus();
  for (let row = 0; row < 7; row += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).opened.at(-1)), 'grey.png');
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => queueOf().items.length === 299);
  await page.waitForFunction(() => document.activeElement?.closest('.queue-row')?.getAttribute('aria-rowindex') === '8');
  await page.keyboard.press('End');
  assert.equal(await focusedRow(page), '299');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-action')), 'remove');
  await page.keyboard.press('PageUp');
  assert.ok(Number(await focusedRow(page)) < 299);
  await page.keyboard.press('Home');
  assert.equal(await focusedRow(page), '1');
  assert.equal(await page.locator('.queue-list [tabindex="0"]').count(), 1);
});

test('a photo of every shape gets a small picture, upright, and only while it is in sight', async () => {
  await page.evaluate(() => queueOf().clear());
  await page.evaluate(() => queueOf().pause());
  await add(page, [['', 'orientation-6.jpg'], ['', 'text.jpg'], ...Array.from({ length: 100 }, () => ['', 'slim.png'])]);
  await page.waitForFunction(() => (document.querySelector('canvas')?.width ?? 0) > 0);
  const { width, height } = await page.locator('.queue-row canvas').first().evaluate((canvas) => {
    const { width: w, height: h } = /** @type {HTMLCanvasElement} */ (canvas);
    return { width: w, height: h };
  });
  assert.deepEqual({ width, height }, { width: 43, height: 160 });
  assert.ok(await page.locator('.queue-row canvas').count() < 40);
});

test('while photos are made nothing in the list moves by itself: frames would take the processor from them', async () => {
  const working = await openQueue(await browser.newContext());
  await add(working, GOOD.slice(0, 3));
  const moving = await working.evaluate(async () => {
    /** @type {Set<string>} */
    const seen = new Set();
    while (queueOf().counts.done < 3) {
      for (const { effect } of document.getAnimations()) {
        seen.add(/** @type {KeyframeEffect} */ (effect).target?.getAttribute('class') ?? '');
      }
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    return [...seen];
  });
  assert.deepEqual(moving, []);
  await working.context().close();
});

test('nothing broke the rules of the page, and nothing went unheard', () => {
  assert.deepEqual(complaints, []);
});

// --- helpers ---------------------------------------------------------------------------------------------------

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {() => void} [prepare] in the page, before its own scripts
 */
async function openQueue(context, prepare = pickers) {
  await context.addInitScript(prepare);
  await context.addInitScript(() => Object.assign(globalThis, { queueOf: () => /** @type {any} */ (globalThis).queue }));
  const opened = await openPage(context, `${site.url}queue.html`);
  opened.on('pageerror', (error) => complaints.push(String(error)));
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await opened.locator('.queue').waitFor();
  return opened;
}

/** The origin's own files stand in for those that a person would choose. */
function pickers() {
  Object.assign(globalThis, {
    showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true }),
    showSaveFilePicker: async () => (await navigator.storage.getDirectory()).getFileHandle('picked.zip', { create: true }),
  });
}

/** @param {Page} where @param {string[][]} photos */
async function add(where, photos) {
  const names = [...new Set(photos.map(([, name]) => name ?? ''))];
  const contents = await Promise.all(names.map(async (name) => [name, (await pictures.bytes(name)).toString('base64')]));
  await where.evaluate(({ list, bytes }) => {
    queueOf().add(list.map(([path = '', name = '']) => ({ path, file: new File([e2e.bytes(bytes[name] ?? '')], name) })));
  }, { list: photos, bytes: Object.fromEntries(contents) });
}

/** @param {string} name */
async function madeAlone(name) {
  const digest = alone.get(name) ?? await sha256((await cutFile(page, await pictures.bytes(name))).file);
  alone.set(name, digest);
  return digest;
}

/** @param {Page} where @returns {Promise<string[]>} */
const states = (where) => where.evaluate(() => queueOf().items.map(({ state }) => state));

/** @param {Page} where */
const focusedRow = (where) => where.evaluate(() => document.activeElement?.closest('.queue-row')?.getAttribute('aria-rowindex'));

/** @param {Page} where @returns {Promise<number>} */
const recover = (where) => where.evaluate(() => /** @type {any} */ (globalThis).recover());

/** The browser lets go of a closed page's locks in its own time. @param {Page} where @param {number} count */
async function leftoversOf(where, count) {
  await until(async () => await recover(where) === count);
}

/** No photo is in work, and none is going to be. @param {Page} where */
async function atRest(where) {
  await where.waitForFunction(() => {
    const { running, paused, counts } = queueOf();
    return !running && (paused || counts.waiting === 0);
  });
}

/** Write a result, and end the page before it is saved. @param {BrowserContext} context */
async function leaveOne(context) {
  const ended = await openQueue(context);
  await ended.evaluate(async () => {
    const { ResultStore } = await import(new URL('page/queue/store.js', document.baseURI).href);
    await new ResultStore().put({ name: 'slim.png', resultName: 'slim-cutout.png', notices: [] }, new Blob(['result']));
  });
  await ended.close();
}

/** How many results lie in the origin's file system. @param {Page} where */
async function storedResults(where) {
  return where.evaluate(async () => {
    let count = 0;
    const walk = async (/** @type {any} */ folder) => {
      for await (const handle of folder.values()) {
        if (handle.kind === 'directory') await walk(handle);
        else if (handle.name.endsWith('.data')) count += 1;
      }
    };
    const root = await navigator.storage.getDirectory();
    await walk(root);
    return count;
  });
}

/** @param {Page} where @param {() => Promise<void>} press */
async function saved(where, press) {
  const [download] = await Promise.all([where.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** @param {Buffer} bytes @returns {Promise<Record<string, string>>} SHA-256 by name */
async function readZip(bytes) {
  const path = join(temporaryFolder('zip'), 'read.zip');
  writeFileSync(path, bytes);
  return JSON.parse(await python('-c', READ_ZIP, path));
}

/** @param {Buffer | undefined} bytes */
async function sha256(bytes) {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes ?? []))).toString('hex');
}

/** @param {() => boolean | Promise<boolean>} condition */
async function until(condition) {
  while (!await condition()) await new Promise((resolve) => { setTimeout(resolve, 50); });
}

/** @param {string} state */
async function takePictures(state) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const view of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(view);
      await page.waitForTimeout(300);
      const name = `queue-${state}-${view.width}x${view.height}-${colorScheme}.png`;
      await page.screenshot({ path: join(ARTIFACTS, name) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name}: ${overflow} px stick out`);
    }
  }
}
