/**
 * The two caches, and the second of them: no file is put in whose SHA-256 is not the one in the list, and none is given out
 * again but to those who compare it themselves.
 */

const SCOPE = worker.registration.scope;
/** Caches belong to the whole origin, which may carry more than one copy of us. */
const PREFIX = `gossamer ${new URL(SCOPE).pathname} `;
const SHELL_PREFIX = `${PREFIX}shell `;
/** By content: what an update leaves as it was is not fetched again. */
const KEPT = `${PREFIX}kept`;
const STATE = `${PREFIX}state`;
const FACTS_KEY = `${SCOPE}?facts`;
const WISH_KEY = `${SCOPE}?wish`;
const PARALLEL_DOWNLOADS = 6;
/** What is written while an engine starts makes that slower by a fifth: docs/decisions/0017-start.md. */
const REST_MS = 2000;

/** Files on their way into the cache, by hash. @type {Map<string, Promise<Verdict>>} */
const settling = new Map();
/** Files that get there once nobody has asked for anything for a while, by hash: what begins with it. @type {Map<string, () => void>} */
const waiting = new Map();
/** Hashes of files that the browser has no copy of its own of. @type {Set<string>} */
const uncopied = new Set();
let rest = 0;

/**
 * A build's facts: our own, or those of an older build whose pages are still open.
 *
 * @param {string} build
 * @returns {Promise<BuildFacts | null>} null if nothing of that build is here
 */
async function factsOf(build) {
  if (build === BUILD.id) return BUILD;
  const stored = await caches.match(FACTS_KEY, { cacheName: SHELL_PREFIX + build });
  return stored ? stored.json() : null;
}

/**
 * @template T
 * @param {Record<string, T> | undefined} list
 * @param {string} path Anything that somebody has asked for: also the name of what every object has.
 * @returns {T | undefined}
 */
function listed(list, path) {
  return list && Object.hasOwn(list, path) ? list[path] : undefined;
}

/** @param {Asset} asset @param {boolean} [unseen] Whoever asks checks it, and asks again where it is not right. */
async function readKept(asset, unseen = false) {
  await settling.get(asset.sha256);
  const key = keptKey(asset);
  return unseen ? await caches.match(key, { cacheName: KEPT }) ?? null : readChecked(key, asset);
}

/** What every device needs of the files that are kept. @returns {[path: string, asset: Asset][]} */
function needed() {
  const optional = new Set(BUILD.optional);
  return Object.entries(BUILD.kept).filter(([path]) => !optional.has(path));
}

/** Fetch what is not kept yet. */
async function storeKept() {
  await forEach(needed(), async ([path, asset]) => {
    if (await caches.match(keptKey(asset), { cacheName: KEPT })) return;
    const response = await download(path, asset, 'default') ?? await download(path, asset, 'reload');
    if (!response) throw new Error(`${path} is not the file of this build`);
    recordOwn(path, asset);
    await (await caches.open(KEPT)).put(keptKey(asset), response);
  });
}

/**
 * Fetch a file, checked before anybody sees it, and without keeping it.
 *
 * @param {string} path
 * @param {Asset} asset
 * @param {RequestCache} cache
 * @returns {Promise<Response | null>} null if it is another file than the list says
 */
async function download(path, asset, cache) {
  const response = await fetch(SCOPE + encodeURI(path), { cache, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  const body = await response.arrayBuffer();
  return await isRight(body, asset) ? new Response(body, { headers: plainHeaders(response) }) : null;
}

/**
 * Keep a file that is being fetched, if it turns out to be the right one.
 *
 * @param {Asset} asset
 * @param {Promise<Response | null>} coming
 * @returns {Promise<Verdict>}
 */
function keep(asset, coming) {
  // It may also break off in the middle of its body. Whoever waits for it goes on without it.
  const verdict = coming.then((response) => (response?.ok ? put(asset, response) : 'absent')).catch(() => 'absent');
  const settled = /** @type {Promise<Verdict>} */ (verdict);
  settling.set(asset.sha256, settled);
  return settled;
}

/**
 * Keep a file that was given out, from the browser's own copy, once requests rest. Where there is no such copy, it is kept
 * as it comes the next time.
 *
 * @param {Asset} asset
 * @param {Request} request
 * @returns {Promise<void>} until it is there
 */
function keepLater(asset, request) {
  const { sha256 } = asset;
  if (waiting.has(sha256)) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.set(sha256, () => {
      const own = browsersOwn(request);
      own.then((copy) => copy ?? uncopied.add(sha256));
      resolve(keep(asset, own).then(() => {}));
    });
    stir();
  });
}

