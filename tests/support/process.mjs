/** Programs that a test starts, and that end with it, with all that they have started themselves. @module */

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Those that run. @type {Set<() => void>} */
const running = new Set();

process.on('exit', () => running.forEach((kill) => kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * @param {string} program
 * @param {string[]} words
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export function startProcess(program, words, { env = process.env } = {}) {
  // Detached, a program leads a group of its own, which can be ended as one.
  const child = spawn(program, words, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]);
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  };
  running.add(kill);
  const end = async () => {
    kill();
    await ended;
    running.delete(kill);
  };
  return { child, end };
}
