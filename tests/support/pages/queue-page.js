/** A page with nothing but a queue on it. Put beside the app; see tests/support/queue.mjs. @module */

import { hasRoomForAnother } from './engine/capabilities.js';
import { removeBackground } from './gossamer.js';
import { fileName } from './page/panels/save.js';
import { findLeftovers } from './page/queue/leftovers.js';
import { mountQueue } from './page/queue/queue-view.js';
import { Queue } from './page/queue/queue.js';
import { SecondEngine } from './page/queue/second-engine.js';

const parameters = new URLSearchParams(location.search);
const atOnce = Number(parameters.get('atOnce') ?? 1);
let pauseAt = Infinity;

const queue = new Queue({
  atOnce,
  output: { type: 'png' },
  run: runBy(removeBackground),
  onchange: () => {
    const { done, failed, saved } = queue.counts;
    if (done + failed + saved >= pauseAt && !queue.paused) queue.pause();
  },
});

if (parameters.has('second') && hasRoomForAnother()) new SecondEngine(queue, runBy, atOnce);

/** @type {string[]} */
const opened = [];
const view = mountQueue(document.body, queue, { onopen: ({ name }) => opened.push(name) });
const input = document.querySelector('input');
input?.addEventListener('change', () => queue.add(input.files ?? []));

Object.assign(globalThis, {
  queue,
  opened,
  /** Go on until so many photos are done with, and begin no other. @param {number} count */
  runUntil: (count) => {
    pauseAt = count;
    queue.resume();
  },
  /** What a page does when it starts. @returns how many results were left over */
  recover: async () => {
    const leftovers = await findLeftovers();
    if (leftovers) view.offer(leftovers);
    return leftovers?.count ?? 0;
  },
});

/**
 * @param {typeof removeBackground} remove
 * @returns {import('../../../web/page/queue/item.js').Run}
 */
function runBy(remove) {
  return async (file, { signal, onprogress, output }) => {
    const { blob, confidence, notices, width, height } = await remove(file, { signal, onprogress, output });
    return { blob, name: fileName(file.name, output.type, blob.type), confidence, notices, width, height };
  };
}
