/** What each request is answered with. */

/**
 * @typedef {object} Answer
 * @property {Response} response
 * @property {Entry['from']} from
 * @property {number | null} bytes
 * @property {boolean} [stray] It begins a page of a build that is none of ours.
 * @property {boolean} [bare] Not to be changed in anything.
 */

/** Of what workers fetch, and check. Without a network they may name these alone; each is answered from the cache. */
const CUT_FOLDERS = ['models/', 'python/', 'runtime/'];
/** Files that its page may fetch. */
const CUT_FILES = ['assets.json', 'page/privacy/sample.jpg'];

/** @param {FetchEvent} event */
function answerFetch(event) {
  stir();
  const path = pathOf(event.request);
  if (path === null && visitors.get(event.clientId)?.cut === false) {
    event.waitUntil(noteForeign(event, 'passed'));
    return; // the browser's own business: as if we weren't here
  }
  event.respondWith(path === null ? answerForeign(event) : answerOwn(event, path));
}

/**
 * What is not ours: another origin, another method, a part of a file.
 *
 * @param {FetchEvent} event
 */
async function answerForeign(event) {
  const { cut } = await visitor(event.clientId);
  event.waitUntil(noteForeign(event, cut ? 'refused' : 'passed'));
  return cut ? Response.error() : fetch(event.request);
}

/**
 * @param {FetchEvent} event
 * @param {'refused' | 'passed'} from
 */
async function noteForeign({ request, clientId }, from) {
  const { page } = await visitor(clientId);
  record(page, { method: request.method, url: request.url, kind: request.destination, status: null, bytes: null, from });
  await tell(page);
}

/**
 * A file of our folder.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function answerOwn(event, path) {
  const { request, clientId } = event;
  const newcomer = request.mode === 'navigate' || event.resultingClientId !== '';
  const who = await (newcomer ? arrival(event, path) : visitor(clientId));
  const facts = await factsOf(who.build);
  const answer = await find(event, path, facts, who.cut);
  if (answer.stray) await remember(event.resultingClientId, { ...who, build: '' });
  const { response, from, bytes } = answer;
  record(who.page, {
    method: request.method, url: request.url, kind: request.destination, from, bytes,
    status: response.type === 'error' ? null : response.status,
  });
  event.waitUntil(tell(who.page));
  const ours = facts && (listed(facts.shell, path) ?? listed(facts.kept, path));
  const dressing = ours && response.ok && !answer.stray && !answer.bare;
  return dressing ? dressed(response, path, facts, who.cut) : response;
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 * @param {BuildFacts | null} facts Those of the build that the page is of; null if nothing is here of that.
 * @param {boolean} cut
 * @returns {Promise<Answer>}
 */
async function find(event, path, facts, cut) {
  const [shell, kept] = [listed(facts?.shell, path), listed(facts?.kept, path)];
  const doubted = event.request.cache === 'reload'; // what we gave turned out to be wrong, and is compared here now
  const checked = isData(event.request) && CUT_FOLDERS.some((folder) => path.startsWith(folder)) && !doubted;
  const asset = shell ?? kept;
  const stored = !asset || !facts ? null
    : await (shell ? readShell(facts, path) : readKept(asset, checked));
  if (stored) {
    const own = checked && !cut && path.endsWith('.wasm') ? await browsersOwn(event.request) : null;
    return { response: own ?? stored, from: 'cache', bytes: asset?.bytes ?? null, bare: own !== null };
  }
  if (cut) return { response: Response.error(), from: 'refused', bytes: null };
  if (kept && checked && !uncopied.has(kept.sha256)) {
    return { response: await passKept(event, kept), from: 'network', bytes: kept.bytes, bare: true };
  }
  if (kept) return { response: await fetchKept(event, path, kept), from: 'network', bytes: kept.bytes };
  if (shell) {
    const mended = facts?.id === BUILD.id ? await mendShell(event, path, shell).catch(() => null) : null;
    if (mended) return { response: mended, from: 'network', bytes: shell.bytes };
    // Another build's file would not fit to what the page has, unless the page begins with it.
    if (event.request.mode !== 'navigate') return { response: Response.error(), from: 'network', bytes: null };
  }
  const response = await fetch(event.request).catch(() => Response.error());
  return { response, from: 'network', bytes: lengthOf(response), stray: shell !== undefined };
}

