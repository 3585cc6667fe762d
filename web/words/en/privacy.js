/** Words of the offline copy, the list of requests, and the self-test. @module */

export const privacy = {
  'offline.title': 'Use it offline',
  'offline.about': 'Keep everything on this device: the page, the engine and both networks. Then it works without a '
    + 'network, also after a restart.',
  'offline.unsupported': 'This browser keeps nothing for offline use here. It may be a private window, an address '
    + 'without https, or a browser without service workers. Everything else works.',
  'offline.failed': 'The offline copy could not be prepared. The host may change the files on their way. Everything '
    + 'else works.',
  'offline.preparing': 'Getting to know what there is to keep…',
  'offline.none': 'Not kept yet: {total} to download.',
  'offline.some': '{have} of {total} kept.',
  'offline.all': 'Available offline: {total} kept on this device.',
  'offline.persisted': 'The browser has promised not to clear it on its own.',
  'offline.unpersisted': 'The browser may clear it when this device runs out of space.',
  'offline.make': 'Make available offline ({size})',
  'offline.remove': 'Remove the offline copy',
  'offline.progress': 'Download of the offline copy',
  'offline.downloading': '{done} of {total}',
  'offline.stopped': 'Stopped. What has been downloaded is kept.',
  'offline.made': 'Everything is on this device now.',
  'offline.removed': 'The offline copy is gone.',

  'update.ready': 'A new version is ready',
  'update.use': 'Use it',
  'update.about': 'Using it reloads this page, so save your cut-out first. Until then nothing changes.',

  'threads.offer': 'A reload lets Gossamer use all processor cores',
  'threads.reload': 'Reload',
  'threads.isolated': 'All processor cores are used.',
  'threads.single': 'Working on one core: this page is not isolated from others. The result is the same, it only takes '
    + 'longer.',

  'ledger.title': 'What this page has asked for',
  'ledger.about': 'Every request since the page was opened, its background threads included.',
  'ledger.aboutSince': 'Every request of the page itself since it was opened. Those of its background threads are listed '
    + 'from {time} on, when the service worker began to watch.',
  'ledger.aboutPage': 'Every request of the page itself since it was opened. Those of its background threads can’t be '
    + 'seen here, since no service worker answers this page.',
  'ledger.browser': 'What the browser asks for on its own is not in any page’s sight: the tab’s icon, or whether '
    + 'service-worker.js has changed.',
  'ledger.elsewhere': {
    one: '{count} request to another origin',
    other: '{count} requests to other origins',
  },
  'ledger.network': { one: '{count} request to the network, {size}', other: '{count} requests to the network, {size}' },
  'ledger.cache': { one: '{count} answered from this device, {size}', other: '{count} answered from this device, {size}' },
  'ledger.refused': { one: '{count} refused', other: '{count} refused' },
  'ledger.show': 'Show the list',
  'ledger.list': 'Requests, oldest first',
  'ledger.time': 'Time',
  'ledger.method': 'Method',
  'ledger.path': 'Address',
  'ledger.size': 'Size',
  'ledger.source': 'Answered by',
  'ledger.from.network': 'network',
  'ledger.from.cache': 'this device',
  'ledger.from.refused': 'refused',
  'ledger.from.passed': 'network',
  'ledger.from.browser': 'network or browser cache',
  'ledger.kilobytes': '{kilobytes}\u00a0kB',
  'ledger.unknown': '–',
  'ledger.copy': 'Copy as text',
  'ledger.copied': 'Copied.',
  'ledger.notCopied': 'The browser does not let this page use the clipboard.',

  'selftest.title': 'Cut the network and try',
  'selftest.about': 'The service worker stops using the network for this page, and a second page opens that the browser '
    + 'itself allows to fetch nothing but files kept here. That page tries to reach the network, and then cuts out a '
    + 'small photo.',
  'selftest.yours': 'You need not take our word for it: switch this device to flight mode, then cut out a photo.',
  'selftest.run': 'Cut the network and try',
  'selftest.needsWorker': 'This needs a service worker, and none answers this page. Reload the page, or use another '
    + 'browser.',
  'selftest.needsFiles': 'First, everything has to be on this device: {size} are missing.',
  'selftest.checking': 'Checking what is kept…',
  'selftest.trying': 'The network is cut. Trying to reach it…',
  'selftest.starting': 'The network is cut. Starting the engine from this device…',
  'selftest.working': 'The network is cut. Cutting out a photo…',
  'selftest.passed': 'Passed. Without a network, a photo of {width} × {height} pixels was cut out in {seconds}.',
  'selftest.files': { one: '{count} request was answered from this device, {size}.',
    other: '{count} requests were answered from this device, {size}.' },
  'selftest.refused': { one: '{count} attempt to reach the network was refused:',
    other: '{count} attempts to reach the network were refused:' },
  'selftest.reached': { one: '{count} request went to the network. It should not have.',
    other: '{count} requests went to the network. They should not have.' },
  'selftest.notRefused': 'These attempts were not refused: {list}.',
  'selftest.failed': 'Not passed. {reason}',
  'selftest.noAnswer': 'The page that does the test gave no answer.',
  'selftest.noCutout': 'The cut-out came back empty.',
  'selftest.back': 'The network is back.',
  'selftest.picture': 'The photo that was cut out',
  'selftest.probe.own': 'fetch from this site: stopped by the browser',
  'selftest.probe.elsewhere': 'fetch from another site: stopped by the browser',
  'selftest.probe.image': 'picture from this site: stopped by the browser',
  'selftest.probe.script': 'script from this site: stopped by the service worker',
};
