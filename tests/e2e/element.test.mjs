/**
 * `<gossamer-cutout>` on the site that holds Gossamer: every attribute, event and method, in forms and out of them, by
 * mouse and by keyboard. But for the first tests an engine of a few lines stands for the real one.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { decodePictures } from '../support/decode.mjs';
import { DIST, ROOT, SUPPORT } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */

const BUDGET_BYTES = 15_000;
const HEAVY = /^\/(runtime|models|python|workers|engine)\/|^\/(gossamer\.js|assets\.json)$/;
/** @type {{ subject: string, backend: string, type: string, background: string | null, crop: string | null }} */
const DEFAULTS = { subject: 'auto', backend: 'auto', type: 'png', background: null, crop: null };
const EVENTS = ['loadstart', 'progress', 'result', 'error', 'abort', 'input', 'change'];

const copy = new SiteCopy();
const fakeEngine = readFileSync(join(SUPPORT, 'fake-engine.js'), 'utf8').replace('../../web/', './');
copy.write('gossamer.js', fakeEngine);
const real = new SiteCopy();
const [site, realSite] = [await startServer({ folder: copy.folder }), await startServer({ folder: real.folder })];
const browser = await launchBrowser();
/** Turned, lossless, animated, of one channel, of three and of four. */
const CLAIMING = ['slim.png', 'slim.jpg', 'cmyk.jpg', 'grey16.png', 'orientation-6.jpg', 'lossless.webp', 'animated.webp'];
const pictures = await Pictures.make(CLAIMING);
const slim = await pictures.bytes('slim.png');
/** @type {Page} */
let page;
/** @type {string[]} */
let complaints = [];
let pages = 0;

beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  complaints = [];
  page.on('filechooser', () => {}); // or the first of them is the system's
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});

afterEach(async () => {
  await page.close();
});

after(async () => {
  await browser.close();
  await Promise.all([site.stop(), realSite.stop()]);
});

