/** A site with a page for the queue alone, on which tests can use it before and beside the app. @module */

import { join } from 'node:path';
import { DIST, SUPPORT } from './paths.mjs';
import { SiteCopy } from './site.mjs';

/** @returns {string} The folder to serve; the page is `queue.html`. */
export function queueSite() {
  const site = new SiteCopy();
  site.addStyles();
  for (const name of ['queue.html', 'queue-page.js']) site.add(name, join(SUPPORT, 'pages', name));
  // Another copy, or what of it is needed to look for left-overs.
  for (const name of ['store.js', 'leftovers.js']) site.add(`copy/page/queue/${name}`, join(DIST, 'page/queue', name));
  return site.folder;
}
