/**
 * One progress from 0 to 1 out of the two phases of a run: loading, which a warm page skips, and working.
 *
 * @module
 */

/**
 * @typedef {object} Progress What `removeBackground` reports.
 * @property {'download' | 'start' | 'decode' | 'prepare' | 'infer' | 'refine' | 'compose' | 'encode'} stage
 * @property {number} done
 * @property {number} total
 * @property {'bytes' | 'steps' | 'stages'} unit
 */

/** How the bar is shared out when everything has to be loaded first. The rest is for the photo. */
const DOWNLOAD_SHARE = 0.5;
const START_SHARE = 0.25;

/** Where the bar stands after 0, 1, … 6 finished stages; the network alone takes about half of the time. */
const AFTER_STAGE = [0, 0.12, 0.18, 0.65, 0.85, 0.9, 1];

export class Meter {
  /** From 0 to 1; it never goes back. */
  fraction = 0;

  /** @type {Progress['stage'] | null} */
  stage = null;

  /** The download while it runs. @type {{ done: number, total: number } | null} */
  bytes = null;

  /** Size of the download, 0 when there was none. */
  loadedBytes = 0;

  #hadToLoad = false;

  /** @param {Progress} progress */
  update(progress) {
    const { stage, unit, done, total } = progress;
    // Once everything is here the runtimes start, for seconds, before they have a step to report.
    const arrived = unit === 'bytes' && total > 0 && done >= total;
    this.stage = arrived ? 'start' : stage;
    this.bytes = unit === 'bytes' && done < total ? { done, total } : null;
    if (unit === 'bytes') this.loadedBytes = total;
    this.#hadToLoad ||= unit !== 'stages';
    this.fraction = Math.max(this.fraction, Math.min(1, this.#standOf(progress)));
  }

  /** @param {Progress} progress */
  #standOf({ unit, done, total }) {
    const part = total > 0 ? done / total : 0;
    if (unit === 'bytes') return DOWNLOAD_SHARE * part;
    if (unit === 'steps') return DOWNLOAD_SHARE + START_SHARE * part;
    const loading = this.#hadToLoad ? DOWNLOAD_SHARE + START_SHARE : 0;
    return loading + (1 - loading) * (AFTER_STAGE[done] ?? part);
  }
}
