/**
 * What both workers tell the page while they start, and the lock that tells it when one of them is gone.
 *
 * @module
 */

/** @import { Boot, Progress } from '../shared/protocol.js' */
import { AssetGate } from '../assets/gate.js';
import { toPlain } from '../shared/errors.js';

const REPORT_EVERY_MS = 50;

/**
 * Start a worker: hold its lifeline, put the gate in place, run `start`, say so. A failure is reported as final.
 *
 * @param {Boot} boot
 * @param {(gate: AssetGate) => Promise<void>} start
 */
export async function bootWorker(boot, start) {
  holdLifeline(boot.lifeline);
  const gate = new AssetGate(boot.base, boot.assets, throttled(reportBytes));
  gate.install();
  try {
    await Promise.race([start(gate), gate.failed]);
    gate.release();
    postMessage({ type: 'ready' });
  } catch (error) {
    reportDeath(error);
  }
}

/** @param {unknown} error */
export function reportDeath(error) {
  console.error(error);
  postMessage({ type: 'dead', error: toPlain(error) });
}

/** @param {Progress} progress */
export function reportLoading(progress) {
  postMessage({ type: 'loading', progress });
}

/**
 * A worker that is killed, by the browser or by itself, fires no event. But its locks are released: the page asks
 * for the same lock and is granted it at that moment.
 *
 * @param {string} name
 */
function holdLifeline(name) {
  navigator.locks?.request(name, () => {
    postMessage({ type: 'alive' });
    return new Promise(() => {});
  });
}

/**
 * @param {number} done
 * @param {number} total
 */
function reportBytes(done, total) {
  reportLoading({ stage: 'download', done, total, unit: 'bytes' });
}

/**
 * Pass on a report at most every `REPORT_EVERY_MS`, and always when it is complete.
 *
 * @param {(done: number, total: number) => void} report
 */
function throttled(report) {
  let last = -Infinity;
  return (/** @type {number} */ done, /** @type {number} */ total) => {
    const now = performance.now();
    if (done < total && now - last < REPORT_EVERY_MS) return;
    last = now;
    report(done, total);
  };
}
