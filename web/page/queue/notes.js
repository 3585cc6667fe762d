/** What a person may want to do something about: a line each, with its buttons, there only while it holds. @module */

/** @import { Trouble } from './item.js' */
/** @import { Leftovers } from './leftovers.js' */
/** @import { Queue } from './queue.js' */
import { t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { explained } from '../explain.js';
import { hasFolders } from './sinks/folder.js';
import { canKeepOnDisk } from './store.js';

export class Notes {
  #queue;
  /** @type {Leftovers | null} */
  #leftovers = null;
  #trouble = line({ role: 'alert', danger: true });
  #outdated;
  #recovery;
  #kept = h('p', { className: 'queue-kept' });

  /**
   * @param {Queue} queue
   * @param {() => void} onchange
   */
  constructor(queue, onchange) {
    this.#queue = queue;
    this.#outdated = line({}, () => queue.redo());
    const settle = (/** @type {(leftovers: Leftovers) => Promise<void>} */ act) => async () => {
      const leftovers = this.#leftovers;
      this.#leftovers = null;
      onchange();
      if (leftovers) await act(leftovers);
    };
    const recover = settle(async (leftovers) => queue.adopt(await leftovers.take()));
    const discard = settle((leftovers) => leftovers.discard());
    this.#recovery = line({}, recover, discard);
    this.element = h('div', { className: 'queue-notes' },
      this.#recovery.element, this.#trouble.element, this.#outdated.element, this.#kept);
  }

  /** @param {Leftovers} leftovers */
  offer(leftovers) {
    this.#leftovers = leftovers;
  }

  /** @param {string} mishap something that went wrong in passing; '' for nothing */
  update(mishap) {
    const queue = this.#queue;
    const outdated = queue.saving ? 0 : queue.outdated.length;
    fill(this.#trouble, mishap || troubleWords(queue));
    fill(this.#outdated, outdated ? t('queue.outdated', { count: outdated }) : '', t('queue.redo'));
    const count = this.#leftovers?.count;
    fill(this.#recovery, count ? t('queue.leftovers', { count }) : '', t('queue.recover'), t('queue.discard'));
    this.#kept.hidden = queue.items.length === 0;
    setText(this.#kept, keptWords(queue));
  }
}

/** @param {Trouble} trouble */
function engineWords(trouble) {
  const { message: reason, advice } = explained(trouble);
  return t('queue.engine', { reason, advice }).trim();
}

/** @param {Queue} queue */
function troubleWords({ trouble }) {
  switch (trouble?.kind) {
    case 'space':
      return t('queue.outOfSpace');
    case 'engine':
      return engineWords(trouble);
    case 'folder':
      return t('queue.folderFailed');
    default:
      return '';
  }
}

/** @param {Queue} queue */
function keptWords({ saving, outlet }) {
  if (saving && !outlet) return t('queue.zipping', { done: saving.done, count: saving.total });
  if (outlet) return t('queue.savingInto', { name: outlet.name });
  const kept = t(canKeepOnDisk() ? 'queue.kept' : 'queue.keptInMemory');
  return hasFolders ? kept : `${kept} ${t('queue.noFolders')}`;
}

/**
 * @param {{ role?: string, danger?: boolean }} about
 * @param {...() => void} actions
 */
function line({ role, danger }, ...actions) {
  const text = h('p');
  const buttons = actions.map((action) => {
    const button = h('button', { type: 'button' });
    button.addEventListener('click', action);
    return button;
  });
  const element = h('div', { className: danger ? 'queue-note danger' : 'queue-note', hidden: true }, text, ...buttons);
  if (role) element.role = role;
  return { element, text, buttons };
}

/**
 * @param {ReturnType<typeof line>} where
 * @param {string} words none for nothing to say
 * @param {...string} labels
 */
function fill({ element, text, buttons }, words, ...labels) {
  element.hidden = !words;
  setText(text, words);
  buttons.forEach((button, index) => setText(button, labels[index] ?? ''));
}
