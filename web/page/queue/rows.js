/**
 * The list of photos: only the rows in sight are in the page, however many photos there are. One of its buttons is in
 * the order of the Tab key; arrows, Home, End and the page keys move from there.
 *
 * @module
 */

/** @import { Item } from './item.js' */
/** @import { Action } from './row.js' */
import { direction, t } from '../../words/words.js';
import { h } from '../dom.js';
import { Row } from './row.js';
import { Thumbnails } from './thumbnails.js';

/** Rows ready above and below those in sight. */
const SPARE_ROWS = 3;

/** Until a row has been measured. */
const ROW_PX = 72;

export class Rows {
  #onaction;
  #thumbnails = new Thumbnails();
  #inside = h('div', { role: 'rowgroup', className: 'queue-inside' });
  /** @type {Item[]} */
  #items = [];
  /** By the id of their photo. @type {Map<number, Row>} */
  #rows = new Map();
  #rowPx = ROW_PX;
  #frame = 0;
  /** Where the Tab key leads to: the photo, its place, and the button in its row. */
  #active = { id: 0, index: 0, column: 0 };
  #resize = new ResizeObserver(() => this.#soon());

  /** @param {(action: Action, item: Item) => void} onaction */
  constructor(onaction) {
    this.#onaction = onaction;
    this.element = h('div', { role: 'grid', className: 'queue-list' }, this.#inside);
    this.element.addEventListener('scroll', () => this.#soon(), { passive: true });
    this.element.addEventListener('click', (event) => this.#click(event));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', (event) => this.#follow(event));
    this.#resize.observe(this.element);
  }

  /** @param {Item[]} items */
  show(items) {
    this.#items = items;
    this.element.ariaLabel = t('queue.list');
    this.element.ariaRowCount = String(items.length);
    this.#render();
  }

  end() {
    cancelAnimationFrame(this.#frame);
    this.#resize.disconnect();
    for (const row of this.#rows.values()) row.end();
    this.#rows.clear();
  }

  #soon() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#render());
  }

  #render() {
    const hadFocus = this.element.contains(document.activeElement);
    this.#settleActive();
    this.#inside.style.blockSize = `${this.#items.length * this.#rowPx}px`;
    const wanted = this.#wanted();
    const ids = new Set(wanted.map((index) => this.#items[index]?.id));
    for (const [id, row] of this.#rows) {
      if (ids.has(id)) continue;
      row.end();
      this.#rows.delete(id);
    }
    let next = this.#inside.firstElementChild;
    for (const index of wanted) {
      const row = this.#row(index);
      if (row.element === next) next = next.nextElementSibling;
      else this.#inside.insertBefore(row.element, next);
    }
    this.#measure();
    if (hadFocus && !this.element.contains(document.activeElement)) this.#focus();
  }

  /** The places of the rows that have to be there: those in sight, and the one that has the focus. */
  #wanted() {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.#rowPx) - SPARE_ROWS);
    const last = Math.min(this.#items.length - 1, Math.ceil((scrollTop + clientHeight) / this.#rowPx) + SPARE_ROWS);
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
    const { index } = this.#active;
    if (index < this.#items.length && (index < first || index > last)) places.push(index);
    return places.sort((a, b) => a - b);
  }

  /** @param {number} index */
  #row(index) {
    const item = /** @type {Item} */ (this.#items[index]);
    let row = this.#rows.get(item.id);
    if (!row) {
      row = new Row(this.#thumbnails);
      this.#rows.set(item.id, row);
    }
    row.show(item, index);
    row.element.style.insetBlockStart = `${index * this.#rowPx}px`;
    const { buttons } = row;
    const column = item.id === this.#active.id ? Math.min(this.#active.column, buttons.length - 1) : -1;
    buttons.forEach((button, place) => { button.tabIndex = place === column ? 0 : -1; });
    return row;
  }

  /** The photo with the focus may have moved, or have been taken out: then the one in its place follows. */
  #settleActive() {
    const index = this.#items.findIndex(({ id }) => id === this.#active.id);
    this.#active.index = index >= 0 ? index : Math.min(this.#active.index, Math.max(0, this.#items.length - 1));
    this.#active.id = this.#items[this.#active.index]?.id ?? 0;
  }

  /** A row is as high as the style says, in units of the type size. */
  #measure() {
    const height = this.#inside.firstElementChild?.getBoundingClientRect().height || this.#rowPx;
    if (Math.abs(height - this.#rowPx) < 0.01) return;
    this.#rowPx = height;
    this.#soon();
  }

  /** @param {number} index @param {number} column */
  #moveTo(index, column) {
    const place = Math.max(0, Math.min(this.#items.length - 1, index));
    this.#active = { id: this.#items[place]?.id ?? 0, index: place, column };
    const { element } = this;
    const [top, bottom] = [place * this.#rowPx, (place + 1) * this.#rowPx];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    this.#render();
    this.#focus();
  }

  #focus() {
    const buttons = this.#rows.get(this.#active.id)?.buttons ?? [];
    buttons[Math.min(this.#active.column, buttons.length - 1)]?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { index, column } = this.#active;
    const buttons = this.#rows.get(this.#active.id)?.buttons.length ?? 0;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#rowPx));
    const ahead = direction() === 'rtl' ? -1 : 1;
    const across = (/** @type {number} */ step) => Math.max(0, Math.min(buttons - 1, column + step));
    /** @type {Record<string, () => void>} */
    const moves = {
      ArrowDown: () => this.#moveTo(index + 1, column),
      ArrowUp: () => this.#moveTo(index - 1, column),
      PageDown: () => this.#moveTo(index + page, column),
      PageUp: () => this.#moveTo(index - page, column),
      Home: () => this.#moveTo(0, column),
      End: () => this.#moveTo(this.#items.length - 1, column),
      ArrowRight: () => this.#moveTo(index, across(ahead)),
      ArrowLeft: () => this.#moveTo(index, across(-ahead)),
      Delete: () => this.#act('remove', index),
    };
    const move = event.ctrlKey || event.altKey || event.metaKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  /** @param {Event} event */
  #click({ target }) {
    if (!(target instanceof Element)) return;
    const action = target.closest('button')?.dataset.action;
    if (action) this.#act(/** @type {Action} */ (action), this.#indexOf(target));
  }

  /** The focus may come by touch or mouse as well. @param {FocusEvent} event */
  #follow({ target }) {
    if (!(target instanceof HTMLButtonElement)) return;
    const index = this.#indexOf(target);
    const item = this.#items[index];
    const column = this.#rows.get(item?.id ?? 0)?.buttons.indexOf(target) ?? -1;
    if (!item || column < 0 || (item.id === this.#active.id && column === this.#active.column)) return;
    this.#active = { id: item.id, index, column };
    this.#render();
  }

  /** @param {Element} element */
  #indexOf(element) {
    const id = Number(element.closest('.queue-row')?.getAttribute('data-id'));
    return this.#items.findIndex((item) => item.id === id);
  }

  /** @param {Action} action @param {number} index */
  #act(action, index) {
    const item = this.#items[index];
    if (item) this.#onaction(action, item);
  }
}
