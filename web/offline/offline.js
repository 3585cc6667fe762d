/**
 * The page offline: registers the service worker when there is nothing else to do, knows what is kept on this device,
 * keeps all of it when asked, and takes a new version when asked.
 *
 * @module
 */

/** @import { HelloReply, StatusReply } from './protocol.js' */
import { failure } from '../shared/errors.js';
import { BUILD } from './build.js';
import { cameThroughWorker, ledger } from './ledger.js';
import { activeWorker, ask, BASE, isSupported } from './line.js';

/**
 * @typedef {object} OfflineState
 * @property {boolean} supported Whether this browser can, here.
 * @property {boolean} controlled Whether a service worker answers this page's requests.
 * @property {boolean} shellCached Whether the page itself opens without a network.
 * @property {{ have: number, total: number }} heavy Bytes of all else that is needed: kept, and in all; `total` is 0
 *   until it is known.
 * @property {boolean} wished Whether a person has asked for all of it to be kept.
 * @property {boolean | null} persisted Whether the browser has promised not to clear it by itself; null: unknown.
 * @property {boolean} updateReady Whether `applyUpdate` would bring a new version.
 * @property {boolean} isolated From other sites, without which there are no threads.
 * @property {boolean} reloadIsolates Whether they could after a reload.
 * @property {boolean} failed Whether the service worker could not be installed.
 */

/** A page that stays open for days looks for a new version now and then, when it is looked at. */
const UPDATE_CHECK_MS = 3_600_000;
const IDLE_TIMEOUT_MS = 10_000;
const PARALLEL_DOWNLOADS = 3;

/** @type {OfflineState} */
let state = {
  supported: isSupported(),
  controlled: false,
  shellCached: false,
  heavy: { have: 0, total: 0 },
  wished: false,
  persisted: null,
  updateReady: false,
  isolated: globalThis.crossOriginIsolated,
  reloadIsolates: false,
  failed: false,
};
/** @type {Set<(state: OfflineState) => void>} */
const listeners = new Set();
/** @type {Promise<ServiceWorkerRegistration | null> | null} */
let registering = null;
/** Whether another version than this page's is in charge: this page keeps its own files until it is reloaded. */
let succeeded = false;

/** Listen for requests at once, and register the service worker once the page has loaded and has nothing to do. */
export function registerOffline() {
  if (registering) return;
  ledger.start(greeted);
  if (!state.supported) return;
  registering = whenIdle().then(register);
  navigator.serviceWorker.addEventListener('controllerchange', () => refresh());
  refresh();
}

/** @returns {Readonly<OfflineState>} */
export function offlineState() {
  return state;
}

/** @param {(state: OfflineState) => void} listener Called after each change. @returns {() => void} ends it */
export function onOffline(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Look again at what there is.
 *
 * @param {{ check?: boolean }} [how] `check`: read all that is kept and compare it with its hashes; damaged files are
 *   removed.
 */
export async function refresh({ check = false } = {}) {
  const worker = await activeWorker();
  const registration = state.supported ? await navigator.serviceWorker.getRegistration(BASE) : undefined;
  const status = worker && await ask(worker, { type: 'status', check }).catch((error) => {
    console.warn(error); // what was known stays
    return null;
  });
  const isTop = window.parent === window;
  enter({
    ...(status ? { shellCached: status.shell, wished: status.wished } : {}),
    heavy: status ? { have: status.have, total: status.total } : state.heavy,
    controlled: state.supported && navigator.serviceWorker.controller !== null,
    persisted: await navigator.storage?.persisted?.() ?? null,
    updateReady: succeeded || Boolean(registration?.active && registration.waiting),
    reloadIsolates: !state.isolated && isTop && worker !== null && !cameThroughWorker(),
  });
}

/**
 * Keep all that is needed on this device. What is here already is not fetched again.
 *
 * @param {(progress: { done: number, total: number }) => void} [onprogress] Bytes.
 * @param {AbortSignal} [signal]
 * @throws {GossamerError} `asset-missing`, `asset-corrupt`, `storage-full`, `aborted`
 */
export async function makeAvailable(onprogress = () => {}, signal = new AbortController().signal) {
  const worker = await controllingWorker();
  // Not waited for: some browsers ask the person, who need not answer.
  navigator.storage?.persist?.().then(() => refresh(), () => {});
  const status = await ask(worker, { type: 'status', check: true });
  try {
    await download(worker, status, onprogress, signal);
    await ask(worker, { type: 'wish', on: true });
  } catch (error) {
    if (signal.aborted) throw failure('aborted', 'Stopped as asked.', { cause: signal.reason });
    throw error;
  } finally {
    await refresh();
  }
}

/** Remove what is kept, but for the page itself. */
export async function removeOffline() {
  const worker = await activeWorker();
  if (worker) await ask(worker, { type: 'forget' });
  await refresh();
}

/** Reload this page with the new version. Other pages that are open keep theirs until they are reloaded. */
export async function applyUpdate() {
  const { waiting } = await navigator.serviceWorker.getRegistration(BASE) ?? {};
  if (waiting) {
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
    ask(waiting, { type: 'use' });
    await taken;
  }
  location.reload();
}

/** @returns {Promise<ServiceWorkerRegistration | null>} */
async function register() {
  const script = new URL('service-worker.js', BASE);
  try {
    const registration = await navigator.serviceWorker.register(script, { updateViaCache: 'none' });
    watch(registration);
    await refresh();
    return registration;
  } catch (error) {
    console.warn(error); // the page works without it
    enter({ failed: true });
    return null;
  }
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'redundant' && !registration.active) enter({ failed: true });
      refresh();
    });
  };
  registration.addEventListener('updatefound', follow);
  follow();
  let checkedAt = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < UPDATE_CHECK_MS) return;
    checkedAt = Date.now();
    registration.update().catch(() => {}); // without a network there is nothing new
  });
}

