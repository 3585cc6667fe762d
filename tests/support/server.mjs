/** The project's own web server, in a process of its own, with every request on record. @module */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DIST, PYTHON, SUPPORT } from './paths.mjs';

/**
 * @typedef {object} Request As the server saw it.
 * @property {string} method
 * @property {string} path With the query.
 * @property {number} status
 * @property {number} body Bytes that came with it; 1 for a stream of unknown length.
 *
 * @typedef {object} Site
 * @property {string} url Ends with a slash.
 * @property {() => Promise<Request[]>} requests All that were answered since the start or the last `forget`.
 * @property {() => Promise<void>} forget
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {string} [options.base] Serve below this path.
 * @param {boolean} [options.isolation] Send COOP and COEP.
 * @param {string[]} [options.without] Names of response headers to leave off.
 * @param {boolean} [options.compressed] Send files as the build has compressed them, as hosts do.
 * @param {number} [options.port] Default: a free one.
 * @returns {Promise<Site>}
 */
export async function startServer({
  folder = DIST, base = '/', isolation = true, without = [], compressed = false, port = 0,
} = {}) {
  const words = [join(SUPPORT, 'site_server.py'), folder, '--port', String(port), '--base', base];
  if (!isolation) words.push('--no-isolation');
  if (compressed) words.push('--compressed');
  for (const name of without) words.push('--without', name);
  const child = spawn(PYTHON, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const url = await firstLine(child, lines);

  /** @type {Request[]} */
  let seen = [];
  lines.on('line', (line) => seen.push(JSON.parse(line)));
  let marks = 0;
  /** Lines come in the order of the answers: once a request of our own is on record, so are all before it. */
  const settle = async () => {
    marks += 1;
    const mark = `mark=${marks}`;
    await (await fetch(`${url}assets.json?${mark}`)).arrayBuffer();
    while (!seen.some(({ path }) => path.endsWith(mark))) await once(lines, 'line');
    seen = seen.filter(({ path }) => !path.endsWith(mark));
  };
  return {
    url,
    requests: async () => {
      await settle();
      return [...seen];
    },
    forget: async () => {
      await settle();
      seen = [];
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('node:readline').Interface} lines
 * @returns {Promise<string>}
 */
async function firstLine(child, lines) {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The test server ended with code ${code} before it listened`);
  });
  const [line] = await Promise.race([once(lines, 'line'), failed]);
  failed.catch(() => {}); // it will end, later
  return line;
}
