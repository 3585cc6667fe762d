/**
 * `gossamer.runtime.browser` as the product calls it, by `runJob`: what it answers, and that nothing outlives a job.
 */

import { runJob } from '../workers/python/job.js';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 8;
const SIDE = 24;
const STAGES = ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode'];
const OPTIONS = {
  type: 'png', background: null, threshold: null, subject: 'auto', decontaminate: true, depth: 8,
  crop: null, margin: 0, aspect: null, width: null, height: null, dpi: null, shadow: null,
};
const UPPER_HALF = '255, 0';

/**
 * @param {import('../../web/workers/python/start.js').Pipeline} pipeline
 * @param {import('./inference.js').FakeInference} inference
 */
export async function bridgeTests(pipeline, inference) {
  const jobs = new Jobs(pipeline, inference);
  const tests = {
    'a file is cut out': () => jobs.succeed({ kind: 'file', blob: jobs.png }),
    'a JPEG goes through the browser’s decoder': () => jobs.succeed({ kind: 'file', blob: jobs.jpeg }),
    'pixels are cut out': () => jobs.succeed({ kind: 'pixels', ...jobs.pixels() }),
    'every type of output': () => jobs.everyType(),
    'a frame, a size and a shadow': () => jobs.finish(),
    'a network that is unsure has another one asked': () => jobs.askAnother(),
    'where the other one fails, the first is believed': () => jobs.believeTheFirst(),
    'a trimap, as a file or as pixels, stands in for the networks': () => jobs.takeTrimap(),
    'strokes are drawn': () => jobs.takeStrokes(),
    'a draft is opened, changed, saved and closed': () => jobs.workOnDraft(),
    'a draft that was never opened is an error': () => jobs.missDraft(),
    'a bad file is the pipeline’s error': () => jobs.fail('input-format', { kind: 'file', blob: new Blob(['text']) }),
    'a bad option is the pipeline’s error': () => jobs.refuseOptions(),
    'a network that breaks is an error to try again after': () => jobs.breakNetwork(),
    'a job stops at any stage': () => jobs.cancelEverywhere(),
    'a job stops while the network runs': () => jobs.cancelInference(),
    'a job goes on while another waits for the network': () => jobs.overlap(),
    'nothing outlives a job': () => leaveNothing(pipeline.pyodide, jobs),
  };
  const outcomes = [];
  for (const [name, test] of Object.entries(tests)) {
    postMessage({ now: name });
    const started = performance.now();
    const failure = await test().then(() => null, (error) => String(error?.stack ?? error));
    outcomes.push({ name: `bridge: ${name}`, ms: performance.now() - started, failure });
  }
  return outcomes;
}

/** One of every kind of job, again and again: proxies, references and Python's objects must stay as many. */
async function leaveNothing(pyodide, jobs) {
  const module = pyodide._module;
  module.enable_pyproxy_allocation_tracing();
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await jobs.oneOfEach();
  const before = census(pyodide);
  for (let round = 0; round < ROUNDS; round += 1) await jobs.oneOfEach();
  const after = census(pyodide);
  const stacks = [...module.pyproxy_alloc_map.values()];
  module.disable_pyproxy_allocation_tracing();
  equal(after.proxies, 0, `proxies left:\n${stacks.join('\n')}\n`);
  equal(after.references, before.references, 'references of Python to JavaScript');
  equal(after.heap, before.heap, 'bytes of heap');
  // The interpreter's own caches may still gain an object; a job that left one behind would show in every round.
  const grown = after.objects - before.objects;
  if (grown >= ROUNDS) throw new Error(`Python has ${grown} objects more after ${ROUNDS} rounds`);
}

function census(pyodide) {
  const objects = pyodide.runPython('import gc; gc.collect(); len(gc.get_objects())');
  const module = pyodide._module;
  return {
    proxies: module.pyproxy_alloc_map.size,
    references: module._hiwire_num_refs(),
    heap: module.HEAPU8.length,
    objects,
  };
}

