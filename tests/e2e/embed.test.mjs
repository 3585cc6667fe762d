/**
 * The element on other people's sites, each on a port of its own: works there under the strictest policy, uses threads
 * without asking the site for anything, is refused where the list says so; and its engine heeds nobody else's messages.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { fiveLines, startEmbedder } from '../support/embedder.mjs';
import { DIST, ROOT, SUPPORT } from '../support/paths.mjs';
import { untilControlled } from '../support/offline.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';
import { cutFile, openPage } from '../support/tool.mjs';

/** @import { Page } from 'playwright-core' */

const ELEMENT = /^\/(gossamer-element\.js|element\/|favicon\.ico)/;
/** As the element says it. */
const CONNECT = only(/export const CONNECT = '(.+)';/, join(ROOT, 'web/element/messages.js'));

const browser = await launchBrowser();
const pictures = await Pictures.make(['slim.png']);
const slim = await pictures.bytes('slim.png');

/** @type {Record<string, import('../support/embedder.mjs').Page>} */
const pages = {};
const embedder = await startEmbedder(pages);
const stranger = await startEmbedder(pages); // the same pages, but an origin that the list lacks

const open = new SiteCopy();
open.write('embed.json', JSON.stringify({ allow: [embedder.origin] }));
const site = await startServer({ folder: open.folder });
const { origin } = new URL(site.url);
/** As a host that sends no header of ours but what a module from another site must have. */
const bare = await startServer({
  folder: open.folder,
  isolation: false,
  without: ['Content-Security-Policy', 'Cross-Origin-Resource-Policy'],
});

/** With an engine of a few lines. */
const faking = new SiteCopy();
faking.write('embed.json', JSON.stringify({ allow: [embedder.origin] }));
faking.write('gossamer.js', readFileSync(join(SUPPORT, 'fake-engine.js'), 'utf8').replace('../../web/', './'));
const fakeSite = await startServer({ folder: faking.folder });

const strict = documentedPolicy(origin);
pages.lines = { html: fiveLines(site.url) };
pages.strict = {
  html: readFileSync(join(DIST, 'demos/strict.html'), 'utf8').replace('../gossamer-element.js', `${site.url}gossamer-element.js`),
  headers: { 'Content-Security-Policy': strict },
};
pages.wishes = {
  html: fiveLines(fakeSite.url, `<gossamer-cutout output="jpeg" background="white" subject="object" crop="subject"
    backend="webgl"></gossamer-cutout>`),
};
pages.frameless = { html: fiveLines(site.url), headers: { 'Content-Security-Policy': `default-src 'none'; script-src ${origin}` } };
pages.bare = { html: fiveLines(bare.url) };
pages.isolated = {
  html: fiveLines(site.url),
  headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
};
pages.frame = { html: `<!doctype html><html lang="en"><title>.</title><iframe src="${site.url}embed.html"></iframe>` };
pages.bareframe = { html: `<!doctype html><html lang="en"><title>.</title><iframe src="${bare.url}embed.html"></iframe>` };
pages.blank = { html: '<!doctype html><html lang="en"><title>.</title>' };

after(async () => {
  await browser.close();
  await Promise.all([site, bare, fakeSite, embedder, stranger].map((one) => one.stop()));
});

