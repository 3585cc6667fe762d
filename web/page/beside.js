/**
 * What the page has beside the ways photos come in: its dialogs, the page offline, what computes. Fetched as soon as a
 * photo can be chosen, or with the first photo if that is sooner.
 *
 * @module
 */

import { registerOffline } from '../offline/offline.js';
import { applyBackend } from './computes.js';
import { openableDialogs } from './dialogs.js';
import { byId } from './dom.js';
import { mountUpdateNotice } from './privacy/notice.js';

/** @import { Studio } from './studio.js' */

export { nothing, remarks } from './intake/remarks.js';

/**
 * Begin.
 *
 * @param {() => Studio | null} lastStudio
 */
export function start(lastStudio) {
  registerOffline();
  mountUpdateNotice(byId('update', HTMLElement));
  applyBackend();
  return openableDialogs(lastStudio);
}
