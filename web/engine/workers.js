/**
 * The pair of workers: started together, watched, ended together.
 *
 * @module
 */

/** @import { AssetList, Boot, FromInference, FromPython, Progress, ToInference, ToPython } from '../shared/protocol.js' */
import { failure, GossamerError } from '../shared/errors.js';
import { noteBackends, recallBackends, wishedBackend } from './backends.js';
import { gpuCandidates, threadCount } from './capabilities.js';
import { Silence } from './silence.js';

const BASE = new URL('../', import.meta.url).href;

export class WorkerPair {
  #python = startWorker('python');
  #inference = startWorker('inference');
  #watch = new AbortController();
  #silence = new Silence(() => this.#die(failure('worker-died', 'The engine does not answer any more.')));
  /** @type {Map<Worker, Progress>} */
  #bytes = new Map();
  #ready = 0;
  #wish = wishedBackend();

  /**
   * Starting takes a second or two; `onready` is called when both are up, `ondeath` once, when either has failed.
   *
   * @param {Promise<AssetList>} assets Where it is rejected, whoever gave it ends the pair.
   * @param {object} on
   * @param {() => void} on.onready
   * @param {(progress: Progress) => void} on.onloading
   * @param {(message: FromPython) => void} on.onmessage
   * @param {(error: GossamerError) => void} on.ondeath
   */
  constructor(assets, on) {
    this.on = on;
    const { port1, port2 } = new MessageChannel();
    this.#boot(this.#python, assets, port1);
    this.#boot(this.#inference, assets, port2);
  }

  /**
   * @param {ToPython} message
   * @param {Transferable[]} [moved]
   */
  send(message, moved = []) {
    this.#python.postMessage(message, moved);
    if (message.type === 'job') this.#silence.sent(message.id);
    else if (message.type === 'cancel') this.#silence.cancelled(message.id);
  }

  /** Use the time until a first photo. */
  warmUp() {
    this.#tell({ type: 'warm' });
  }

  /** Run the next photos on the backend that is wished for now. */
  followWish() {
    if (this.#wish === wishedBackend()) return;
    this.#wish = wishedBackend();
    this.#tell({ type: 'use', wish: this.#wish });
  }

  /** Use the time after a photo. */
  tryGpus() {
    this.#tell({ type: 'try', candidates: gpuCandidates() });
  }

  /** End both at once; nothing more is heard of them. */
  end() {
    this.#watch.abort();
    this.#silence.end();
    for (const worker of [this.#python, this.#inference]) {
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    }
  }

  /** @param {ToInference} message */
  #tell(message) {
    this.#inference.postMessage(message);
  }

  /**
   * @param {Worker} worker
   * @param {Promise<AssetList>} listed
   * @param {MessagePort} port
   */
  async #boot(worker, listed, port) {
    worker.onerror = (event) => {
      event.preventDefault();
      const died = failure('worker-died', `A worker failed: ${event.message || 'it could not be started'}.`);
      listed.then(() => this.#die(died), () => {}); // that there is no list says more
    };
    const assets = await listed.catch(() => null);
    if (!assets || this.#watch.signal.aborted) return;
    const lifeline = `gossamer-${crypto.randomUUID()}`;
    worker.onmessage = ({ data }) => this.#receive(worker, lifeline, assets.build, data);
    /** @type {Boot} */
    const boot = {
      type: 'boot', base: BASE, assets, lifeline, threads: threadCount(), port,
      wish: this.#wish, memory: recallBackends(assets.build),
    };
    worker.postMessage(boot, [port]);
  }

  /**
   * @param {Worker} worker
   * @param {string} lifeline
   * @param {string} build
   * @param {FromInference | FromPython} message
   */
  #receive(worker, lifeline, build, message) {
    if (message.type === 'result' || message.type === 'error') this.#silence.settled(message.id);
    else this.#silence.heard();
    if (message.type === 'alive') this.#watchLifeline(lifeline);
    else if (message.type === 'dead') this.#die(new GossamerError(message.error));
    else if (message.type === 'backend') noteBackends(build, message.state);
    else if (message.type === 'loading') this.#report(worker, message.progress);
    else if (message.type === 'ready') {
      this.#ready += 1;
      if (this.#ready === 2) this.on.onready();
    } else this.on.onmessage(message);
  }

  /**
   * The worker holds this lock as long as it lives; being granted it means that it doesn't.
   *
   * @param {string} name
   */
  #watchLifeline(name) {
    navigator.locks
      .request(name, { signal: this.#watch.signal }, () => {
        this.#die(failure('worker-died', 'The browser ended the engine, probably for lack of memory.'));
      })
      .catch(() => {}); // aborted by end()
  }

  /** @param {GossamerError} error */
  #die(error) {
    this.end();
    this.on.ondeath(error);
  }

  /**
   * At the start, bytes of both workers are one sum, told once both know how much they need. Steps pass as they are,
   * and so do bytes of what is only needed later.
   *
   * @param {Worker} worker
   * @param {Progress} progress
   */
  #report(worker, progress) {
    if (progress.unit !== 'bytes' || this.#ready === 2) return this.on.onloading(progress);
    this.#bytes.set(worker, progress);
    if (this.#bytes.size < 2) return;
    let [done, total] = [0, 0];
    for (const part of this.#bytes.values()) {
      done += part.done;
      total += part.total;
    }
    this.on.onloading({ ...progress, done, total });
  }
}

/** Fetch the list of what the workers may load. */
export async function loadAssetList() {
  const url = new URL('assets.json', BASE);
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok) throw failure('asset-missing', `assets.json answered ${response.status}.`);
    const list = await response.json();
    if (typeof list?.files !== 'object') throw failure('asset-corrupt', 'assets.json is not the list it should be.');
    return /** @type {AssetList} */ (list);
  } catch (cause) {
    if (cause instanceof GossamerError) throw cause;
    if (cause instanceof SyntaxError) throw failure('asset-corrupt', 'assets.json can’t be read.', { cause });
    throw failure('asset-missing', 'assets.json can’t be reached.', { cause });
  }
}

/** @param {'python' | 'inference'} role */
function startWorker(role) {
  return new Worker(new URL(`workers/${role}/main.js`, BASE), { type: 'module', name: `gossamer ${role}` });
}
