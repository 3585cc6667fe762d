/**
 * `node snapshot.mjs PYODIDE LIBRARY OUT`: start Python from the tar file LIBRARY, import the pipeline, and write to the
 * folder OUT what a page starts from: the memory, the libraries that have a place in it, and the files that may still be
 * imported. web/workers/python/snapshot.js reads the memory and says how it is written.
 *
 * @module
 */

/** @import { Emscripten, Facts, Library } from '../workers/python/snapshot.js' */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DSO, loadLibraries, WORD } from '../workers/python/snapshot.js';
import { BLOCK, entriesOf, unpackTar } from '../workers/python/tar.js';

const [folder = '', library = '', out = ''] = process.argv.slice(2);
const EXTENSION = '.so';
/** Bytes that are compared, and recorded, at once: with fewer, runs take up more than they spare. */
const GRAIN = 64;

// The same bytes whenever they are made, and whatever Node.js makes them: neither time nor chance nor its name is in them,
// nor what only newer ones have.
Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Gossamer', platform: 'iPad' } });
for (const name of ['Suspender', 'Suspending']) Reflect.deleteProperty(WebAssembly, name);
Date.now = performance.now = () => 0;
crypto.getRandomValues = (view) => view;

const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
const settings = {
  indexURL: folder,
  stdLibURL: join(folder, 'pyodide-lock.json'), // it wants a file here; Python's own come from the archive
  env: { PYTHONHASHSEED: '0' },
  _sysExecutable: './this.program', // as in a browser, and not this script
};

const { python, home, imported, references } = await record();
const libraries = librariesOf(python, imported);
const code = libraries.map(({ path }) => python.FS.readFile(path));
const { fresh, places } = await newInstance(python.HEAPU8.length, libraries, code.map((bytes) => new WebAssembly.Module(bytes)));
compareTables(python.wasmTable, fresh.wasmTable);

mkdirSync(out, { recursive: true });
for (const [index, { module }] of libraries.entries()) writeFileSync(join(out, `${module}.wasm`), code[index]);
writeFileSync(join(out, 'late.tar'), lateFiles(home, new Set(imported.values())));
const { runs, file } = recordedBytes(python.HEAPU8, fresh.HEAPU8);
/** @type {Facts} */
const facts = { memory: python.HEAPU8.length, runs, libraries, places, references };
writeFileSync(join(out, 'snapshot.json'), JSON.stringify(facts));
writeFileSync(join(out, 'snapshot.bin'), file);

/** Start Python and import the pipeline. */
async function record() {
  let home = '';
  const pyodide = await loadPyodide({
    ...settings,
    _makeSnapshot: true,
    fsInit: async (/** @type {any} */ fs, /** @type {{ sitePackages: string }} */ { sitePackages }) => {
      home = join(sitePackages, '..');
      unpackTar(fs, home, fileBuffer(library));
    },
  });
  const python = pyodide._module;
  python.wasmTable.grow(1); // for the helper that most browsers make at their start: see putBack
  const lines = pyodide.runPython(String.raw`
import gc, sys
import gossamer.runtime.browser
sys.path = [path for path in sys.path if not path.endswith(".zip")]
sys.path_importer_cache.clear() # whoever imports later sees the files that there are then
gc.collect()
"\n".join(f"{name}\t{module.__file__}" for name, module in sys.modules.items() if getattr(module, "__file__", None))
`);
  const imported = new Map(lines.split('\n').map((/** @type {string} */ line) => line.split('\t')));
  return { python, home, imported, references: python.API.serializeHiwireState() };
}

/**
 * The libraries of an instance, in the order of loading.
 *
 * @param {any} python
 * @param {Map<string, string>} imported Files by module.
 * @returns {Library[]}
 */
function librariesOf(python, imported) {
  const modules = new Map([...imported].map(([module, path]) => [path, module]));
  const handles = new Map(Object.entries(python.LDSO.loadedLibsByHandle).map(([handle, { name }]) => [name, Number(handle)]));
  const paths = Object.keys(python.LDSO.loadedLibsByName).filter((path) => path.endsWith(EXTENSION));
  return paths.map((path) => {
    const [module, handle] = [modules.get(path), handles.get(path)];
    if (module === undefined || handle === undefined) throw new Error(`${path} was loaded, but is no module.`);
    const [memoryBase, tableBase] = [DSO.memoryBase, DSO.tableBase].map((field) => python.HEAPU32[(handle + field) / WORD]);
    return { module, path, handle, memoryBase, tableBase, places: {} };
  });
}

