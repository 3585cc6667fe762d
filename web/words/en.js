/** English: the language of the project, and the list of all keys. @module */

import { common } from './en/common.js';
import { queue } from './en/queue.js';

export const words = Object.freeze({ ...common, ...queue });
