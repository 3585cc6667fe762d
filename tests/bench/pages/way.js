/** First in the page of a visit: without a service worker, if the address says so. */
if (location.search === '?cache') Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
