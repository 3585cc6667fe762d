/** What is kept on this device for offline use, and the buttons that change it. @module */

/** @import { OfflineState } from '../../offline/offline.js' */
import { hasThreads } from '../../engine/capabilities.js';
import { makeAvailable, offlineState, onOffline, refresh, removeOffline } from '../../offline/offline.js';
import { t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { toProblem } from '../explain.js';
import { size, trouble } from './format.js';

export class OfflineSection {
  #title = h('h3');
  #about = h('p');
  #state = h('p');
  #meter = h('progress', { max: 1, value: 0, hidden: true });
  #progress = h('p', { hidden: true });
  #said = h('p', { role: 'status' });
  #threads = h('p', { className: 'privacy-note' });
  #make = h('button', { type: 'button', className: 'primary' });
  #cancel = h('button', { type: 'button', hidden: true });
  #remove = h('button', { type: 'button' });
  /** @type {AbortController | null} */
  #running = null;

  element = h('section', { className: 'privacy-section' }, this.#title, this.#about, this.#state, this.#meter,
    this.#progress, h('div', { className: 'privacy-actions' }, this.#make, this.#cancel, this.#remove), this.#said,
    this.#threads);

  constructor() {
    this.#make.addEventListener('click', () => this.make());
    this.#cancel.addEventListener('click', () => this.#running?.abort());
    this.#remove.addEventListener('click', async () => {
      try {
        await removeOffline();
        setText(this.#said, t('offline.removed'));
      } catch (error) {
        setText(this.#said, trouble(toProblem(error)));
      }
      this.#make.focus();
    });
    onOffline(() => this.render());
    this.render();
  }

  /** Download what is missing. @returns {Promise<boolean>} whether everything is here */
  async make() {
    if (this.#running) return false;
    this.#running = new AbortController();
    setText(this.#said, '');
    this.render();
    this.#cancel.focus();
    try {
      await makeAvailable((progress) => this.#show(progress), this.#running.signal);
      setText(this.#said, t('offline.made'));
      return true;
    } catch (error) {
      setText(this.#said, this.#running.signal.aborted ? t('offline.stopped') : trouble(toProblem(error)));
      return false;
    } finally {
      this.#running = null;
      this.render();
      if (document.activeElement === document.body) (this.#make.hidden ? this.#remove : this.#make).focus();
    }
  }

  /** Look at what there is; called whenever a person does. */
  update() {
    refresh();
  }

  render() {
    const state = offlineState();
    const { heavy: { have, total } } = state;
    const complete = total > 0 && have === total;
    const working = this.#running !== null;
    setText(this.#title, t('offline.title'));
    setText(this.#about, t('offline.about'));
    setText(this.#state, stateWords(state));
    setText(this.#make, t('offline.make', { size: size(total - have) }));
    setText(this.#cancel, t('common.cancel'));
    setText(this.#remove, t('offline.remove'));
    setText(this.#threads, t(hasThreads() ? 'threads.isolated' : 'page.oneCore'));
    this.#meter.ariaLabel = t('offline.progress');
    this.#make.hidden = working || total === 0 || (complete && state.wished);
    this.#cancel.hidden = !working;
    this.#remove.hidden = working || have === 0;
    this.#meter.hidden = !working;
    this.#progress.hidden = !working;
  }

  /** @param {{ done: number, total: number }} progress */
  #show({ done, total }) {
    this.#meter.value = done / total;
    setText(this.#progress, t('offline.downloading', { done: size(done), total: size(total) }));
  }
}

/** @param {OfflineState} state */
function stateWords({ supported, failed, heavy: { have, total }, wished, persisted }) {
  if (!supported) return t('offline.unsupported');
  if (total === 0) return t(failed ? 'offline.failed' : 'offline.preparing');
  if (have < total) {
    const key = have === 0 ? 'offline.none' : 'offline.some';
    return t(key, { have: size(have), total: size(total) });
  }
  const kept = t('offline.all', { total: size(total) });
  if (!wished || persisted === null) return kept;
  return `${kept} ${t(persisted ? 'offline.persisted' : 'offline.unpersisted')}`;
}
