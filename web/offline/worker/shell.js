/**
 * The shell of a build: all its files in one piece. A visit asks for more than a hundred of them, and from a cache each
 * would be looked up, read and compared by itself.
 */

const SHELL_KEY = `${SCOPE}?shell`;

/** @typedef {Map<string, { body: Uint8Array<ArrayBuffer>, headers: [string, string][] }>} Shell Files by path. */

/** As they were read, by build. @type {Map<string, Promise<Shell | null>>} */
const shells = new Map();
/** @type {Promise<void> | null} */
let mending = null;

/**
 * @param {BuildFacts} facts
 * @returns {Promise<Shell | null>} null if it is not there, or was and is not what it should be
 */
function shellOf(facts) {
  const known = shells.get(facts.id);
  if (known) return known;
  const shell = openShell(facts).catch(() => null); // what is on the disk may be damaged
  shells.set(facts.id, shell);
  shell.then((found) => found ?? shells.delete(facts.id));
  return shell;
}

/** @param {BuildFacts} facts @returns {Promise<Shell | null>} */
async function openShell({ id, shell, whole }) {
  const stored = await caches.match(SHELL_KEY, { cacheName: SHELL_PREFIX + id });
  if (!stored) return null;
  const body = await stored.arrayBuffer().catch(() => new ArrayBuffer(0));
  if (body.byteLength < whole.bytes || !await isRight(new Uint8Array(body, 0, whole.bytes), whole)) {
    console.warn("The page was damaged in the browser's cache, and is fetched again");
    await (await caches.open(SHELL_PREFIX + id)).delete(SHELL_KEY);
    return null;
  }
  const headers = JSON.parse(new TextDecoder().decode(new Uint8Array(body, whole.bytes)));
  let at = 0;
  return new Map(Object.entries(shell).map(([path, { bytes }]) => {
    at += bytes;
    return [path, { body: new Uint8Array(body, at - bytes, bytes), headers: headers[path] }];
  }));
}

/** @param {BuildFacts} facts @param {string} path */
async function readShell(facts, path) {
  const file = (await shellOf(facts))?.get(path);
  return file ? new Response(file.body, { headers: file.headers }) : null;
}

/** Fetch it, unless it is there: all of it or nothing. */
async function storeShell() {
  if (await shellOf(BUILD)) return;
  const cache = await caches.open(SHELL_PREFIX + BUILD.id);
  await cache.put(FACTS_KEY, Response.json(BUILD));
  /** @type {Map<string, Response>} */
  const files = new Map();
  await forEach(Object.entries(BUILD.shell), async ([path, asset]) => {
    // Not the browser's copy unasked: it may be an older one. Where a copy is wrong all the same, past every cache.
    const response = await download(path, asset, 'no-cache') ?? await download(path, asset, 'reload');
    if (!response) throw new Error(`${path} is not the file of this build`);
    recordOwn(path, asset);
    files.set(path, response);
  });
  const inOrder = Object.keys(BUILD.shell).map((path) => /** @type {Response} */ (files.get(path)));
  const headers = Object.fromEntries([...files].map(([path, response]) => [path, [...response.headers]]));
  const parts = await Promise.all(inOrder.map((response) => response.arrayBuffer()));
  await cache.put(SHELL_KEY, new Response(new Blob([...parts, JSON.stringify(headers)])));
  shells.delete(BUILD.id);
}

/**
 * A file of our own shell, which is not there or was damaged: from the network, and all of it is put back.
 *
 * @param {FetchEvent} event
 * @param {string} path
 * @param {Asset} asset
 */
async function mendShell(event, path, asset) {
  const response = await download(path, asset, 'no-cache');
  if (!response) return null; // the host has another build by now
  mending ??= storeShell().catch(console.warn).finally(() => { mending = null; }); // tried again with the next file
  event.waitUntil(mending);
  return response;
}

/** Whether it is there for the next start as well: the browser may have cleared it since it was read. */
async function hasShell() {
  const stored = await caches.match(SHELL_KEY, { cacheName: SHELL_PREFIX + BUILD.id });
  return stored !== undefined && await shellOf(BUILD) !== null;
}
