/** One line for the page, when there is something a reload would bring: a new version, or threads. Never by itself. @module */

import { applyUpdate, offlineState, onOffline } from '../../offline/offline.js';
import { onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';

/**
 * @param {HTMLElement} host Hidden while there is nothing to say.
 */
export function mountUpdateNotice(host) {
  const text = h('span', { role: 'status' });
  const button = h('button', { type: 'button' });
  host.classList.add('privacy-notice');
  host.append(text, button);
  const render = () => {
    const { updateReady, reloadIsolates } = offlineState();
    host.hidden = !updateReady && !reloadIsolates;
    setText(text, host.hidden ? '' : t(updateReady ? 'update.ready' : 'threads.offer'));
    setText(button, t(updateReady ? 'update.use' : 'threads.reload'));
    button.title = updateReady ? t('update.about') : '';
  };
  button.addEventListener('click', () => {
    applyUpdate().catch(() => location.reload()); // which takes it as well
  });
  onOffline(render);
  onLanguage(render);
  render();
}