class Jobs {
  constructor(pipeline, inference) {
    this.pipeline = pipeline;
    this.inference = inference;
    this.png = this.#file('PNG');
    this.jpeg = this.#file('JPEG');
  }

  #file(format) {
    const bytes = this.pipeline.pyodide.runPython(`
from tests.unit.pictures import saved, soft
from pyodide.ffi import to_js
to_js(saved(soft(${SIDE}, ${SIDE}), "${format}"))`);
    return new Blob([bytes]);
  }

  pixels() {
    const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
    return { data, width: SIDE, height: SIDE };
  }

  run(source = { kind: 'file', blob: this.png }, options = {}, how = {}) {
    const { trimap = null, strokes = [] } = how;
    return this.task({ kind: 'remove', source, trimap, strokes, options: { ...OPTIONS, ...options } }, how);
  }

  task(content, { stopAt = '', behaviour = 'works' } = {}) {
    const abort = new AbortController();
    this.inference.behaviour = behaviour;
    this.inference.models.clear();
    this.inference.onhang = () => abort.abort();
    this.heard = [];
    this.glances = [];
    const onprogress = ({ stage }) => {
      this.heard.push(stage);
      if (stage === stopAt) abort.abort();
    };
    const onglance = (glance) => this.glances.push(glance);
    return runJob(this.pipeline, content, { signal: abort.signal, onprogress, onglance });
  }

  async succeed(source, options = {}) {
    const result = await this.run(source, options);
    equal(this.heard.join(), STAGES.join(), 'stages');
    equal(Object.keys(result.timings).join(), STAGES.join(), 'timings');
    equal(result.alpha.length, SIDE * SIDE, 'alpha');
    if (!(result.alpha instanceof Uint8Array)) throw new Error('alpha is no Uint8Array');
    equal(rows(result.alpha), UPPER_HALF, 'alpha of the first and the last row');
    equal(result.width, SIDE, 'width');
    equal(result.model, 'modnet', 'model');
    equal(result.confidence, 1, 'confidence');
    const bytes = new Uint8Array(await result.blob.arrayBuffer());
    if (bytes.length === 0) throw new Error('the file is empty');
    structuredClone({ ...result, blob: null }); // plain objects all the way down
  }

  async everyType() {
    const [png, webp, jpeg] = ['image/png', 'image/webp', 'image/jpeg'];
    for (const [type, mime] of Object.entries({ png, webp, jpeg, alpha: png, trimap: png })) {
      const { blob } = await this.run(undefined, { type, background: '#123456' });
      equal(blob.type, mime, type);
      const bitmap = await createImageBitmap(blob);
      equal(bitmap.width, SIDE, `width of ${type}`);
      bitmap.close();
    }
  }

  async finish() {
    const framed = await this.run(undefined, { crop: { x: -4, y: 2, width: 10, height: 20 }, shadow: { strength: 1 } });
    equal([framed.width, framed.height, framed.alpha.length].join(), '10,20,200', 'size of a frame');
    const sized = await this.run(undefined, { crop: 'subject', margin: 0.1, width: 30, height: 40, dpi: 300, shadow: {} });
    equal([sized.width, sized.height, sized.alpha.length].join(), '30,40,1200', 'size asked for');
  }

  async fail(code, source, options = {}, how = {}) {
    const error = await this.run(source, options, how).then(() => null, (reason) => reason);
    equal(error?.code, code, `code of ${error?.stack}`);
    equal(typeof error.message, 'string', 'message');
    equal(typeof error.advice, 'string', 'advice');
    equal(typeof error.retryable, 'boolean', 'retryable');
    return error;
  }

  async askAnother() {
    const { model, confidence } = await this.run(undefined, {}, { behaviour: 'doubts' });
    equal(model, 'u2netp', 'model');
    equal([...this.inference.models].join(), 'modnet,u2netp', 'networks');
    if (!(confidence <= 0.5)) throw new Error(`the two do not agree, and yet it is sure: ${confidence}`);
  }

  async believeTheFirst() {
    const { model, notices } = await this.run(undefined, {}, { behaviour: 'is alone' });
    equal(model, 'modnet', 'model');
    equal(notices.map(({ code }) => code).join(), 'subject-unsure', 'notices');
  }

  async takeTrimap() {
    const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255, 0, SIDE * SIDE * 2); // the upper half white
    const { blob } = await this.run(undefined, { type: 'trimap' });
    for (const trimap of [{ kind: 'pixels', data, width: SIDE, height: SIDE }, { kind: 'file', blob }]) {
      const runs = this.inference.runs;
      const result = await this.run(undefined, {}, { trimap });
      equal(this.inference.runs, runs, 'networks run');
      equal([result.model, result.confidence, result.networkWidth, result.networkHeight].join(), ',,,', 'nothing told');
      equal(rows(result.alpha), UPPER_HALF, 'alpha of the first and the last row');
      equal(result.crossings.bytesIn, this.png.size + (trimap.blob?.size ?? data.length), 'bytes in');
    }
  }

  async takeStrokes() {
    const strokes = [
      { kind: 'erase', points: new Float64Array([0, 1, SIDE, 1]), radius: 3 },
      { kind: 'keep', points: new Float64Array([4, SIDE, SIDE, SIDE]), radius: 3 },
    ];
    const { alpha, crossings } = await this.run(undefined, {}, { strokes });
    equal(alpha[SIDE / 2], 0, 'erased');
    equal(alpha[SIDE * SIDE - SIDE / 2], 255, 'kept');
    const { crossings: without } = await this.run();
    equal(crossings.bytesIn - without.bytesIn, 8 * 8, 'bytes of the points');
  }

  async workOnDraft() {
    const source = { kind: 'file', blob: this.png };
    const open = { kind: 'open', draft: 7, source, trimap: null, strokes: [], options: OPTIONS };
    const opened = await this.task(open);
    equal(this.heard.join(), STAGES.slice(0, 4).join(), 'stages');
    equal([opened.x, opened.y, opened.width, opened.height].join(), [0, 0, SIDE, SIDE].join(), 'window');
    if (!(opened.pixels instanceof Uint8ClampedArray)) throw new Error('pixels are no Uint8ClampedArray');
    equal(opened.pixels.length, SIDE * SIDE * 4, 'pixels');
    equal(rows(opened.pixels.filter((_, index) => index % 4 === 3)), UPPER_HALF, 'alpha');
    equal(opened.sureness.length, opened.networkWidth * opened.networkHeight, 'sureness');
    equal(this.glances.length, 1, 'glances');
    const [{ alpha, width, height }] = this.glances;
    equal(alpha.length, width * height, 'glance');
    equal(opened.crossings.bytesOut >= opened.pixels.length + opened.trimap.length, true, 'bytes out');

    const strokes = [{ kind: 'erase', points: new Float64Array([0, 1, SIDE, 1]), radius: 3 }];
    const changed = await this.task({ kind: 'repair', draft: 7, strokes });
    equal([changed.undoable, changed.redoable].join(), '1,0', 'after a change');
    equal(changed.patch.pixels.length, changed.patch.width * changed.patch.height * 4, 'pixels of the patch');
    equal(changed.patch.trimap[0], 0, 'trimap of the patch');
    const undone = await this.task({ kind: 'undo', draft: 7 });
    equal([undone.undoable, undone.redoable, undone.patch.trimap[0]].join(), '0,1,255', 'undone');
    const redone = await this.task({ kind: 'redo', draft: 7 });
    equal([redone.undoable, redone.redoable, redone.patch.trimap[0]].join(), '1,0,0', 'redone');
    const beside = [{ kind: 'erase', points: new Float64Array([-99, -99]), radius: 3 }];
    equal((await this.task({ kind: 'repair', draft: 7, strokes: beside })).patch, null, 'beside the photo');
    const file = await this.task({ kind: 'export', draft: 7, options: OPTIONS });
    equal(this.heard.join(), STAGES.slice(4).join(), 'stages of a file');
    equal(file.alpha[SIDE / 2], 0, 'erased in the file');
    const { subject, head } = await this.task({ kind: 'boxes', draft: 7 });
    equal([subject.x, subject.y, subject.width].join(), [0, 4, SIDE].join(), 'box of the subject, below what was erased');
    if (head !== null) equal(typeof head.width, 'number', 'head');
    const { layer } = await this.task({ kind: 'shadow', draft: 7, shadow: { strength: 0.5, softness: 0.5 } });
    if (layer !== null) equal(layer.data.length, layer.width * layer.height, 'shadow');
    equal(await this.task({ kind: 'close', draft: 7 }), null, 'closed');
  }

  async missDraft() {
    const error = await this.task({ kind: 'undo', draft: 99 }).then(() => null, (reason) => reason);
    equal(error?.code, 'internal', 'code');
  }

  async refuseOptions() {
    const framings = [{ crop: [1, 2, 3, 4] }, { crop: { x: 1 } }, { width: {} }, { shadow: true }, { shadow: { softness: null } }];
    for (const options of [{ background: 'whit' }, { threshold: 2 }, { subject: null }, { depth: 12 }, ...framings]) {
      await this.fail('option-invalid', undefined, options);
    }
    for (const stroke of [{ kind: null }, { radius: null }, { points: new Float64Array() }]) {
      const whole = { kind: 'keep', points: new Float64Array(2), radius: 1, ...stroke };
      await this.fail('option-invalid', undefined, {}, { strokes: [whole] });
    }
    const trimap = { kind: 'pixels', data: new Uint8ClampedArray(SIDE * 4), width: SIDE, height: 1 };
    await this.fail('option-invalid', undefined, {}, { trimap });
  }

  async breakNetwork() {
    const error = await this.fail('inference-failed', undefined, {}, { behaviour: 'fails' });
    equal(error.stage, 'segment', 'stage');
    equal(error.retryable, true, 'retryable');
  }

  async cancelEverywhere() {
    for (const stage of STAGES) {
      const runs = this.inference.runs;
      const error = await this.fail('cancelled', undefined, {}, { stopAt: stage });
      equal(error.stage, stage, 'stage');
      equal(this.heard.at(-1), stage, 'last stage');
      equal(this.inference.runs - runs, STAGES.indexOf(stage) > STAGES.indexOf('segment') ? 2 : 0, 'runs');
    }
  }

  async cancelInference() {
    const error = await this.fail('cancelled', undefined, {}, { behaviour: 'hangs' });
    equal(error.stage, 'segment', 'stage');
  }

  /** Aborting the one that waits takes nothing from the other. */
  async overlap() {
    const abort = new AbortController();
    this.inference.behaviour = 'hangs';
    const hangs = new Promise((resolve) => { this.inference.onhang = resolve; });
    const content = { kind: 'remove', source: { kind: 'file', blob: this.png }, trimap: null, strokes: [], options: OPTIONS };
    const quiet = { signal: abort.signal, onprogress: () => {}, onglance: () => {} };
    const first = runJob(this.pipeline, content, quiet).then(() => 'done', ({ code }) => code);
    await hangs;
    await this.succeed({ kind: 'file', blob: this.jpeg });
    abort.abort();
    equal(await first, 'cancelled', 'the one that waited');
  }

  async oneOfEach() {
    await this.succeed({ kind: 'file', blob: this.png });
    await this.succeed({ kind: 'file', blob: this.jpeg });
    await this.succeed({ kind: 'pixels', ...this.pixels() });
    await this.fail('input-format', { kind: 'file', blob: new Blob(['text']) });
    await this.finish();
    await this.refuseOptions();
    await this.askAnother();
    await this.believeTheFirst();
    await this.takeTrimap();
    await this.takeStrokes();
    await this.workOnDraft();
    await this.breakNetwork();
    await this.cancelEverywhere();
    await this.cancelInference();
  }
}

/** Levels in the first and the last row. */
function rows(alpha) {
  const levels = [alpha.subarray(0, SIDE), alpha.subarray(-SIDE)].map((row) => [...new Set(row)].join(' and '));
  return levels.join(', ');
}

function equal(actual, wanted, what) {
  if (actual !== wanted) throw new Error(`${what}: ${actual} is not ${wanted}`);
}
