/** The system's Chromium, driven over playwright-core. @module */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './paths.mjs';

/** Nothing of the browser's own business may show up among the requests that the tests count. */
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-domain-reliability',
];

/** One step of the engine, on a machine that is busy with other things. */
export const PATIENCE_MS = 120_000;

/** @param {import('playwright-core').LaunchOptions} [options] */
export async function launchBrowser(options = {}) {
  requireBrowser();
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, ...options });
}

/** A browser whose GPU is the processor: right, slow, and used only when it is asked for by name. */
export function launchWithGpu() {
  const words = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader'];
  return launchBrowser({ args: [...ARGUMENTS.filter((word) => word !== '--disable-gpu'), ...words] });
}

/**
 * A browser with a profile on disk, and so with the HTTP cache that people have; without one Chromium keeps its cache
 * in memory, too small for our files.
 *
 * @param {string} folder
 * @param {Parameters<typeof chromium.launchPersistentContext>[1]} [options]
 */
export async function launchProfile(folder, options = {}) {
  requireBrowser();
  return chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, args: ARGUMENTS, ...options });
}

/** A browser as people have it: nothing is attached to it, nothing looks on. */
export class OwnBrowser {
  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} control Where it takes what little it is told.
   */
  constructor(child, control) {
    this.child = child;
    this.control = control;
  }

  /** @param {string} profile A folder. */
  static async launch(profile) {
    requireBrowser();
    const told = join(profile, 'DevToolsActivePort');
    rmSync(told, { force: true }); // of the browser before
    const words = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
    const child = spawn(CHROMIUM, [...ARGUMENTS, ...words], { stdio: 'ignore' });
    while (!existsSync(told) || !readFileSync(told, 'utf8').includes('\n')) {
      if (child.exitCode !== null) throw new Error(`${CHROMIUM} ended with code ${child.exitCode}`);
      await pause(50);
    }
    return new OwnBrowser(child, `http://127.0.0.1:${readFileSync(told, 'utf8').split('\n')[0]}/json/`);
  }

  /** @param {string} url */
  async open(url) {
    const answer = await fetch(`${this.control}new?${url}`, { method: 'PUT' });
    if (!answer.ok) throw new Error(`The browser answered ${answer.status}`);
  }

  /** End it as a system does that shuts down: what it keeps is written. */
  async end() {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

function requireBrowser() {
  if (existsSync(CHROMIUM)) return;
  throw new Error(`There is no ${CHROMIUM}: install Chromium, or set GOSSAMER_CHROMIUM to its path`);
}
