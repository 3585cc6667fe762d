/** English: the language of the project, and the list of all keys. @module */

import { common } from './en/common.js';
import { errors } from './en/errors.js';
import { finish } from './en/finish.js';
import { intake } from './en/intake.js';
import { page } from './en/page.js';
import { panels } from './en/panels.js';
import { privacy } from './en/privacy.js';
import { queue } from './en/queue.js';
import { viewer } from './en/viewer.js';

export const words = Object.freeze({
  ...common,
  ...errors,
  ...finish,
  ...intake,
  ...page,
  ...panels,
  ...privacy,
  ...queue,
  ...viewer,
});
