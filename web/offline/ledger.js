/**
 * Every request that this page has made since it was opened: told by the service worker, which sees those of the page's
 * workers too; by the browser's own timings for what did not go through it; and by the policy for what it refused.
 *
 * @module
 */

/** @import { Entry, HelloReply, Tell } from './protocol.js' */
import { greet, isSupported } from './line.js';
import { onRefusal } from './refusals.js';

/** The browser keeps 250 timings unless told otherwise. */
const MOST_TIMINGS = 5000;

/** @typedef {{ requests: number, bytes: number }} Sum */
/**
 * @typedef {object} Totals
 * @property {Sum} network Made through the network, the browser's own cache included where it can't be told apart.
 * @property {Sum} cache Answered by the service worker from this device.
 * @property {number} refused
 * @property {number} elsewhere Requests to other origins that were let through.
 */

class Ledger {
  /** @type {Entry[]} */
  #entries = [];
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #started = false;
  /** Of refused requests, the policy that told of each first. @type {Map<string, string>} */
  #tellers = new Map();
  /** Since when the workers' requests are seen, milliseconds since 1970; null where they are not. @type {number | null} */
  #watchedSince = null;

  /** @param {(reply: HelloReply) => void} [ongreeting] After each greeting of a service worker. */
  start(ongreeting = () => {}) {
    if (this.#started) return;
    this.#started = true;
    performance.setResourceTimingBufferSize?.(MOST_TIMINGS);
    for (const type of ['navigation', 'resource']) {
      new PerformanceObserver((list) => this.#add(fromTimings(list.getEntries()))).observe({ type, buffered: true });
    }
    onRefusal((event) => {
      if (this.#isFirstToTell(event)) this.#add(fromViolation(event));
    });
    if (!isSupported()) return;
    const container = navigator.serviceWorker;
    container.addEventListener('message', ({ data }) => {
      const told = /** @type {Tell} */ (data);
      if (told?.type === 'requests') this.#add(told.entries);
    });
    container.startMessages();
    const hello = async () => {
      const reply = await greet().catch(console.warn); // the page works without it
      if (!reply) return;
      if (container.controller) this.#watchedSince ??= cameThroughWorker() ? performance.timeOrigin : Date.now();
      this.#add(reply.entries);
      ongreeting(reply);
    };
    container.addEventListener('controllerchange', hello);
    addEventListener('pageshow', ({ persisted }) => persisted && hello());
    hello();
  }

  /**
   * The page has its policy by the header and written into itself, and the browser tells of a request once for each.
   *
   * @param {SecurityPolicyViolationEvent} event
   */
  #isFirstToTell({ blockedURI, effectiveDirective, originalPolicy }) {
    const request = `${effectiveDirective} ${blockedURI}`;
    const teller = this.#tellers.get(request) ?? originalPolicy;
    this.#tellers.set(request, teller);
    return teller === originalPolicy;
  }

  /** Oldest first. @returns {Entry[]} */
  get entries() {
    // The browser keeps a timing, without any figure, of what was refused as well: that is one request, not two.
    const refused = new Set(this.#entries.filter(({ from }) => from === 'refused').map(({ url }) => url));
    return this.#entries
      .filter(({ from, status, bytes, url }) => from !== 'browser' || status || bytes || !refused.has(url))
      .sort((a, b) => a.at - b.at);
  }

  /** Since when all threads' requests are seen; null where only those of the page's own thread are. */
  get watchedSince() {
    return this.#watchedSince;
  }

  /** @returns {Totals} */
  get totals() {
    return sum(this.entries);
  }

  /** @param {() => void} listener @returns {() => void} ends it */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Entry[]} entries */
  #add(entries) {
    if (entries.length === 0) return;
    this.#entries.push(...entries);
    for (const listener of this.#listeners) listener();
  }
}

/** That of this page. */
export const ledger = new Ledger();

/**
 * @param {readonly Entry[]} entries
 * @returns {Totals}
 */
export function sum(entries) {
  const totals = { network: { requests: 0, bytes: 0 }, cache: { requests: 0, bytes: 0 }, refused: 0, elsewhere: 0 };
  for (const { from, bytes, url } of entries) {
    if (from === 'refused') {
      totals.refused += 1;
      continue;
    }
    const part = totals[from === 'cache' ? 'cache' : 'network'];
    part.requests += 1;
    part.bytes += bytes ?? 0;
    if (isElsewhere(url)) totals.elsewhere += 1;
  }
  return totals;
}

/** Whether an address is of another origin. @param {string} url */
export function isElsewhere(url) {
  return new URL(url, location.href).origin !== location.origin;
}

/** Whether a service worker gave us this very page. */
export function cameThroughWorker() {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.workerStart > 0;
}

/**
 * What the service worker had a hand in, it tells itself; a blob is no request.
 *
 * @param {PerformanceEntryList} timings
 * @returns {Entry[]}
 */
function fromTimings(timings) {
  return timings
    .filter((timing) => timing instanceof PerformanceResourceTiming)
    .filter(({ name, workerStart }) => workerStart === 0 && /^(https?|wss?):/.test(name))
    .map(({ name, startTime, initiatorType, encodedBodySize, responseStatus }) => ({
      at: performance.timeOrigin + startTime,
      method: null,
      url: name,
      kind: initiatorType,
      status: responseStatus || null,
      bytes: encodedBodySize || null,
      from: /** @type {const} */ ('browser'),
    }));
}

/**
 * @param {SecurityPolicyViolationEvent} event
 * @returns {Entry[]}
 */
function fromViolation({ blockedURI, effectiveDirective, disposition }) {
  if (disposition !== 'enforce' || !/^(https?|wss?):/.test(blockedURI)) return [];
  const kind = effectiveDirective;
  return [{ at: Date.now(), method: null, url: blockedURI, kind, status: null, bytes: null, from: 'refused' }];
}
