/** English: the language of the project, and the list of all keys. @module */

import { common } from './en/common.js';
import { viewer } from './en/viewer.js';

export const words = Object.freeze({ ...common, ...viewer });
