/** French. @module */

/** @import { Words } from './words.js' */
import { common } from './fr/common.js';
import { errors } from './fr/errors.js';
import { page } from './fr/page.js';
import { panels } from './fr/panels.js';
import { viewer } from './fr/viewer.js';

/** @type {Words} */
export const words = Object.freeze({
  ...common,
  ...errors,
  ...page,
  ...panels,
  ...viewer,
});
