/**
 * Where the browser tests find things. Each can be set from outside, so that the same tests can be run on another
 * build or with another browser.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SUPPORT = fileURLToPath(new URL('./', import.meta.url));
export const DIST = process.env.GOSSAMER_DIST ?? join(ROOT, 'dist');
export const PYTHON = process.env.GOSSAMER_PYTHON ?? join(ROOT, '.cache/venv-test/bin/python');
export const CHROMIUM = process.env.GOSSAMER_CHROMIUM ?? '/usr/bin/chromium';
export const ARTIFACTS = process.env.GOSSAMER_ARTIFACTS ?? join(ROOT, '.cache/artifacts');

/** @type {string | undefined} */
let scratch;

/**
 * A new folder, gone when this process ends. It lies beside dist/, on the same disk: files can be hard-linked into it.
 *
 * @param {string} name
 */
export function temporaryFolder(name) {
  return mkdtempSync(join(scratch ??= makeScratch(), `${name}-`));
}

function makeScratch() {
  const parent = join(ROOT, '.cache/e2e');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
