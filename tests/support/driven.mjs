/**
 * A page in a browser that is driven by a protocol of the W3C, in the little of Playwright's language that its tests
 * speak.
 *
 * @module
 */

import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS as CHROMIUM_PATIENCE_MS } from './browser.mjs';
import { inTime, NoAnswer } from './tool.mjs';

/**
 * @typedef {object} Driver One tab of a browser, by whatever protocol it speaks.
 * @property {(url: string) => Promise<unknown>} navigate Until the page has loaded.
 * @property {() => Promise<unknown>} reload
 * @property {(script: string, argument: string) => Promise<string>} call An async function's source, from text to text.
 * @property {(selector: string, path: string) => Promise<unknown>} choose A file, into an input.
 * @property {(selector: string) => Promise<unknown>} click
 * @property {(key: string) => Promise<unknown>} press A character, or a key of the WebDriver standard.
 * @property {() => Promise<Buffer>} screenshot
 * @property {() => Promise<void>} end
 * @property {string} downloads The folder where the browser saves.
 */

/** Of one step. WebKitGTK, with one thread, takes longer than Chromium. */
export const PATIENCE_MS = 1.5 * CHROMIUM_PATIENCE_MS;
/** Of a look at a page that gives no answer. */
const GLANCE_MS = 10_000;

/** Keys by the code points that the WebDriver standard gives them. */
export const KEYS = Object.freeze({ Escape: '\uE00C', Enter: '\uE007', Tab: '\uE004' });

const POLL_MS = 100;
/** What browsers call a file that is still being written; Firefox first keeps its place by an empty one of the final name. */
const PARTIAL = /\.(part|wkdownload)$/;

export class DrivenPage {
  #driver;

  /** @param {Driver} driver */
  constructor(driver) {
    this.#driver = driver;
  }

  /** @param {string} url */
  async goto(url) {
    await this.#driver.navigate(url);
  }

  async reload() {
    await this.#driver.reload();
  }

  /**
   * Call a function in the page. What goes in and comes out crosses as JSON.
   *
   * @template R
   * @template [A=undefined]
   * @param {(argument: A) => R | Promise<R>} task
   * @param {A} [argument]
   * @returns {Promise<R>}
   */
  async evaluate(task, argument) {
    const script = `async (json) => {
      try {
        return JSON.stringify({ value: await (${task})(JSON.parse(json).argument) });
      } catch (error) {
        return JSON.stringify({ error: String(error) });
      }
    }`;
    const { value, error } = JSON.parse(await inTime(this.#driver.call(script, JSON.stringify({ argument })), PATIENCE_MS));
    if (error !== undefined) throw new Error(`In the page: ${error}`);
    return value;
  }

  /**
   * Wait until a function in the page returns something that is true, and return that.
   *
   * @template R
   * @template [A=undefined]
   * @param {(argument: A) => R | Promise<R>} condition
   * @param {A} [argument]
   * @returns {Promise<R>}
   */
  async waitForFunction(condition, argument) {
    const ask = () => this.evaluate(condition, argument);
    return until(ask, () => `Not so in ${PATIENCE_MS / 1000} s: ${condition} of ${JSON.stringify(argument)}`);
  }

  /** @param {string} selector @param {string} path */
  async setInputFiles(selector, path) {
    await this.#driver.choose(selector, path);
  }

  /** @param {string} selector */
  async click(selector) {
    await this.#driver.click(selector);
  }

  /** @param {keyof typeof KEYS} key */
  async press(key) {
    await this.#driver.press(KEYS[key]);
  }

  screenshot() {
    return this.#driver.screenshot();
  }

  /**
   * The file that the browser saves when something is done.
   *
   * @param {() => Promise<void>} action
   */
  async save(action) {
    const folder = this.#driver.downloads;
    const before = new Set(readdirSync(folder));
    await action();
    const name = await until(async () => {
      const files = readdirSync(folder).filter((file) => !before.has(file));
      if (files.some((file) => PARTIAL.test(file))) return undefined;
      return files.find((file) => statSync(join(folder, file)).size > 0);
    }, () => `Nothing was saved in ${PATIENCE_MS / 1000} s`);
    return { name, bytes: await readFile(join(folder, name)) };
  }

  /** What there is to see of a page that gives no answer. */
  look() {
    return this.evaluate(() => [
      document.body.dataset.state, document.querySelector('#status')?.textContent, globalThis.e2e?.stage,
    ].join(', '));
  }

  async close() {
    await this.#driver.end();
  }
}

/**
 * Do a step of a test; where the browser gives no answer, say what is seen of it, and do the step once more in a new one.
 * Firefox and WebKitGTK have each been seen to stop in the middle of a step, once, for a cause that was not found. What
 * fails twice, or with any other error, fails.
 *
 * @param {import('node:test').TestContext} context
 * @param {() => Promise<void>} step
 * @param {{ look: () => Promise<string>, restart: () => Promise<void> }} browser
 */
export async function persistently(context, step, { look, restart }) {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const seen = await inTime(look(), GLANCE_MS).catch(String);
    context.diagnostic(`No answer, once more in a new browser. ${error.message}. Seen: ${seen}`);
    await restart();
    await step();
  }
}

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @param {() => string} complaint
 * @returns {Promise<Exclude<T, undefined | null | false | '' | 0>>}
 */
async function until(ask, complaint) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {any} */ (answer);
    if (Date.now() > deadline) throw new NoAnswer(complaint());
    await sleep(POLL_MS);
  }
}
