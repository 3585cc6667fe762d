/** Japanese. @module */

/** @import { Words } from './words.js' */
import { common } from './ja/common.js';
import { errors } from './ja/errors.js';
import { page } from './ja/page.js';
import { panels } from './ja/panels.js';
import { viewer } from './ja/viewer.js';

/** @type {Words} */
export const words = Object.freeze({
  ...common,
  ...errors,
  ...page,
  ...panels,
  ...viewer,
});
