/**
 * Python's memory as the build recorded it, with the pipeline and all that it needs imported. Put into a new instance, it
 * stands where a start of its own would have led, some seconds of a slow device earlier.
 *
 * Memory is all that Pyodide's own snapshots hold. NumPy and Pillow have libraries of their own, though: code with a place
 * in the table of functions and data with a place in memory, both of which the recorded memory points to. So these are
 * loaded first, in the same order and to the same places, as Emscripten does for a library that its other threads have.
 *
 * The file: the length of the facts in bytes (uint32, little endian), the facts as JSON, where each run of recorded bytes
 * starts and ends (pairs of uint32), and these bytes one after the other. All else is as in any new instance.
 *
 * @module
 */

/**
 * @typedef {object} Library
 * @property {string} module Its name in Python.
 * @property {string} path Its place in Python's file system, under which it was loaded.
 * @property {number} handle Address of what the dynamic linker keeps of it (`struct dso` of Emscripten).
 * @property {number} memoryBase Address of its data.
 * @property {number} tableBase Index of the first of its functions.
 *
 * @typedef {object} Facts
 * @property {number} memory Of the instance, in bytes.
 * @property {number} runs
 * @property {Library[]} libraries In the order of loading.
 * @property {object} references What the memory holds of JavaScript's, as Pyodide writes it.
 *
 * @typedef {object} Snapshot
 * @property {Facts} facts
 * @property {Uint32Array} runs
 * @property {Uint8Array} bytes
 *
 * @typedef {object} Emscripten Of Pyodide's instance, what is used here.
 * @property {Int8Array} HEAP8
 * @property {Uint8Array} HEAPU8
 * @property {Int32Array} HEAP32
 * @property {Uint32Array} HEAPU32
 * @property {WebAssembly.Table} wasmTable
 * @property {Record<string, unknown>} preloadedWasm Exports by path.
 * @property {(module: WebAssembly.Module, flags: object, path: string, scope: object, handle: number) => unknown
 *   } loadWebAssemblyModule
 * @property {(path: string, flags: object, scope: object, handle: number) => void} loadDynamicLibrary
 * @property {number} __PyRuntime Address of Python's own state.
 * @property {number} __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET Address of a number: how far into it a helper's address lies.
 * @property {number} _PyEM_CountArgsPtr This helper; 0 where the browser can't have it.
 *
 * @typedef {{ API: { restoreSnapshot: () => object } }} Settings Of a new instance.
 */

const WORD = 4;
/** Where `struct dso` says that its data are there already, and where its data and functions are. */
const DSO = { loaded: 8, memoryBase: 12, tableBase: 20 };

/**
 * @param {ArrayBuffer} file
 * @returns {Snapshot}
 */
export function readSnapshot(file) {
  const length = new DataView(file).getUint32(0, true);
  const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(file, WORD, length)));
  const runs = new Uint32Array(file, WORD + length, 2 * facts.runs);
  return { facts, runs, bytes: new Uint8Array(file, runs.byteOffset + runs.byteLength) };
}

/**
 * Let the next `loadPyodide` start from a snapshot. It has to be told of one, whose bytes it then does not look at.
 *
 * @param {Snapshot} snapshot
 * @param {Map<string, WebAssembly.Module>} compiled The libraries by module.
 */
export function startFrom(snapshot, compiled) {
  const scope = /** @type {{ _createPyodideModule: (settings: Settings) => Promise<Emscripten> }} */ (/** @type {any} */ (globalThis));
  const create = scope._createPyodideModule;
  scope._createPyodideModule = async (settings) => {
    const python = await create(settings);
    const { libraries, references } = snapshot.facts;
    const code = libraries.map(({ module }) => /** @type {WebAssembly.Module} */ (compiled.get(module)));
    loadLibraries(python, libraries, code);
    settings.API.restoreSnapshot = () => {
      putBack(python, snapshot);
      return references;
    };
    return python;
  };
}

/**
 * Load the libraries to where they were.
 *
 * @param {Emscripten} python A new instance, in which nothing has run yet.
 * @param {Library[]} libraries
 * @param {WebAssembly.Module[]} code Of each.
 */
export function loadLibraries(python, libraries, code) {
  const flags = { global: false, nodelete: false, loadAsync: false };
  for (const [index, { path, handle, memoryBase, tableBase }] of libraries.entries()) {
    if (python.wasmTable.length > tableBase) throw new Error(`The place of ${path} in the table is taken.`);
    python.HEAP8[handle + DSO.loaded] = 1;
    python.HEAPU32[(handle + DSO.memoryBase) / WORD] = memoryBase;
    python.HEAPU32[(handle + DSO.tableBase) / WORD] = tableBase;
    const scope = {};
    const module = /** @type {WebAssembly.Module} */ (code[index]);
    python.preloadedWasm[path] = python.loadWebAssemblyModule(module, flags, path, scope, handle);
    python.loadDynamicLibrary(path, flags, scope, handle);
    delete python.preloadedWasm[path];
  }
}

/**
 * Write the recorded bytes over those of an instance that has its libraries.
 *
 * @param {Emscripten} python
 * @param {Snapshot} snapshot
 */
export function putBack(python, { runs, bytes }) {
  let from = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const [start = 0, end = 0] = runs.subarray(run, run + 2);
    python.HEAPU8.set(bytes.subarray(from, from + end - start), start);
    from += end - start;
  }
  // A helper that each browser makes for itself, or doesn't: it is told anew.
  const offset = python.HEAP32[python.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET / WORD] ?? 0;
  python.HEAP32[(python.__PyRuntime + offset) / WORD] = python._PyEM_CountArgsPtr;
}