test('before anybody starts, a page loads the element alone, and less than 15 KB of it', async () => {
  await site.forget();
  await show('<gossamer-cutout></gossamer-cutout><gossamer-cutout name="b"></gossamer-cutout>');
  await page.waitForTimeout(500); // for what should not come
  const paths = (await site.requests()).map(({ path }) => path).filter((path) => path.endsWith('.js'));
  assert.deepEqual(paths.filter((path) => HEAVY.test(path)), []);
  assert.ok(paths.every((path) => /^\/(gossamer-element\.js|element\/)/.test(path)), paths.join());
  const sizes = paths.map((path) => gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(paths.length > 3);
  assert.ok(total < BUDGET_BYTES, `${total} bytes in ${paths.length} files`);
});

test('the real engine, inline: a chosen photo becomes what removeBackground makes of it', async () => {
  const base = await openPage(browser, realSite.url);
  const { file: expected } = await cutFile(base, slim);
  await base.close();
  await show('<form><gossamer-cutout name="photo"></gossamer-cutout></form>', realSite.url, real);
  await listen();
  await choose('slim.png', slim);
  await state('done');
  assert.ok(expected.equals(await submitted('photo')));
  const events = await told();
  assert.deepEqual(order(events), ['loadstart', 'progress', 'result', 'input', 'change']);
  const progress = events.filter(({ type }) => type === 'progress').map(({ detail }) => detail);
  const fractions = progress.map(({ fraction }) => Number(fraction));
  assert.deepEqual(fractions, [...fractions].sort((a, b) => a - b), 'never goes back');
  assert.ok((fractions.at(-1) ?? 0) > 0.8, 'and gets near the end');
  assert.ok(progress.some(({ unit }) => unit === 'bytes'), 'bytes are told');
  assert.equal(page.frames().length, 1, 'no frame on the own site');
  assert.deepEqual(complaints, []);
});

// --- ways in -----------------------------------------------------------------------------------------------------

for (const way of /** @type {const} */ (['drop', 'paste'])) {
  test(`a photo comes in by ${way}`, async () => {
    await show();
    await bring(way, [['text.txt', 'text/plain'], ['shoe.jpg', 'image/jpeg']]);
    await state('done');
    assert.equal(await page.evaluate(() => cutout().value?.name), 'shoe-cutout.png');
  });

  test(`a ${way} without a photo is answered in words`, async () => {
    await show();
    await bring(way, []);
    if (way === 'paste') await page.getByText('That was no photo.').first().waitFor();
    assert.equal(await page.evaluate(() => cutout().state), 'empty');
  });
}

test('while something that could be dropped is over it, the element shows that', async () => {
  await show();
  const over = () => page.evaluate(() => inside('.stage').hasAttribute('data-dragging'));
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    for (const type of ['dragenter', 'dragover']) {
      cutout().dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  assert.ok(await over());
  await page.evaluate(() => cutout().dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
  assert.ok(!await over());
});

test('what is pasted elsewhere on the page, or dropped on a disabled element, is left alone', async () => {
  await show('<input id="other"><gossamer-cutout disabled></gossamer-cutout>');
  await bring('drop', [['shoe.jpg', 'image/jpeg']]);
  await bring('paste', [['shoe.jpg', 'image/jpeg']], '#other');
  assert.equal(await page.evaluate(() => cutout().state), 'empty');
});

test('a label opens the file chooser, and names the element', async () => {
  await show('<label for="c">Product photo</label><gossamer-cutout id="c"></gossamer-cutout>');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Product photo').click()]);
  assert.ok(!chooser.isMultiple());
  assert.deepEqual(await named('group'), ['Product photo']);
});

test('src: the photo is shown, the visitor starts, and nothing heavy comes before', async () => {
  copy.add('photos/red shoe.png', pictures.path('slim.png'));
  await site.forget();
  await show('<gossamer-cutout src="photos/red%20shoe.png"></gossamer-cutout>');
  await state('ready');
  await page.getByRole('img', { name: 'The original photo' }).waitFor();
  assert.deepEqual((await site.requests()).filter(({ path }) => HEAVY.test(path)), []);
  await page.getByRole('button', { name: 'Remove the background' }).click();
  await state('done');
  assert.equal(await page.evaluate(() => cutout().value?.name), 'red shoe-cutout.png');
  await page.evaluate(() => cutout().reset());
  await state('ready');
  await page.evaluate(() => cutout().removeAttribute('src'));
  await state('empty');
});

test('src that can’t be had is an error with a code', async () => {
  await show('<gossamer-cutout src="photos/none.png"></gossamer-cutout>');
  await listen();
  await page.getByRole('button', { name: 'Remove the background' }).click();
  await state('failed');
  const [error] = (await told()).filter(({ type }) => type === 'error');
  assert.equal(error?.detail.code, 'source-unreachable');
  await page.getByText('The photo could not be loaded.').first().waitFor();
});

// --- attributes --------------------------------------------------------------------------------------------------

test('attributes reach the engine, and one that can’t be counts as its default', async () => {
  await show();
  /** @type {[Record<string, string>, Partial<typeof DEFAULTS>][]} */
  const cases = [
    [{}, {}],
    [{ output: 'jpeg', background: ' white ' }, { type: 'jpeg', background: 'white' }],
    [{ output: 'WebP', subject: 'person' }, { type: 'webp', subject: 'person' }],
    [{ output: 'alpha', subject: 'object', crop: 'subject' }, { type: 'alpha', subject: 'object', crop: 'subject' }],
    [{ backend: ' WebGL' }, { backend: 'webgl' }],
    [{ output: 'exe', subject: 'ghost', crop: 'everything', background: ' ', backend: 'abacus' }, {}],
  ];
  for (const [attributes, expected] of cases) {
    const wishes = await page.evaluate(async (given) => {
      for (const name of ['output', 'background', 'subject', 'crop', 'backend']) cutout().removeAttribute(name);
      for (const [name, value] of Object.entries(given)) cutout().setAttribute(name, value);
      await cutout().remove(new File([], 'a.png'));
      return fake.calls.at(-1)?.wishes;
    }, attributes);
    const { output, ...others } = wishes ?? {};
    assert.deepEqual({ ...others, ...output }, { ...DEFAULTS, ...expected });
  }
});

test('attributes and properties reflect each other', async () => {
  await show();
  const reflected = await page.evaluate(() => {
    const element = cutout();
    Object.assign(element, { src: 'a.png', output: 'webp', background: 'red', subject: 'person', crop: 'subject',
      backend: 'wasm', name: 'n', disabled: true, required: true, lang: 'de' });
    const names = element.getAttributeNames().sort();
    const values = names.map((name) => element.getAttribute(name));
    const read = [element.src, element.output, element.background, element.subject, element.crop, element.backend,
      element.name, element.disabled, element.required, element.lang];
    return { names, values, read };
  });
  assert.deepEqual(reflected.names,
    ['backend', 'background', 'crop', 'disabled', 'id', 'lang', 'name', 'output', 'required', 'src', 'subject']);
  assert.deepEqual(reflected.values, ['wasm', 'red', 'subject', '', 'it', 'de', 'n', 'webp', '', 'a.png', 'person']);
  assert.deepEqual(reflected.read,
    [`${site.url}a.png`, 'webp', 'red', 'person', 'subject', 'wasm', 'n', true, true, 'de']);
});

test('an element that is upgraded late has its attributes, and a property set before is not lost', async () => {
  copy.write('late.html', '<!doctype html><html lang="en"><title>.</title><gossamer-cutout id="it" required></gossamer-cutout>');
  await page.goto(`${site.url}late.html`);
  await page.evaluate(() => import(new URL('gossamer-element.js', document.baseURI).href));
  assert.equal(await page.evaluate(() => document.querySelector('gossamer-cutout')?.validity.valueMissing), true);
});

// --- results, errors, methods ------------------------------------------------------------------------------------

test('events: loadstart, progress, result; bytes and stages in words meanwhile', async () => {
  await show();
  await listen();
  await choose('slow.png', slim);
  await page.getByText('Getting ready: 2.5 of 10.0\u00a0MB').waitFor();
  assert.equal(await page.evaluate(() => cutout().state), 'working');
  await page.evaluate(() => fake.go());
  await state('done');
  const events = await told();
  assert.deepEqual(order(events), ['loadstart', 'progress', 'result', 'input', 'change']);
  const { detail } = events.find(({ type }) => type === 'result') ?? {};
  assert.deepEqual([detail?.width, detail?.height, detail?.file], [40, 30, 'slow-cutout.png']);
  assert.ok(await page.evaluate(() => cutout().result?.file === cutout().value && cutout().photo instanceof File));
});

test('a failure says so, keeps its code for the page, and can be tried again', async () => {
  await show();
  await listen();
  await choose('fail-worker-died.png', slim);
  await state('failed');
  const error = (await told()).find(({ type }) => type === 'error');
  assert.deepEqual([error?.detail.code, error?.detail.retryable], ['worker-died', true]);
  await page.getByText('There was not enough memory.').first().waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await state('done');
});

test('an unsure result asks to be looked at', async () => {
  await show();
  await choose('unsure.png', slim);
  await page.getByText('the subject was hard to tell').first().waitFor();
});

test('remove(blob) gives the result, remove() leaves the document', async () => {
  await show();
  const [name, type, code] = await page.evaluate(async () => {
    const result = await cutout().remove(new File([], 'cup.tiff'));
    const refused = await cutout().remove(/** @type {any} */ ('cup.tiff')).catch((error) => error.code);
    return [result.file.name, result.blob.type, refused];
  });
  assert.deepEqual([name, type], ['cup-cutout.png', 'image/png']);
  assert.equal(code, 'source-type');
  const gone = await page.evaluate(() => {
    const element = cutout();
    const answer = element.remove();
    return [answer, element.isConnected];
  });
  assert.deepEqual(gone, [undefined, false]);
});

test('remove(blob) works on an element that is nowhere in the document', async () => {
  await show();
  const width = await page.evaluate(async () => (
    (await document.createElement('gossamer-cutout').remove(new File([], 'a.png'))).width
  ));
  assert.equal(width, 40);
});

test('another photo replaces one that is worked on, whose promise is rejected as aborted', async () => {
  await show();
  const outcome = await page.evaluate(async () => {
    const first = cutout().remove(new File([], 'slow.png')).catch(({ code, name }) => `${code} ${name}`);
    const second = await cutout().remove(new File([], 'second.png'));
    return [await first, second.file.name, cutout().value?.name];
  });
  assert.deepEqual(outcome, ['aborted AbortError', 'second-cutout.png', 'second-cutout.png']);
});

for (const way of ['button', 'Escape', 'method', 'leaving']) {
  test(`working is cancelled by ${way}`, async () => {
    await show();
    await listen();
    await choose('slow.png', slim);
    await state('working');
    await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
    if (way === 'button') await page.getByRole('button', { name: 'Cancel' }).click();
    else if (way === 'Escape') await page.keyboard.press('Escape'); // the focus has gone to Cancel
    else if (way === 'method') await page.evaluate(() => cutout().cancel());
    else await page.evaluate(() => cutout().remove());
    await page.waitForFunction(() => seen.some(({ type }) => type === 'abort'));
    assert.equal(await page.evaluate(() => cutout().state), 'empty');
    assert.ok(!(await told()).some(({ type }) => ['error', 'result'].includes(type)));
    if (way !== 'leaving') await page.getByText('Cancelled.').first().waitFor();
  });
}

test('the visitor replaces and removes a photo', async () => {
  await show();
  await choose('a.png', slim);
  await state('done');
  await page.getByRole('button', { name: 'Replace' }).waitFor();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Replace' }).click(),
  ]);
  await chooser.setFiles({ name: 'b.png', mimeType: 'image/png', buffer: slim });
  await page.waitForFunction(() => cutout().value?.name === 'b-cutout.png');
  await listen();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await state('empty');
  assert.equal(await page.evaluate(() => cutout().value), null);
  assert.deepEqual(order(await told()), ['input', 'change']);
});

test('before and after: a slider that works by keyboard, where the two fit over each other', async () => {
  await show();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(0, 0, 40, 30);
    await cutout().remove(new File([await canvas.convertToBlob()], 'a.png'));
  });
  const slider = page.getByRole('slider', { name: 'Before and after' });
  await slider.focus();
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => inside('.stage').style.getPropertyValue('--_split')), '100%');
  await page.keyboard.press('ArrowLeft');
  assert.match(await page.evaluate(() => inside('.stage').style.getPropertyValue('--_split')), /0\.99/);
  await page.evaluate(() => cutout().remove(new File([], 'not shown.tiff')));
  await state('done');
  assert.ok(!await slider.isVisible());
});

