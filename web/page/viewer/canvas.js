/**
 * The context to draw on a canvas with.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  return context;
}
