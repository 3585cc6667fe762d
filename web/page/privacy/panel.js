/** The privacy panel: what is kept here, what has been asked for, and the test with the network cut. @module */

import { onLanguage } from '../../words/words.js';
import { h } from '../dom.js';
import { LedgerSection } from './ledger-section.js';
import { mountUpdateNotice } from './notice.js';
import { OfflineSection } from './offline-section.js';
import { SelftestSection } from './selftest-section.js';

/**
 * @typedef {object} PrivacyPanel
 * @property {() => void} update Look again at what there is: call it whenever the panel comes into view.
 */

/**
 * Build the panel inside `host`. `registerOffline()` has been called, the earlier the more requests are seen.
 *
 * @param {HTMLElement} host A dialog's content, or a section.
 * @returns {PrivacyPanel}
 */
export function mountPrivacy(host) {
  const notice = h('p');
  mountUpdateNotice(notice);
  const offline = new OfflineSection();
  const list = new LedgerSection();
  const test = new SelftestSection(offline);
  host.classList.add('privacy-panel');
  host.append(notice, offline.element, list.element, test.element);
  onLanguage(() => [offline, list, test].forEach((section) => section.render()));
  return {
    update: () => {
      offline.update();
      list.render();
    },
  };
}