/**
 * The copy in the browser's cache, which may have been cleared. Only with that one, and as it is, a browser keeps what it
 * compiles of WebAssembly. Whoever asks checks it.
 *
 * @param {Request} request
 * @returns {Promise<Response | null>}
 */
async function browsersOwn({ url, credentials }) {
  try {
    const response = await fetch(url, { credentials, mode: 'same-origin', cache: 'only-if-cached' });
    return response.ok ? response : null;
  } catch {
    return null; // there is none
  }
}

/** Fetched by a script, not to be run or shown at once. @param {Request} request */
function isData(request) {
  return request.destination === '';
}

/**
 * A file that is to be kept, for somebody who checks it: as it comes, and kept when there is time for that.
 *
 * @param {FetchEvent} event
 * @param {Asset} asset
 */
async function passKept(event, asset) {
  const response = await fetch(event.request).catch(() => Response.error());
  if (response.ok) event.waitUntil(keepLater(asset, event.request));
  return response;
}

/**
 * A file that is kept as it comes. What is fetched as data passes through at once.
 *
 * @param {FetchEvent} event
 * @param {string} path
 * @param {Asset} asset
 */
async function fetchKept(event, path, asset) {
  const { request } = event;
  /** @type {(response: Response | null) => void} */
  let pass = () => {};
  event.waitUntil(keep(asset, new Promise((resolve) => { pass = resolve; })));
  try {
    const response = isData(request)
      ? await fetch(request)
      : await download(path, asset, request.cache) ?? await download(path, asset, 'reload');
    pass(response?.clone() ?? null);
    return response ?? Response.error();
  } catch {
    pass(null);
    return Response.error();
  }
}

/**
 * The answer with the headers of our pages, where the host has not sent its own. Without a network there is only ours.
 *
 * @param {Response} response
 * @param {string} path
 * @param {BuildFacts} facts
 * @param {boolean} cut
 */
function dressed(response, path, facts, cut) {
  const type = response.headers.get('Content-Type') ?? 'application/octet-stream';
  const headers = new Headers(cut ? { 'Content-Type': type } : response.headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Transfer-Encoding']) headers.delete(name);
  const wanted = Object.entries({ ...facts.headers, ...listed(facts.pages, path) });
  const missing = wanted.filter(([name, value]) => value !== null && !headers.has(name));
  if (!cut && missing.length === 0 && [...headers].length === [...response.headers].length) return response;
  for (const [name, value] of missing) headers.set(name, value ?? '');
  if (cut) headers.set('Content-Security-Policy', cutPolicy());
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Enforced by the browser, whatever we do: no address but those of files that the cache holds. */
function cutPolicy() {
  const files = [...CUT_FILES, ...CUT_FOLDERS].map((path) => SCOPE + path);
  return [
    "default-src 'none'", `script-src ${SCOPE} 'wasm-unsafe-eval'`, `worker-src ${SCOPE}`, `style-src ${SCOPE}`,
    `connect-src ${files.join(' ')}`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'",
  ].join('; ');
}

/**
 * Where the request leads in our folder.
 *
 * @param {Request} request
 * @returns {string | null} null if it is none of ours to answer
 */
function pathOf(request) {
  const { origin, pathname } = new URL(request.url);
  const start = new URL(SCOPE);
  if (request.method !== 'GET' || request.headers.has('Range')) return null;
  if (origin !== start.origin || !pathname.startsWith(start.pathname)) return null;
  try {
    const path = decodeURIComponent(pathname.slice(start.pathname.length));
    return path === '' || path.endsWith('/') ? `${path}index.html` : path;
  } catch {
    return null; // no address that anything has
  }
}

/** @param {Response} response */
function lengthOf(response) {
  const length = response.headers.get('Content-Length');
  return length === null ? null : Number(length);
}
