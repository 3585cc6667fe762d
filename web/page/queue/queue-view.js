/**
 * A queue on the page: how far it is, what can be done with all of it, and its photos.
 *
 *     const queue = new Queue({ run });
 *     mountQueue(host, queue, { onopen: (item) => … });
 *
 * @module
 */

/** @import { Item } from './item.js' */
/** @import { Leftovers } from './leftovers.js' */
/** @import { Queue } from './queue.js' */
/** @import { Action } from './row.js' */
import { onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { guard } from './guards.js';
import { isDoubtful } from './item.js';
import { Notes } from './notes.js';
import { Rows } from './rows.js';
import { downloadEach } from './sinks/download.js';
import { chooseFolder, hasFolders } from './sinks/folder.js';
import { chooseZip, writeZip } from './sinks/zip.js';
import { isOutOfSpace } from './store.js';
import { Announcer, sumWords } from './summary.js';

/** @typedef {'all' | 'doubtful' | 'failed'} Filter */

/** @type {readonly Filter[]} */
const FILTERS = ['all', 'doubtful', 'failed'];

/**
 * @param {HTMLElement} host
 * @param {Queue} queue
 * @param {{ onopen: (item: Item) => void }} on
 * @returns {{ offer: (leftovers: Leftovers) => void, destroy: () => void }} `offer` asks what is to become of results
 *   that `findLeftovers` found
 */
export function mountQueue(host, queue, { onopen }) {
  const view = new QueueView(queue, onopen);
  host.append(view.element);
  const unguard = guard(queue);
  const unsubscribe = queue.subscribe(() => view.soon());
  onLanguage(() => view.soon());
  view.render();
  return {
    offer: (leftovers) => view.offer(leftovers),
    destroy: () => {
      unsubscribe();
      unguard();
      view.end();
    },
  };
}

class QueueView {
  #queue;
  #onopen;
  #frame = 0;
  #ended = false;
  /** @type {Filter} */
  #filter = 'all';
  /** What just went wrong with saving. */
  #mishap = '';

  #sum = h('p', { className: 'queue-sum' });
  #progress = h('progress', { max: 1, value: 0 });
  #pause = this.#button(() => (this.#queue.paused ? this.#queue.resume() : this.#queue.pause()));
  #cancel = this.#button(() => this.#queue.cancelAll());
  #retry = this.#button(() => this.#queue.retryFailed());
  #folder = this.#button(() => this.#saveInto());
  #zip = this.#button(() => this.#saveZip());
  #clear = this.#button(() => this.#askToClear());
  #filters = FILTERS.map((filter) => this.#button(() => this.#show(filter)));
  #choice = h('div', { role: 'group', className: 'queue-filters' }, ...this.#filters);
  #nothing = h('p', { className: 'queue-nothing' });
  #rows = new Rows((action, item) => this.#act(action, item));
  #live = h('p', { role: 'status', className: 'unseen' });
  #announcer = new Announcer(this.#live);
  #notes;

  /**
   * @param {Queue} queue
   * @param {(item: Item) => void} onopen
   */
  constructor(queue, onopen) {
    this.#queue = queue;
    this.#onopen = onopen;
    this.#notes = new Notes(queue, () => this.soon());
    this.#zip.classList.add('primary');
    this.#folder.hidden = !hasFolders;
    const work = h('div', { className: 'queue-buttons' }, this.#pause, this.#cancel, this.#retry);
    const results = h('div', { className: 'queue-buttons' }, this.#folder, this.#zip, this.#clear);
    this.element = h('section', { className: 'queue' },
      h('div', { className: 'queue-head' },
        h('div', { className: 'queue-far' }, this.#sum, this.#progress), work, results),
      this.#notes.element, this.#choice, this.#rows.element, this.#nothing, this.#live);
  }

  /** @param {Leftovers} leftovers */
  offer(leftovers) {
    this.#notes.offer(leftovers);
    this.soon();
  }

  /** Many changes, one rendering. */
  soon() {
    this.#frame ||= requestAnimationFrame(() => this.render());
  }

  end() {
    this.#ended = true;
    cancelAnimationFrame(this.#frame);
    this.#rows.end();
    this.element.remove();
  }

  render() {
    this.#frame = 0;
    if (this.#ended) return;
    const queue = this.#queue;
    const { counts, saving } = queue;
    const open = counts.waiting + counts.working;
    this.element.ariaLabel = t('queue.title');
    setText(this.#sum, sumWords(queue));
    this.#progress.ariaLabel = t('queue.progress');
    this.#progress.value = saving?.total ? saving.done / saving.total : queue.progress;
    set(this.#pause, t(queue.paused ? 'queue.resume' : 'queue.pause'), open > 0);
    set(this.#cancel, t('queue.cancelAll'), open > 0);
    set(this.#retry, t('queue.retryFailed'), counts.failed > 0);
    set(this.#folder, t('queue.saveFolder'), open + counts.done > 0 && !saving);
    set(this.#zip, t('queue.saveZip'), counts.done > 0 && !saving);
    set(this.#clear, t('queue.clear'), counts.all > 0 && !saving);
    this.#notes.update(this.#mishap);
    this.#renderList(counts);
    this.#announcer.update(queue);
  }

  /** @param {Queue['counts']} counts */
  #renderList({ all, doubtful, failed }) {
    const labels = {
      all: t('queue.showAll', { count: all }),
      doubtful: t('queue.showDoubtful', { count: doubtful }),
      failed: t('queue.showFailed', { count: failed }),
    };
    this.#choice.ariaLabel = t('queue.show');
    this.#choice.hidden = all === 0;
    FILTERS.forEach((filter, index) => {
      const button = /** @type {HTMLButtonElement} */ (this.#filters[index]);
      setText(button, labels[filter]);
      button.ariaPressed = String(filter === this.#filter);
    });
    const items = filtered(this.#queue.items, this.#filter);
    this.#rows.element.hidden = items.length === 0;
    this.#nothing.hidden = items.length > 0 || this.#filter === 'all';
    setText(this.#nothing, t(this.#filter === 'failed' ? 'queue.noneFailed' : 'queue.noneDoubtful'));
    this.#rows.show(items);
  }

  /** @param {Filter} filter */
  #show(filter) {
    this.#filter = filter;
    this.#rows.element.scrollTop = 0;
    this.render();
  }

  /** @param {Action} action @param {Item} item */
  #act(action, item) {
    const queue = this.#queue;
    switch (action) {
      case 'open':
        return this.#onopen(item);
      case 'retry':
        return queue.retry(item);
      case 'cancel':
        return queue.cancel(item);
      case 'remove':
        return queue.remove(item);
      case 'save':
        return this.#attempt('queue.zipFailed', () => queue.save([item], downloadEach));
    }
  }

  #saveInto() {
    return this.#attempt('queue.folderFailed', async () => this.#queue.saveInto(await chooseFolder()));
  }

  #saveZip() {
    return this.#attempt('queue.zipFailed', async () => {
      const target = await chooseZip(`${t('queue.zipName')}.zip`, this.#queue.store);
      const before = this.#queue.counts.saved;
      await this.#queue.save(this.#queue.items, (results) => writeZip(results, target));
      this.#announcer.say(t('queue.saidSaved', { count: this.#queue.counts.saved - before }));
    });
  }

  /**
   * @param {'queue.zipFailed' | 'queue.folderFailed'} otherwise what to say where it fails
   * @param {() => Promise<void>} save
   */
  async #attempt(otherwise, save) {
    this.#mishap = '';
    try {
      await save();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return; // no place was chosen
      console.error(error);
      this.#mishap = t(isOutOfSpace(error) ? 'queue.zipNoSpace' : otherwise);
    } finally {
      this.soon();
    }
  }

  /** Results that are not saved are not thrown away by one press. */
  #askToClear() {
    const { done } = this.#queue.counts;
    const clear = () => {
      this.#mishap = '';
      this.#filter = 'all';
      this.#queue.clear();
    };
    if (done === 0) return clear();
    const dialog = h('dialog', { className: 'queue-dialog' });
    const keep = h('button', { type: 'button', autofocus: true }, t('queue.keep'));
    const sure = h('button', { type: 'button', className: 'primary' }, t('queue.clear'));
    const title = h('h2', {}, t('queue.clearTitle'));
    dialog.ariaLabel = title.textContent;
    const text = h('p', {}, t('queue.clearUnsaved', { count: done }));
    dialog.append(title, text, h('div', { className: 'queue-buttons' }, keep, sure));
    keep.addEventListener('click', () => dialog.close());
    sure.addEventListener('click', () => {
      dialog.close();
      clear();
    });
    dialog.addEventListener('close', () => dialog.remove());
    this.element.append(dialog);
    dialog.showModal();
  }

  /** @param {() => unknown} action */
  #button(action) {
    const button = h('button', { type: 'button' });
    button.addEventListener('click', () => action());
    return button;
  }
}

/** @param {HTMLButtonElement} button @param {string} label @param {boolean} enabled */
function set(button, label, enabled) {
  setText(button, label);
  button.disabled = !enabled;
}

/**
 * @param {Item[]} items
 * @param {Filter} filter
 */
function filtered(items, filter) {
  if (filter === 'failed') return items.filter(({ state }) => state === 'failed');
  if (filter === 'doubtful') {
    return items.filter(isDoubtful).sort((a, b) => (a.confidence ?? 0) - (b.confidence ?? 0)); // the least sure first
  }
  return items;
}
