/** The viewer: each pixel where it belongs at any zoom, strokes and frames in the photo's pixels, by hand and by key. */

/** @import { BrowserContextOptions, Page } from 'playwright-core' */
/** @import { ViewInfo } from '../support/viewer-page.js' */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser, PATIENCE_MS } from '../support/browser.mjs';
import { decodePictures } from '../support/decode.mjs';
import { ARTIFACTS, SUPPORT } from '../support/paths.mjs';
import { startServer } from '../support/server.mjs';
import { SiteCopy } from '../support/site.mjs';

const WIDTH = 1300;
const HEIGHT = 900;
/** So that all of the photo is shown at half its size: the margins are 24 px. */
const HALF = { width: WIDTH / 2 + 48, height: HEIGHT / 2 + 48 };

const copy = new SiteCopy();
copy.write('viewer-test.html', `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Viewer</title>
  <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="./icons/gossamer.svg">
  <link rel="stylesheet" href="./page/theme.css"><link rel="stylesheet" href="./page/controls.css">
  <link rel="stylesheet" href="./page/viewer/viewer.css"><link rel="stylesheet" href="./viewer-test.css">
  <script type="module" src="./viewer-page.js"></script></head>
  <body><button id="before" type="button">Before</button><div id="host"></div></body></html>`);
copy.write('viewer-test.css', `body { background: var(--stage) }
  #before { position: absolute; opacity: 0 }
  #host { position: absolute; inset: 0 }`);
copy.addStyles();
copy.add('viewer-page.js', join(SUPPORT, 'viewer-page.js'));
const site = await startServer({ folder: copy.folder });
const browser = await launchBrowser();
mkdirSync(ARTIFACTS, { recursive: true });
/** @type {string[]} */
const complaints = [];

after(async () => {
  await browser.close();
  await site.stop();
});

for (const deviceScaleFactor of [1, 1.5, 2]) {
  test(`pixels are exact at ${deviceScaleFactor} of the screen's per CSS px`, async () => {
    const [width, height] = [HALF.width, HALF.height].map((side) => Math.round(side / deviceScaleFactor));
    const page = await openViewer({ viewport: { width: width ?? 0, height: height ?? 0 }, deviceScaleFactor });
    await page.evaluate(async ([w, h]) => {
      const { whole } = await lab.show(w, h);
      if (!whole) throw new Error('the photo is not there');
      lab.viewer.backdrop = { kind: 'colour', colour: '#3060c0' };
    }, /** @type {const} */ ([WIDTH, HEIGHT]));

    for (const zoom of [1, 4]) {
      for (const view of /** @type {const} */ (['cutout', 'photo', 'matte'])) {
        assert.ok(await worst(page, view, zoom) <= (view === 'cutout' ? 2 : 0), `${view} at ${zoom * 100} %`);
      }
    }
    await page.close();
  });
}

