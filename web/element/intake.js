/** Photos that come to the element by dragging and pasting. @module */

/**
 * @typedef {object} Takers
 * @property {() => boolean} open Whether a photo would be taken now.
 * @property {(files: readonly File[]) => void} onfiles What came; may be none.
 * @property {(over: boolean) => void} onover Files are over the element, or no longer.
 */

/**
 * Listen on the element alone: the page around has its own uses for what is dropped or pasted elsewhere.
 *
 * @param {HTMLElement} element
 * @param {Takers} takers
 */
export function takeIn(element, takers) {
  const taking = (/** @type {DragEvent} */ event) => takers.open() && holdsFiles(event);
  for (const type of /** @type {const} */ (['dragenter', 'dragover'])) {
    element.addEventListener(type, (event) => {
      if (!taking(event)) return;
      event.preventDefault(); // or the browser would open what is dropped
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      takers.onover(true);
    });
  }
  element.addEventListener('dragleave', (event) => {
    // Seen from outside the shadow tree, going from one of its parts to another is no leaving.
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) takers.onover(false);
  });
  element.addEventListener('drop', (event) => {
    takers.onover(false);
    if (!taking(event)) return;
    event.preventDefault();
    takers.onfiles([...(event.dataTransfer?.files ?? [])]);
  });
  element.addEventListener('paste', (event) => {
    // Seen from outside the shadow tree its parts are the element itself; anything else is the page's own, in a slot.
    if (event.target !== element || !takers.open()) return;
    event.preventDefault();
    takers.onfiles([...(event.clipboardData?.files ?? [])]);
  });
}

/**
 * The one to use. A file that says it is no picture is still taken when there is no better one: the pipeline looks at
 * its bytes and explains what is wrong with it.
 *
 * @param {readonly File[]} files
 */
export function bestOf(files) {
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0] ?? null;
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
