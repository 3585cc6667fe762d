/** Japanese. @module */

/** @import { Words } from './words.js' */
import { common } from './ja/common.js';
import { errors } from './ja/errors.js';
import { finish } from './ja/finish.js';
import { intake } from './ja/intake.js';
import { page } from './ja/page.js';
import { panels } from './ja/panels.js';
import { privacy } from './ja/privacy.js';
import { queue } from './ja/queue.js';
import { viewer } from './ja/viewer.js';

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
