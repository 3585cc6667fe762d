/** Arabic. @module */

/** @import { Words } from './words.js' */
import { common } from './ar/common.js';
import { errors } from './ar/errors.js';
import { finish } from './ar/finish.js';
import { intake } from './ar/intake.js';
import { page } from './ar/page.js';
import { panels } from './ar/panels.js';
import { privacy } from './ar/privacy.js';
import { queue } from './ar/queue.js';
import { viewer } from './ar/viewer.js';

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
