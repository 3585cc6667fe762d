/** Thins out a line: a hand draws with hundreds of points a second. @module */

/** @typedef {[x: number, y: number]} Pair */

/**
 * Ramer's and Douglas and Peucker's way: drop every point that lies close to the line without it.
 *
 * @param {readonly Pair[]} points
 * @param {number} tolerance how far the line may move
 * @returns {Pair[]}
 */
export function simplified(points, tolerance) {
  const kept = new Set([0, points.length - 1]);
  /** @type {[number, number][]} spans still to be looked at */
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span;
    let [farthest, distance] = [0, tolerance];
    for (let i = first + 1; i < last; i += 1) {
      const away = fromLine(at(points, i), at(points, first), at(points, last));
      if (away > distance) [farthest, distance] = [i, away];
    }
    if (farthest === 0) continue;
    kept.add(farthest);
    spans.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, index) => kept.has(index));
}

/** @param {readonly Pair[]} points @param {number} index @returns {Pair} */
function at(points, index) {
  return points[index] ?? [0, 0];
}

/** @param {Pair} point @param {Pair} start @param {Pair} end */
function fromLine([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  const share = squared > 0 ? Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / squared)) : 0;
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
