/** Networks without a network: what the inference worker would answer, decided by the test. */

/**
 * @typedef {'works' | 'fails' | 'hangs' | 'doubts' | 'is alone'} Behaviour `hangs` until it is aborted. When it
 *   `doubts`, the first network sees something else in the mirror, and the other one doesn't; when it `is alone`, that
 *   one can't be run.
 */

export class FakeInference {
  /** @type {Behaviour} */
  behaviour = 'works';
  runs = 0;
  /** Names of the networks that were run, each once. */
  models = new Set();
  /** Called while a network hangs. */
  onhang = () => {};

  /**
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   * @param {AbortSignal} signal
   */
  async run(model, data, height, width, signal) {
    this.runs += 1;
    this.models.add(model);
    const other = this.models.size > 1;
    if (data.length !== 3 * height * width) throw new Error(`${data.length} values for ${height} × ${width}`);
    if (this.behaviour === 'fails' || (this.behaviour === 'is alone' && other)) throw new Error('the network broke');
    if (this.behaviour === 'hangs') {
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(null));
        setTimeout(this.onhang); // not before: an abort that came too early would never be heard
      });
    }
    const sided = ['doubts', 'is alone'].includes(this.behaviour) && !other;
    return { data: sided ? leftHalf(height, width) : upperHalf(height, width), height, width };
  }
}

/** A subject that a mirror doesn't move. @param {number} height @param {number} width */
function upperHalf(height, width) {
  return new Float32Array(height * width).fill(1, 0, Math.floor(height / 2) * width);
}

/** And one that it does. @param {number} height @param {number} width */
function leftHalf(height, width) {
  return Float32Array.from({ length: height * width }, (_, index) => (index % width < width / 2 ? 1 : 0));
}
