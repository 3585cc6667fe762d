/** German. @module */

/** @import { Words } from './words.js' */
import { common } from './de/common.js';
import { errors } from './de/errors.js';
import { finish } from './de/finish.js';
import { intake } from './de/intake.js';
import { page } from './de/page.js';
import { panels } from './de/panels.js';
import { privacy } from './de/privacy.js';
import { queue } from './de/queue.js';
import { viewer } from './de/viewer.js';

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
