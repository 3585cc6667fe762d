/** Firefox and WebKitGTK, as Debian ships them, do what Chromium does: the same cut-out, saved, and words for trouble. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { OTHER_BROWSERS } from '../support/browsers.mjs';
import { alphaOf, decodePictures, differingColours, largestDifference } from '../support/decode.mjs';
import { persistently } from '../support/driven.mjs';
import { ARTIFACTS, DIST, SUPPORT, temporaryFolder } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { cutOutNatively } from '../support/reference.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { assertFailed, cutOut } from '../support/tool.mjs';

/** @import { DrivenPage } from '../support/driven.mjs' */
/** @import { Extra, Outcome, RemoveOptions } from '../support/in-page.js' */

/** One level: see parity.test.mjs. */
const ALPHA_TOLERANCE = 1;
/** The app with two scripts of ours before its own; what they note is read by the tests. */
const WATCHED = 'watched.html';

const names = ['photo.jpg', 'orientation-6.jpg', 'lossless.webp', 'rgba.png', 'slim.png', 'text.jpg', 'large.jpg'];
const pictures = await Pictures.make(names);
const compared = ['photo.jpg', 'orientation-6.jpg', 'lossless.webp', 'rgba.png', 'slim.png'];
/** @type {Map<string, Buffer>} */
let native;

const folder = watchedSite();
const isolated = await startServer({ folder });
const plain = await startServer({ folder, isolation: false });

before(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  if (OTHER_BROWSERS.every(({ skip }) => skip)) return;
  native = await cutOutNatively(compared.map((name) => pictures.path(name)));
});

after(() => Promise.all([isolated.stop(), plain.stop()]));

for (const { name: browser, skip, open } of OTHER_BROWSERS) {
  if (skip) test(`${browser} runs the core flow`, { skip });
  else describe(browser, () => {
    /** @type {DrivenPage} */
    let page;

    const start = async () => {
      page = await open(temporaryFolder(browser));
      await page.goto(isolated.url + WATCHED);
      await stateIs('empty');
    };

    before(start);
    after(() => page.close());

    /** @param {string} name @param {() => Promise<void>} step */
    const check = (name, step) => test(name, (context) => persistently(context, step, {
      look: () => page.look(),
      restart: async () => {
        await page.close();
        await start();
      },
    }));

    check('a chosen photo is cut out, and saved as on the command line', async () => {
      await page.setInputFiles('#file', pictures.path('photo.jpg'));
      await stateIs('done');
      const { name, bytes } = await page.save(() => page.click('#download'));
      assert.equal(name, 'photo-cutout.png');
      await assertAsNative(bytes, 'photo.jpg');
      writeFileSync(join(ARTIFACTS, `page-done-${browser}.png`), await page.screenshot());
    });

    for (const name of compared) {
      check(`${name}: as on CPython`, async () => {
        const { file, alpha, type } = cutOut(await cut(name));
        assert.equal(type, 'image/png');
        const { rgba } = await assertAsNative(file, name);
        assert.equal(largestDifference(alphaOf(rgba), alpha), 0, 'the file carries result.alpha');
      });
    }

    check('the other formats are what they say', async () => {
      const formats = /** @type {const} */ ([
        ['webp', 'image/webp', 'WEBP', 'RGBA'],
        ['jpeg', 'image/jpeg', 'JPEG', 'RGB'],
        ['alpha', 'image/png', 'PNG', 'L'],
        ['trimap', 'image/png', 'PNG', 'L'],
      ]);
      for (const [wanted, type, format, mode] of formats) {
        const result = cutOut(await cut('slim.png', { output: { type: wanted } }));
        const [picture] = await decodePictures(result.file);
        assert.deepEqual([result.type, picture?.format, picture?.mode, picture?.height], [type, format, mode, 480]);
      }
    });

    check('pixels of a canvas and of a bitmap pass as they are', async () => {
      const [source] = await decodePictures(await pictures.bytes('slim.png'));
      assert.ok(source);
      for (const kind of /** @type {const} */ (['canvas', 'bitmap'])) {
        const outcome = await page.evaluate(async ({ base64, wanted }) => {
          const bitmap = await createImageBitmap(new Blob([e2e.bytes(base64)]), { colorSpaceConversion: 'none' });
          if (wanted === 'bitmap') return e2e.cut(bitmap, { decontaminate: false });
          const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
          canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
          return e2e.cut(canvas, { decontaminate: false });
        }, { base64: (await pictures.bytes('slim.png')).toString('base64'), wanted: kind });
        const [result] = await decodePictures(cutOut(outcome).file);
        assert.ok(result);
        assert.equal(differingColours(result.rgba, source.rgba), 0, kind);
      }
    });

    check('a draft is changed by a stroke, and undone to the byte', async () => {
      const { before: first, patch, stroked, undone } = await page.evaluate(async (base64) => {
        const { openDraft } = await e2e.load();
        const draft = await openDraft(new Blob([e2e.bytes(base64)]));
        const png = async () => e2e.base64((await draft.export()).blob);
        const start = await png();
        const changed = await draft.repair([{ kind: 'erase', points: [[60, 90]], radius: 9 }]);
        const later = await png();
        await draft.undo();
        const end = await png();
        draft.close();
        return { before: start, patch: changed && changed.width * changed.height, stroked: later, undone: end };
      }, (await pictures.bytes('slim.png')).toString('base64'));
      assert.ok(Number(patch) > 0);
      assert.notEqual(stroked, first);
      assert.ok(undone === first, 'as it was');
    });

    check('dropped and pasted photos are taken', async () => {
      for (const way of /** @type {const} */ (['drop', 'paste'])) {
        await page.evaluate(({ base64, type, name }) => {
          const data = new DataTransfer();
          data.items.add(new File([e2e.bytes(base64)], name, { type: 'image/png' }));
          // Not every browser lets a script hand files to a ClipboardEvent.
          const event = new Event(type, { bubbles: true, cancelable: true });
          Object.defineProperty(event, type === 'drop' ? 'dataTransfer' : 'clipboardData', { value: data });
          document.querySelector('main')?.dispatchEvent(event);
        }, { base64: (await pictures.bytes('slim.png')).toString('base64'), type: way, name: `${way}.png` });
        await page.waitForFunction((name) => document.querySelector('#file-name')?.textContent === name, `${way}.png`);
        await stateIs('done');
      }
    });

    check('what is no photo: what happened and what to do, in words', async () => {
      await page.setInputFiles('#file', pictures.path('text.jpg'));
      await stateIs('failed');
      const words = await page.evaluate(() => document.querySelector('#error')?.textContent ?? '');
      assert.match(words, /not a picture[^]*Use a JPEG/);
      writeFileSync(join(ARTIFACTS, `page-failed-${browser}.png`), await page.screenshot());
    });

    check('Escape stops, and the next photo works', async () => {
      await page.setInputFiles('#file', pictures.path('large.jpg'));
      await stateIs('working');
      await page.press('Escape');
      await page.waitForFunction(() => document.body.dataset.state !== 'working');
      assert.match(await page.evaluate(() => document.querySelector('#status')?.textContent ?? ''), /Cancelled/);
      await page.setInputFiles('#file', pictures.path('slim.png'));
      await stateIs('done');
    });

    check('a worker that dies is noticed, and the next call starts another', async () => {
      const died = await cut('photo.jpg', {}, { killAt: { stage: 'matting', worker: 'gossamer python' } });
      assertFailed(died, { code: 'worker-died', retryable: true });
      cutOut(await cut('slim.png'));
    });

    check('threads are used only where memory can be shared', async () => {
      const { threads, shared } = await page.evaluate(async () => {
        const module = new URL('engine/capabilities.js', document.baseURI).href;
        const { threadCount } = /** @type {typeof import('../../web/engine/capabilities.js')} */ (await import(module));
        return { threads: threadCount(), shared: 'SharedArrayBuffer' in globalThis };
      });
      assert.equal(threads > 1, shared);
    });

    check('no complaint of the browser in all this', () => assertNoComplaints());

    check('without isolation: one thread, the same cut-out, no complaint', async () => {
      await page.goto(plain.url + WATCHED);
      await stateIs('empty');
      assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), false);
      await page.setInputFiles('#file', pictures.path('slim.png'));
      await stateIs('done');
      const { bytes } = await page.save(() => page.click('#download'));
      await assertAsNative(bytes, 'slim.png');
      await assertNoComplaints();
    });

    /** @param {'empty' | 'working' | 'done' | 'failed'} name */
    const stateIs = (name) => page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);

    /**
     * @param {string} name
     * @param {RemoveOptions} [options]
     * @param {Extra} [extra]
     * @returns {Promise<Outcome>}
     */
    const cut = async (name, options = {}, extra = {}) => page.evaluate(
      ({ base64, rest }) => e2e.cut(new File([e2e.bytes(base64)], 'photo'), ...rest),
      {
        base64: (await pictures.bytes(name)).toString('base64'),
        rest: /** @type {[RemoveOptions, Extra]} */ ([options, extra]),
      },
    );

    const assertNoComplaints = async () => {
      const heard = await page.evaluate(() => ({ violations: e2e.violations, complaints: globalThis.complaints }));
      assert.deepEqual(heard, { violations: [], complaints: [] });
    };
  });
}

