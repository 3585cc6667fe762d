/**
 * Whose turn it is. Python does one thing at a time, but while one photo waits for the network, another can be decoded or
 * have its edges solved: two photos are in work at once. What is asked of a draft is done in the order asked, and waits
 * for no other photo.
 *
 * @module
 */

/** @import { JobContent, JobSource } from '../../shared/protocol.js' */
import { isSmallFile, isSmallPicture } from '../../shared/small.js';

const PHOTOS_AT_ONCE = 2;

export class Turns {
  #free = PHOTOS_AT_ONCE;
  /** In the order asked. @type {{ share: number, begin: (value?: undefined) => void }[]} */
  #waiting = [];
  /** The last thing that was asked of each draft. @type {Map<number, Promise<unknown>>} */
  #drafts = new Map();

  /**
   * @template T
   * @param {JobContent} content
   * @param {() => Promise<T>} work Must not reject.
   * @returns {Promise<T>}
   */
  run(content, work) {
    if (content.kind === 'remove') return this.#asPhoto(content.source, work);
    const before = this.#drafts.get(content.draft);
    const begin = () => (content.kind === 'open' ? this.#asPhoto(content.source, work) : work());
    const turn = before ? before.then(begin) : begin();
    this.#drafts.set(content.draft, turn);
    turn.then(() => {
      if (this.#drafts.get(content.draft) === turn) this.#drafts.delete(content.draft);
    });
    return turn;
  }

  /**
   * @template T
   * @param {JobSource} source
   * @param {() => Promise<T>} work
   */
  async #asPhoto(source, work) {
    const share = isSmall(source) ? 1 : PHOTOS_AT_ONCE;
    await new Promise((/** @type {(value?: undefined) => void} */ begin) => {
      this.#waiting.push({ share, begin });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#free += share;
      this.#next();
    }
  }

  #next() {
    for (let [first] = this.#waiting; first && first.share <= this.#free; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= first.share;
      first.begin();
    }
  }
}

/** @param {JobSource} source */
function isSmall(source) {
  if (source.kind === 'file') return isSmallFile(source.blob);
  return isSmallPicture(source.kind === 'bitmap' ? source.bitmap : source);
}
