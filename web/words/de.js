/** German. @module */

/** @import { Words } from './words.js' */
import { common } from './de/common.js';
import { errors } from './de/errors.js';
import { page } from './de/page.js';
import { panels } from './de/panels.js';
import { viewer } from './de/viewer.js';

/** @type {Words} */
export const words = Object.freeze({
  ...common,
  ...errors,
  ...page,
  ...panels,
  ...viewer,
});