test('a photo that claims more pixels than the engine takes is not decoded by the page around', async () => {
  await show();
  const shown = await page.evaluate(async (letters) => {
    const decode = globalThis.createImageBitmap;
    /** @type {unknown[]} */
    const decoded = [];
    globalThis.createImageBitmap = (/** @type {any} */ picture, /** @type {any[]} */ ...rest) => {
      decoded.push(picture);
      return decode(picture, ...rest);
    };
    const bytes = Uint8Array.from(letters);
    const harmless = new File([bytes], 'a.png');
    await cutout().remove(harmless);
    const first = decoded.includes(harmless);
    new DataView(bytes.buffer).setUint32(16, 1_000_000);
    const huge = new File([bytes], 'fail-input-too-large.png');
    const code = await cutout().remove(huge).catch((/** @type {{ code: string }} */ error) => error.code);
    const canvas = /** @type {HTMLCanvasElement} */ (inside('.original'));
    return { first, code, huge: decoded.includes(huge), width: canvas.width };
  }, [...slim]);
  assert.deepEqual(shown, { first: true, code: 'input-too-large', huge: false, width: 1 });
});

test('how many pixels a file claims is what the browser makes of it, and nothing where it does not say', async () => {
  await show();
  const given = await Promise.all(CLAIMING.map((name) => pictures.bytes(name)));
  const verdicts = await page.evaluate(async (files) => {
    const { claimedPixels } = await import(new URL('element/claim.js', location.href).href);
    const canvas = new OffscreenCanvas(37, 91);
    const context = canvas.getContext('2d', { alpha: true });
    context?.fillRect(5, 5, 20, 20);
    const made = [];
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) made.push(await canvas.convertToBlob({ type }));
    made.push(await canvas.convertToBlob({ type: 'image/webp', quality: 1 }));
    context?.fillRect(0, 0, 37, 91);
    made.push(await canvas.convertToBlob({ type: 'image/webp', quality: 0.5 }));
    const blobs = [...made, ...files.map((letters) => new Blob([Uint8Array.from(letters)]))];
    const wrong = [];
    for (const blob of blobs) {
      const { width, height } = await createImageBitmap(blob);
      const claimed = await claimedPixels(blob);
      if (claimed !== width * height) wrong.push([claimed, width, height]);
    }
    const others = ['', 'x', 'GIF89a\u0001\u0000\u0001\u0000', '<svg width="9" height="9"/>', '\xff\xd8\xff'];
    const silent = await Promise.all(others.map((text) => claimedPixels(new Blob([text]))));
    const cut = await Promise.all(blobs.flatMap((blob) => [1, 2, 3, 11, 15, 19].map((length) => (
      claimedPixels(blob.slice(0, length))
    ))));
    return { wrong, count: blobs.length, silent: [...new Set([...silent, ...cut])] };
  }, given.map((bytes) => [...bytes]));
  assert.deepEqual(verdicts, { wrong: [], count: 5 + CLAIMING.length, silent: [null] });
});

