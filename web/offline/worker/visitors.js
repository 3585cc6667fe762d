/**
 * Who asks: each page and each of its workers, with the build it was opened with, and whether its network is cut.
 *
 * Written down in a cache, since the browser ends a service worker that has nothing to do, and starts it again.
 */

/**
 * @typedef {object} Visitor
 * @property {string} page Id of the page; for a worker, of the page that started it.
 * @property {string} build
 * @property {boolean} cut
 * @property {boolean} arrived Whether the page has said hello.
 * @property {number} at Milliseconds since 1970.
 */

/** A page that has been on its way for so long does not come any more. */
const ARRIVAL_MS = 60_000;
/** This page lives with its network cut. */
const CUT_PAGE = 'selftest.html';

/** @type {Map<string, Visitor>} */
const visitors = new Map();

/**
 * Who makes a request. The browser does not always say: threads that a worker starts come without a name. They are of
 * our own build, and cut off if anybody is.
 *
 * @param {string} id
 * @returns {Promise<Visitor>}
 */
async function visitor(id) {
  const known = visitors.get(id) ?? await remembered(id);
  if (known) return known;
  const client = id === '' ? undefined : await worker.clients.get(id);
  const isPage = client?.type === 'window';
  const all = isPage ? [] : [...(await allVisitors()).values()];
  const pages = new Set(all.map(({ page }) => page));
  const [only = ''] = pages;
  const page = isPage ? id : pages.size === 1 ? only : '';
  return { page, build: BUILD.id, cut: all.some(({ cut }) => cut), arrived: true, at: Date.now() };
}

/**
 * Note who comes into being with this request: a page, or a worker of the page that asks for its script.
 *
 * @param {FetchEvent} event
 * @param {string} path
 * @returns {Promise<Visitor>} who this request is of
 */
async function arrival(event, path) {
  const isPage = event.request.mode === 'navigate';
  const id = event.resultingClientId;
  const asking = isPage ? null : await visitor(event.clientId);
  /** @type {Visitor} */
  const fresh = asking
    ? { ...asking, at: Date.now() }
    : { page: id, build: BUILD.id, cut: path === CUT_PAGE, arrived: false, at: Date.now() };
  if (id !== '') event.waitUntil(remember(id, fresh));
  return fresh;
}

/**
 * @param {string} id
 * @param {Visitor} who
 */
async function remember(id, who) {
  visitors.set(id, who);
  await (await caches.open(STATE)).put(visitorKey(id), Response.json(who));
}

/** Cut the network of a page and of its workers, or restore it. @param {string} page @param {boolean} on */
async function setCut(page, on) {
  const own = { ...await visitor(page), cut: on };
  await remember(page, own);
  for (const [id, who] of await allVisitors()) {
    if (who.page === page) await remember(id, { ...who, cut: on });
  }
}

/** The builds of the pages that are open. Who has gone is forgotten. @returns {Promise<Set<string>>} */
async function buildsInUse() {
  const open = new Set((await worker.clients.matchAll({ includeUncontrolled: true })).map(({ id }) => id));
  const builds = new Set();
  const cache = await caches.open(STATE);
  for (const [id, { page, build, arrived, at }] of await allVisitors()) {
    if (open.has(page) || (!arrived && Date.now() - at < ARRIVAL_MS)) {
      builds.add(build);
    } else {
      visitors.delete(id);
      await cache.delete(visitorKey(id));
    }
  }
  return builds;
}

/** @returns {Promise<Map<string, Visitor>>} */
async function allVisitors() {
  const cache = await caches.open(STATE);
  for (const { url } of await cache.keys()) {
    const id = new URL(url).searchParams.get('visitor');
    if (id !== null && !visitors.has(id)) await remembered(id);
  }
  return visitors;
}

/** @param {string} id @returns {Promise<Visitor | null>} */
async function remembered(id) {
  const stored = await caches.match(visitorKey(id), { cacheName: STATE });
  if (!stored) return null;
  /** @type {Visitor} */
  const who = await stored.json();
  visitors.set(id, who);
  return who;
}

/** @param {string} id */
function visitorKey(id) {
  return `${SCOPE}?visitor=${encodeURIComponent(id)}`;
}
