/**
 * The Python worker: Pyodide, and in it the pipeline that conducts everything.
 *
 * @module
 */

/** @import { FromPython, PlainError, ToPython } from '../../shared/protocol.js' */
import { failure, GossamerError, toPlain } from '../../shared/errors.js';
import { bootWorker, reportDeath } from '../reports.js';
import { Inference } from './inference.js';
import { buffersOf, runJob } from './job.js';
import { startPython } from './start.js';
import { Turns } from './turns.js';

/** @import { Pipeline } from './start.js' */

/** @type {Map<number, AbortController>} */
const running = new Map();
const turns = new Turns();
/** @type {Promise<Pipeline>} */
const started = new Promise((resolve) => {
  addEventListener('message', (/** @type {MessageEvent<ToPython>} */ { data }) => {
    if (data.type === 'boot') {
      bootWorker(data, async (gate) => {
        resolve(await startPython(gate, new Inference(data.port)));
      });
    } else if (data.type === 'job') {
      const abort = new AbortController();
      running.set(data.id, abort);
      turns.run(data.content, () => work(data, abort.signal)).finally(() => running.delete(data.id));
    } else {
      running.get(data.id)?.abort();
    }
  });
});

/**
 * @param {import('../../shared/protocol.js').Job} job
 * @param {AbortSignal} signal
 */
async function work({ id, content }, signal) {
  const pipeline = await started;
  try {
    if (signal.aborted) throw failure('aborted', 'Stopped as asked.'); // but that it is over is waited for
    const result = await runJob(pipeline, content, {
      signal,
      onprogress: (progress) => send({ type: 'working', id, progress }),
      onglance: (glance) => send({ type: 'glance', id, glance }, [glance.alpha.buffer]),
      onphoto: (photo) => send({ type: 'photo', id, photo }, [photo]),
    });
    send({ type: 'result', id, result }, buffersOf(result));
  } catch (error) {
    send({ type: 'error', id, error: toPlain(error, 'worker-died') });
    // An error of ours leaves Python sound. Any other means that the interpreter itself broke, and may not be reused.
    if (!(error instanceof GossamerError)) reportDeath(failure('worker-died', String(error)));
  }
}

/**
 * @param {FromPython} message
 * @param {Transferable[]} [moved]
 */
function send(message, moved = []) {
  postMessage(message, moved);
}
