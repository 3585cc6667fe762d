/** English: the language of the project, and the list of all keys. @module */

import { common } from './en/common.js';
import { finish } from './en/finish.js';

export const words = Object.freeze({ ...common, ...finish });