test('under the documented policy the strict demo works, on threads, and loads nothing heavy before its start', async () => {
  await site.forget();
  const { page, complaints } = await openAt(`${embedder.url}strict`);
  await page.waitForTimeout(500); // for what should not come
  const early = (await site.requests()).map(({ path }) => path);
  assert.ok(early.length > 3);
  assert.deepEqual(early.filter((path) => !ELEMENT.test(path)), []);
  assert.equal(page.frames().length, 1, 'no frame yet');

  const file = await cut(page);
  const engine = page.frames()[1];
  assert.equal(engine?.url(), `${site.url}embed.html`);
  assert.equal(await page.evaluate(() => crossOriginIsolated), false, 'nothing is asked of the site around');
  assert.equal(await engine?.evaluate(() => crossOriginIsolated), true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  assert.equal(threads(page), Math.min(cores, 8) - 1);
  assert.equal(await frameIsSeen(page), false);
  assert.deepEqual(complaints, []);

  const own = await openPage(browser, site.url);
  const { file: expected } = await cutFile(own, slim, { subject: 'person' });
  assert.ok(expected.equals(file), 'the same cut-out as on the own site');
  await own.close();

  // A second photo uses the same engine, the element as it was.
  await site.forget();
  await cut(page);
  assert.equal(page.frames().length, 2);
  assert.deepEqual((await site.requests()).filter(({ path }) => !path.startsWith('/favicon')), []);
  await page.close();
});

test('attributes reach the engine in the frame', async () => {
  const { page } = await openAt(`${embedder.url}wishes`);
  await cut(page);
  const wishes = await page.frames()[1]?.evaluate(() => fake.calls.at(-1)?.wishes);
  assert.deepEqual(wishes, {
    subject: 'object', backend: 'webgl', output: { type: 'jpeg', background: 'white', crop: 'subject' },
  });
  await page.close();
});

test('every request of an embedding page goes to itself or to the site with the element', async () => {
  const context = await browser.newContext();
  /** @type {string[]} */
  const asked = [];
  context.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).origin}`));
  const { page } = await openAt(`${embedder.url}lines`, context);
  await cut(page);
  assert.deepEqual([...new Set(asked)].sort(), [`GET ${embedder.origin}`, `GET ${origin}`].sort());
  await context.close();
});

test('without a header from either side it works as well, on one thread', async () => {
  const headers = (await fetch(`${bare.url}embed.html`)).headers;
  assert.equal(headers.get('Document-Isolation-Policy'), null);
  const { page, complaints } = await openAt(`${embedder.url}bare`);
  await cut(page);
  assert.equal(await page.frames()[1]?.evaluate(() => crossOriginIsolated), false);
  assert.equal(threads(page), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('on a page that is isolated itself it works too', async () => {
  const { page, complaints } = await openAt(`${embedder.url}isolated`);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  await cut(page);
  assert.ok(threads(page) >= 0);
  assert.equal(await page.frames()[1]?.evaluate(() => crossOriginIsolated), true);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('an origin that is not on the list is refused, by the page itself where there are no headers', async () => {
  await bare.forget();
  const { page } = await openAt(`${stranger.url}bare`);
  assert.equal(await failing(page), 'embed-refused');
  await page.getByText('This tool is not available on this site.').first().waitFor();
  assert.equal(page.frames().length, 1, 'the frame is gone');
  assert.ok(!(await bare.requests()).some(({ path }) => path.startsWith('/gossamer.js')), 'no engine was loaded for it');
  await page.close();
});

test('and by the header frame-ancestors where there is one', async () => {
  const { page } = await openAt(`${stranger.url}lines`);
  assert.equal(await failing(page), 'embed-unreachable');
  await page.close();
});

test('dist/ as it is built lets nobody else in', async () => {
  const built = await startServer();
  const policy = (await fetch(`${built.url}embed.html`)).headers.get('Content-Security-Policy');
  assert.match(policy ?? '', /frame-ancestors 'self'$/);
  assert.deepEqual(await (await fetch(`${built.url}embed.json`)).json(), { allow: [] });
  await built.stop();
});

test('a policy without frame-src is an error that names the cure, and the next start tries again', async () => {
  const { page } = await openAt(`${embedder.url}frameless`);
  assert.equal(await failing(page), 'embed-unreachable');
  assert.match(await page.evaluate(() => globalThis.seen.at(-1)?.detail.advice + ''), /frame-src/);
  assert.equal(page.frames().length, 1);
  await page.close();
});

test('cancelled in the frame too; a frame that is taken away is an error, and then comes anew', async () => {
  const { page } = await openAt(`${embedder.url}lines`);
  await cut(page);
  const outcome = await page.evaluate(async (letters) => {
    const photo = new File([Uint8Array.from(letters)], 'a.png');
    const cancelled = cutout().remove(photo).catch(({ code }) => code);
    cutout().cancel();
    const told = [await cancelled];
    const started = new Promise((resolve) => { cutout().addEventListener('progress', resolve, { once: true }); });
    const orphan = cutout().remove(photo).catch(({ code }) => code);
    await started;
    document.querySelector('iframe')?.remove();
    told.push(await Promise.race([orphan, new Promise((resolve) => { setTimeout(resolve, 30_000, 'hangs'); })]));
    return [...told, (await cutout().remove(photo)).file.name];
  }, [...slim]);
  assert.deepEqual(outcome, ['aborted', 'embed-unreachable', 'a-cutout.png']);
  await page.close();
});

// --- hostile messages --------------------------------------------------------------------------------------------

test('a message that is no handshake, or comes from the wrong window, opens nothing', async () => {
  await site.forget();
  const { page } = await openAt(`${embedder.url}frame`);
  const answers = await page.evaluate(async ([target, connect]) => {
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    let answered = 0;
    const channel = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { answered += 1; };
      return port2;
    };
    const big = 'x'.repeat(1 << 24);
    const messages = [null, 7, 'hello', [], {}, { type: 'connect' }, { type: `${connect}x` }, { type: [connect] },
      { type: big }, new Map([['type', connect]]), { TYPE: connect }];
    for (const message of messages) frame.contentWindow?.postMessage(message, target, [channel()]);
    frame.contentWindow?.postMessage({ type: connect }, target); // without a port
    frame.contentWindow?.postMessage({ type: connect }, target, [channel(), channel()]);
    // A frame beside it, of the very same allowed origin, is not the page around.
    const beside = document.createElement('iframe');
    beside.src = 'blank';
    await new Promise((resolve) => { beside.onload = resolve; document.body.append(beside); });
    const other = /** @type {typeof globalThis} */ (/** @type {unknown} */ (beside.contentWindow));
    Object.assign(other, { port: channel() });
    other.Function(`parent.frames[0].postMessage({ type: '${connect}' }, '${target}', [port])`)();
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    return answered;
  }, /** @type {const} */ ([origin, CONNECT]));
  assert.equal(answers, 0);
  assert.deepEqual((await site.requests()).filter(({ path }) => path === '/embed.json'), [], 'it did not even look');
  await page.close();
});

test('a page of another origin gets a refusal and no work, whatever it sends over its port', async () => {
  await bare.forget();
  const { page } = await openAt(`${stranger.url}bareframe`);
  const answers = await connectAnd(page, bare.url, (port) => {
    for (const id of [1, 2, 3]) port.postMessage(call(id));
  });
  assert.deepEqual(answers, [{ type: 'refused' }]);
  assert.ok(!(await bare.requests()).some(({ path }) => /^\/(assets\.json|runtime|models|workers)/.test(path)));
  await page.close();
});

test('the list means whole origins; the star means every site, but no page without an origin', async () => {
  const page = await openPage(browser, site.url);
  const verdicts = await page.evaluate(async () => {
    const { allows } = await import(new URL('embed/allowed.js', document.baseURI).href);
    const own = location.origin;
    const shop = 'https://shop.example';
    return [
      allows([], own), allows([shop], shop), allows(['*'], shop), allows(['*'], 'http://127.0.0.1:1'),
      allows([], shop), allows([shop], `${shop}.evil.example`), allows([shop], 'http://shop.example'),
      allows([shop], `${shop}:8443`), allows(['https://'], shop), allows(['*'], 'null'), allows(['null'], 'null'),
      allows(['*'], 'file://'), allows(['*'], ''),
    ];
  });
  assert.deepEqual(verdicts, [true, true, true, true, ...Array.from({ length: 9 }, () => false)]);
  await page.close();
});

test('a list that is missing or broken allows nobody', async () => {
  const copy = new SiteCopy();
  const broken = await startServer({ folder: copy.folder });
  const page = await openPage(browser, broken.url);
  const read = () => page.evaluate(async () => {
    const { fetchAllowed } = await import(new URL('embed/allowed.js', document.baseURI).href);
    return fetchAllowed();
  });
  for (const text of ['', 'null', '[]', '{"allow": "*"}', '{"allow": [7, null, ["*"]]}', '{"allow": {"0": "*"}}']) {
    copy.write('embed.json', text);
    assert.deepEqual(await read(), [], text);
  }
  copy.remove('embed.json');
  assert.deepEqual(await read(), []);
  copy.write('embed.json', '{"allow": ["https://shop.example"]}');
  assert.deepEqual(await read(), ['https://shop.example']);
  await page.close();
  await broken.stop();
});

test('a list that was edited after the build leaves the offline copy whole, and is asked for anew each time', async () => {
  const copy = new SiteCopy();
  const edited = await startServer({ folder: copy.folder });
  copy.write('embed.json', '{"allow": ["https://shop.example"]}');
  const context = await browser.newContext();
  const page = await openPage(context, edited.url);
  await untilControlled(page); // the service worker could be installed
  const read = () => page.evaluate(async () => (await fetch('embed.json')).json());
  assert.deepEqual(await read(), { allow: ['https://shop.example'] });
  copy.write('embed.json', '{"allow": []}');
  assert.deepEqual(await read(), { allow: [] });
  await context.close();
  await edited.stop();
});

test('a second handshake is not heard, and calls of the wrong shape start nothing', async () => {
  await site.forget();
  const { page } = await openAt(`${embedder.url}frame`);
  const answers = await connectAnd(page, site.url, (port, again) => {
    again();
    const { photo, wishes } = call(1);
    const { output } = wishes;
    const wrong = [null, 'remove', 7, [], {}, { type: 'remove' }, { ...call(1), id: 'a' }, { ...call(1), id: 1.5 },
      { ...call(1), id: -1 }, { ...call(1), photo: 'photo' }, { ...call(1), photo: new ArrayBuffer(8) },
      { ...call(1), wishes: null }, { ...call(1), wishes: { ...wishes, subject: 'everything' } },
      { ...call(1), wishes: { ...wishes, backend: 'abacus' } }, { ...call(1), wishes: { ...wishes, backend: undefined } },
      { ...call(1), wishes: { ...wishes, output: { ...output, type: 'exe' } } },
      { ...call(1), wishes: { ...wishes, output: { ...output, background: 'x'.repeat(1 << 24) } } },
      { ...call(1), wishes: { ...wishes, output: { ...output, background: { toString: 1 } } } },
      { ...call(1), wishes: { ...wishes, output: { ...output, crop: [1, 2, 3] } } },
      { type: 'cancel', id: 99 }, { type: 'cancel' }, { photo, type: 'constructor', id: 1 }];
    for (const message of wrong) port.postMessage(message);
  });
  assert.deepEqual(answers, [{ type: 'ready' }]);
  assert.ok(!(await site.requests()).some(({ path }) => /^\/(assets\.json|runtime|models|workers)/.test(path)));
  await page.close();
});

test('a call that comes again is one call', async () => {
  const { page } = await openAt(`${embedder.url}frame`);
  const answers = await connectAnd(page, site.url, (port) => {
    for (const id of [2, 2, 1, 2]) port.postMessage(call(id));
  }, 'error');
  assert.deepEqual(answers.map(({ type }) => type).filter((type) => type !== 'progress'), ['ready', 'error']);
  await page.close();
});

test('messages to the page around change nothing about the element', async () => {
  const { page, complaints } = await openAt(`${embedder.url}lines`);
  await page.evaluate(async (connect) => {
    for (const message of [{ type: 'ready' }, { type: 'result', id: 1, result: {} }, { type: connect }, null]) {
      postMessage(message, '*');
    }
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }, CONNECT);
  assert.equal(await page.evaluate(() => cutout().state), 'empty');
  assert.deepEqual(complaints, []);
  await page.close();
});

// --- helpers -----------------------------------------------------------------------------------------------------

/**
 * The policy that docs/embed.md gives, for this site.
 *
 * @param {string} site
 */
function documentedPolicy(site) {
  const lines = only(/^Content-Security-Policy: (default-src 'none';[^`]+)$/m, join(ROOT, 'docs/embed.md'));
  const policy = lines.trim().replace(/\s*\n\s*/g, ' ');
  assert.ok(policy.includes('https://cutouts.example'));
  return policy.replaceAll('https://cutouts.example', site);
}

