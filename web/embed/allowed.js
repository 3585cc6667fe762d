/**
 * Who may use this copy of Gossamer from another origin: the list in `embed.json`, a file beside `embed.html`.
 *
 * @module
 */

/** The origins named in `embed.json`; none where it is missing or is no such list. @returns {Promise<string[]>} */
export async function fetchAllowed() {
  try {
    const response = await fetch(new URL('../embed.json', import.meta.url), { credentials: 'omit', cache: 'no-cache' });
    const { allow } = await response.json();
    return Array.isArray(allow) ? allow.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Our own origin always may. `*` stands for every site, but not for pages that have no origin to name, such as files
 * and sandboxed frames.
 *
 * @param {readonly string[]} allowed
 * @param {string} origin As the browser tells it.
 */
export function allows(allowed, origin) {
  if (!/^https?:\/\//.test(origin)) return false;
  return origin === location.origin || allowed.includes('*') || allowed.includes(origin);
}
