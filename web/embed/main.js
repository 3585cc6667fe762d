/**
 * `embed.html`: the engine for an element on another site. It listens for one message, from the page right around it,
 * of an origin that `embed.json` allows, and takes all work over the port that came with it.
 *
 * @module
 */

/** @import { FromEngine } from '../element/messages.js' */
import { CONNECT } from '../element/messages.js';
import { allows, fetchAllowed } from './allowed.js';

addEventListener('message', connect);

/** @param {MessageEvent<unknown>} event */
async function connect({ source, origin, data, ports: [port, ...more] }) {
  if (window.parent === window || source !== window.parent || !isConnect(data) || !port || more.length > 0) return;
  removeEventListener('message', connect); // one page, one port: nothing that comes later is heard
  if (allows(await fetchAllowed(), origin)) {
    const { Service } = await import('./service.js');
    new Service(port).start();
  } else {
    port.postMessage(/** @type {FromEngine} */ ({ type: 'refused' }));
  }
}

/** @param {unknown} data */
function isConnect(data) {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === CONNECT;
}
