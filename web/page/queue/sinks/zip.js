/**
 * All results in one ZIP, stored as they are: pictures are compressed already. It is streamed, so that it may be larger
 * than memory. client-zip, which writes it, is fetched with the first one and checked like all that runs here.
 *
 * @module
 */

/** @import { makeZip } from 'client-zip' */
/** @import { Result } from '../item.js' */
/** @import { ResultStore } from '../store.js' */
import { AssetGate } from '../../../assets/gate.js';
import { loadAssetList } from '../../../engine/workers.js';
import { save } from '../../panels/save.js';

/**
 * @typedef {(options: { id: string, suggestedName: string, types: object[] }) => Promise<FileSystemFileHandle>} Picker
 * @typedef {(stream: ReadableStream<Uint8Array>) => Promise<void>} Target Takes a ZIP as it is made.
 */

const BASE = new URL('../../../', import.meta.url).href;
const TYPE = 'application/zip';

const { showSaveFilePicker } = /** @type {{ showSaveFilePicker?: Picker }} */ (/** @type {unknown} */ (globalThis));

/**
 * Find out where the ZIP goes. Where the browser can write files it asks; only after a click.
 *
 * @param {string} suggestedName
 * @param {Pick<ResultStore, 'scratch'>} store
 * @returns {Promise<Target>} rejected with an `AbortError` where no place was chosen
 */
export async function chooseZip(suggestedName, store) {
  if (!showSaveFilePicker) return (stream) => download(stream, suggestedName, store);
  const types = [{ accept: { [TYPE]: ['.zip'] } }];
  const handle = await showSaveFilePicker({ id: 'gossamer-results', suggestedName, types });
  return async (stream) => stream.pipeTo(await handle.createWritable());
}

/**
 * @param {AsyncIterable<Result>} results
 * @param {Target} target
 */
export async function writeZip(results, target) {
  const { makeZip } = await load();
  await target(makeZip(entries(results)));
}

/** @param {AsyncIterable<Result>} results */
async function* entries(results) {
  for await (const { path, name, blob } of results) yield { name: path ? `${path}/${name}` : name, input: blob };
}

/** @returns {Promise<{ makeZip: typeof makeZip }>} */
async function load() {
  const gate = new AssetGate(BASE, await loadAssetList(), () => {});
  gate.failed.catch(() => {}); // heard from the call itself
  return gate.module(gate.find(/^runtime\/client-zip-[^/]*\/index\.js$/));
}

/**
 * Put together in the store, where there is one, and handed to the browser's downloads from there.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {string} name
 * @param {Pick<ResultStore, 'scratch'>} store
 */
async function download(stream, name, store) {
  const handle = await store.scratch();
  if (handle) await stream.pipeTo(await handle.createWritable());
  const content = handle ? await handle.getFile() : await new Response(stream).blob();
  save(content.slice(0, content.size, TYPE), name);
}
