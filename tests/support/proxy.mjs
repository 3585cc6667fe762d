/**
 * A proxy that leads nowhere and keeps a record: whatever a browser asks of other machines, from any of its threads,
 * comes through here.
 *
 * @module
 */

import { once } from 'node:events';
import { createServer } from 'node:http';

/** @returns {Promise<{ address: string, asked: string[], stop: () => Promise<void> }>} */
export async function startProxy() {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