test('the cut-out is downloaded under a harmless name', async () => {
  await show();
  for (const [given, expected] of [
    ['IMG 12.heic', 'IMG 12-cutout.png'], ['../../etc/passwd', '....etcpasswd'], ['', 'photo-cutout.png'],
    ['gpj\u202eexe.png', 'gpjexe-cutout.png'], [`${'n'.repeat(500)}.png`, `${'n'.repeat(100)}-cutout.png`],
    ['<b>"x"|y?.png', 'bxy-cutout.png'],
  ]) {
    const name = await page.evaluate((photoName) => (
      cutout().remove(new File([], photoName)).then(({ file }) => file.name)
    ), given ?? '');
    if (given?.startsWith('..')) assert.doesNotMatch(name, /^\.|[/\\]/);
    else assert.equal(name, expected);
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'bxy-cutout.png');
  const [saved] = await decodePictures(await readFile(await download.path()));
  assert.deepEqual([saved?.width, saved?.height], [40, 30]);
});

// --- forms -------------------------------------------------------------------------------------------------------

test('a form gets the cut-out as a file under its name, and nothing while there is none', async () => {
  await show(`<form id="f"><gossamer-cutout name="photo" output="jpeg"></gossamer-cutout>
    <gossamer-cutout name="photo"></gossamer-cutout><gossamer-cutout></gossamer-cutout></form>`);
  const entries = () => page.evaluate(() => (
    [...new FormData(/** @type {HTMLFormElement} */ (document.getElementById('f')))]
      .map(([name, value]) => [name, value instanceof File ? value.name : value, value instanceof File ? value.type : ''])
  ));
  assert.deepEqual(await entries(), []);
  await page.evaluate(() => Promise.all([...document.querySelectorAll('gossamer-cutout')].map((one, index) => (
    one.remove(new File([], `${index}.png`))
  ))));
  assert.deepEqual(await entries(), [
    ['photo', '0-cutout.jpg', 'image/jpeg'], ['photo', '1-cutout.png', 'image/png'],
  ]);
  assert.equal(await page.evaluate(() => cutout().form?.id), 'f');
  await page.evaluate(() => /** @type {HTMLFormElement} */ (document.getElementById('f')).reset());
  assert.deepEqual(await entries(), []);
  assert.equal(await page.evaluate(() => cutout().state), 'empty');
});