/** What the pattern's group holds in a file. @param {RegExp} pattern @param {string} path */
function only(pattern, path) {
  const found = pattern.exec(readFileSync(path, 'utf8'))?.[1];
  assert.ok(found, `${path} has ${pattern.source}`);
  return found;
}

/**
 * @param {string} url
 * @param {{ newPage(): Promise<Page> }} [context]
 */
async function openAt(url, context = browser) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('filechooser', () => {}); // or the first of them is the system's
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      cutout: () => document.querySelector('gossamer-cutout'),
      call: (/** @type {number} */ id) => ({
        type: 'remove', id, photo: new Blob(['no photo']),
        wishes: { subject: 'auto', backend: 'auto', output: { type: 'png', background: null, crop: null } },
      }),
    });
  });
  await page.goto(url);
  if (await page.locator('gossamer-cutout').count() > 0) {
    await page.waitForFunction(() => customElements.get('gossamer-cutout') !== undefined);
  }
  return { page, complaints };
}

/** Choose the photo as a visitor does; the bytes of the cut-out. @param {Page} page */
async function cut(page) {
  const button = page.getByRole('button', { name: /^(Choose a photo|Add a portrait|Replace)$/ });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles({ name: 'slim.png', mimeType: 'image/png', buffer: slim });
  await page.waitForFunction(() => cutout().state === 'working' || cutout().state === 'done');
  await page.waitForFunction(() => cutout().state === 'done');
  const bytes = await page.evaluate(async () => Array.from(new Uint8Array(await cutout().value?.arrayBuffer() ?? [])));
  return Buffer.from(bytes);
}

