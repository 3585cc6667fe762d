/** The system's Chromium, driven over playwright-core. @module */

import { existsSync } from 'node:fs';
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

function requireBrowser() {
  if (existsSync(CHROMIUM)) return;
  throw new Error(`There is no ${CHROMIUM}: install Chromium, or set GOSSAMER_CHROMIUM to its path`);
}
