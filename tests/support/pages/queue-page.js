/** A page with nothing but a queue on it. Put beside the app; see tests/support/queue.mjs. @module */

import { removeBackground } from './gossamer.js';
import { fileName } from './page/panels/save.js';
import { findLeftovers } from './page/queue/leftovers.js';
import { mountQueue } from './page/queue/queue-view.js';
import { Queue } from './page/queue/queue.js';

let pauseAt = Infinity;

const queue = new Queue({
  atOnce: Number(new URLSearchParams(location.search).get('atOnce') ?? 1),
  output: { type: 'png' },
  run: async (file, { signal, onprogress, output }) => {
    const result = await removeBackground(file, { signal, onprogress, output });
    const { blob, confidence, notices, width, height } = result;
    return { blob, name: fileName(file.name, output.type, blob.type), confidence, notices, width, height };
  },
  onchange: () => {
    const { done, failed, saved } = queue.counts;
    if (done + failed + saved >= pauseAt && !queue.paused) queue.pause();
  },
});

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
