/** The list of all requests, with their sums, and as text to take away. @module */

/** @import { Entry } from '../../offline/protocol.js' */
import { cameThroughWorker, isElsewhere, ledger, sum } from '../../offline/ledger.js';
import { t } from '../../words/words.js';
import { h, setText } from '../dom.js';
import { clock, size } from './format.js';

export class LedgerSection {
  #title = h('h3');
  #about = h('p');
  #sums = h('ul', { className: 'privacy-sums' });
  #summary = h('summary');
  #rows = h('tbody');
  #heads = h('tr');
  #caption = h('caption', { className: 'unseen' });
  #browser = h('p', { className: 'privacy-note' });
  #copy = h('button', { type: 'button' });
  #said = h('p', { role: 'status' });
  // Can be scrolled, so it can be reached with the keyboard.
  #scroll = h('div', { className: 'privacy-scroll', tabIndex: 0, role: 'region' },
    h('table', {}, this.#caption, h('thead', {}, this.#heads), this.#rows));
  #details = h('details', {}, this.#summary, this.#scroll);
  #due = false;

  element = h('section', { className: 'privacy-section' }, this.#title, this.#about, this.#sums, this.#details,
    h('div', { className: 'privacy-actions' }, this.#copy), this.#said, this.#browser);

  constructor() {
    this.#copy.addEventListener('click', () => this.#toClipboard());
    this.#details.addEventListener('toggle', () => this.render());
    ledger.onChange(() => this.#renderSoon());
    this.render();
  }

  render() {
    const { entries, watchedSince } = ledger;
    setText(this.#title, t('ledger.title'));
    setText(this.#about, aboutWords(watchedSince));
    setText(this.#summary, t('ledger.show'));
    setText(this.#caption, t('ledger.list'));
    setText(this.#browser, t('ledger.browser'));
    setText(this.#copy, t('ledger.copy'));
    this.#scroll.ariaLabel = t('ledger.list');
    const { elsewhere } = ledger.totals;
    const [first = '', ...rest] = sumWords(entries);
    const head = h('strong', { className: elsewhere === 0 ? 'privacy-good' : 'privacy-bad' }, first);
    this.#sums.replaceChildren(h('li', {}, head), ...rest.map((words) => h('li', {}, words)));
    if (!this.#details.open) return; // hundreds of rows that nobody sees
    const heads = [t('ledger.time'), t('ledger.method'), t('ledger.path'), t('ledger.size'), t('ledger.source')];
    this.#heads.replaceChildren(...heads.map((head) => h('th', { scope: 'col' }, head)));
    this.#rows.replaceChildren(...entries.map(row));
  }

  /** Requests come in dozens: once a frame is enough, and none while nobody can see it. */
  #renderSoon() {
    if (this.#due || !this.element.isConnected) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.render();
    });
  }

  async #toClipboard() {
    try {
      await navigator.clipboard.writeText(asText());
      setText(this.#said, t('ledger.copied'));
    } catch {
      setText(this.#said, t('ledger.notCopied'));
    }
  }
}

/** The list as lines of text. */
function asText() {
  const { entries, watchedSince } = ledger;
  const lines = entries.map((entry) => [new Date(entry.at).toISOString(), ...cells(entry).slice(1)].join('\t'));
  return [location.href, aboutWords(watchedSince), ...sumWords(entries), '', ...lines, ''].join('\n');
}

/** @param {readonly Entry[]} entries */
function sumWords(entries) {
  const { elsewhere, network, cache, refused } = sum(entries);
  return [
    t('ledger.elsewhere', { count: elsewhere }),
    t('ledger.network', { count: network.requests, size: size(network.bytes) }),
    t('ledger.cache', { count: cache.requests, size: size(cache.bytes) }),
    ...(refused > 0 ? [t('ledger.refused', { count: refused })] : []),
  ];
}

/** @param {number | null} since */
function aboutWords(since) {
  if (since === null) return t('ledger.aboutPage');
  return cameThroughWorker() ? t('ledger.about') : t('ledger.aboutSince', { time: clock(since) });
}

/** @param {Entry} entry */
function row(entry) {
  const row = h('tr', {}, ...cells(entry).map((text) => h('td', {}, text)));
  if (isElsewhere(entry.url)) row.className = 'privacy-elsewhere';
  return row;
}

/** @param {Entry} entry */
function cells({ at, method, url, bytes, from }) {
  const address = new URL(url, location.href);
  return [
    clock(at), method ?? t('ledger.unknown'),
    isElsewhere(url) ? address.href : `${address.pathname}${address.search}`,
    bytes === null ? t('ledger.unknown') : size(bytes), t(`ledger.from.${from}`),
  ];
}
