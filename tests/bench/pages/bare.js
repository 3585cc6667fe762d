/**
 * The yardstick, in the same browser as what it measures: the bare runtimes without Gossamer around them.
 *
 * @module
 */

const assets = await (await fetch('../assets.json')).json();
const manifest = await (await fetch('../models/manifest.json')).json();
const { file, input, output } = manifest.models[manifest.subjects.person];

/** @param {RegExp} pattern */
function folderOf(pattern) {
  const path = Object.keys(assets.files).find((name) => pattern.test(name)) ?? '';
  return new URL(`../${path.slice(0, path.lastIndexOf('/') + 1)}`, import.meta.url).href;
}

const start = {
  runtime: folderOf(/onnxruntime-web/),
  model: new URL(`../models/${file.name}`, import.meta.url).href,
  input: input.name,
  output: output.name,
  threads: crossOriginIsolated ? navigator.hardwareConcurrency : 1,
};

/** Start a session; returns a function that times one bare run at a size, in milliseconds. */
export async function bareSession() {
  const worker = startWorker('bare-inference.js');
  await ask(worker, { start });
  return (/** @type {{ height: number, width: number }} */ size) => /** @type {Promise<number>} */ (ask(worker, { size }));
}

/** Boot Pyodide beside a session, then run once: milliseconds until that run's output. */
export async function bareColdStart() {
  const started = performance.now();
  const python = startWorker('bare-python.js');
  const [session] = await Promise.all([
    bareSession().then((run) => ({ run, at: performance.now() - started })),
    ask(python, { pyodide: new URL('pyodide/', import.meta.url).href }),
  ]);
  const pythonAt = performance.now() - started;
  await session.run({ height: input.size, width: input.size });
  return { python: pythonAt, session: session.at, total: performance.now() - started };
}

/** @param {string} name */
function startWorker(name) {
  return new Worker(new URL(name, import.meta.url), { type: 'module' });
}

/**
 * @param {Worker} worker
 * @param {object} message
 * @returns {Promise<any>}
 */
function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}
