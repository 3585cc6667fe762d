/**
 * Results of a page that was closed, or crashed, before they were saved: offered once, at the next start, and removed at
 * the one after. What is older than a week is removed without a word: nobody waits for it.
 *
 * @module
 */

/** @import { ResultRecord, ResultRef } from './store.js' */
import { FOLDER, lockSession, onDisk } from './store.js';

/**
 * @typedef {ResultRecord & { resultRef: ResultRef }} Recovered
 *
 * @typedef {object} Leftovers
 * @property {number} count
 * @property {() => Promise<Recovered[]>} take They are this page's from now on.
 * @property {() => Promise<void>} discard Remove them from the device.
 */

/** A session's folder that says so has been offered. */
const OFFERED = 'offered';
const OLDEST_MS = 7 * 24 * 3_600_000;

/**
 * Look for left-overs, and remove what has been offered before. Call it once, when the page has started and has time.
 *
 * @returns {Promise<Leftovers | null>}
 */
export async function findLeftovers() {
  try {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER);
    const found = [];
    for (const folder of await foldersOf(all)) {
      const session = await claim(all, folder);
      if (session) found.push(session);
    }
    return found.length ? offer(all, found) : null;
  } catch {
    return null; // there has never been any, or this browser has no place for them
  }
}

/** @typedef {{ folder: FileSystemDirectoryHandle, results: Recovered[], release: () => void }} OldSession */

/**
 * @param {FileSystemDirectoryHandle} all
 * @param {FileSystemDirectoryHandle} folder
 * @returns {Promise<OldSession | null>}
 */
async function claim(all, folder) {
  const release = await lockSession(folder.name);
  if (!release) return null; // of a page that is open
  const names = new Set(await namesIn(folder));
  const wanted = !names.has(OFFERED) && Date.now() - await lastWritten(folder, names) < OLDEST_MS;
  const results = wanted ? await readResults(folder, names) : [];
  if (results.length === 0) {
    await all.removeEntry(folder.name, { recursive: true });
    release();
    return null;
  }
  await folder.getFileHandle(OFFERED, { create: true });
  return { folder, results, release };
}

/**
 * @param {FileSystemDirectoryHandle} all
 * @param {OldSession[]} sessions
 * @returns {Leftovers}
 */
function offer(all, sessions) {
  return {
    count: sessions.reduce((sum, { results }) => sum + results.length, 0),
    take: async () => {
      // Once they are in use again they may be offered again. Their locks are held for as long as this page lives.
      await Promise.all(sessions.map(({ folder }) => folder.removeEntry(OFFERED)));
      return sessions.flatMap(({ results }) => results);
    },
    discard: async () => {
      for (const { folder, release } of sessions) {
        await all.removeEntry(folder.name, { recursive: true });
        release();
      }
    },
  };
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {Set<string>} names
 * @returns {Promise<Recovered[]>}
 */
async function readResults(folder, names) {
  const keys = [...names].filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const complete = keys.filter((key) => names.has(`${key}.data`)).sort((a, b) => Number(a) - Number(b));
  const results = await Promise.all(complete.map((key) => readResult(folder, key).catch(() => null)));
  return results.filter((result) => result !== null);
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} key
 * @returns {Promise<Recovered>}
 */
async function readResult(folder, key) {
  const text = await (await (await folder.getFileHandle(`${key}.json`)).getFile()).text();
  const { type, ...record } = /** @type {ResultRecord & { type: string }} */ (JSON.parse(text));
  return { ...record, resultRef: onDisk(folder, key, type) };
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {Set<string>} names
 * @returns {Promise<number>} Milliseconds since 1970; 0 where nothing can be read.
 */
async function lastWritten(folder, names) {
  const times = [...names].map(async (name) => (await (await folder.getFileHandle(name)).getFile()).lastModified);
  const settled = await Promise.allSettled(times);
  return Math.max(0, ...settled.map((time) => (time.status === 'fulfilled' ? time.value : 0)));
}

/** @param {FileSystemDirectoryHandle} folder */
async function namesIn(folder) {
  const names = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** @param {FileSystemDirectoryHandle} all */
async function foldersOf(all) {
  const folders = [];
  for await (const handle of all.values()) {
    if (handle.kind === 'directory') folders.push(/** @type {FileSystemDirectoryHandle} */ (handle));
  }
  return folders;
}
