/**
 * Medians with their spread.
 *
 * @module
 */

/** @typedef {{ median: number, low: number, high: number, n: number }} Spread low and high are the extremes. */

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(0),
    high: at(sorted.length - 1),
    n: sorted.length,
  };
}

/**
 * The spread of each field over several records with the same fields.
 *
 * @param {Record<string, number>[]} records
 * @returns {Record<string, Spread>}
 */
export function spreads(records) {
  const names = Object.keys(records[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, spread(records.map((record) => record[name] ?? Number.NaN))]));
}
