/**
 * The self-test: cuts this page's network, has a page without one do a cut-out, and gives the network back.
 *
 * @module
 */

/** @import { FromTest, Outcome, Step } from './selftest-protocol.js' */
import { activeWorker, ask } from '../../offline/line.js';

const PAGE = new URL('../../selftest.html', import.meta.url).href;
/** No device takes longer from a cache; what takes longer has failed to say so. */
const PATIENCE_MS = 240_000;

/**
 * @param {HTMLElement} host Where the page of the test lives while it runs, unseen.
 * @param {(step: Step) => void} onstep
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome | null>} null where no answer came
 */
export async function cutAndTry(host, onstep, signal) {
  const worker = await activeWorker();
  if (!worker) return null;
  await ask(worker, { type: 'cut', on: true });
  try {
    return await inFrame(host, onstep, signal);
  } finally {
    await ask(await activeWorker() ?? worker, { type: 'cut', on: false });
  }
}

/**
 * @param {HTMLElement} host
 * @param {(step: Step) => void} onstep
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome | null>}
 */
async function inFrame(host, onstep, signal) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = PAGE;
  const over = new AbortController();
  try {
    return await new Promise((resolve) => {
      const give = () => resolve(null);
      signal.addEventListener('abort', give, { signal: over.signal });
      AbortSignal.timeout(PATIENCE_MS).addEventListener('abort', give, { signal: over.signal });
      window.addEventListener('message', ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== location.origin) return;
        const message = /** @type {FromTest} */ (data);
        if (message?.type === 'selftest-step') onstep(message.step);
        else if (message?.type === 'selftest-outcome') resolve(message.outcome);
      }, { signal: over.signal });
      host.append(frame);
    });
  } finally {
    over.abort();
    frame.remove();
  }
}
