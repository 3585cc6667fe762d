/**
 * One progress from 0 to 1 out of the two phases of a run: loading, which a warm page skips, and working.
 *
 * @module
 */

/** @import { Progress } from './protocol.js' */

/** How the bar is shared out when everything has to be loaded first. The rest is for the photo. */
const DOWNLOAD_SHARE = 0.5;
const START_SHARE = 0.25;

/** Where the bar stands after 0, 1, … 7 finished stages; networks and matting take most of the time. */
const AFTER_STAGE = [0, 0.05, 0.5, 0.52, 0.75, 0.85, 0.86, 1];

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

  /** What is done to the photo, once that has begun. @type {Progress['stage'] | null} */
  #atWork = null;

  #loadedBefore = 0;

  /** @param {Progress} progress */
  update(progress) {
    const { stage, unit, done, total } = progress;
    if (unit === 'stages') {
      this.#atWork = stage;
      this.#loadedBefore = this.loadedBytes;
    }
    // Once everything is here the runtimes start, for seconds, before they have a step to report.
    const arrived = unit === 'bytes' && total > 0 && done >= total;
    this.stage = arrived ? (this.#atWork ?? 'start') : stage;
    this.bytes = unit === 'bytes' && done < total ? { done, total } : null;
    if (unit === 'bytes') this.loadedBytes = this.#loadedBefore + total;
    this.#hadToLoad ||= this.#atWork === null;
    this.fraction = Math.max(this.fraction, Math.min(1, this.#standOf(progress)));
  }

  /** @param {Progress} progress */
  #standOf({ unit, done, total }) {
    const part = total > 0 ? done / total : 0;
    if (unit !== 'stages' && this.#atWork !== null) return this.fraction; // a network that few photos need
    if (unit === 'bytes') return DOWNLOAD_SHARE * part;
    if (unit === 'steps') return DOWNLOAD_SHARE + START_SHARE * part;
    const loading = this.#hadToLoad ? DOWNLOAD_SHARE + START_SHARE : 0;
    return loading + (1 - loading) * (AFTER_STAGE[done] ?? part);
  }
}
