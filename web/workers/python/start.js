/**
 * Start Pyodide from the snapshot, add the files of what is imported later, connect the pipeline.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { HeifReply, Output } from '../../shared/protocol.js' */
/** @import { Inference } from './inference.js' */
/** @import { Facts } from './snapshot.js' */
/** @import { PyCallable } from 'pyodide/ffi' */
import { reportLoading } from '../reports.js';
import { HeifDecoder } from './heif.js';
import { decodeJpeg } from './jpeg.js';
import { MAIN, startFrom } from './snapshot.js';
import { unpackTar } from './tar.js';

/**
 * @typedef {object} PythonPicture
 * @property {Uint8Array | Uint8ClampedArray} bytes
 * @property {number | null} width null, as the height, where the bytes are a file's.
 * @property {number | null} height
 *
 * @typedef {object} PythonJobAlone What `gossamer.runtime.browser` documents as a job: beside these, what its kind needs.
 * @property {import('../../shared/protocol.js').JobContent['kind']} kind
 * @property {(stage: string) => Promise<boolean>} checkpoint
 * @property {(alpha: Uint8Array, height: number, width: number) => void} glance
 *
 * @typedef {object} Host What a job may call, until `signal` says stop.
 * @property {(model: string, data: Float32Array, height: number, width: number, signal: AbortSignal) => Promise<Output | null>
 *   } infer
 * @property {(bytes: Uint8Array, width: number, height: number) => Promise<Uint8Array | null>} decodeJpeg
 * @property {(bytes: Uint8Array, type: string, maxPixels: number, signal: AbortSignal) => Promise<HeifReply | null>
 *   } decodeHeif
 *
 * @typedef {object} Calls The same as Python calls it.
 * @property {(model: string, data: Float32Array, height: number, width: number) => Promise<Output | null>} infer
 * @property {(bytes: Uint8Array, width: number, height: number) => Promise<Uint8Array | null>} decodeJpeg
 * @property {(bytes: Uint8Array, type: string, maxPixels: number) => Promise<HeifReply | null>} decodeHeif
 *
 * @typedef {PythonJobAlone & Calls} PythonJob
 *
 * @typedef {{ run: PyCallable, host: Host, pyodide: import('pyodide').PyodideInterface }} Pipeline
 */

const STEPS = ['interpreter', 'packages', 'connection'];

/**
 * @param {AssetGate} gate
 * @param {Inference} inference
 * @returns {Promise<Pipeline>}
 */
export async function startPython(gate, inference) {
  const step = stepper();
  const { folder, facts, memory, late, libraries } = pythonFiles(gate);
  // All at once, rather than one after the other as they are missed.
  gate.expect([...Object.keys(gate.files).filter((path) => path.startsWith(folder)), facts, memory, late, ...libraries.values()]);
  const manifest = gate.bytes('models/manifest.json');
  const [{ loadPyodide }, recorded, code] = await Promise.all([
    gate.module(`${folder}pyodide.mjs`),
    gate.bytes(facts).then((bytes) => /** @type {Facts} */ (JSON.parse(new TextDecoder().decode(bytes)))),
    compiled(gate, new Map([[MAIN, `${folder}pyodide.asm.wasm`], ...libraries])),
    gate.module(`${folder}pyodide.asm.js`), // which loadPyodide would import itself, later
  ]);
  let home = '';
  startFrom(recorded, code, gate.bytes(memory));
  /** @type {import('pyodide').PyodideInterface} */
  const pyodide = await loadPyodide({
    indexURL: gate.url(folder),
    stdLibURL: gate.url(`${folder}pyodide-lock.json`), // it wants a file here; Python's own are in the snapshot
    _loadSnapshot: new Uint8Array(recorded.memory), // for its length; startFrom puts in what belongs there
    fsInit: async (/** @type {unknown} */ _, /** @type {{ sitePackages: string }} */ { sitePackages }) => {
      home = sitePackages.slice(0, sitePackages.lastIndexOf('/'));
    },
    stdout: () => {},
  });
  step();

  unpackTar(pyodide.FS, home, await gate.bytes(late));
  step();

  const heif = new HeifDecoder(gate);
  /** @type {Host} */
  const host = {
    infer: (...of) => inference.run(...of),
    decodeJpeg,
    decodeHeif: (bytes, type, maxPixels, signal) => heif.decode(bytes, type, maxPixels, signal),
  };
  const bridge = pyodide.pyimport('gossamer.runtime.browser');
  const run = bridge.connect(new TextDecoder().decode(await manifest));
  bridge.destroy();
  step();
  return { run, host, pyodide };
}

/**
 * @param {AssetGate} gate
 * @param {Map<string, string>} files By module.
 */
async function compiled(gate, files) {
  return new Map(await Promise.all([...files].map(async ([module, path]) => (
    /** @type {const} */ ([module, await gate.compile(path)])
  ))));
}

/** @param {AssetGate} gate */
function pythonFiles(gate) {
  /** @type {Map<string, string>} By the module that is in them. */
  const libraries = new Map();
  for (const path of Object.keys(gate.files)) {
    const [, module] = /^python\/(.*)-[^-]*\.wasm$/.exec(path) ?? [];
    if (module !== undefined) libraries.set(module, path);
  }
  return {
    folder: gate.find(/^runtime\/pyodide-.*\/pyodide\.mjs$/).replace('pyodide.mjs', ''),
    facts: gate.find(/^python\/snapshot-.*\.json$/),
    memory: gate.find(/^python\/snapshot-.*\.bin$/),
    late: gate.find(/^python\/late-.*\.tar$/),
    libraries,
  };
}

function stepper() {
  let done = 0;
  return () => {
    done += 1;
    reportLoading({ stage: 'start', done, total: STEPS.length, unit: 'steps' });
  };
}
