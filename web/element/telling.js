/** What a visitor is told while the engine works, and when it fails. @module */

/** @import { Progress } from '../shared/protocol.js' */
/** @import { Tongue, Word, Words } from './words.js' */

/** Stages that belong together for a person share their words. @type {Readonly<Partial<Record<string, Word>>>} */
const STAGES = {
  decode: 'opening', segment: 'finding', trimap: 'tracing', matting: 'tracing', foreground: 'finishing',
  compose: 'finishing', encode: 'finishing',
};

/** By an error's code; the whole of it is for whoever made the page. @type {Readonly<Partial<Record<string, Word>>>} */
const ERRORS = {
  'source-type': 'input', 'input-empty': 'input', 'input-format': 'input', 'input-damaged': 'input',
  'input-too-large': 'large', 'output-too-large': 'large', 'out-of-memory': 'memory', 'worker-died': 'memory',
  'asset-missing': 'network', 'asset-corrupt': 'network', 'embed-unreachable': 'network',
  'source-unreachable': 'address', 'source-cross-origin': 'address',
  'unsupported-browser': 'browser', 'embed-refused': 'refused',
};

/**
 * What is going on, in words: to be shown, and to be read out, which leaves out what changes all the time.
 *
 * @param {Tongue} tongue
 * @param {Progress} progress
 * @returns {{ shown: string, spoken: string }}
 */
export function progressWords({ language, words }, { stage, done, total, unit }) {
  const spoken = words[STAGES[stage] ?? 'loading'];
  if (unit !== 'bytes' || done >= total) return { shown: spoken, spoken };
  const places = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const megabytes = new Intl.NumberFormat(language, places);
  const values = { done: megabytes.format(done / 1e6), total: megabytes.format(total / 1e6) };
  const shown = words.bytes.replace(/\{(done|total)\}/g, (_, name) => values[/** @type {'done' | 'total'} */ (name)]);
  return { shown, spoken };
}

/**
 * @param {Words} words
 * @param {string} code
 */
export function errorWords(words, code) {
  return words[ERRORS[code] ?? 'failed'];
}
