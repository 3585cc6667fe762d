/** Which backend runs a network, without a browser: backends that do as they are told. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../web/shared/errors.js';
import { Relay } from '../../web/workers/inference/relay.js';

/** @import { BackendMemory, BackendState, GpuBackend } from '../../web/shared/protocol.js' */

const [FILE, FORM] = [{ name: 'file' }, { name: 'form' }];
const PERSON = { name: 'person', input: { name: 'in', size: 4 }, output: { name: 'out' }, file: FILE, wasm: FORM };
const NOTHING = Object.freeze({ chosen: null, adapters: {}, refused: {} });

/** A device: which GPUs it has, and how they behave. */
class Device {
  /** @type {Partial<Record<GpuBackend, string>>} */
  adapters = { webgpu: 'gpu one', webgl: 'gpu one' };
  /** What starting a backend fails with. @type {Partial<Record<GpuBackend, Error>>} */
  broken = {};
  /** What runs on any GPU fail with. @type {Error | null} */
  lost = null;
  /** Whether GPUs take longer than WebAssembly, by which nothing takes any time here. */
  slow = false;
  /** @type {string[]} */
  started = [];
  /** @type {string[]} */
  ended = [];
  /** @type {BackendState[]} */
  told = [];

  /** @param {BackendMemory} [memory] */
  relay(memory = NOTHING) {
    return new Relay({
      startWasm: async () => {
        this.started.push('wasm');
        return { run: (...words) => this.#run('wasm', ...words), paceOf: () => (this.slow ? -1 : Infinity) };
      },
      startGpu: async (backend) => {
        this.started.push(backend);
        if (this.broken[backend]) throw this.broken[backend];
        return {
          backend,
          knows: (model) => model === PERSON.name,
          run: async (...words) => {
            if (this.lost) throw this.lost;
            return this.#run(backend, ...words);
          },
          end: () => this.ended.push(backend),
        };
      },
      describe: async (backend) => this.adapters[backend] ?? null,
      report: (state) => this.told.push(state),
    }, PERSON, memory);
  }

  get last() {
    const state = this.told.at(-1);
    assert.ok(state);
    return state;
  }

  /**
   * @param {string} backend
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   */
  async #run(backend, model, data, height, width) {
    assert.equal(data.length, 3 * height * width, 'all of the data is there');
    return { data: Float32Array.of(['wasm', 'webgpu', 'webgl'].indexOf(backend)), height, width };
  }
}

/** Name of the backend that ran a network. @param {Relay} relay */
async function ranOn(relay, model = 'person') {
  const { data: [number = -1] } = await relay.run(model, new Float32Array(48), 4, 4);
  return ['wasm', 'webgpu', 'webgl'][number];
}

test('a first photo is run by WebAssembly, and no GPU is started for it', async () => {
  const device = new Device();
  const relay = device.relay();
  await relay.use('auto');
  assert.equal(await ranOn(relay), 'wasm');
  assert.deepEqual(device.started, ['wasm']);
});

test('tried in idle time, a faster GPU runs the next photo, and the next visit starts with it alone', async () => {
  const device = new Device();
  const relay = device.relay();
  await relay.use('auto');
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.equal(await ranOn(relay), 'webgpu');
  const { inUse, memory } = device.last;
  assert.deepEqual([inUse, memory.chosen, memory.adapters], ['webgpu', 'webgpu', { webgpu: 'gpu one' }]);
  const later = new Device();
  const next = later.relay(memory);
  await next.use('auto');
  assert.equal(await ranOn(next), 'webgpu');
  assert.deepEqual(later.started, ['webgpu']);
});

test('a slower one is ended, and not tried again on this device', async () => {
  const device = new Device();
  device.slow = true;
  const relay = device.relay();
  await relay.use('auto');
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.equal(await ranOn(relay), 'wasm');
  assert.deepEqual(device.ended, ['webgpu', 'webgl']);
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.deepEqual(device.started, ['wasm', 'webgpu', 'webgl']);
  assert.equal(device.last.inUse, 'wasm');
});

test('one that fails is remembered with reason and date, and the next one is tried', async () => {
  const device = new Device();
  device.broken.webgpu = new Error('off by 9 levels');
  const relay = device.relay();
  await relay.use('auto');
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.equal(await ranOn(relay), 'webgl');
  const { webgpu } = device.last.memory.refused;
  assert.equal(webgpu?.reason, 'off by 9 levels');
  assert.match(webgpu.date, /^\d{4}-\d\d-\d\dT/);
});

test('lost in the middle of a photo: WebAssembly runs the same data, and everything after it', async () => {
  const device = new Device();
  const relay = device.relay({ ...NOTHING, chosen: 'webgpu', adapters: { webgpu: 'gpu one' } });
  await relay.use('auto');
  device.lost = new Error('lost');
  assert.equal(await ranOn(relay), 'wasm');
  device.lost = null;
  assert.equal(await ranOn(relay), 'wasm');
  const { inUse, memory } = device.last;
  assert.deepEqual([inUse, memory.chosen, memory.refused.webgpu?.reason], ['wasm', null, 'lost']);
  assert.deepEqual(device.ended, ['webgpu']);
});

test('what was asked for is used, even if it failed before; and left when another one is asked for', async () => {
  const device = new Device();
  const failed = { webgl: { reason: 'lost', date: '2026-01-01T00:00:00.000Z' } };
  const relay = device.relay({ ...NOTHING, adapters: { webgl: 'gpu one' }, refused: failed });
  await relay.use('webgl');
  assert.equal(await ranOn(relay), 'webgl');
  assert.deepEqual(device.last.memory.refused, {}, 'it works now');
  relay.use('wasm'); // not waited for: the run that comes after it does
  assert.equal(await ranOn(relay), 'wasm');
  assert.deepEqual(device.ended, ['webgl']);
  assert.deepEqual(device.last.memory.refused, {}, 'to be left is no failure');
});

test('a network that a GPU has not been checked with is run by WebAssembly', async () => {
  const device = new Device();
  const relay = device.relay();
  await relay.use('webgpu');
  assert.equal(await ranOn(relay, 'object'), 'wasm');
  assert.equal(await ranOn(relay), 'webgpu');
});

test('another GPU than the one that was found good is not trusted, but tried', async () => {
  const device = new Device();
  device.adapters = { webgpu: 'gpu two' };
  const relay = device.relay({ ...NOTHING, chosen: 'webgpu', adapters: { webgpu: 'gpu one' } });
  await relay.use('auto');
  assert.deepEqual(device.started, ['wasm']);
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.equal(await ranOn(relay), 'webgpu');
  assert.equal(device.last.memory.adapters.webgpu, 'gpu two');
});

test('files that can’t be had say nothing about a GPU: it is tried again another time', async () => {
  const device = new Device();
  device.broken.webgpu = failure('asset-missing', 'offline');
  const relay = device.relay();
  await relay.use('auto');
  await relay.tryGpus(['webgpu']);
  assert.deepEqual(device.last, { inUse: 'wasm', memory: NOTHING });
  device.broken = {};
  await relay.tryGpus(['webgpu']);
  assert.equal(await ranOn(relay), 'webgpu');
});

test('nothing is tried against a wish', async () => {
  const device = new Device();
  const relay = device.relay();
  await relay.use('wasm');
  await relay.tryGpus(['webgpu', 'webgl']);
  assert.deepEqual(device.started, ['wasm']);
});