/** @param {Buffer} file @param {string} name */
async function assertAsNative(file, name) {
  const reference = native.get(pictures.path(name));
  assert.ok(reference);
  const [here, there] = await decodePictures(file, reference);
  assert.ok(here && there);
  assert.deepEqual([here.format, here.mode, here.width, here.height], ['PNG', 'RGBA', there.width, there.height]);
  const difference = largestDifference(alphaOf(here.rgba), alphaOf(there.rgba));
  assert.ok(difference <= ALPHA_TOLERANCE, `alpha differs by ${difference}`);
  assert.equal(differingOpaque(here.rgba, there.rgba), 0, 'opaque colours differ');
  return here;
}

/**
 * How many pixels that are opaque in both pictures differ in colour.
 *
 * @param {Buffer} one RGBA
 * @param {Buffer} other
 */
function differingOpaque(one, other) {
  let differing = 0;
  for (let i = 0; i < one.length; i += 4) {
    if (one[i + 3] !== 255 || other[i + 3] !== 255) continue;
    if (one.readUIntLE(i, 3) !== other.readUIntLE(i, 3)) differing += 1;
  }
  return differing;
}

function watchedSite() {
  const copy = new SiteCopy();
  copy.add('e2e/in-page.js', join(SUPPORT, 'in-page.js'));
  copy.write('e2e/complaints.js', `(${listen})();`);
  const scripts = '<script src="./e2e/in-page.js"></script><script src="./e2e/complaints.js"></script>';
  const index = readFileSync(join(DIST, 'index.html'), 'utf8');
  copy.write(WATCHED, index.replace('<head>', `<head>${scripts}`));
  return copy.folder;
}

/** In the page: whatever its scripts report, or fail to catch. */
function listen() {
  /** @type {string[]} */
  const complaints = [];
  for (const level of /** @type {const} */ (['error', 'warn'])) {
    const say = console[level].bind(console);
    console[level] = (...words) => {
      complaints.push(words.join(' '));
      say(...words);
    };
  }
  addEventListener('error', ({ message }) => complaints.push(message));
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
  Object.assign(globalThis, { complaints });
}
