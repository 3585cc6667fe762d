/** What pages ask of the service worker. */

/**
 * @param {Ask} ask
 * @param {Client} source
 * @returns {Promise<HelloReply | StatusReply | Verdict | null>}
 */
async function reply(ask, source) {
  switch (ask.type) {
    case 'hello':
      return greet(ask.build, source.id);
    case 'status':
      return storeStatus(ask.check);
    case 'settled':
      return settled(ask.path);
    case 'wish':
      await setWish(ask.on);
      return null;
    case 'forget':
      await forgetKept();
      return null;
    case 'cut':
      await setCut(source.id, ask.on);
      return null;
    case 'use':
      await worker.skipWaiting();
      return null;
    case 'control':
      await worker.clients.claim();
      return null;
    default:
      return null; // of a page that is newer than we are
  }
}

/**
 * @param {string} build
 * @param {string} page
 * @returns {Promise<HelloReply>}
 */
async function greet(build, page) {
  await note(page, { build, arrived: true });
  await prune();
  return { entries: [...take(''), ...take(page)], build: BUILD.id, known: await factsOf(build) !== null };
}

/** Whoever asks must not wait for ever. @param {unknown} error @returns {Failed} */
function failed(error) {
  console.error(error);
  return { type: 'failed', message: String(error) };
}

/** @param {string} path @returns {Promise<Verdict>} */
async function settled(path) {
  const asset = listed(BUILD.kept, path);
  if (!asset) return 'absent';
  hurry(asset.sha256);
  const verdict = await settling.get(asset.sha256);
  if (await caches.match(keptKey(asset), { cacheName: KEPT })) return 'kept';
  return verdict === undefined || verdict === 'kept' ? 'absent' : verdict;
}