/** @param {HelloReply} reply */
function greeted({ build }) {
  succeeded = build !== BUILD;
  refresh();
}

/** A service worker that this page's requests go through. */
async function controllingWorker() {
  await registering;
  const worker = await activeWorker();
  if (!worker) throw failure('asset-missing', 'There is no service worker here to keep the files.');
  if (!navigator.serviceWorker.controller) await ask(worker, { type: 'control' });
  return worker;
}

/**
 * @param {ServiceWorker} worker
 * @param {StatusReply} status
 * @param {(progress: { done: number, total: number }) => void} onprogress
 * @param {AbortSignal} signal
 */
async function download(worker, { missing, have, total }, onprogress, signal) {
  let done = have;
  onprogress({ done, total });
  const queue = missing.values();
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const hands = Array.from({ length: PARALLEL_DOWNLOADS }, async () => {
    for (const path of queue) {
      await keep(worker, path, either, (bytes) => {
        done += bytes;
        onprogress({ done: Math.min(done, total), total });
      });
    }
  });
  try {
    await Promise.all(hands);
  } catch (error) {
    failed.abort();
    throw error;
  }
}

/**
 * Fetch a file through the service worker, which keeps it.
 *
 * @param {ServiceWorker} worker
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onbytes
 */
async function keep(worker, path, signal, onbytes) {
  let verdict = await fetchThrough(worker, path, { signal, cache: 'default' }, onbytes);
  // The browser's own copy was a wrong one, or it has none: past it.
  if (verdict === 'corrupt' || verdict === 'absent') verdict = await fetchThrough(worker, path, { signal, cache: 'reload' }, () => {});
  if (verdict === 'full') throw failure('storage-full', 'The browser gives no more room for the offline copy.');
  if (verdict === 'corrupt') throw failure('asset-corrupt', `${path} is not the file it should be (its SHA-256 differs).`);
  if (verdict === 'absent') throw failure('asset-missing', `${path} could not be kept.`);
}

/**
 * @param {ServiceWorker} worker
 * @param {string} path
 * @param {RequestInit} how
 * @param {(bytes: number) => void} onbytes
 */
async function fetchThrough(worker, path, how, onbytes) {
  try {
    const response = await fetch(new URL(encodeURI(path), BASE), { ...how, credentials: 'omit' });
    if (!response.ok || !response.body) throw failure('asset-missing', `${path} answered ${response.status}.`);
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      onbytes(value.length);
    }
  } catch (cause) {
    if (cause instanceof TypeError) throw failure('asset-missing', `${path} can't be reached.`, { cause });
    throw cause;
  }
  return ask(worker, { type: 'settled', path });
}

/** After the page has loaded, in a moment without work: a first visit must not wait for what comes later. */
async function whenIdle() {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => { addEventListener('load', resolve, { once: true }); });
  }
  await new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: IDLE_TIMEOUT_MS });
    else setTimeout(resolve, 1000);
  });
}

/** @param {Partial<OfflineState>} change */
function enter(change) {
  state = { ...state, ...change };
  for (const listener of listeners) listener(state);
}