/** Somebody asks for something: what can wait does. */
function stir() {
  clearTimeout(rest);
  if (waiting.size > 0) rest = setTimeout(hurry, REST_MS);
}

/** Whatever waits, or one of them, begins now. @param {string} [only] */
function hurry(only) {
  for (const [sha256, begin] of waiting) {
    if (only !== undefined && only !== sha256) continue;
    waiting.delete(sha256);
    begin();
  }
}

/**
 * @param {Asset} asset
 * @param {Response} response
 * @returns {Promise<Verdict>}
 */
async function put(asset, response) {
  const body = await response.arrayBuffer();
  if (!await isRight(body, asset)) return 'corrupt';
  try {
    await (await caches.open(KEPT)).put(keptKey(asset), new Response(body, { headers: plainHeaders(response) }));
    return 'kept';
  } catch (error) {
    console.warn(error); // work goes on, from the network
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'absent';
  }
}

/**
 * What there is of this build.
 *
 * @param {boolean} check Read all of it.
 * @returns {Promise<StatusReply>}
 */
async function storeStatus(check) {
  if (check) hurry();
  await Promise.all(settling.values());
  const has = async (/** @type {Asset} */ asset) => Boolean(
    await (check ? readKept(asset) : caches.match(keptKey(asset), { cacheName: KEPT })),
  );
  const status = { shell: await hasShell(), have: 0, total: 0, missing: /** @type {string[]} */ ([]) };
  for (const [path, asset] of needed()) {
    status.total += asset.bytes;
    if (await has(asset)) status.have += asset.bytes;
    else status.missing.push(path);
  }
  return { ...status, wished: await isWished() };
}

/** @param {boolean} on */
async function setWish(on) {
  const cache = await caches.open(STATE);
  if (on) await cache.put(WISH_KEY, new Response('1'));
  else await cache.delete(WISH_KEY);
}

async function isWished() {
  return await caches.match(WISH_KEY, { cacheName: STATE }) !== undefined;
}

async function forgetKept() {
  await setWish(false);
  hurry(); // or they would come when all is gone
  await Promise.all(settling.values());
  await caches.delete(KEPT);
}

/**
 * Remove what no open page is of, and what no build that is left has in its list. While another worker is on its way in,
 * its caches can't be told from old ones: then nothing is removed.
 */
async function prune() {
  const used = new Set([BUILD.id, ...await buildsInUse()]);
  if (worker.registration.installing || worker.registration.waiting) return;
  const hashes = new Set();
  for (const name of await caches.keys()) {
    if (!name.startsWith(SHELL_PREFIX)) continue;
    const build = name.slice(SHELL_PREFIX.length);
    if (!used.has(build)) await caches.delete(name);
    else for (const { sha256 } of Object.values((await factsOf(build))?.kept ?? {})) hashes.add(sha256);
  }
  if (!await caches.has(KEPT)) return;
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    if (!hashes.has(new URL(request.url).searchParams.get('sha256'))) await cache.delete(request);
  }
}

/**
 * @param {string} key
 * @param {Asset} asset
 * @returns {Promise<Response | null>} null if it is not there, or was and is not what it should be
 */
async function readChecked(key, asset) {
  const stored = await caches.match(key, { cacheName: KEPT });
  if (!stored) return null;
  const body = await stored.arrayBuffer().catch(() => new ArrayBuffer(0)); // what is on the disk may be damaged
  if (await isRight(body, asset)) return new Response(body, { headers: stored.headers });
  console.warn(`${key} was damaged in the browser's cache, and is fetched again`);
  await (await caches.open(KEPT)).delete(key);
  return null;
}

/** Those of the body as it is stored: no longer compressed, and the same for everybody. @param {Response} response */
function plainHeaders({ headers }) {
  const plain = new Headers(headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Transfer-Encoding', 'Vary']) plain.delete(name);
  return plain;
}

/** @param {Asset} asset */
function keptKey({ sha256 }) {
  return `${SCOPE}?sha256=${sha256}`;
}

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} body @param {Asset} asset */
async function isRight(body, { bytes, sha256 }) {
  if (body.byteLength !== bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<void>} work
 */
async function forEach(items, work) {
  const queue = items.values();
  const hands = Array.from({ length: PARALLEL_DOWNLOADS }, async () => {
    for (const item of queue) await work(item);
  });
  await Promise.all(hands);
}
