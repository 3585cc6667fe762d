/**
 * Runs in selftest.html, which has no network: its policy names nothing but files, and the service worker answers those
 * from its cache alone. Tries to get out all the same, then cuts out a photo.
 *
 * @module
 */

/** @import { Cutout, FromTest, Probe, Step } from './selftest-protocol.js' */
import { removeBackground } from '../../gossamer.js';
import { ledger } from '../../offline/ledger.js';
import { toPlain } from '../../shared/errors.js';
import { PROBES } from './selftest-protocol.js';

const SAMPLE = new URL('sample.jpg', import.meta.url);
/** The browser tells of what its policy stopped a moment later, if it was the policy. */
const VIOLATION_MS = 2000;

/**
 * The addresses. Those of this site have something to give, so that an open network would give it: what is not there
 * fails anywhere. The script is one that does nothing by itself, and that no cache holds.
 *
 * @type {Record<Probe, string>}
 */
const ADDRESSES = {
  own: new URL('../../index.html', import.meta.url).href,
  // No top-level domain, and never will be: even a browser that lets this through reaches nobody.
  elsewhere: 'https://elsewhere.invalid/selftest-probe',
  image: new URL('../../icons/app-192.png', import.meta.url).href,
  script: new URL('../../offline/worker/visitors.js', import.meta.url).href,
};

/** Each resolves if an answer came. @type {Record<Probe, () => Promise<unknown>>} */
const attempts = {
  own: () => fetch(ADDRESSES.own),
  elsewhere: () => fetch(ADDRESSES.elsewhere, { mode: 'no-cors' }),
  image: () => {
    const image = new Image();
    image.src = ADDRESSES.image;
    return image.decode();
  },
  script: () => import(ADDRESSES.script),
};

/** Addresses that the policy has stopped. @type {Set<string>} */
const stopped = new Set();

if (window.parent !== window) run();

async function run() {
  ledger.start();
  document.addEventListener('securitypolicyviolation', ({ disposition, blockedURI }) => {
    if (disposition === 'enforce') stopped.add(blockedURI);
  });
  step('trying');
  /** @type {Probe[]} */
  const refused = [];
  /** @type {Probe[]} */
  const reached = [];
  for (const probe of PROBES) {
    (await isRefused(probe) ? refused : reached).push(probe);
  }
  const { cutout, error } = await cutOut().then(
    (made) => ({ cutout: made, error: null }),
    (cause) => ({ cutout: null, error: toPlain(cause) }),
  );
  tell({ type: 'selftest-outcome', outcome: { refused, reached, entries: ledger.entries, cutout, error } });
}

/**
 * Whether an attempt fails, and for the right reason: the policy names scripts of this site, so the service worker has
 * to stop those; all else the policy stops, and any other failure, such as of a name server, proves nothing.
 *
 * @param {Probe} probe
 */
async function isRefused(probe) {
  if (await attempts[probe]().then(() => true, () => false)) return false;
  return probe === 'script' || isStopped(ADDRESSES[probe]);
}

/** @param {string} address @returns {Promise<boolean>} */
function isStopped(address) {
  return new Promise((resolve) => {
    const look = () => stopped.has(address) && resolve(true);
    document.addEventListener('securitypolicyviolation', look);
    setTimeout(() => resolve(false), VIOLATION_MS);
    look();
  });
}

/** @returns {Promise<Cutout>} */
async function cutOut() {
  step('starting');
  const photo = await (await fetch(SAMPLE)).blob();
  const started = performance.now();
  const { blob, width, height, alpha } = await removeBackground(photo, {
    onprogress: ({ stage }) => stage === 'decode' && step('working'),
  });
  const opaque = alpha.reduce((count, level) => count + Number(level > 127), 0);
  return { blob, width, height, ms: performance.now() - started, share: opaque / alpha.length };
}

/** @param {Step} name */
function step(name) {
  tell({ type: 'selftest-step', step: name });
}

/** @param {FromTest} message */
function tell(message) {
  window.parent.postMessage(message, location.origin);
}
