/** Spanish. @module */

/** @import { Words } from './words.js' */
import { common } from './es/common.js';
import { errors } from './es/errors.js';
import { page } from './es/page.js';
import { panels } from './es/panels.js';
import { viewer } from './es/viewer.js';

/** @type {Words} */
export const words = Object.freeze({
  ...common,
  ...errors,
  ...page,
  ...panels,
  ...viewer,
});
