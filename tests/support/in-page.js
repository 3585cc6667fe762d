/**
 * Put into every page under test before its own scripts run: calls the public module, and puts results and errors into
 * a form that can leave the browser.
 */

/**
 * @typedef {import('../../web/gossamer.js').RemoveOptions} RemoveOptions
 * @typedef {import('../../web/gossamer.js').RemoveResult} RemoveResult
 * @typedef {import('../../web/shared/protocol.js').Progress} Progress
 *
 * @typedef {object} Outcome
 * @property {{ name: string, code: string, stage: string, retryable: boolean, message: string, advice: string,
 *   ours: boolean } | null} error
 * @property {(Omit<RemoveResult, 'blob' | 'alpha'> & { type: string, file: string, alpha: string }) | null} result
 *   With the bytes of the file and of the matte in base64.
 * @property {Progress[]} progress
 *
 * @typedef {object} Extra What a test does meanwhile.
 * @property {string} [abortAt] Abort when this stage is reported; `before` and `now` for before and right after the call.
 * @property {string} [disposeAt] Dispose of the engine when this stage is reported.
 * @property {{ stage: string, worker: string }} [killAt] End this worker, as the browser would, at this stage.
 */

(() => {
  /** @type {string[]} */
  const violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective}: ${blockedURI}`);
  });

  /** @type {Map<string, Worker>} by name, the latest */
  const workers = new Map();
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      workers.set(options?.name ?? '', this);
    }
  };

  /** Evaluated only when a test calls it. */
  const load = () => import(new URL('gossamer.js', document.baseURI).href);

  /** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

  /** @param {Blob} blob @returns {Promise<string>} */
  const base64 = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

  /**
   * @param {any} source
   * @param {RemoveOptions} [options]
   * @param {Extra} [extra]
   * @returns {Promise<Outcome>}
   */
  async function cut(source, options = {}, extra = {}) {
    const { removeBackground, dispose, GossamerError } = await load();
    /** @type {Progress[]} */
    const progress = [];
    const abort = new AbortController();
    if (extra.abortAt === 'before') abort.abort();
    const onprogress = (/** @type {Progress} */ report) => {
      progress.push(report);
      state.stage = report.stage;
      if (report.stage === extra.abortAt) abort.abort();
      if (report.stage === extra.disposeAt) dispose();
      if (report.stage === extra.killAt?.stage) workers.get(extra.killAt.worker)?.terminate();
    };
    try {
      const promise = removeBackground(source, { ...options, onprogress, signal: abort.signal });
      if (extra.abortAt === 'now') abort.abort();
      const { blob, alpha, ...rest } = await promise;
      const result = { ...rest, type: blob.type, file: await base64(blob), alpha: await base64(new Blob([alpha])) };
      return { error: null, result, progress };
    } catch (error) {
      const { name, code, stage, retryable, message, advice } = /** @type {any} */ (error);
      const ours = error instanceof GossamerError;
      return { error: { name, code, stage, retryable, message, advice, ours }, result: null, progress };
    }
  }

  const state = { violations, stage: '', load, bytes, base64, cut };
  Object.assign(globalThis, { e2e: state });
})();
