/** French. @module */

/** @import { Words } from './words.js' */
import { common } from './fr/common.js';
import { errors } from './fr/errors.js';
import { finish } from './fr/finish.js';
import { intake } from './fr/intake.js';
import { page } from './fr/page.js';
import { panels } from './fr/panels.js';
import { privacy } from './fr/privacy.js';
import { queue } from './fr/queue.js';
import { viewer } from './fr/viewer.js';

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
