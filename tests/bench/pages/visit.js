/**
 * Comes with the page as it is, and asks for the engine at once. Tells the server, in an address that it has no file for:
 * milliseconds from the start of the visit until the engine is asked for, is ready, has a coarse cut-out of a photo of 1 MP
 * and then its file; and the same, from when it is asked for, after it was ended.
 *
 * @module
 */

import { dispose, openDraft, preload } from '../gossamer.js';

const asked = performance.now();
await preload();
const ready = performance.now();
const blob = await (await fetch('../photos/1024.jpg')).blob();
const { coarse, first } = await cutOut();
dispose(); // as idle time does
await new Promise((resolve) => { setTimeout(resolve, 1000); });
const again = performance.now();
await preload();
const back = performance.now() - again;
const after = await cutOut();
const seen = { asked, ready, coarse, first, back, coarseBack: after.coarse - again, firstBack: after.first - again };
await fetch(`seen?${new URLSearchParams(Object.entries(seen).map(([name, ms]) => [name, String(ms)]))}`);

/** As the page does. */
async function cutOut() {
  let shown = Number.NaN;
  const draft = await openDraft(blob, { onglance: () => { shown = performance.now(); } });
  await draft.export();
  draft.close();
  return { coarse: shown, first: performance.now() };
}
