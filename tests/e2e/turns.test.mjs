/** Whose turn it is in the Python worker. No browser needed. */

import assert from 'node:assert/strict';
import { setImmediate as settled } from 'node:timers/promises';
import { test } from 'node:test';
import { Turns } from '../../web/workers/python/turns.js';

/** @import { JobContent } from '../../web/shared/protocol.js' */

test('two photos are in work at once, in the order they came', async () => {
  const { ask, finish, working } = desk();
  for (const name of ['a', 'b', 'c', 'd']) ask(name, remove());
  assert.deepEqual(await working(), ['a', 'b']);
  finish('b');
  assert.deepEqual(await working(), ['a', 'c']);
  finish('a');
  finish('c');
  assert.deepEqual(await working(), ['d']);
});

test('a large one is in work alone, and none overtakes it', async () => {
  const { ask, finish, working } = desk();
  ask('small', remove());
  ask('large', remove({ size: 20e6 }));
  ask('last', remove());
  assert.deepEqual(await working(), ['small']);
  finish('small');
  assert.deepEqual(await working(), ['large']);
  finish('large');
  assert.deepEqual(await working(), ['last']);
});

test('what is asked of a draft is done in order, and waits for no other photo', async () => {
  const { ask, finish, working } = desk();
  ask('open', { ...remove(), kind: 'open', draft: 1 });
  ask('repair', { kind: 'repair', draft: 1, strokes: [] });
  ask('undo', { kind: 'undo', draft: 1 });
  ask('photo', remove());
  ask('later', remove());
  assert.deepEqual(await working(), ['open', 'photo']);
  finish('open');
  assert.deepEqual(await working(), ['later', 'photo', 'repair']);
  ask('other', { kind: 'undo', draft: 2 });
  assert.deepEqual(await working(), ['later', 'other', 'photo', 'repair']);
  finish('repair');
  assert.deepEqual(await working(), ['later', 'other', 'photo', 'undo']);
});

function desk() {
  const turns = new Turns();
  /** @type {Map<string, () => void>} */
  const inWork = new Map();
  return {
    ask: (/** @type {string} */ name, /** @type {JobContent} */ content) => {
      turns.run(content, () => new Promise((resolve) => {
        inWork.set(name, () => resolve(null));
      }));
    },
    finish: (/** @type {string} */ name) => {
      inWork.get(name)?.();
      inWork.delete(name);
    },
    working: async () => {
      await settled();
      return [...inWork.keys()].sort();
    },
  };
}

/** @returns {import('../../web/shared/protocol.js').Remove} */
function remove({ size = 1000 } = {}) {
  const blob = /** @type {Blob} */ ({ size });
  return { kind: 'remove', source: { kind: 'file', blob }, trimap: null, strokes: [], options: /** @type {any} */ ({}) };
}
