/** Spanish. @module */

/** @import { Words } from './words.js' */
import { common } from './es/common.js';
import { errors } from './es/errors.js';
import { finish } from './es/finish.js';
import { intake } from './es/intake.js';
import { page } from './es/page.js';
import { panels } from './es/panels.js';
import { privacy } from './es/privacy.js';
import { queue } from './es/queue.js';
import { viewer } from './es/viewer.js';

/** @type {Words} */
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