test('required: the form is not sent without a cut-out, nor before it is ready', async () => {
  await show('<form id="f"><gossamer-cutout required name="photo"></gossamer-cutout><button>Send</button></form>');
  await page.evaluate(() => document.addEventListener('submit', (event) => {
    event.preventDefault();
    document.title = 'sent';
  }));
  const message = () => page.evaluate(() => cutout().validationMessage);
  const send = page.getByRole('button', { name: 'Send' });
  await send.click();
  assert.equal(await message(), 'Please add a photo.');
  assert.ok(await page.evaluate(() => cutout().validity.valueMissing && cutout().matches(':invalid')));
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'gossamer-cutout', 'is shown to the visitor');
  await choose('slow.png', slim);
  await state('working');
  await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
  await send.click();
  assert.equal(await message(), 'Please wait until the cut-out is ready.');
  assert.notEqual(await page.title(), 'sent');
  await page.evaluate(() => fake.go());
  await state('done');
  assert.ok(await page.evaluate(() => cutout().checkValidity() && cutout().reportValidity() && cutout().willValidate));
  await send.click();
  await page.waitForFunction(() => document.title === 'sent');
  await page.evaluate(() => cutout().setCustomValidity('Too dark.'));
  assert.equal(await message(), 'Too dark.');
});

