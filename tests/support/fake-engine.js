/**
 * Stands for `gossamer.js` where a test is about the element: it takes no time, and does as the photo's name says. A
 * photo called `slow…` waits for `e2e.go()`, one called `fail-CODE` fails with that code once and then succeeds.
 */

import { failure, GossamerError } from '../../web/shared/errors.js';

export { GossamerError };

const WIDTH = 40;
const HEIGHT = 30;

/** @type {{ wishes: object, name: string }[]} */
const calls = [];
/** @type {Set<string>} */
const failed = new Set();
let go = () => {};
const gate = new Promise((resolve) => { go = () => resolve(null); });
Object.assign(globalThis, { fake: { calls, go } });

export function dispose() {}

/**
 * @param {File} photo
 * @param {import('../../web/element/engine.js').Options} options
 */
export async function removeBackground(photo, { signal, onprogress, ...wishes }) {
  const { name } = photo;
  calls.push({ wishes, name });
  onprogress({ stage: 'download', done: 2_500_000, total: 10_000_000, unit: 'bytes' });
  const stopped = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(failure('aborted', 'Stopped.')));
  });
  if (name?.startsWith('slow')) await Promise.race([gate, stopped]);
  const [, code] = /^fail-([a-z-]+)/.exec(name) ?? [];
  if (code && !failed.has(name)) {
    failed.add(name);
    const advice = 'Do something about it.';
    throw new GossamerError({ code, stage: 'decode', message: 'It failed.', advice, retryable: true });
  }
  onprogress({ stage: 'matting', done: 4, total: 7, unit: 'stages' });
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context?.fillRect(10, 10, 10, 10);
  const { type } = wishes.output;
  const blob = await canvas.convertToBlob({ type: `image/${type === 'alpha' ? 'png' : type}` });
  onprogress({ stage: 'encode', done: 7, total: 7, unit: 'stages' });
  const notices = name?.startsWith('unsure') ? [{ code: 'subject-unsure', message: 'Unsure.' }] : [];
  const alpha = new Uint8Array(WIDTH * HEIGHT);
  return { blob, alpha, width: WIDTH, height: HEIGHT, timings: { total: 1 }, model: 'fake', confidence: 1, bandWidth: 1,
    notices, details: {} };
}
