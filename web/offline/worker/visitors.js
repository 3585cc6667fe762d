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
 * the build of the pages that are open, our own if these differ, and cut off if any of them is. A page that was opened
 * without us, and has not said hello, is of a build that nothing is known of.
 *
 * @param {string} id
 * @returns {Promise<Visitor>}
 */
async function visitor(id) {
  const known = visitors.get(id) ?? await remembered(id);
  if (known) return known;
  const client = id === '' ? undefined : await worker.clients.get(id);
  const isPage = client?.type === 'window';
  if (isPage) return { page: id, build: '', cut: false, arrived: true, at: Date.now() };
  const open = await openPages();
  const all = [...(await allVisitors()).values()].filter(({ page }) => open.has(page));
  const page = only(all.map((one) => one.page)) ?? '';
  const build = only(all.map((one) => one.build)) ?? BUILD.id;
  return { page, build, cut: all.some(({ cut }) => cut), arrived: true, at: Date.now() };
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
  await note(page, { cut: on });
  if (!on) await buildsInUse(); // the page that did the test has gone, and nobody else is cut off on its account
}

/** Note something of a page and of its workers. @param {string} page @param {Partial<Visitor>} about */
async function note(page, about) {
  await remember(page, { ...await visitor(page), page, ...about });
  for (const [id, who] of await allVisitors()) {
    if (who.page === page && id !== page) await remember(id, { ...who, ...about });
  }
}

/** The builds of the pages that are open. Who has gone is forgotten. @returns {Promise<Set<string>>} */
async function buildsInUse() {
  const open = await openPages();
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

/** @returns {Promise<Set<string>>} */
async function openPages() {
  return new Set((await worker.clients.matchAll({ includeUncontrolled: true })).map(({ id }) => id));
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

/** The value that all of them have. @param {string[]} values @returns {string | undefined} */
function only(values) {
  return new Set(values).size === 1 ? values[0] : undefined;
}