for (const [how, html] of Object.entries({
  'an attribute': '<gossamer-cutout id="c" name="p" disabled></gossamer-cutout>',
  'a fieldset around': '<form><fieldset id="c" disabled><gossamer-cutout name="p"></gossamer-cutout></fieldset></form>',
})) {
  test(`disabled by ${how}: nothing can be done, and then it can`, async () => {
    await show(html);
    const button = page.getByRole('button', { name: 'Choose a photo' });
    assert.ok(await button.isDisabled());
    assert.ok(await page.evaluate(() => cutout().matches(':disabled, :state(disabled)') && !cutout().willValidate));
    await page.evaluate(() => document.getElementById('c')?.removeAttribute('disabled'));
    assert.ok(await button.isEnabled());
  });
}

test('moved in the document, it keeps its photo and belongs to its new form', async () => {
  await show('<form id="a"><gossamer-cutout name="p"></gossamer-cutout></form><form id="b"></form>');
  await choose('slow.png', slim);
  await state('working');
  await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
  await page.evaluate(() => document.getElementById('b')?.append(cutout()));
  await page.evaluate(() => fake.go());
  await state('done');
  assert.deepEqual(await page.evaluate(() => ['a', 'b'].map((id) => (
    [...new FormData(/** @type {HTMLFormElement} */ (document.getElementById(id))).keys()]
  ))), [[], ['p']]);
});

test('in another document, it keeps its looks', async () => {
  await show('<iframe id="frame"></iframe><gossamer-cutout></gossamer-cutout>');
  const [display, sheets] = await page.evaluate(() => {
    const frame = /** @type {HTMLIFrameElement} */ (document.getElementById('frame'));
    const element = cutout();
    frame.contentDocument?.body.append(element);
    const stage = element.shadowRoot?.querySelector('.stage');
    return [stage && frame.contentWindow?.getComputedStyle(stage).display, element.shadowRoot?.adoptedStyleSheets.length];
  });
  assert.deepEqual([display, sheets], ['grid', 1]);
});

test('what the browser restores after going back is the cut-out', async () => {
  await show('<form><gossamer-cutout name="p"></gossamer-cutout></form>');
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4, 4);
    canvas.getContext('2d');
    cutout().formStateRestoreCallback(new File([await canvas.convertToBlob()], 'kept.png', { type: 'image/png' }));
  });
  await state('done');
  assert.equal(await page.evaluate(() => {
    const file = new FormData(/** @type {HTMLFormElement} */ (document.querySelector('form'))).get('p');
    return file instanceof File && file.name;
  }), 'kept.png');
});

// --- words, looks, accessibility ---------------------------------------------------------------------------------

for (const [lang, text, direction] of [
  ['en-GB', 'Choose a photo', 'ltr'], ['de-AT', 'Foto auswählen', 'ltr'], ['fr', 'Choisir une photo', 'ltr'],
  ['es', 'Elegir una foto', 'ltr'], ['ar', 'اختيار صورة', 'rtl'], ['tlh', 'Choose a photo', 'ltr'],
]) {
  test(`lang="${lang}": “${text}”, ${direction}`, async () => {
    await site.forget();
    await show(`<gossamer-cutout lang="${lang}"></gossamer-cutout>`);
    await page.getByRole('button', { name: text ?? '' }).waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(inside('.box')).direction), direction);
    const files = (await site.requests()).map(({ path }) => path).filter((path) => path.includes('/words/'));
    assert.ok(files.length <= 2 && files.includes('/element/words/en.js'), files.join());
  });
}

test('the language is that of the surroundings, and follows the document', async () => {
  await show('<div lang="fr"><gossamer-cutout></gossamer-cutout></div>');
  await page.getByRole('button', { name: 'Choisir une photo' }).waitFor();
  await page.evaluate(() => document.querySelector('div')?.removeAttribute('lang'));
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'es'));
  await page.getByRole('button', { name: 'Elegir una foto' }).waitFor();
  assert.equal(await page.evaluate(() => { cutout().required = true; return cutout().validationMessage; }), 'Añada una foto.');
});

