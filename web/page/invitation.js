/** What the page says before there is a photo. @module */

import { t } from '../words/words.js';
import { byId, setText } from './dom.js';
import { MAC } from './keys.js';

/** In the language that is used now. */
export function renderInvitation() {
  const touch = matchMedia('(hover: none)').matches;
  setText(byId('invitation', HTMLElement), t(touch ? 'page.invitationTouch' : 'page.invitation'));
  const keys = t(MAC ? 'page.pasteKeysMac' : 'page.pasteKeys');
  const hint = byId('paste-hint', HTMLElement);
  setText(hint, t('page.pasteHint', { keys }));
  hint.hidden = touch;
}
