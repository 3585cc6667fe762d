/** Arabic. @module */

/** @import { Words } from './words.js' */
import { common } from './ar/common.js';
import { errors } from './ar/errors.js';
import { page } from './ar/page.js';
import { panels } from './ar/panels.js';
import { viewer } from './ar/viewer.js';

/** @type {Words} */
export const words = Object.freeze({
  ...common,
  ...errors,
  ...page,
  ...panels,
  ...viewer,
});