/**
 * An instance as a page has it before the memory is put back.
 *
 * @param {number} memory In bytes.
 * @param {Library[]} libraries
 * @param {WebAssembly.Module[]} code
 * @returns {Promise<{ fresh: Emscripten, places: Facts['places'] }>}
 */
async function newInstance(memory, libraries, code) {
  const { _createPyodideModule: create } = /** @type {any} */ (globalThis);
  const main = new WebAssembly.Module(readFileSync(join(folder, 'pyodide.asm.wasm')));
  return new Promise((resolve, reject) => {
    Object.assign(globalThis, {
      _createPyodideModule: async (/** @type {object} */ of) => {
        /** @type {Facts['places']} */
        let places = {};
        const instantiateWasm = (/** @type {any} */ imports, /** @type {(...of: object[]) => void} */ receive) => {
          const instance = new WebAssembly.Instance(main, imports);
          places = placesOf(instance.exports, imports.env.__indirect_function_table);
          queueMicrotask(() => receive(instance, main));
          return {};
        };
        const fresh = await create({ ...of, instantiateWasm });
        loadLibraries(fresh, libraries, code);
        for (const library of libraries) {
          const { exports } = fresh.LDSO.loadedLibsByName[library.path];
          library.places = placesOf(exports, fresh.wasmTable, library.tableBase);
        }
        resolve({ fresh, places });
        return new Promise(() => {}); // no further
      },
    });
    loadPyodide({ ...settings, _loadSnapshot: new Uint8Array(memory) }).catch(reject);
  });
}

/**
 * Of functions with several names, one.
 *
 * @param {WebAssembly.Exports} exports
 * @param {WebAssembly.Table} table
 * @param {number} [from] The first place that is theirs.
 */
function placesOf(exports, table, from = 0) {
  const names = new Map(Object.entries(exports).map(([name, one]) => [one, name]));
  /** @type {Record<string, number>} */
  const places = {};
  for (let place = from; place < table.length; place += 1) {
    const name = names.get(table.get(place));
    if (name !== undefined) places[name] = place;
  }
  return places;
}

/**
 * The recorded memory calls functions by their places: behind these must be the same ones.
 *
 * @param {WebAssembly.Table} recorded
 * @param {WebAssembly.Table} made
 */
function compareTables(recorded, made) {
  if (recorded.length !== made.length) throw new Error(`${made.length} functions in a new instance, not ${recorded.length}.`);
  for (let index = 0; index < recorded.length; index += 1) {
    if (recorded.get(index)?.name !== made.get(index)?.name) throw new Error(`Function ${index} is another one in a new instance.`);
  }
}

/**
 * The archive without what lies in the memory.
 *
 * @param {string} home
 * @param {Set<string>} imported
 */
function lateFiles(home, imported) {
  const kept = [...entriesOf(fileBuffer(library))].filter(({ path }) => !imported.has(`${home}/${path}`));
  return Buffer.concat([...kept.map(({ blocks }) => blocks), new Uint8Array(2 * BLOCK)]);
}

/**
 * @param {Uint8Array} recorded
 * @param {Uint8Array} made
 */
function recordedBytes(recorded, made) {
  /** @type {number[]} */
  const ends = [];
  for (let at = 0; at < recorded.length; at += GRAIN) {
    if (Buffer.compare(recorded.subarray(at, at + GRAIN), made.subarray(at, at + GRAIN)) === 0) continue;
    if (ends.at(-1) === at) ends.pop();
    else ends.push(at);
    ends.push(at + GRAIN);
  }
  const bytes = [];
  for (let run = 0; run < ends.length; run += 2) bytes.push(recorded.subarray(ends[run], ends[run + 1]));
  return { runs: ends.length / 2, file: Buffer.concat([Buffer.from(Uint32Array.from(ends).buffer), ...bytes]) };
}

/** @param {string} path */
function fileBuffer(path) {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}
