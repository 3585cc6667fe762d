/** English: the language of the project, and the list of all keys. @module */

import { common } from './en/common.js';
import { privacy } from './en/privacy.js';

export const words = Object.freeze({ ...common, ...privacy });
