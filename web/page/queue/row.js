/** One photo of the queue as a row: its picture, its name, what became of it, what can be done with it. @module */

/** @import { Icon } from './icons.js' */
/** @import { Item } from './item.js' */
/** @import { Thumbnails } from './thumbnails.js' */
import { t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { icon, redraw } from './icons.js';
import { noticeWords, stateIcon, stateWords } from './summary.js';

/** @typedef {'open' | 'retry' | 'save' | 'cancel' | 'remove'} Action */

export class Row {
  #thumbnails;
  #canvas = h('canvas', { width: 0, height: 0, ariaHidden: 'true' });
  #name = h('bdi');
  #state = h('span');
  #stateIcon = icon('waiting');
  #open = h('button', { type: 'button', className: 'queue-open', dataset: { action: 'open' } });
  #first = iconButton();
  #second = iconButton();
  #meter = h('span', { className: 'queue-meter', ariaHidden: 'true' });
  /** What the thumbnail shows. @type {unknown} */
  #shown = null;

  /** @param {Thumbnails} thumbnails */
  constructor(thumbnails) {
    this.#thumbnails = thumbnails;
    this.#open.append(
      h('span', { className: 'queue-thumb' }, this.#canvas),
      h('span', { className: 'queue-words' },
        h('span', { className: 'queue-name' }, this.#name),
        h('span', { className: 'queue-state' }, this.#stateIcon, this.#state)),
    );
    const photo = h('div', { role: 'gridcell', className: 'queue-photo' }, this.#open);
    const actions = h('div', { role: 'gridcell', className: 'queue-actions' }, this.#first.button, this.#second.button);
    this.element = h('div', { role: 'row', className: 'queue-row' }, photo, actions, this.#meter);
  }

  /**
   * @param {Item} item
   * @param {number} index in the list
   */
  show(item, index) {
    const { element } = this;
    const words = stateWords(item);
    const name = item.path ? `${item.path}/${item.name}` : item.name;
    element.dataset.id = String(item.id);
    element.dataset.state = item.state;
    element.ariaRowIndex = String(index + 1);
    setText(this.#name, name);
    setText(this.#state, words);
    redraw(this.#stateIcon, stateIcon(item));
    this.#open.disabled = item.file === null; // a result of an earlier visit: the photo itself is not here
    this.#open.title = [name, words, noticeWords(item)].filter(Boolean).join('\n');
    this.#meter.style.setProperty('--share', String(item.state === 'working' ? item.progress : 0));
    setAction(this.#first, firstAction(item), item);
    setAction(this.#second, item.state === 'working' ? 'cancel' : 'remove', item);
    this.#showThumbnail(item);
  }

  /** The buttons that are there, in the order of the arrow keys. */
  get buttons() {
    return [this.#open, this.#first.button, this.#second.button].filter(({ hidden }) => !hidden);
  }

  /** The row leaves the page. */
  end() {
    this.#thumbnails.drop(this.#canvas);
    this.element.remove();
  }

  /** @param {Item} item */
  #showThumbnail(item) {
    const { resultRef, file } = item;
    // One that is saved keeps the picture of its result for as long as it is in sight.
    if (item.state === 'saved' && this.#shown) return;
    const wanted = resultRef ?? file;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#thumbnails.show(this.#canvas, async () => (resultRef ? resultRef.blob() : file));
  }
}

/** @param {Item} item @returns {Action | null} */
function firstAction({ state, file }) {
  if (state === 'done') return 'save';
  return state === 'failed' && file ? 'retry' : null;
}

const LABELS = /** @type {const} */ ({
  retry: 'queue.retryOne', save: 'queue.saveOne', cancel: 'queue.cancelOne', remove: 'queue.removeOne',
});

/** @type {Record<keyof typeof LABELS, Icon>} */
const ICONS = { retry: 'retry', save: 'saved', cancel: 'remove', remove: 'remove' };

function iconButton() {
  const drawing = icon('remove');
  return { drawing, button: h('button', { type: 'button', className: 'quiet queue-icon' }, drawing) };
}

/**
 * @param {ReturnType<typeof iconButton>} where
 * @param {Action | null} action
 * @param {Item} item
 */
function setAction({ button, drawing }, action, item) {
  button.hidden = !action;
  if (!action || action === 'open') return;
  const label = t(LABELS[action], { name: item.name });
  button.dataset.action = action;
  if (button.ariaLabel !== label) button.ariaLabel = button.title = label;
  redraw(drawing, ICONS[action]);
}
