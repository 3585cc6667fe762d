/**
 * Give the page's thread back, in the middle of long work, for whatever else waits for it.
 *
 * @returns {Promise<void>}
 */
export function turn() {
  return new Promise((resolve) => setTimeout(resolve));
}
