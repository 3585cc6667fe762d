/** Running Python scripts: the pictures and their independent decoding are Pillow's. @module */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PYTHON } from './paths.mjs';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 16_000_000;

/**
 * @param {string[]} words Arguments of the test environment's Python.
 * @returns {Promise<string>} What it printed.
 */
export async function python(...words) {
  const { stdout } = await run(PYTHON, words, { maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}
