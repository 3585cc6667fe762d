/**
 * Python's memory as the build recorded it, with the pipeline and all that it needs imported. Put into a new instance, it
 * stands where a start of its own would have led, some seconds of a slow device earlier.
 *
 * Memory is all that Pyodide's own snapshots hold. NumPy and Pillow have libraries of their own, though: code with a place
 * in the table of functions and data with a place in memory, both of which the recorded memory points to. So these are
 * loaded first, in the same order and to the same places, as Emscripten does for a library that its other threads have.
 *
 * Two files: the facts as JSON, with which an instance can be prepared; and the memory, of which only what differs from such
 * an instance was recorded: where each run of bytes starts and ends (pairs of uint32, little endian), then these bytes.
 *
 * @module
 */

/**
 * @typedef {Record<string, number>} Places In the table, of functions that are exported, by the names of these.
 *
 * @typedef {object} Library
 * @property {string} module Its name in Python.
 * @property {string} path Its place in Python's file system, under which it was loaded.
 * @property {number} handle Address of what the dynamic linker keeps of it (`struct dso` of Emscripten).
 * @property {number} memoryBase Address of its data.
 * @property {number} tableBase Index of the first of its functions.
 * @property {Places} places Of its functions.
 *
 * @typedef {object} Facts
 * @property {number} memory Of the instance, in bytes.
 * @property {number} runs
 * @property {Library[]} libraries In the order of loading.
 * @property {Places} places Of Pyodide's own functions.
 * @property {object} references What the memory holds of JavaScript's, as Pyodide writes it.
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
 * @typedef {object} Settings Of a new instance.
 * @property {{ restoreSnapshot: () => object }} API
 * @property {(imports: WebAssembly.Imports, receive: (made: WebAssembly.Instance, of: WebAssembly.Module) => void) => object
 *   } instantiateWasm
 */

/** Pyodide itself, among the modules. */
export const MAIN = 'pyodide';
export const WORD = 4;
/** Where `struct dso` says that its data are there already, and where its data and functions are. */
export const DSO = { loaded: 8, memoryBase: 12, tableBase: 20 };

/**
 * Let the next `loadPyodide` start from a snapshot. It has to be told of one, of which it then looks at nothing but the length.
 *
 * @param {Facts} facts
 * @param {Map<string, WebAssembly.Module>} code Of Pyodide and of each library, by module.
 * @param {Promise<ArrayBuffer>} memory
 */
export function startFrom(facts, code, memory) {
  const scope = /** @type {{ _createPyodideModule: (settings: Settings) => Promise<Emscripten> }} */ (/** @type {any} */ (globalThis));
  const create = scope._createPyodideModule;
  const codeOf = (/** @type {string} */ module) => /** @type {WebAssembly.Module} */ (code.get(module));
  scope._createPyodideModule = async (settings) => {
    const known = new KnownFunctions();
    settings.instantiateWasm = (imports, receive) => {
      known.lieIn(/** @type {WebAssembly.Table} */ (imports['env']?.['__indirect_function_table']));
      const instance = new WebAssembly.Instance(codeOf(MAIN), imports);
      known.add(instance, facts.places);
      queueMicrotask(() => receive(instance, codeOf(MAIN))); // not before this returns
      return {};
    };
    const python = await create(settings);
    const libraries = facts.libraries.map(({ module }) => codeOf(module));
    known.watch(new Map(libraries.map((library, index) => [library, facts.libraries[index]?.places ?? {}])), () => {
      loadLibraries(python, facts.libraries, libraries);
    });
    known.forget();
    const recorded = await memory;
    settings.API.restoreSnapshot = () => {
      putBack(python, facts.runs, recorded);
      return facts.references;
    };
    return python;
  };
}

/**
 * WebKit gives one function as two objects, one from the exports and one from the table. Emscripten looks the first up among
 * the second, would not find it, and would give it another place than it was recorded with. So while instances are made,
 * the table gives the objects of the exports.
 */
class KnownFunctions {
  /** By place. @type {Map<number, unknown>} */
  #known = new Map();
  /** @type {WebAssembly.Table | null} */
  #table = null;

  /** @param {WebAssembly.Table} table */
  lieIn(table) {
    this.#table = table;
    const get = table.get.bind(table);
    table.get = (place) => this.#known.get(place) ?? get(place);
  }

  /**
   * @param {WebAssembly.Instance} instance
   * @param {Places} places
   */
  add({ exports }, places) {
    for (const [name, place] of Object.entries(places)) this.#known.set(place, exports[name]);
  }

  /**
   * Add those of instances that are made meanwhile, as soon as there is one.
   *
   * @param {Map<WebAssembly.Module, Places>} places
   * @param {() => void} make
   */
  watch(places, make) {
    const { Instance } = WebAssembly;
    const add = this.add.bind(this);
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
    function Watched(module, imports) {
      const instance = new Instance(module, imports);
      add(instance, places.get(module) ?? {});
      return instance;
    }
    WebAssembly.Instance = /** @type {any} */ (Watched);
    try {
      make();
    } finally {
      WebAssembly.Instance = Instance;
    }
  }

  forget() {
    if (this.#table) Reflect.deleteProperty(this.#table, 'get');
  }
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
 * @param {number} count Of runs.
 * @param {ArrayBuffer} memory
 */
function putBack(python, count, memory) {
  const runs = new Uint32Array(memory, 0, 2 * count);
  let from = runs.byteLength;
  for (let run = 0; run < runs.length; run += 2) {
    const [start = 0, end = 0] = runs.subarray(run, run + 2);
    python.HEAPU8.set(new Uint8Array(memory, from, end - start), start);
    from += end - start;
  }
  // A helper that each browser makes for itself, or doesn't: it is told anew.
  const offset = python.HEAP32[python.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET / WORD] ?? 0;
  python.HEAP32[(python.__PyRuntime + offset) / WORD] = python._PyEM_CountArgsPtr;
}
