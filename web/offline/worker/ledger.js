/** Every request of every page, told to that page as it is made. */

/** A page that never says hello must not fill the memory. */
const MOST_ENTRIES = 2000;
const SCRIPTS = ['service-worker.js', ...['store', 'shell', 'visitors', 'ledger', 'answers', 'replies'].map(
  (name) => `offline/worker/${name}.js`,
)];

/** Not yet told, by page. Those of the worker itself are under the empty name, for everybody. @type {Map<string, Entry[]>} */
const untold = new Map();

/**
 * @param {string} page Empty where the browser does not say, and for what the service worker fetches on its own.
 * @param {Omit<Entry, 'at'>} about
 */
function record(page, about) {
  const entries = untold.get(page) ?? [];
  if (entries.length < MOST_ENTRIES) entries.push({ at: Date.now(), ...about });
  untold.set(page, entries);
}

/** What we fetch on our own, so that it is there without a network. @param {string} path @param {Asset} asset */
function recordOwn(path, { bytes }) {
  record('', { method: 'GET', url: SCOPE + encodeURI(path), kind: '', status: 200, bytes, from: 'network' });
}

/** The browser fetched them to install us, and no one else sees that. */
function recordOwnScripts() {
  for (const path of SCRIPTS) {
    record('', { method: 'GET', url: SCOPE + path, kind: 'serviceworker', status: 200, bytes: null, from: 'network' });
  }
}

/** Tell the pages that listen what is on record for them. @param {string} page */
async function tell(page) {
  if (page === '') return tellAll();
  const who = visitors.get(page) ?? await remembered(page); // we may have been ended and started again meanwhile
  if (!who?.arrived) return; // it will ask
  const client = await worker.clients.get(page);
  const entries = take(page);
  if (!client || entries.length === 0) return;
  /** @type {Tell} */
  const message = { type: 'requests', entries };
  client.postMessage(message);
}

/** Tell everybody what the worker itself has fetched. */
async function tellAll() {
  const entries = take('');
  if (entries.length === 0) return;
  /** @type {Tell} */
  const message = { type: 'requests', entries };
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true })) client.postMessage(message);
}

/** @param {string} page @returns {Entry[]} */
function take(page) {
  const entries = untold.get(page) ?? [];
  untold.delete(page);
  return entries;
}
