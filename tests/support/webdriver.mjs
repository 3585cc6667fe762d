/**
 * WebKitGTK as Debian ships it, driven over WebDriver (https://www.w3.org/TR/webdriver2/) on a screen of its own.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from './driven.mjs';
import { startProcess } from './process.mjs';

/** @import { Driver } from './driven.mjs' */

/** What stands for an element in the protocol. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const POLL_MS = 100;

/**
 * @param {{ driver: string, screen: string }} programs Paths of WebKitWebDriver, which knows its browser, and of Xvfb.
 * @param {string} home A folder for what it saves.
 * @returns {Promise<Driver>}
 */
export async function startWebKit(programs, home) {
  const downloads = join(home, 'downloads');
  for (const folder of [downloads, join(home, '.config')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await startScreen(programs.screen);
  const env = {
    ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), DISPLAY: screen.name, GDK_BACKEND: 'x11',
  };
  const port = await freePort();
  const driver = startProcess(programs.driver, [`--port=${port}`], { env });
  driver.child.stderr.resume();
  const url = `http://127.0.0.1:${port}/session`;
  const session = new Session(url);
  await session.open();
  await session.post('timeouts', { script: 2 * PATIENCE_MS, pageLoad: PATIENCE_MS });

  const element = async (/** @type {string} */ selector) => {
    const found = await session.post('element', { using: 'css selector', value: selector });
    return `element/${found[ELEMENT]}`;
  };
  return {
    downloads,
    navigate: (address) => session.post('url', { url: address }),
    reload: () => session.post('refresh', {}),
    call: (script, argument) => session.post('execute/async', {
      script: `(${script})(arguments[0]).then(arguments[1])`,
      args: [argument],
    }),
    choose: async (selector, path) => session.post(`${await element(selector)}/value`, { text: path }),
    click: async (selector) => session.post(`${await element(selector)}/click`, {}),
    press: (value) => session.post('actions', {
      actions: [{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }],
    }),
    screenshot: async () => Buffer.from(await session.get('screenshot'), 'base64'),
    end: async () => {
      await session.close();
      await driver.end();
      await screen.end();
    },
  };
}

class Session {
  /** @param {string} url Of all sessions. */
  constructor(url) {
    this.url = url;
  }

  async open() {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await fetch(this.url.replace(/session$/, 'status')).catch(() => null))) {
      if (Date.now() > deadline) throw new Error('The driver does not listen');
      await sleep(POLL_MS);
    }
    const { sessionId } = await this.#send('POST', '', { capabilities: {} });
    this.url += `/${sessionId}`;
  }

  /** @param {string} command @param {object} body */
  post(command, body) {
    return this.#send('POST', `/${command}`, body);
  }

  /** @param {string} command */
  get(command) {
    return this.#send('GET', `/${command}`);
  }

  close() {
    return this.#send('DELETE', '');
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async #send(method, path, body) {
    const response = await fetch(this.url + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

/**
 * A screen that nobody sees. It tells its number on a descriptor.
 *
 * @param {string} program
 */
async function startScreen(program) {
  const { child, end } = startProcess(program, ['-displayfd', '2', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']);
  for await (const line of createInterface({ input: child.stderr })) {
    if (!/^\d+$/.test(line)) continue;
    child.stderr.resume();
    return { name: `:${line}`, end };
  }
  throw new Error('The screen could not be started');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}
