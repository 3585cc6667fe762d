/**
 * Runs in selftest.html, which has no network: its policy names nothing but files, and the service worker answers those
 * from its cache alone. Tries to get out all the same, then cuts out a photo.
 *
 * @module
 */

/** @import { Cutout, FromTest, Probe, Step } from './selftest-protocol.js' */
import { GossamerError, removeBackground } from '../../gossamer.js';
import { ledger } from '../../offline/ledger.js';
import { PROBES } from './selftest-protocol.js';

const SAMPLE = new URL('sample.jpg', import.meta.url);
const OWN = new URL('../../selftest-probe', import.meta.url).href;
/** `invalid` is no top-level domain and never will be: even a browser that lets this through reaches nobody. */
const ELSEWHERE = 'https://elsewhere.invalid/selftest-probe';

/** Each resolves if an answer came. @type {Record<Probe, () => Promise<unknown>>} */
const attempts = {
  own: () => fetch(OWN),
  elsewhere: () => fetch(ELSEWHERE, { mode: 'no-cors' }),
  image: () => {
    const image = new Image();
    image.src = `${OWN}.png`;
    return image.decode();
  },
  script: () => import(`${OWN}.js`),
};

if (window.parent !== window) run();

async function run() {
  ledger.start();
  step('trying');
  /** @type {Probe[]} */
  const refused = [];
  /** @type {Probe[]} */
  const reached = [];
  for (const probe of PROBES) {
    await attempts[probe]().then(() => reached.push(probe), () => refused.push(probe));
  }
  const { cutout, error } = await cutOut().then(
    (made) => ({ cutout: made, error: null }),
    (cause) => ({ cutout: null, error: cause instanceof GossamerError ? cause.message : String(cause) }),
  );
  tell({ type: 'selftest-outcome', outcome: { refused, reached, entries: ledger.entries, cutout, error } });
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