test('tiles show no seams: as if the photo were drawn in one piece', async () => {
  const page = await openViewer({ viewport: { width: 900, height: 700 } });
  const found = await page.evaluate(async ([w, h]) => {
    const { cutout } = await lab.show(w, h);
    lab.viewer.view = 'photo';
    const whole = await createImageBitmap(await lab.opaque(cutout));
    const off = [];
    for (const zoom of [0.75, 1.37, 2.6]) {
      lab.viewer.zoom = zoom; // about the middle: tiles meet at 512, and nothing of the photo ends
      await lab.settled();
      const { width, height, data } = lab.shot();
      const { x, y } = lab.place();
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingEnabled = zoom < 2;
      context.imageSmoothingQuality = 'low';
      context.drawImage(whole, x, y, w * zoom, h * zoom);
      const expected = context.getImageData(0, 0, width, height).data;
      const share = { seam: { sum: 0, count: 0 }, elsewhere: { sum: 0, count: 0 } };
      for (let column = 2; column < width - 2; column += 1) {
        const place = Math.abs(x + 512 * zoom - column) <= 2 ? share.seam : share.elsewhere;
        for (let row = Math.max(2, y + 2); row < Math.min(height, y + h * zoom) - 2; row += 1) {
          const i = 4 * (row * width + column);
          place.sum += Math.abs((data[i] ?? 0) - (expected[i] ?? 0));
          place.count += 1;
        }
      }
      const { seam, elsewhere } = share;
      off.push({ zoom, seam: seam.sum / seam.count, elsewhere: elsewhere.sum / elsewhere.count });
    }
    return off;
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  for (const { zoom, seam, elsewhere } of found) {
    assert.ok(seam <= elsewhere + 1, `at ${zoom}: off by ${seam} where tiles meet, by ${elsewhere} elsewhere`);
    assert.ok(elsewhere <= 2, `at ${zoom}: off by ${elsewhere}`);
  }
  await page.close();
});

test('all of the photo at half its size is the mean of each four pixels', async () => {
  const page = await openViewer({ viewport: HALF });
  await page.evaluate(([w, h]) => lab.show(w, h).then(() => {}), /** @type {const} */ ([WIDTH, HEIGHT]));
  const { zoom, difference } = await page.evaluate(async ([w, h]) => {
    lab.viewer.view = 'photo';
    await lab.settled();
    const { width, data } = lab.shot();
    const { zoom, x: left, y: top } = lab.place();
    let difference = 0;
    for (let y = 0; y < h / 2; y += 1) {
      for (let x = 0; x < w / 2; x += 1) {
        for (let c = 0; c < 3; c += 1) {
          const four = [0, 1].flatMap((i) => [0, 1].map((j) => lab.colourAt(2 * x + i, 2 * y + j)[c] ?? 0));
          const mean = four.reduce((sum, value) => sum + value, 0) / 4;
          const shown = data[4 * ((top + y) * width + left + x) + c] ?? -1;
          difference = Math.max(difference, Math.abs(shown - mean));
        }
      }
    }
    return { zoom, difference };
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  assert.equal(zoom, 0.5);
  assert.ok(difference <= 1, `off by ${difference}`);
  await page.close();
});

test('a first, coarse matte: the photo where it is opaque, the backdrop where it is not', async () => {
  const page = await openViewer({ viewport: HALF });
  const seen = await page.evaluate(async ([w, h]) => {
    await lab.viewer.setPhoto(await lab.opaque(lab.picture(w, h)), { width: w, height: h });
    lab.viewer.backdrop = { kind: 'colour', colour: '#00ff00' };
    await lab.settled();
    const before = lab.shot();
    const alpha = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 0 : 255));
    await lab.viewer.setGlance({ alpha, width: 64, height: 64 });
    await lab.settled();
    const after = lab.shot();
    const at = (/** @type {ImageData} */ { data, width }, /** @type {number} */ x) => (
      [...data.slice(4 * (200 * width + x), 4 * (200 * width + x + 1))]
    );
    const label = document.querySelector('canvas')?.ariaLabel;
    return { left: at(after, 100), right: at(after, 600), photo: at(before, 600), label };
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  assert.deepEqual(seen.left, [0, 255, 0, 255]);
  assert.deepEqual(seen.right, seen.photo);
  assert.match(seen.label ?? '', /coarse/);
  await page.close();
});

test('a patch is seen where it belongs and nowhere else, at true size and small', async () => {
  const page = await openViewer({ viewport: HALF });
  const results = await page.evaluate(async ([w, h]) => {
    const { cutout } = await lab.show(w, h);
    lab.viewer.backdrop = { kind: 'colour', colour: '#000000' };
    lab.viewer.view = 'matte';
    const box = { x: 500, y: 390, width: 45, height: 37 }; // across four tiles
    const size = box.width * box.height;
    const found = [];
    for (const [zoom, value] of /** @type {const} */ ([[1, 200], [0.5, 90]])) {
      lab.viewer.zoom = zoom;
      await lab.settled();
      const before = lab.shot();
      const pixels = new Uint8ClampedArray(4 * size).fill(value);
      await lab.viewer.patch({ ...box, pixels, trimap: new Uint8Array(size).fill(128) });
      const at = lab.shot();
      await lab.settled();
      const after = lab.shot();
      const { x, y } = lab.place();
      let [inside, outside, late] = [0, 0, 0];
      for (let row = 0; row < after.height; row += 1) {
        for (let column = 0; column < after.width; column += 1) {
          const i = 4 * (row * after.width + column);
          const [px, py] = [(column - x + 0.5) / zoom, (row - y + 0.5) / zoom];
          const far = 1 / zoom; // a small pixel on the edge holds some of both
          if (px > box.x + far && px < box.x + box.width - far && py > box.y + far && py < box.y + box.height - far) {
            inside += Number(after.data[i] !== value);
            late += Number(at.data[i] !== value);
          } else if (Math.abs(px - box.x - box.width / 2) > box.width / 2 + far
            || Math.abs(py - box.y - box.height / 2) > box.height / 2 + far) {
            outside += Number(after.data[i] !== before.data[i]);
          }
        }
      }
      found.push({ zoom, inside, outside, late });
    }
    return { found, kept: cutout.pixels[4 * (400 * w + 510) + 3], trimap: cutout.trimap[400 * w + 510] };
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  for (const { zoom, inside, outside, late } of results.found) {
    assert.deepEqual({ inside, outside, late }, { inside: 0, outside: 0, late: 0 }, `at ${zoom}`);
  }
  assert.equal(results.kept, 90, 'written into the array');
  assert.equal(results.trimap, 128);
  await page.close();
});

test('before and after: divided where the handle is, by hand and by key', async () => {
  const page = await openViewer({ viewport: HALF });
  await page.evaluate(async ([w, h]) => {
    await lab.show(w, h);
    lab.viewer.view = 'matte';
    lab.viewer.compare = 0.25;
    await lab.settled();
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  assert.equal(await dividedAt(page), 24 + Math.round(WIDTH / 8));

  const handle = page.getByRole('slider');
  const box = await handle.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, 300);
  await page.mouse.down();
  await page.mouse.move(24 + WIDTH / 4, 280, { steps: 4 });
  await page.mouse.up();
  const says = () => handle.getAttribute('aria-valuenow');
  assert.equal(await says(), '50');
  assert.equal(await dividedAt(page), 24 + WIDTH / 4);
  assert.equal((await page.evaluate(() => lab.views.at(-1)))?.compare, 0.5);

  await handle.evaluate((element) => { // both before the next frame
    for (const shiftKey of [false, true]) {
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey, bubbles: true, cancelable: true }));
    }
  });
  assert.equal(await says(), '61');
  await handle.press('Home');
  assert.equal(await says(), '0');
  assert.match(await handle.getAttribute('aria-valuetext') ?? '', /^0.%/);
  await handle.press('End');
  assert.equal(await says(), '100');
  assert.equal(await dividedAt(page), 24 + WIDTH / 2);
  await page.close();
});

for (const deviceScaleFactor of [1, 1.5, 2]) {
  test(`strokes are handed over in the photo's pixels, at ${deviceScaleFactor} per CSS px`, async () => {
    const page = await openViewer({ viewport: { width: 700, height: 500 }, deviceScaleFactor });
    await page.evaluate(async ([w, h]) => {
      document.documentElement.dir = 'rtl'; // must not matter
      await lab.show(w, h);
      lab.viewer.tool = 'erase';
      lab.viewer.brush = 10;
    }, /** @type {const} */ ([WIDTH, HEIGHT]));
    for (const zoom of ['fit', 1, 2.5, 32]) {
      const place = await page.evaluate(async (wanted) => {
        if (wanted === 'fit') lab.viewer.fit();
        else lab.viewer.zoom = Number(wanted);
        lab.strokes.length = 0;
        await lab.settled();
        return lab.place();
      }, zoom);
      /** @type {[number, number][]} */
      const corners = [[300, 200], [340, 260], [420, 220]];
      await page.mouse.move(...at(corners, 0));
      await page.mouse.down();
      await page.mouse.move(...at(corners, 1), { steps: 12 });
      await page.mouse.move(...at(corners, 2), { steps: 12 });
      await page.mouse.up();
      const strokes = await page.evaluate(() => lab.strokes);
      assert.equal(strokes.length, 1);
      const [stroke] = strokes;
      assert.equal(stroke?.kind, 'erase');
      near(stroke?.radius ?? 0, Math.max(0.71, 10 * deviceScaleFactor / place.zoom), 1e-6);
      assert.equal(stroke?.points.length, 3, `${zoom}: thinned out to its corners`);
      corners.forEach(([x, y], index) => {
        const [px, py] = stroke?.points[index] ?? [NaN, NaN];
        near(px, (x * deviceScaleFactor - place.x) / place.zoom, 0.01);
        near(py, (y * deviceScaleFactor - place.y) / place.zoom, 0.01);
      });
    }
    await page.close();
  });
}

test('a stroke stays in sight until it is settled; Escape takes one back; Shift draws straight', async () => {
  const page = await openViewer({ viewport: { width: 700, height: 500 } });
  await page.evaluate(async ([w, h]) => {
    await lab.show(w, h);
    lab.viewer.tool = 'keep';
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  await page.mouse.move(200, 200);
  await page.mouse.down();
  await page.mouse.move(300, 200, { steps: 5 });
  assert.ok(await painted(page) > 0, 'seen while it is drawn');
  await page.keyboard.press('Escape');
  assert.equal(await painted(page), 0);
  await page.mouse.move(350, 300, { steps: 5 });
  await page.mouse.up();
  assert.equal(await page.evaluate(() => lab.strokes.length), 0);

  await page.mouse.move(200, 200);
  await page.mouse.down();
  await page.keyboard.down('Shift');
  await page.mouse.move(250, 320, { steps: 5 });
  await page.mouse.move(300, 200, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(400, 300); // and with Shift still down, on from there
  await page.mouse.down();
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const strokes = await page.evaluate(() => lab.strokes);
  assert.deepEqual(strokes.map(({ points }) => points.length), [2, 2]);
  assert.deepEqual(strokes[1]?.points[0], strokes[0]?.points[1]);

  await page.evaluate(async () => {
    lab.viewer.zoomBy(2);
    await lab.settled();
    const [stroke] = lab.strokes;
    if (stroke) lab.viewer.settle(stroke);
  });
  assert.ok(await painted(page) > 0, 'the other one is still there');
  await page.evaluate(() => lab.viewer.settle());
  assert.equal(await painted(page), 0);
  await page.close();
});

test('by keys alone: zoom, pan, paint', async () => {
  const page = await openViewer({ viewport: { width: 700, height: 500 } });
  await page.evaluate(([w, h]) => lab.show(w, h).then(() => {}), /** @type {const} */ ([WIDTH, HEIGHT]));
  await page.focus('#before');
  await page.keyboard.press('Tab');
  const surface = page.getByRole('application');
  assert.ok(await surface.evaluate((element) => element === document.activeElement));
  const fit = (await info(page)).zoom;
  await page.keyboard.press('1');
  assert.equal((await info(page)).zoom, 1);
  await page.keyboard.press('+');
  assert.equal((await info(page)).zoom, 1.5);
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  near((await info(page)).zoom, 2 / 3, 1e-9);
  await page.getByRole('status').filter({ hasText: 'Zoom 67\u00a0%' }).waitFor({ state: 'attached' });
  await page.keyboard.press('1');
  const before = (await info(page)).visible;
  await page.keyboard.press('ArrowRight');
  assert.equal((await info(page)).visible.x - before.x, 64);
  await page.keyboard.press('ArrowUp');
  assert.equal((await info(page)).visible.y - before.y, -64);
  await page.keyboard.press('0');
  assert.equal((await info(page)).zoom, fit);
  assert.ok((await info(page)).fitted);

  await page.evaluate(() => {
    lab.viewer.tool = 'unsure';
    lab.viewer.brush = 10;
  });
  await page.keyboard.press('ArrowLeft');
  assert.ok(await page.locator('.viewer-ring').isVisible());
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+Enter');
  const [dot, line] = await page.evaluate(() => lab.strokes);
  assert.equal(dot?.points.length, 1);
  assert.equal(dot?.kind, 'unsure');
  const [[x0, y0], [x1, y1]] = /** @type {[[number, number], [number, number]]} */ (line?.points);
  near(x1 - x0, 16 / fit, 0.01);
  near(y1 - y0, 1 / fit, 0.01);
  near(x0, WIDTH / 2 - 8 / fit, 1 / fit);

  await page.keyboard.press(']');
  near((await info(page)).brush, 12, 1e-9);
  const ring = await page.locator('.viewer-ring').boundingBox();
  near(ring?.width ?? 0, 24, 0.1);
  await page.keyboard.press('[');
  near((await info(page)).brush, 10, 1e-9);
  await page.getByRole('status').filter({ hasText: 'Brush size 20' }).waitFor({ state: 'attached' });

  // Where the brush would leave the sight, the photo comes along.
  await page.keyboard.press('1');
  for (let i = 0; i < 100; i += 1) await page.keyboard.press('ArrowLeft');
  assert.equal((await info(page)).visible.x, 0);
  await page.close();
});

test('the wheel zooms about the pointer; a double click goes there and back; drags pan', async () => {
  const page = await openViewer({ viewport: { width: 700, height: 500 }, deviceScaleFactor: 1.5 });
  await page.evaluate(([w, h]) => lab.show(w, h).then(() => {}), /** @type {const} */ ([WIDTH, HEIGHT]));
  await page.mouse.move(420, 260);
  const target = await under(page, 420, 260);
  const slip = 1 / (await info(page)).zoom; // the photo lies on whole pixels of the screen
  for (const [control, turns] of /** @type {const} */ ([[false, 8], [true, 3]])) {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.evaluate(([ctrlKey]) => {
        const wheel = new WheelEvent('wheel', {
          deltaY: -60, clientX: 420, clientY: 260, ctrlKey: Boolean(ctrlKey), cancelable: true, bubbles: true,
        });
        document.querySelector('.viewer-surface')?.dispatchEvent(wheel);
        if (!wheel.defaultPrevented) throw new Error('the page would zoom as well');
      }, [control]);
    }
    const [x, y] = await under(page, 420, 260);
    near(x, target[0], slip);
    near(y, target[1], slip);
  }
  assert.ok((await info(page)).zoom > 3);

  await page.mouse.dblclick(100, 100);
  assert.ok((await info(page)).fitted);
  const [x, y] = await under(page, 350, 250);
  await page.mouse.dblclick(350, 250);
  assert.equal((await info(page)).zoom, 1);
  near((await under(page, 350, 250))[0], x, 1);
  near((await under(page, 350, 250))[1], y, 1);

  const before = (await info(page)).visible;
  await drag(page, [300, 200], [260, 230]);
  near((await info(page)).visible.x - before.x, 60, 1e-6);
  near((await info(page)).visible.y - before.y, -45, 1e-6);
  await page.evaluate(() => {
    lab.viewer.tool = 'keep';
  });
  await page.mouse.move(300, 200);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(310, 200, { steps: 3 });
  await page.mouse.up({ button: 'middle' });
  near((await info(page)).visible.x - before.x, 45, 1e-6);
  await page.keyboard.down('Space');
  await drag(page, [300, 200], [320, 200]);
  await page.keyboard.up('Space');
  near((await info(page)).visible.x - before.x, 15, 1e-6);
  assert.equal(await page.evaluate(() => lab.strokes.length), 0, 'none of it painted');

  const { brush } = await info(page);
  await page.keyboard.down('Alt');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Alt');
  await page.waitForFunction((last) => lab.viewer.brush > last, brush);
  await page.close();
});

test('fingers: two zoom and pan, one paints, and a second one takes the first one\'s stroke back', async () => {
  const phone = { viewport: { width: 400, height: 600 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  const page = await openViewer(phone);
  await page.evaluate(([w, h]) => lab.show(w, h).then(() => {}), /** @type {const} */ ([WIDTH, HEIGHT]));
  const session = await page.context().newCDPSession(page);
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {[number, number][]} points */
  const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
  const zoom = (await info(page)).zoom;
  const target = await under(page, 200, 300);
  await touch('touchStart', [180, 300], [220, 300]);
  for (let step = 1; step <= 10; step += 1) await touch('touchMove', [180 - 6 * step, 300], [220 + 6 * step, 300]);
  await touch('touchEnd');
  near((await info(page)).zoom / zoom, 4, 0.01);
  const [x, y] = await under(page, 200, 300);
  near(x, target[0], 2);
  near(y, target[1], 2);

  const before = (await info(page)).visible;
  await touch('touchStart', [200, 300]);
  for (let step = 1; step <= 5; step += 1) await touch('touchMove', [200 + 4 * step, 300]);
  await touch('touchEnd');
  near((before.x - (await info(page)).visible.x) * (await info(page)).zoom, 40, 1e-6);

  await page.evaluate(() => {
    lab.viewer.tool = 'keep';
  });
  await touch('touchStart', [200, 300]);
  for (let step = 1; step <= 5; step += 1) await touch('touchMove', [200 + 10 * step, 300]);
  await touch('touchEnd');
  assert.equal(await page.evaluate(() => lab.strokes.length), 1);
  await page.evaluate(() => lab.viewer.settle());
  await touch('touchStart', [200, 300]);
  await touch('touchMove', [206, 300]);
  assert.ok(await painted(page) > 0);
  await touch('touchStart', [206, 300], [206, 400]);
  assert.equal(await painted(page), 0);
  await touch('touchMove', [206, 290], [206, 410]);
  await touch('touchEnd');
  assert.equal(await page.evaluate(() => lab.strokes.length), 1);
  await page.close();
});

test('the crop frame: moved, pulled, kept in shape, by hand and by key', async () => {
  const page = await openViewer({ viewport: HALF }); // half size: one CSS px is two of the photo
  await page.evaluate(async ([w, h]) => {
    await lab.show(w, h);
    lab.viewer.frame = { rect: { x: 200, y: 100, width: 600, height: 400 }, guides: [{ y: 0.25, label: 'Crown' }] };
    lab.viewer.tool = 'frame';
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  const rect = () => page.evaluate(() => lab.viewer.frame?.rect);
  assert.ok(await page.getByText('Crown').isVisible());
  await drag(page, [24 + 200, 24 + 100], [24 + 220, 24 + 90]);
  assert.deepEqual(await rect(), { x: 240, y: 80, width: 600, height: 400 });
  await drag(page, [24 + 420, 24 + 240], [24 + 470, 24 + 250]);
  assert.deepEqual(await rect(), { x: 240, y: 80, width: 700, height: 420 });
  await drag(page, [24 + 300, 24 + 100], [24 + 183, 24 + 100]); // nearly to the edge: it snaps
  assert.deepEqual(await rect(), { x: 0, y: 80, width: 700, height: 420 });
  const last = await page.evaluate(() => lab.frames.at(-1));
  assert.deepEqual(last, { rect: { x: 0, y: 80, width: 700, height: 420 }, settled: true });

  await page.evaluate(() => {
    lab.viewer.frame = { rect: { x: 200, y: 100, width: 600, height: 400 }, aspect: 1.5 };
  });
  await drag(page, [24 + 400, 24 + 250], [24 + 450, 24 + 255]);
  assert.deepEqual(await rect(), { x: 200, y: 100, width: 700, height: 467 });
  await drag(page, [24 + 450, 24 + 167], [24 + 400, 24 + 167]); // the edge alone: about its middle
  assert.deepEqual(await rect(), { x: 200, y: 134, width: 600, height: 400 });

  const corner = page.getByRole('button', { name: 'Bottom right corner' });
  await corner.press('ArrowRight');
  assert.deepEqual(await rect(), { x: 200, y: 134, width: 616, height: 411 });
  await page.getByRole('button', { name: 'Move the frame' }).press('Shift+ArrowUp');
  assert.deepEqual(await rect(), { x: 200, y: 133, width: 616, height: 411 });
  await page.getByRole('status').filter({ hasText: '616 × 411' }).waitFor({ state: 'attached' });

  await page.evaluate(() => {
    lab.viewer.tool = 'look';
  });
  assert.ok(await corner.isHidden(), 'seen, but out of reach');
  await page.close();
});

test('work on a large photo is split, and its tiles are not all kept', async (context) => {
  for (const [width, height] of /** @type {const} */ ([[4000, 3000], [6000, 4000]])) {
    const page = await openViewer({ viewport: { width: 1280, height: 800 } });
    const found = await page.evaluate(async ([w, h]) => {
      const pixels = new Uint8ClampedArray(w * h * 4).fill(200);
      const trimap = new Uint8Array(w * h);
      const canvas = new OffscreenCanvas(w, h);
      canvas.getContext('2d')?.fillRect(0, 0, w / 2, h / 2);
      const photo = await canvas.convertToBlob({ type: 'image/jpeg' });
      canvas.width = 1;
      await lab.settled(); // the work of making all this is no longer counted
      longTasks.length = 0;
      const whole = await lab.viewer.setPhoto(photo, { width: w, height: h });
      await lab.viewer.setLayers({ pixels, trimap, sureness: null, width: w, height: h });
      const { slices } = lab.viewer;
      await lab.settled();
      const longest = Math.max(0, ...longTasks);
      const cost = lab.viewer.costs.toSorted((a, b) => a - b)[lab.viewer.costs.length >> 1];
      return { whole, slices, longest, cost };
    }, /** @type {const} */ ([width, height]));
    context.diagnostic(`${width} × ${height}: longest task ${found.longest} ms, a frame ${found.cost?.toFixed(2)} ms`);
    assert.ok(found.whole);
    assert.ok(found.slices >= width * height / 1e6, `${found.slices} slices`);
    await page.close();
  }
});

test('what is no picture, or has another size than it says, is refused and harms nothing', async () => {
  const page = await openViewer({ viewport: HALF });
  const found = await page.evaluate(async ([w, h]) => {
    const said = (/** @type {Promise<unknown>} */ promise) => promise.then(() => 'fine', (error) => String(error.name));
    const nothing = await lab.viewer.setPhoto(new Blob(['<script>']), { width: 10, height: 10 });
    const small = { pixels: new Uint8ClampedArray(40), trimap: new Uint8Array(100), sureness: null };
    const short = await said(lab.viewer.setLayers({ ...small, width: 10, height: 10 }));
    await lab.show(w, h);
    const box = { x: w - 5, y: 0, width: 10, height: 10 };
    const patch = { ...box, pixels: new Uint8ClampedArray(400), trimap: new Uint8Array(100) };
    const beyond = await said(lab.viewer.patch(patch));
    // A photo that is replaced while it is on its way is never seen.
    const large = await lab.opaque(lab.picture(800, 800));
    const slow = lab.viewer.setPhoto(large, { width: 800, height: 800 });
    lab.viewer.setPhoto(null);
    const { whole } = await lab.show(w, h);
    lab.viewer.view = 'photo';
    await lab.settled();
    const { data, width } = lab.shot();
    const { x, y } = lab.place();
    lab.viewer.setPhoto(null);
    await lab.settled();
    const replaced = await slow;
    const corner = data[4 * (y * width + x) + 3];
    const left = lab.shot().data.some((value) => value > 0);
    return { nothing, replaced, short, beyond, whole, corner, left };
  }, /** @type {const} */ ([WIDTH, HEIGHT]));
  assert.deepEqual(found, {
    nothing: false, replaced: false, short: 'RangeError', beyond: 'RangeError', whole: true, corner: 255, left: false,
  });
  await page.close();
});

test('onto a picture or the blurred photo: opaque, at full size, and true where the subject is opaque', async () => {
  const page = await openViewer({ viewport: HALF });
  const files = await page.evaluate(async () => {
    const url = new URL('page/viewer/backdrops.js', document.baseURI).href;
    const { composite } = /** @type {typeof import('../../web/page/viewer/backdrops.js')} */ (await import(url));
    const [width, height] = [600, 300];
    const cutout = lab.picture(width, height);
    const plain = new OffscreenCanvas(100, 100).getContext('2d');
    if (!plain) throw new Error('no canvas');
    plain.fillStyle = '#ff0000';
    plain.fillRect(0, 0, 100, 100);
    plain.fillStyle = '#0000ff'; // what a cover of 2 : 1 cuts off
    plain.fillRect(0, 0, 100, 20);
    const image = await plain.canvas.convertToBlob();
    const box = { x: 0, y: 0, width: 40, height: 40 };
    const shadow = { layer: new Uint8Array(100).fill(255), width: 10, height: 10, box };
    return Promise.all([
      await composite(cutout, { kind: 'image', image }, null),
      await composite(cutout, { kind: 'blur' }, await lab.opaque(cutout), { type: 'webp' }),
      await composite(cutout, { kind: 'image', image }, null, { type: 'jpeg', shadow }),
      image,
    ].map((blob) => e2eBase64(blob)));

    /** @param {Blob} blob @returns {Promise<string>} */
    function e2eBase64(blob) {
      return new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ''));
        reader.readAsDataURL(blob);
      });
    }
  });
  const [onImage, onBlur, shaded] = await decodePictures(...files.map((file) => Buffer.from(file, 'base64')));
  assert.ok(onImage && onBlur && shaded);
  assert.deepEqual([onImage, onBlur, shaded].map(({ format, width, height }) => [format, width, height]), [
    ['PNG', 600, 300], ['WEBP', 600, 300], ['JPEG', 600, 300],
  ]);
  let [solid, soft] = [0, 0];
  for (let y = 0; y < 300; y += 1) {
    for (let x = 0; x < 600; x += 1) {
      const i = 4 * (y * 600 + x);
      const alpha = [0, 64, 128, 255][((x >> 4) + (y >> 3)) & 3] ?? 0;
      const colour = [(x * 7 + y * 3) & 255, (x ^ y) & 255, (x * 5 + y * 11 + (x >> 5) * 17) & 255];
      colour.forEach((front, c) => {
        const expected = (front * alpha + (c === 0 ? 255 : 0) * (255 - alpha)) / 255;
        const off = Math.abs((onImage.rgba[i + c] ?? 0) - expected);
        if (alpha === 255) solid = Math.max(solid, off);
        else soft = Math.max(soft, off);
      });
      assert.equal(onBlur.rgba[i + 3], 255);
    }
  }
  assert.equal(solid, 0);
  assert.ok(soft <= 0.5, `off by ${soft}`);
  assert.ok((shaded.rgba[0] ?? 255) < 40, 'the shadow lies under the cut-out');
  await page.close();
});

test('in every light and width, from all of it down to its pixels', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 640 }]) {
      const page = await openViewer({ viewport, colorScheme });
      await page.evaluate(([w, h]) => lab.show(w, h).then(() => {}), /** @type {const} */ ([WIDTH, HEIGHT]));
      const shoot = async (/** @type {string} */ name) => {
        await page.evaluate(() => lab.settled());
        await page.screenshot({ path: join(ARTIFACTS, `viewer-${name}-${viewport.width}-${colorScheme}.png`) });
      };
      await page.evaluate(() => {
        lab.viewer.compare = 0.5;
      });
      await shoot('compare');
      await page.evaluate(() => {
        Object.assign(lab.viewer, { compare: null, tool: 'frame' });
        lab.viewer.frame = { rect: { x: 300, y: 100, width: 700, height: 700 }, guides: [{ y: 0.2, label: 'Crown' }] };
      });
      await shoot('frame');
      await page.evaluate(() => {
        Object.assign(lab.viewer, { frame: null, tool: 'keep', zoom: 4, view: 'trimap' });
      });
      await drag(page, [100, 200], [240, 260]);
      await shoot('paint');
      await page.close();
    }
  }
});

test('no word of complaint from the browser in all this', () => {
  // The one about the file that is no picture is meant; that reading back is slow is for tests alone.
  assert.deepEqual(complaints.filter((text) => !/could not be decoded|willReadFrequently/.test(text)), []);
});

/** @param {BrowserContextOptions} options */
async function openViewer(options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${site.url}viewer-test.html`);
  await page.waitForSelector('body[data-ready]', { state: 'attached' });
  return page;
}

/** @param {Page} page @returns {Promise<ViewInfo>} */
async function info(page) {
  const last = await page.evaluate(() => lab.views.at(-1));
  assert.ok(last);
  return last;
}

/**
 * What of the photo is under a point.
 *
 * @param {Page} page
 * @param {number} x CSS px
 * @param {number} y
 * @returns {Promise<[number, number]>}
 */
async function under(page, x, y) {
  return page.evaluate(([left, top]) => {
    const place = lab.place();
    return [(left * devicePixelRatio - place.x) / place.zoom, (top * devicePixelRatio - place.y) / place.zoom];
  }, /** @type {const} */ ([x, y]));
}

/**
 * The largest difference between what is drawn and what must be, where the photo's pixels are squares of the screen's.
 *
 * @param {Page} page
 * @param {'cutout' | 'photo' | 'matte'} view
 * @param {number} zoom
 */
async function worst(page, view, zoom) {
  return page.evaluate(async ([wanted, scale, w, h]) => {
    lab.viewer.view = wanted;
    lab.viewer.zoom = scale;
    await lab.settled();
    const { width, height, data } = lab.shot();
    const place = lab.place();
    if (place.zoom !== scale) throw new Error(`the zoom is ${place.zoom}`);
    let [most, seen] = [0, 0];
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const [x, y] = [Math.floor((column - place.x) / scale), Math.floor((row - place.y) / scale)];
        if (x < 0 || y < 0 || x >= w || y >= h) continue;
        seen += 1;
        const alpha = lab.alphaAt(x, y);
        lab.colourAt(x, y).forEach((front, c) => {
          const back = [0x30, 0x60, 0xc0][c] ?? 0;
          const blended = (front * alpha + back * (255 - alpha)) / 255;
          const expected = wanted === 'photo' ? front : wanted === 'matte' ? alpha : blended;
          most = Math.max(most, Math.abs((data[4 * (row * width + column) + c] ?? -1) - expected));
        });
      }
    }
    if (Math.abs(width - innerWidth * devicePixelRatio) > 1) throw new Error(`the canvas is ${width} px wide`);
    if (seen < width * height / 2) throw new Error('hardly anything of the photo is in sight');
    return most;
  }, /** @type {const} */ ([view, zoom, WIDTH, HEIGHT]));
}

/** Where the photo ends and the matte begins, in a row of the canvas: the matte has no colour. @param {Page} page */
async function dividedAt(page) {
  return page.evaluate(async () => {
    await lab.settled();
    const { width, data } = lab.shot();
    let end = 0;
    for (let x = 0; x < width; x += 1) {
      for (const y of [200, 201, 203]) {
        const [r, g, b] = data.subarray(4 * (y * width + x));
        if (r !== g || g !== b) end = x + 1;
      }
    }
    return end;
  });
}

/** How many pixels strokes cover. @param {Page} page */
async function painted(page) {
  return page.evaluate(async () => {
    await lab.settled();
    const marks = /** @type {HTMLCanvasElement} */ (document.querySelectorAll('canvas')[1]);
    const pixels = marks.getContext('2d')?.getImageData(0, 0, marks.width, marks.height).data ?? [];
    return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
  });
}

/** @param {Page} page @param {[number, number]} from @param {[number, number]} to */
async function drag(page, from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 5 });
  await page.mouse.up();
}

/** @param {[number, number][]} corners @param {number} index */
function at(corners, index) {
  return corners[index] ?? /** @type {[number, number]} */ ([NaN, NaN]);
}

/** @param {number} value @param {number} expected @param {number} tolerance */
function near(value, expected, tolerance) {
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected} ± ${tolerance}`);
}
