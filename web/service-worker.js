/**
 * The service worker: answers its pages from two caches, the shell by build and the rest by content; keeps the list of
 * what they asked for; adds the headers that the host left off; and can cut a page's network.
 *
 * A classic script with imports, since not every browser takes a module here. docs/offline.md tells how it behaves.
 */

// Of all scripts below: they share one global scope, of values and of types.
/** @import { Asset } from './shared/protocol.js' */
/** @import { Ask, BuildFacts, Entry, Failed, HelloReply, StatusReply, Tell, Verdict } from './offline/protocol.js' */

/** The build writes them: the bytes of this file change with any file of dist/. @type {BuildFacts} */
const BUILD = /** @type {any} */ ({ /* facts of the build */ });

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

importScripts(
  './offline/worker/store.js',
  './offline/worker/shell.js',
  './offline/worker/visitors.js',
  './offline/worker/ledger.js',
  './offline/worker/answers.js',
  './offline/worker/replies.js',
);

shellOf(BUILD); // it takes its time, and will be asked for

worker.addEventListener('install', (event) => event.waitUntil(install()));

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim().then(() => prune()));
});

worker.addEventListener('fetch', (event) => answerFetch(event));

worker.addEventListener('message', (event) => {
  const { source } = event;
  if (!(source instanceof Client) || !source.url.startsWith(SCOPE)) return;
  const ask = /** @type {Ask} */ (event.data);
  event.waitUntil(reply(ask, source).catch(failed).then((answer) => event.ports[0]?.postMessage(answer)));
});

/** Fetch the shell; and, where a person wants all of it here, what has changed of the rest. Fails whole. */
async function install() {
  recordOwnScripts();
  await storeShell();
  if (await isWished()) await storeKept();
  await tellAll();
}
