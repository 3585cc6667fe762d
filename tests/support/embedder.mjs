/** A site of somebody else's, on a port of its own: pages with headers of their own around an element from dist/. @module */

import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @typedef {object} Page
 * @property {string} html
 * @property {Record<string, string>} [headers]
 *
 * @typedef {object} Embedder
 * @property {string} url Ends with a slash.
 * @property {string} origin
 * @property {() => Promise<void>} stop
 */

/**
 * @param {Record<string, Page>} pages By path, without the slash.
 * @returns {Promise<Embedder>}
 */
export async function startEmbedder(pages) {
  const server = createServer((request, response) => {
    const page = pages[(request.url ?? '/').slice(1)];
    if (!page) return void response.writeHead(204).end(); // the browser's wish for an icon
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/`,
    origin,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * A page of a few lines, as docs/embed.md has it.
 *
 * @param {string} site Address of dist/.
 * @param {string} [element]
 */
export function fiveLines(site, element = '<gossamer-cutout></gossamer-cutout>') {
  return `<!doctype html>
<html lang="en">
<title>Remove a background</title>
<script type="module" src="${site}gossamer-element.js"></script>
${element}
`;
}
