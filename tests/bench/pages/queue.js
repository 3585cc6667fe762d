/** A page with nothing but a queue on it. @module */

import { removeBackground } from '../gossamer.js';
import { Queue } from '../page/queue/queue.js';
import { mountQueue } from '../page/queue/queue-view.js';

let pauseAt = Infinity;

/** @type {Queue} */
const queue = new Queue({
  run: async (file, { signal, onprogress }) => {
    const { blob, confidence, notices, width, height } = await removeBackground(file, { signal, onprogress });
    return { blob, name: file.name.replace(/\.\w+$/, '-cutout.png'), confidence, notices, width, height };
  },
  onchange: () => {
    const { done, failed } = queue.counts;
    if (done + failed >= pauseAt) queue.pause();
  },
});
const host = document.querySelector('main');
if (host) mountQueue(host, queue, { onopen: () => {} });
const input = document.querySelector('input');
input?.addEventListener('change', () => queue.add(input.files ?? []));

Object.assign(globalThis, {
  queue,
  /** Go on until so many photos are done with, and no other is begun. @param {number} count */
  runUntil: (count) => {
    pauseAt = count;
    queue.resume();
  },
});
