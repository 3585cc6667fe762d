/** Firefox and WebKitGTK without a network: the page made available, the server stopped, a cut-out all the same. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OTHER_BROWSERS } from '../support/browsers.mjs';
import { alphaOf, decodePictures } from '../support/decode.mjs';
import { persistently } from '../support/driven.mjs';
import { temporaryFolder } from '../support/paths.mjs';
import { Pictures } from '../support/pictures.mjs';
import { startServer } from '../support/server.mjs';

/** @import { DrivenPage } from '../support/driven.mjs' */

const pictures = await Pictures.make(['slim.png']);

for (const { name: browser, skip, open, remembers } of OTHER_BROWSERS) {
  if (skip) test(`${browser} works offline`, { skip });
  else describe(browser, () => {
    const home = temporaryFolder(browser);
    /** @type {DrivenPage} */
    let page;
    /** @type {import('../support/server.mjs').Site} A host that sets no headers. */
    let site;

    before(async () => {
      site = await startServer({ isolation: false });
      page = await open(home);
      await page.goto(site.url);
    });

    after(() => page.close());

    test('made available: every byte is kept on this device', async () => {
      await page.waitForFunction(async () => {
        const { offlineState, refresh } = await import(new URL('offline/offline.js', document.baseURI).href);
        await refresh();
        const { controlled, shellCached, heavy } = offlineState();
        return controlled && shellCached && heavy.total > 0;
      });
      const { have, total } = await page.evaluate(async () => {
        const { makeAvailable, offlineState } = await import(new URL('offline/offline.js', document.baseURI).href);
        await makeAvailable();
        return offlineState().heavy;
      });
      assert.ok(total > 30e6);
      assert.equal(have, total);
    });

    test('reloaded with the server gone: isolated, and a photo is cut out and saved', async (context) => {
      await site.stop();
      await check(context, async () => {
        await page.reload();
        await assertCutsOut();
      });
    });

    const forgets = !remembers && 'this browser forgets all when it is closed, while it is driven';
    test('and so it is when the browser has been closed and opened again', { skip: forgets }, async (context) => {
      await reopen();
      await check(context, assertCutsOut);
    });

    const reopen = async () => {
      await page.close();
      page = await open(home);
      await page.goto(site.url);
    };

    /** @param {import('node:test').TestContext} context @param {() => Promise<void>} step */
    const check = (context, step) => persistently(context, step, { look: () => page.look(), restart: reopen });

    const assertCutsOut = async () => {
      await stateIs('empty');
      assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), true);
      await page.setInputFiles('#file', pictures.path('slim.png'));
      await stateIs('done');
      const { bytes } = await page.save(() => page.click('#download'));
      const [picture] = await decodePictures(bytes);
      assert.ok(picture);
      assert.deepEqual([picture.width, picture.height], [128, 480]);
      const alpha = new Set(alphaOf(picture.rgba));
      assert.ok(alpha.has(0) && alpha.has(255));
    };

    /** @param {'empty' | 'done'} name */
    const stateIs = (name) => page.waitForFunction((wanted) => document.body.dataset.state === wanted, name);
  });
}
