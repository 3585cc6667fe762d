/** Tabs, as people who use the keyboard know them: arrows go along, Home and End to the ends. @module */

import { byId } from '../dom.js';

export class Tabs {
  /** @type {HTMLElement[]} */
  #tabs;
  #onchange;

  /**
   * @param {HTMLElement} list
   * @param {(id: string) => void} onchange told the id of the panel that now is there
   */
  constructor(list, onchange) {
    this.#tabs = [...list.querySelectorAll('[role=tab]')].filter((tab) => tab instanceof HTMLElement);
    this.#onchange = onchange;
    for (const tab of this.#tabs) tab.addEventListener('click', () => this.choose(panelOf(tab)));
    list.addEventListener('keydown', (event) => this.#move(event));
    this.#show(this.#tabs[0] ?? list);
  }

  /** Id of the panel that is there. */
  get chosen() {
    const tab = this.#tabs.find(({ ariaSelected }) => ariaSelected === 'true');
    return tab ? panelOf(tab) : '';
  }

  /** @param {string} id of a panel */
  choose(id) {
    const tab = this.#tabs.find((one) => panelOf(one) === id);
    if (!tab || id === this.chosen) return;
    this.#show(tab);
    this.#onchange(id);
  }

  /** @param {HTMLElement} chosen */
  #show(chosen) {
    for (const tab of this.#tabs) {
      tab.ariaSelected = String(tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      byId(panelOf(tab), HTMLElement).hidden = tab !== chosen;
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const index = this.#tabs.findIndex((tab) => tab === document.activeElement);
    const last = this.#tabs.length - 1;
    const forth = document.documentElement.dir === 'rtl' ? -1 : 1;
    const targets = /** @type {Record<string, number>} */ ({
      ArrowRight: index + forth, ArrowLeft: index - forth, Home: 0, End: last,
    });
    const wanted = targets[event.key];
    if (index < 0 || wanted === undefined) return;
    event.preventDefault();
    const tab = this.#tabs[(wanted + this.#tabs.length) % this.#tabs.length];
    tab?.focus();
    if (tab) this.choose(panelOf(tab));
  }
}

/** @param {HTMLElement} tab */
function panelOf(tab) {
  return tab.getAttribute('aria-controls') ?? '';
}