test('every language has a place for the same values', async () => {
  const folder = join(ROOT, 'web/element/words');
  const places = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  const load = async (/** @type {string} */ name) => (
    /** @type {Record<string, string>} */ ((await import(pathToFileURL(join(folder, name)).href)).words)
  );
  const english = await load('en.js');
  const others = readdirSync(folder).filter((name) => name !== 'en.js');
  assert.equal(others.length, 4);
  for (const name of others) {
    const words = await load(name);
    for (const [key, text] of Object.entries(english)) {
      assert.equal(places(words[key] ?? ''), places(text), `${name}: ${key}`);
      assert.ok(words[key]?.trim(), `${name}: ${key}`);
    }
    assert.ok(gzipSync(readFileSync(join(folder, name))).length < 1_500, name);
  }
});

test('slots, parts and custom properties', async () => {
  copy.write('looks.css', `gossamer-cutout { --gossamer-accent: rgb(1 2 3); --gossamer-aspect: 2; }
    gossamer-cutout::part(choose) { border-radius: 17px; }
    gossamer-cutout:state(empty)::part(stage) { border-style: dotted; }`);
  await show(`<gossamer-cutout><b slot="label">Your cat</b><i slot="hint">Any cat</i><u slot="placeholder">Cat</u>
    <s slot="note">None of ours</s></gossamer-cutout>`, site.url, copy, '<link rel="stylesheet" href="looks.css">');
  const button = page.getByRole('button', { name: 'Your cat' });
  await button.waitFor();
  for (const text of ['Any cat', 'Cat', 'None of ours']) await page.getByText(text, { exact: true }).waitFor();
  const looks = await button.evaluate((element) => {
    const style = getComputedStyle(element);
    const stage = element.closest('.stage');
    const box = stage?.getBoundingClientRect();
    return [style.borderRadius, style.backgroundColor, stage && getComputedStyle(stage).borderTopStyle,
      Math.round(10 * (box?.width ?? 0) / (box?.height ?? 1))];
  });
  assert.deepEqual(looks, ['17px', 'rgb(1, 2, 3)', 'dotted', 20]);
});

test('it is dark only where the page around is', async () => {
  const colour = () => page.evaluate(() => getComputedStyle(inside('.stage')).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await show();
  assert.equal(await colour(), 'rgb(246, 246, 244)');
  await page.evaluate(() => { document.documentElement.style.colorScheme = 'light dark'; });
  assert.equal(await colour(), 'rgb(30, 31, 31)');
});

test('everything by keyboard: the focus is never lost, stages are read out', async () => {
  await show('<gossamer-cutout></gossamer-cutout>');
  const focused = () => page.evaluate(() => cutout().shadowRoot?.activeElement?.textContent);
  const spoken = () => page.evaluate(() => inside('[role=status]').textContent);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Choose a photo');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles({ name: 'slow.png', mimeType: 'image/png', buffer: slim });
  await state('working');
  assert.equal(await focused(), 'Cancel');
  await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
  assert.equal(await spoken(), 'Getting ready…', 'without bytes, which would be read out without end');
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
  await page.evaluate(() => fake.go());
  await state('done');
  assert.equal(await focused(), 'Download');
  assert.equal(await spoken(), 'The background is removed.');
  await page.getByRole('img', { name: 'The photo without its background' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Remove');
  await page.keyboard.press('Enter');
  await state('empty');
  assert.equal(await focused(), 'Choose a photo');
});

test('a visitor who is elsewhere on the page is not called back', async () => {
  await show('<gossamer-cutout></gossamer-cutout><input id="other">');
  await page.evaluate(() => { void cutout().remove(new File([], 'slow.png')); });
  await page.locator('#other').focus();
  await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
  await page.evaluate(() => fake.go());
  await state('done');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'other');
});

test('nothing below it moves from the start of a run to its end', async () => {
  await show('<gossamer-cutout></gossamer-cutout><hr>');
  await choose('slow.png', slim);
  await state('working');
  const place = () => page.evaluate(() => document.querySelector('hr')?.getBoundingClientRect().top);
  const before = await place();
  await page.waitForFunction(() => globalThis.fake?.calls.length === 1);
  await page.evaluate(() => fake.go());
  await state('done');
  assert.equal(await place(), before);
  assert.deepEqual(complaints, []);
});

test('photos that the browser can’t show are cut out none the less', async () => {
  await show();
  await choose('scan.tiff', Buffer.from('II*\0'));
  await state('done');
});

test('the same module loaded twice defines the element once', async () => {
  await show();
  await page.evaluate(() => import(`${document.baseURI.replace(/[^/]*$/, '')}gossamer-element.js?again`));
  assert.deepEqual(complaints, []);
});

// --- helpers -----------------------------------------------------------------------------------------------------

/** Open a page around some HTML, and wait until the element is there. */
async function show(html = '<gossamer-cutout id="it"></gossamer-cutout>', url = site.url, folder = copy, head = '') {
  pages += 1;
  const script = '<script type="module" src="gossamer-element.js"></script>';
  const icon = '<link rel="icon" href="data:,">';
  folder.write(`page-${pages}.html`, `<!doctype html><html lang="en"><title>.</title>${icon}${head}${script}${html}`);
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      cutout: () => document.querySelector('gossamer-cutout')
        ?? document.querySelector('iframe')?.contentDocument?.querySelector('gossamer-cutout') ?? last,
      inside: (/** @type {string} */ selector) => cutout().shadowRoot?.querySelector(selector),
    });
    /** It may have left the document. @type {Element | null} */
    let last = null;
    addEventListener('load', () => { last = document.querySelector('gossamer-cutout'); });
  });
  await page.goto(`${url}page-${pages}.html`);
  await page.waitForFunction(() => customElements.get('gossamer-cutout') !== undefined);
}

