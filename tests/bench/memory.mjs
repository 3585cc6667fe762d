/**
 * Memory of the browser that this process has started, as Linux keeps it: of a tab at its peak, of all processes now.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';

/**
 * The largest peak resident set among the renderers that descend from this process, in bytes; null elsewhere than
 * on Linux.
 */
export function peakRendererBytes() {
  const peaks = descendants()
    .filter(({ pid }) => kindOf(pid) === 'renderer')
    .map(({ status }) => Number.parseInt(field(status, 'VmHWM') ?? '0', 10) * 1024);
  return peaks.length ? Math.max(...peaks) : null;
}

/**
 * What all processes of the browser take now, in bytes. Memory that several share is theirs in parts (PSS). Pages of the
 * browser's own files are left out: how many other browsers share them is no business of ours.
 *
 * @returns {{ all: number, kinds: Record<string, number> }} `kinds` by the kind of process
 */
export function browserBytes() {
  /** @type {Record<string, number>} */
  const kinds = {};
  for (const { pid } of descendants()) {
    const kind = kindOf(pid);
    const sums = read(`/proc/${pid}/smaps_rollup`);
    const [all = 0, files = 0] = ['Pss', 'Pss_File'].map((name) => Number.parseInt(field(sums, name) ?? '0', 10) * 1024);
    if (kind) kinds[kind] = (kinds[kind] ?? 0) + all - files;
  }
  return { all: Object.values(kinds).reduce((sum, bytes) => sum + bytes, 0), kinds };
}

/** All processes that this one has started, and they in turn. @returns {{ pid: string, status: string }[]} */
function descendants() {
  if (process.platform !== 'linux') return [];
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
  return [...processes].filter(([pid]) => descends(pid)).map(([pid, status]) => ({ pid, status }));
}

/** What a process of the browser is for; null for one that is not the browser's. @param {string} pid */
function kindOf(pid) {
  const words = read(`/proc/${pid}/cmdline`);
  if (!/chrom/i.test(words.split('\0')[0] ?? '')) return null;
  return /--type=([\w-]+)/.exec(words)?.[1] ?? 'browser';
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
