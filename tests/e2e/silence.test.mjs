/** When workers count as silent: by ticks, by whether their task is still wanted. No browser needed. */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Silence } from '../../web/engine/silence.js';

const SECOND_MS = 1000;

test('a task that is wanted may take five minutes between two signs of life', () => {
  const { silence, pass, told } = make();
  silence.sent(1);
  pass(299);
  silence.heard();
  pass(299);
  assert.equal(told(), 0);
  pass(1);
  assert.equal(told(), 1);
});

test('one that was cancelled may hold up the next for thirty seconds', () => {
  const { silence, pass, told } = make();
  silence.sent(1);
  silence.cancelled(1);
  silence.sent(2);
  pass(29);
  assert.equal(told(), 0);
  pass(1);
  assert.equal(told(), 1);
});

test('one that was cancelled while it waited for its turn takes nothing from the one before', () => {
  const { silence, pass, told } = make();
  silence.sent(1);
  silence.sent(2);
  silence.cancelled(2);
  pass(299);
  assert.equal(told(), 0);
  silence.settled(1);
  pass(29);
  assert.equal(told(), 0);
  silence.settled(2);
  pass(1000);
  assert.equal(told(), 0, 'with nothing to do, silence is as it should be');
});

test('after the end nothing is told', () => {
  const { silence, pass, told } = make();
  silence.sent(1);
  silence.end();
  pass(1000);
  assert.equal(told(), 0);
});

function make() {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setInterval'] });
  const onsilence = mock.fn();
  return {
    silence: new Silence(onsilence),
    pass: (/** @type {number} */ seconds) => mock.timers.tick(seconds * SECOND_MS),
    told: () => onsilence.mock.callCount(),
  };
}
