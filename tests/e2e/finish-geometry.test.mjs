/** The page's frames are those of the file: against Python, and by hand. No browser is needed. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { frameOf, guidesIn, pixelsOf, placed, toMillimetres, toPixels } from '../../web/page/finish/geometry.js';
import { SUPPORT } from '../support/paths.mjs';
import { python } from '../support/python.mjs';

/** @typedef {[number, number, number, number]} Box */

const cases = JSON.parse(await python(join(SUPPORT, 'frame_cases.py'), '400'));

test('frames are as in Python', () => {
  assert.ok(cases.frames.length > 300);
  for (const { photo: [width, height], subject, framing, box, size } of cases.frames) {
    const crop = Array.isArray(framing.crop) ? rect(/** @type {Box} */ (framing.crop)) : framing.crop;
    const found = frameOf({ width, height }, rect(subject), { ...framing, crop });
    const where = JSON.stringify(framing);
    assert.deepEqual([found.size.height, found.size.width], size, where);
    assertNear(found.rect, rect(box), where);
  }
});

test('documents are placed as in Python', () => {
  assert.ok(cases.documents.length > 5);
  for (const { preset, head, box, pixels: [width, height] } of cases.documents) {
    const { pixels, ...document } = preset;
    assertNear(placed(document, rect(head), { width: 5000, height: 1000 }), rect(box), JSON.stringify(preset));
    assert.deepEqual(pixelsOf(document, 600), { width, height });
    assert.deepEqual(pixels, [0, 0]);
  }
});

test('guides lie where a head of the least and of the most height ends', () => {
  const preset = /** @type {const} */ ({ kind: 'document', background: null });
  const document = { ...preset, size: tuple(35, 45), head: tuple(32, 36), top: 4 };
  const frame = { x: 10, y: 100, width: 350, height: 450 };
  assert.deepEqual(guidesIn(document, frame), [
    { kind: 'crown', y: 140 }, { kind: 'chin-least', y: 460 }, { kind: 'chin-most', y: 500 },
  ]);
  const kinds = guidesIn({ ...document, eyes: tuple(20, 22) }, frame).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['crown', 'eyes-most', 'eyes-least', 'chin-least', 'chin-most']);
  assert.deepEqual(guidesIn({ kind: 'product', background: null, pixels: tuple(5, 5) }, frame), []);
});

test('millimetres and pixels', () => {
  assert.equal(toPixels(35, 300), 413);
  assert.equal(toPixels(50.8, 300), 600);
  assert.equal(toPixels(0.001, 72), 1);
  assert.ok(Math.abs(toMillimetres(600, 300) - 50.8) < 1e-9);
});

/** @param {number} one @param {number} other @returns {[number, number]} */
function tuple(one, other) {
  return [one, other];
}

/** @param {Box} box */
function rect([x, y, width, height]) {
  return { x, y, width, height };
}

/**
 * @param {Record<string, number>} one
 * @param {Record<string, number>} other
 * @param {string} where
 */
function assertNear(one, other, where) {
  for (const [name, value] of Object.entries(other)) {
    assert.ok(Math.abs(Number(one[name]) - value) < 1e-6, `${name} is ${one[name]}, not ${value}: ${where}`);
  }
}
