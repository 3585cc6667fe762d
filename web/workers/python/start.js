/**
 * Start Pyodide, put the packages into its file system, connect the pipeline.
 *
 * @module
 */

/** @import { AssetGate } from '../../assets/gate.js' */
/** @import { HeifReply, Output } from '../../shared/protocol.js' */
/** @import { Inference } from './inference.js' */
/** @import { PyCallable } from 'pyodide/ffi' */
import { reportLoading } from '../reports.js';
import { HeifDecoder } from './heif.js';
import { decodeJpeg } from './jpeg.js';
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
  const { folder, library, packages } = pythonFiles(gate);
  // All at once, rather than one after the other as they are missed.
  gate.expect([...Object.keys(gate.files).filter((path) => path.startsWith(folder)), library, ...packages]);
  const manifest = gate.bytes('models/manifest.json');

  const [{ loadPyodide }] = await Promise.all([
    gate.module(`${folder}pyodide.mjs`),
    gate.module(`${folder}pyodide.asm.js`), // which loadPyodide would import itself, later
  ]);
  let site = '';
  /** @type {import('pyodide').PyodideInterface} */
  const pyodide = await loadPyodide({
    indexURL: gate.url(folder),
    stdLibURL: gate.url(library),
    fsInit: async (/** @type {unknown} */ _, /** @type {{ sitePackages: string }} */ { sitePackages }) => { site = sitePackages; },
    stdout: () => {},
  });
  step();

  for (const archive of packages) unpackTar(pyodide.FS, site, await gate.bytes(archive));
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

/** @param {AssetGate} gate */
function pythonFiles(gate) {
  return {
    folder: gate.find(/^runtime\/pyodide-.*\/pyodide\.mjs$/).replace('pyodide.mjs', ''),
    library: gate.find(/^python\/stdlib-.*\.zip$/),
    packages: [gate.find(/^python\/packages-.*\.tar$/), gate.find(/^python\/gossamer-.*\.tar$/)],
  };
}

function stepper() {
  let done = 0;
  return () => {
    done += 1;
    reportLoading({ stage: 'start', done, total: STEPS.length, unit: 'steps' });
  };
}