/** @param {string} name @param {Buffer} buffer */
async function choose(name, buffer) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.evaluate(() => {
      inside('[part~=choose]').focus();
      inside('[part~=choose]').click();
    }),
  ]);
  await chooser.setFiles({ name, mimeType: 'image/png', buffer });
}

/** @param {string} wanted */
async function state(wanted) {
  await page.waitForFunction((one) => cutout().state === one, wanted);
  assert.ok(await page.evaluate((one) => cutout().matches(`:state(${one})`), wanted), 'CSS sees it too');
}

/**
 * @param {'drop' | 'paste'} way
 * @param {[name: string, type: string][]} files
 * @param {string} [selector]
 */
async function bring(way, files, selector = 'gossamer-cutout') {
  await page.evaluate(([how, listed, target]) => {
    const data = new DataTransfer();
    for (const [name, type] of listed) data.items.add(new File(['x'], name, { type }));
    const options = { bubbles: true, cancelable: true, composed: true };
    const event = how === 'drop' ? new DragEvent('drop', { ...options, dataTransfer: data })
      : new ClipboardEvent('paste', { ...options, clipboardData: data });
    document.querySelector(target)?.dispatchEvent(event);
  }, /** @type {const} */ ([way, files, selector]));
}

async function listen() {
  await page.evaluate((types) => {
    globalThis.seen = [];
    for (const type of types) {
      cutout().addEventListener(type, (event) => {
        const { detail = {} } = /** @type {CustomEvent} */ (event);
        const { stage, done, total, unit, fraction, code, retryable, width, height, file } = detail;
        seen.push({ type, detail: { stage, done, total, unit, fraction, code, retryable, width, height, file: file?.name } });
      });
    }
  }, EVENTS);
}

const told = () => page.evaluate(() => globalThis.seen);

/** Types of events, each run of the same type as one. @param {{ type: string }[]} events */
function order(events) {
  return events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
}

/** The names of all elements of a role, as the browser tells them to a screen reader. @param {string} role */
async function named(role) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter((node) => !node.ignored && node.role?.value === role).map(({ name }) => name?.value);
}

/** @param {string} name */
async function submitted(name) {
  const letters = await page.evaluate(async (key) => {
    const file = new FormData(/** @type {HTMLFormElement} */ (document.querySelector('form'))).get(key);
    const bytes = new Uint8Array(file instanceof File ? await file.arrayBuffer() : []);
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }, name);
  return Buffer.from(letters, 'latin1');
}
