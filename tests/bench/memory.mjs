/**
 * Peak memory of a tab: the high-water mark of its renderer process, as Linux keeps it.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';

/**
 * The largest peak resident set among the renderers that descend from this process, in bytes; null elsewhere than
 * on Linux.
 */
export function peakRendererBytes() {
  if (process.platform !== 'linux') return null;
  const processes = new Map(
    readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      const status = read(`/proc/${pid}/status`);
      return status ? [[pid, status]] : [];
    }),
  );
  const descends = (/** @type {string | undefined} */ pid) => {
    while (pid && pid !== '0' && pid !== String(process.pid)) pid = field(processes.get(pid) ?? '', 'PPid');
    return pid === String(process.pid);
  };
  const peaks = [...processes]
    .filter(([pid]) => read(`/proc/${pid}/cmdline`).includes('--type=renderer') && descends(pid))
    .map(([, status]) => Number.parseInt(field(status, 'VmHWM') ?? '0', 10) * 1024);
  return peaks.length ? Math.max(...peaks) : null;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

/**
 * @param {string} status
 * @param {string} name
 */
function field(status, name) {
  return new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
}
