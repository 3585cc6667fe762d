/**
 * Firefox as Debian and Mozilla ship it, driven over its own WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).
 *
 * @module
 */

import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { startProcess } from './process.mjs';

/** @import { Driver } from './driven.mjs' */

const LISTENING = /^WebDriver BiDi listening on (ws:\S+)/;

/** Firefox asks nothing of its maker, and saves without a question. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.download.folderList': 2,
  'browser.download.alwaysOpenPanel': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/**
 * @param {string} binary
 * @param {string} home A folder for the profile; what an earlier start has left there is used.
 * @returns {Promise<Driver>}
 */
export async function startFirefox(binary, home) {
  const [profile, downloads] = [join(home, 'profile'), join(home, 'downloads')];
  for (const folder of [profile, downloads]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(profile, 'user.js'), preferences({ ...PREFERENCES, 'browser.download.dir': downloads }));
  const words = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const browser = startProcess(binary, words, { env: { ...process.env, HOME: home } });
  const connection = await Connection.open(`${await address(browser.child)}/session`);
  await connection.send('session.new', { capabilities: {} });
  const { contexts: [{ context }] } = await connection.send('browsingContext.getTree', {});

  const element = async (/** @type {string} */ selector) => {
    const locator = { type: 'css', value: selector };
    const { nodes: [node] } = await connection.send('browsingContext.locateNodes', { context, locator });
    if (!node) throw new Error(`There is no ${selector}`);
    return { sharedId: node.sharedId };
  };
  const perform = (/** @type {object} */ source) => (
    connection.send('input.performActions', { context, actions: [source] })
  );
  return {
    downloads,
    navigate: (url) => connection.send('browsingContext.navigate', { context, url, wait: 'complete' }),
    reload: () => connection.send('browsingContext.reload', { context, wait: 'complete' }),
    call: async (functionDeclaration, argument) => {
      const words = [{ type: 'string', value: argument }];
      const about = { target: { context }, awaitPromise: true, arguments: words };
      const { result } = await connection.send('script.callFunction', { ...about, functionDeclaration });
      return result.value;
    },
    choose: async (selector, path) => (
      connection.send('input.setFiles', { context, element: await element(selector), files: [path] })
    ),
    click: async (selector) => {
      const origin = { type: 'element', element: await element(selector) };
      const there = { type: 'pointerMove', x: 0, y: 0, origin };
      const press = [{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
      await perform({ type: 'pointer', id: 'mouse', actions: [there, ...press] });
    },
    press: (value) => (
      perform({ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] })
    ),
    screenshot: async () => {
      const { data } = await connection.send('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    end: async () => {
      await connection.send('browser.close', {});
      await browser.end();
    },
  };
}

/** Commands and their answers, matched by number. */
class Connection {
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #socket;
  #last = 0;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data))));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has ended'));
    });
  }

  /** @param {string} url */
  static async open(url) {
    const socket = new WebSocket(url, { maxPayload: 0 });
    await once(socket, 'open');
    return new Connection(socket);
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>}
   */
  send(method, params) {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** @param {{ id?: number, type: string, result?: any, error?: string, message?: string }} answer */
  #receive({ id, type, result, error, message }) {
    const call = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !call) return; // an event
    this.#waiting.delete(id);
    if (type === 'success' && result.type !== 'exception') call.resolve(result);
    else call.reject(new Error(result?.exceptionDetails.text ?? `${error}: ${message}`));
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} child */
async function address(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const found = LISTENING.exec(line)?.[1];
    if (!found) continue;
    child.stderr.resume();
    return found;
  }
  throw new Error('Firefox ended before it listened');
}

/** @param {Record<string, unknown>} values */
function preferences(values) {
  const lines = Object.entries(values).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  return lines.join('');
}
