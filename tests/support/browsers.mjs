/**
 * The browsers that are no Chromium: which there are, whether they are installed, how to start them.
 *
 * A machine without them skips their tests and says how to get them; with `GOSSAMER_ALL_BROWSERS` set, they fail.
 *
 * @module
 */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFirefox } from './bidi.mjs';
import { DrivenPage } from './driven.mjs';
import { startWebKit } from './webdriver.mjs';

/**
 * @typedef {object} OtherBrowser
 * @property {string} name
 * @property {string | false} skip Why its tests can't be run here.
 * @property {(home: string) => Promise<DrivenPage>} open A browser of its own, with an empty page.
 * @property {boolean} remembers Whether another one, opened with the same folder for a home, has what pages have stored
 *   there. WebKitGTK stores nothing while it is driven.
 */

/** @type {OtherBrowser[]} */
export const OTHER_BROWSERS = [firefox(), webkit()];

/** @returns {OtherBrowser} */
function firefox() {
  const binary = find('firefox-esr') ?? find('firefox');
  return {
    name: 'Firefox',
    skip: binary === null && missing('Firefox', 'firefox-esr'),
    open: async (home) => new DrivenPage(await startFirefox(binary ?? 'firefox', home)),
    remembers: true,
  };
}

/** @returns {OtherBrowser} */
function webkit() {
  const [driver, screen] = [find('WebKitWebDriver'), find('Xvfb')];
  return {
    name: 'WebKitGTK',
    skip: (driver === null || screen === null) && missing('WebKitGTK', 'webkit2gtk-driver xvfb'),
    open: async (home) => {
      const programs = { driver: driver ?? 'WebKitWebDriver', screen: screen ?? 'Xvfb' };
      return new DrivenPage(await startWebKit(programs, home));
    },
    remembers: false,
  };
}

/** @param {string} name @param {string} packages */
function missing(name, packages) {
  const advice = `${name} is not installed; on Debian and its kin: apt-get install ${packages}`;
  if (process.env.GOSSAMER_ALL_BROWSERS) throw new Error(advice);
  return advice;
}

/** @param {string} program @returns {string | null} */
function find(program) {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  return paths.find(canRun) ?? null;
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
