/**
 * How photos come in: chosen, folders of them, dropped, pasted, opened with the app, samples. On a page of nothing else,
 * so that what is heard is what the module says.
 */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { ARTIFACTS, temporaryFolder } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';

/** @import { About } from '../../web/page/intake/gathering.js' */

/** @typedef {{ photos: string[], about: About, words: string[] } | { nothing: string, about: About }} Heard */

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Intake</title>
<link rel="icon" href="icons/gossamer.svg">
<link rel="stylesheet" href="page/theme.css"><link rel="stylesheet" href="page/controls.css">
<link rel="stylesheet" href="page/intake/samples.css">
<script type="module" src="intake-test.js"></script></head>
<body><main><input id="text" aria-label="Text"><div id="samples"></div></main></body></html>`;
const SCRIPT = `
import { takeIn } from './page/intake/intake.js';
import { nothing, remarks } from './page/intake/remarks.js';
import { mountSamples } from './page/intake/samples.js';
globalThis.heard = [];
globalThis.looked = [];
const listed = (photos) => photos.map(({ file, path }) => (path ? path + '/' : '') + file.name);
const onfiles = (photos, about) => {
  globalThis.incoming = photos;
  heard.push({ photos: listed(photos), about, words: about ? remarks(about) : [] });
};
globalThis.choosers = takeIn({
  onfiles,
  onnothing: (about) => heard.push({ nothing: nothing(about), about }),
  onlooking: (photos) => looked.push(photos),
});
mountSamples(document.getElementById('samples'), onfiles);
document.body.dataset.ready = '';`;

const JPEG = 'A name is enough here.';
const copy = new SiteCopy();
copy.addStyles();
copy.write('intake-test.html', PAGE);
copy.write('intake-test.js', SCRIPT);
mkdirSync(ARTIFACTS, { recursive: true });
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE_MS);
await page.addInitScript(() => {
  const setConsumer = (/** @type {unknown} */ consumer) => Object.assign(globalThis, { consumer });
  Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
});
await page.goto(`${site.url}intake-test.html`);
await page.waitForSelector('body[data-ready]');
const devtools = await page.context().newCDPSession(page);

beforeEach(() => page.evaluate(() => {
  Object.assign(globalThis, { heard: [], looked: [] });
}));

after(async () => {
  await browser.close();
  await site.stop();
});

test('one photo, or many, in the order of their names', async () => {
  const folder = folderOf(['10.jpg', '2.png', '1.HEIC']);
  await page.setInputFiles('#file', join(folder, '2.png'));
  assert.deepEqual(await heard(), { photos: ['2.png'], about: about('choose', { photos: 1 }), words: [] });
  await page.setInputFiles('#file', ['10.jpg', '2.png', '1.HEIC'].map((name) => join(folder, name)));
  assert.deepEqual((await photos()), ['1.HEIC', '2.png', '10.jpg']);
});

test('the chooser offers photos of every kind, and many at once', async () => {
  const { accept, multiple } = await page.$eval('#file', (input) => {
    const { accept, multiple } = /** @type {HTMLInputElement} */ (input);
    return { accept, multiple };
  });
  assert.ok(multiple);
  for (const type of ['image/jpeg', 'image/heic', '.heic', 'image/avif']) assert.ok(accept.split(',').includes(type), type);
});

test('on an iPhone HEIC is not asked for: the system then hands over a JPEG', async () => {
  const phone = await browser.newPage({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' });
  await phone.goto(`${site.url}intake-test.html`);
  await phone.waitForSelector('#file', { state: 'attached' });
  assert.doesNotMatch(await phone.$eval('#file', (input) => /** @type {HTMLInputElement} */ (input).accept), /hei[cf]/);
  await phone.close();
});

test('what is no photo is left out and counted', async () => {
  const names = ['photo.jpg', 'notes.txt', 'song.mp3', 'IMG_1.CR3'];
  const folder = folderOf(names);
  await page.setInputFiles('#file', names.map((name) => join(folder, name)));
  const expected = about('choose', { photos: 1, skipped: { other: 2, raw: 1 } });
  const words = [
    '2 files were left out: they are no photos.', '1 raw file was left out: export it as JPEG or TIFF first.',
  ];
  assert.deepEqual(await heard(), { photos: ['photo.jpg'], about: expected, words });
});

/** @type {[names: string[], words: RegExp][]} */
const useless = [
  [['IMG_1.CR3'], /raw file: export it as JPEG or TIFF/],
  [['a.nef', 'b.dng'], /raw files: export them/],
  [['clip.mp4'], /a video: save a still picture/],
  [['paper.pdf'], /a PDF: save the picture in it/],
  [['drawing.svg'], /a drawing, not a photo: save it as PNG/],
  [['layers.psd'], /this kind can’t be read|no photo/], // as the system calls it,
  [['notes.txt', 'paper.pdf'], /None of these 2 files/],
];
for (const [names, words] of useless) {
  test(`${names.join(' and ')}: what to do instead`, async () => {
    const folder = folderOf(names);
    await page.setInputFiles('#file', names.map((name) => join(folder, name)));
    assert.match(await nothing(), words);
  });
}

test('a file that says nothing of what it is counts as a photo when it comes alone', async () => {
  await page.setInputFiles('#file', join(folderOf(['scan']), 'scan'));
  assert.deepEqual(await photos(), ['scan']);
});

const TREE = [
  'a.jpg', 'notes.txt', '.hidden.jpg', 'scan', 'day 2/c.png', 'day 10/e.webp', 'day 2/morning/d.avif',
  '.thumbnails/x.jpg', '__MACOSX/._a.jpg',
];
const FOUND = ['a.jpg', 'day 2/c.png', 'day 2/morning/d.avif', 'day 10/e.webp'];

test('a chosen folder, by the input that every browser has', async () => {
  await page.setInputFiles('#folder-files', folderOf(TREE));
  const { photos: names, about: said, words } = found(await heard());
  assert.deepEqual(names, FOUND);
  assert.deepEqual(said, about('folder', { photos: 4, folders: true, skipped: { other: 1, unknown: 1 } }));
  assert.match(words.join(), /2 files were left out/);
});

test('a chosen folder, by the chooser for folders where there is one', async () => {
  await page.evaluate(async (tree) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('holiday', { create: true });
    for (const path of tree) {
      const names = path.split('/');
      let inside = folder;
      for (const name of names.slice(0, -1)) inside = await inside.getDirectoryHandle(name, { create: true });
      const writer = await (await inside.getFileHandle(names.at(-1) ?? '', { create: true })).createWritable();
      await writer.close();
    }
    Object.assign(globalThis, { showDirectoryPicker: async () => folder });
    /** @type {any} */ (globalThis).choosers.chooseFolder();
  }, TREE.filter((path) => path !== '__MACOSX/._a.jpg')); // a name that this store does not allow
  const { photos: names, about: said } = found(await heard());
  assert.deepEqual(names, FOUND);
  assert.deepEqual(said, about('folder', { photos: 4, folders: true, skipped: { other: 1, unknown: 1 } }));
});

test('that chooser closed, nothing happens; not allowed here, the other one comes', async () => {
  const chooser = page.waitForEvent('filechooser');
  await page.evaluate(async () => {
    const all = /** @type {any} */ (globalThis);
    for (const name of ['AbortError', 'SecurityError']) {
      all.showDirectoryPicker = async () => { throw new DOMException('', name); };
      await all.choosers.chooseFolder();
    }
  });
  assert.equal(await (await chooser).element().getAttribute('id'), 'folder-files');
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).heard.length), 0);
});

test('a dropped folder, by the system’s own drag and drop', async () => {
  await drop([folderOf(TREE)]);
  const { photos: names, about: said } = found(await heard());
  assert.deepEqual(names, FOUND);
  assert.deepEqual(said, about('drop', { photos: 4, folders: true, skipped: { other: 1, unknown: 1 } }));
});

test('several folders and a file, dropped at once: the folders’ names tell their photos apart', async () => {
  const folder = folderOf(['one/a.jpg', 'two/a.jpg', 'b.jpg']);
  await drop(['one', 'two', 'b.jpg'].map((name) => join(folder, name)));
  assert.deepEqual(await photos(), ['b.jpg', 'one/a.jpg', 'two/a.jpg']);
});

test('dropped files', async () => {
  const folder = folderOf(['b.jpg', 'a.jpg']);
  await drop([join(folder, 'b.jpg'), join(folder, 'a.jpg')]);
  assert.deepEqual(await heard(), { photos: ['a.jpg', 'b.jpg'], about: about('drop', { photos: 2 }), words: [] });
});

test('a folder without a photo', async () => {
  await drop([folderOf(['notes.txt', 'letters/more.doc'])]);
  assert.match(await nothing(), /no photo in this folder/);
});

test('a thousand photos: the page lives on meanwhile, and says how far it is', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `${index % 10}/${index}.jpg`);
  await page.evaluate(() => {
    const all = /** @type {any} */ (globalThis);
    all.frames = 0;
    const count = () => {
      all.frames += 1;
      if (all.heard.length === 0) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await drop([folderOf(names)]);
  assert.equal((await photos()).length, 1000);
  assert.ok(await page.evaluate(() => /** @type {any} */ (globalThis).frames) > 2);
});

test('too many, and too deep: what is taken, and that there is more', async () => {
  const many = Array.from({ length: 2010 }, (_, index) => `${index}.jpg`);
  await drop([folderOf(many)]);
  const all = found(await heard());
  assert.equal(all.photos.length, 2000);
  assert.deepEqual(all.words, ['Only the first 2000 photos were taken.']);
  await page.evaluate(() => { Object.assign(globalThis, { heard: [] }); });

  const deep = Array.from({ length: 20 }, (_, level) => `${'down/'.repeat(level)}${level}.jpg`);
  await drop([folderOf(deep)]);
  const shallow = found(await heard());
  assert.equal(shallow.photos.length, 12);
  assert.deepEqual(shallow.words, ['Folders more than 12 levels deep were left out.']);
});

test('something dropped that is no file', async () => {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'about:blank');
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  assert.match(await nothing(), /no file. Save the picture first/);
});

test('a pasted picture', async () => {
  await paste({ file: 'image.png' });
  assert.deepEqual(await heard(), { photos: ['image.png'], about: about('paste', { photos: 1 }), words: [] });
});

test('a picture copied as HTML that carries it', async () => {
  const data = readFileSync(join(copy.folder, 'samples/cat-small.webp')).toString('base64');
  await paste({ html: `<p>See <img src="data:image/webp;base64,${data}"></p>` });
  await heard();
  const bytes = await page.evaluate(async () => (
    [...new Uint8Array(await /** @type {any} */ (globalThis).incoming[0].file.arrayBuffer())]
  ));
  assert.ok(Buffer.from(bytes).equals(Buffer.from(data, 'base64')));
});

for (const html of ['<img src="data:image/png;base64,%%%">', '<img src="https://elsewhere.example/x.png">', '<img>']) {
  test(`${html} pasted: nothing is asked of anybody`, async () => {
    /** @type {string[]} */
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await paste({ html });
    assert.match(await nothing(), /no picture on the clipboard/);
    assert.deepEqual(asked, []);
  });
}

test('text is still pasted where a person writes; a picture is not text', async () => {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'a word');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.getElementById('text')?.dispatchEvent(event);
  });
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).heard.length), 0);
  await paste({ file: 'image.png', at: 'text' });
  assert.deepEqual(await photos(), ['image.png']);
});

test('text pasted anywhere else is no picture', async () => {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'a word');
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  assert.match(await nothing(), /no picture on the clipboard/);
});

test('files opened with the installed app', async () => {
  await page.evaluate(() => {
    const handles = ['b.jpg', 'a.heic'].map((name) => ({ getFile: async () => new File(['x'], name) }));
    const gone = { getFile: async () => { throw new DOMException('', 'NotFoundError'); } };
    /** @type {any} */ (globalThis).consumer({ files: [...handles, gone] });
  });
  assert.deepEqual(await heard(), { photos: ['a.heic', 'b.jpg'], about: about('open', { photos: 2 }), words: [] });
});

test('samples: by name, by keyboard; each is a photo, and none is fetched before', async () => {
  assert.deepEqual((await site.requests()).filter(({ path }) => /samples\/\w+\.jpg/.test(path)), []);
  const names = await page.getByRole('group', { name: 'Or try one of these' }).getByRole('button').allInnerTexts();
  assert.deepEqual(names, ['Portrait', 'Cat', 'Cup', 'Filming']);
  await page.getByRole('button', { name: 'Cat' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await photos(), ['cat.jpg']);
  const { type, bytes } = await page.evaluate(async () => {
    const [{ file }] = /** @type {any} */ (globalThis).incoming;
    return { type: file.type, bytes: [...new Uint8Array(await file.arrayBuffer())] };
  });
  assert.equal(type, 'image/jpeg');
  assert.ok(Buffer.from(bytes).equals(readFileSync(join(copy.folder, 'samples/cat.jpg'))));
});

test('a sample that can’t be fetched says so, and works when it can be again', async () => {
  copy.remove('samples/cup.jpg');
  await page.getByRole('button', { name: 'Cup' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'can’t be fetched' });
  await alert.waitFor();
  copy.repair('samples/cup.jpg');
  await page.getByRole('button', { name: 'Cup' }).click();
  assert.deepEqual(await photos(), ['cup.jpg']);
  assert.ok(await alert.isHidden());
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`samples in a ${colorScheme} page, narrow as well: nothing sticks out`, async () => {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 300 });
      await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
      await page.screenshot({ path: join(ARTIFACTS, `samples-${width}-${colorScheme}.png`) });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
  });
}

/** @param {string[]} paths @returns {string} a new folder with files of these names */
function folderOf(paths) {
  const folder = temporaryFolder('intake');
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JPEG);
  }
  return folder;
}

/** @param {About['way']} way @param {Partial<About>} more @returns {About} */
function about(way, more) {
  return { way, photos: 0, skipped: {}, unreadable: 0, folders: false, full: false, deep: false, ...more };
}

/** What the module said first; waited for. @returns {Promise<Heard>} */
async function heard() {
  await page.waitForFunction(() => /** @type {any} */ (globalThis).heard.length > 0);
  return page.evaluate(() => /** @type {any} */ (globalThis).heard.pop());
}

/** @param {Heard} said */
function found(said) {
  assert.ok('photos' in said, JSON.stringify(said));
  return said;
}

async function photos() {
  return found(await heard()).photos;
}

async function nothing() {
  const said = await heard();
  assert.ok('nothing' in said, JSON.stringify(said));
  return said.nothing;
}

/** As the system does it: real files and folders. @param {string[]} paths */
async function drop(paths) {
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver'])) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data });
  }
  assert.ok(await page.evaluate(() => document.body.hasAttribute('data-dragging')), 'it is shown that it may be let go');
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', x: 100, y: 100, data });
  assert.ok(await page.evaluate(() => !document.body.hasAttribute('data-dragging')));
}

/** @param {{ file?: string, html?: string, at?: string }} what */
async function paste(what) {
  await page.evaluate(({ file, html, at }) => {
    const clipboardData = new DataTransfer();
    if (file) clipboardData.items.add(new File(['x'], file, { type: 'image/png' }));
    if (html) clipboardData.setData('text/html', html);
    const target = at ? document.getElementById(at) : document;
    target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, what);
}
