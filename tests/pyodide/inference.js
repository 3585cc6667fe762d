/** Networks without a network: what the inference worker would answer, decided by the test. */

/** @typedef {'works' | 'fails' | 'hangs'} Behaviour `hangs` until it is abandoned. */

export class FakeInference {
  /** @type {Behaviour} */
  behaviour = 'works';
  runs = 0;
  /** Called while a network hangs. */
  onhang = () => {};
  #abandon = () => {};

  /**
   * @param {string} model
   * @param {Float32Array} data
   * @param {number} height
   * @param {number} width
   */
  async run(model, data, height, width) {
    this.runs += 1;
    if (data.length !== 3 * height * width) throw new Error(`${data.length} values for ${height} × ${width}`);
    if (this.behaviour === 'fails') throw new Error('the network broke');
    if (this.behaviour === 'hangs') {
      return new Promise((resolve) => {
        this.#abandon = () => resolve(null);
        setTimeout(this.onhang); // not before: an abort that came too early would never be heard
      });
    }
    return { data: new Float32Array(height * width).fill(0.5), height, width };
  }

  abandon() {
    this.#abandon();
  }
}