/** The code of the error that a start ends with. @param {Page} page */
async function failing(page) {
  return page.evaluate(async () => {
    globalThis.seen = [];
    cutout().addEventListener('error', ({ detail: { code, advice } }) => seen.push({ type: 'error', detail: { code, advice } }));
    return cutout().remove(new File(['x'], 'a.png')).catch(({ code }) => code);
  });
}

/**
 * Do the handshake by hand, then something; all that the engine answered.
 *
 * @param {Page} page
 * @param {string} target
 * @param {(port: MessagePort, again: () => void) => void} act In the page; has `call(id)`.
 * @param {string} [until] Wait for an answer of this type.
 * @returns {Promise<{ type: string }[]>}
 */
async function connectAnd(page, target, act, until = '') {
  return page.evaluate(async ([address, connect, source, last]) => {
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    /** @type {{ type: string }[]} */
    const answers = [];
    const hand = () => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        answers.push(data);
        if (last === '' || data.type === last) resolve(port1);
      };
      if (last !== '') resolve(port1);
      frame.contentWindow?.postMessage({ type: connect }, new URL(address).origin, [port2]);
    });
    const port = await hand();
    new Function('port', 'again', `(${source})(port, again)`)(port, hand);
    const settled = () => last === '' || answers.some(({ type }) => type === last);
    do await new Promise((resolve) => { setTimeout(resolve, 1000); }); while (!settled());
    return answers;
  }, /** @type {const} */ ([target, CONNECT, act.toString(), until]));
}

/** Threads of ONNX Runtime besides its worker. @param {Page} page */
function threads(page) {
  return page.workers().filter((worker) => worker.url().includes('/runtime/onnxruntime')).length;
}

/** @param {Page} page */
function frameIsSeen(page) {
  return page.locator('iframe').isVisible();
}
