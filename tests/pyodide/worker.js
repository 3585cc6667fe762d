/**
 * Starts Python as the product does, from the files of dist/, then runs the suite in it and sends what came of it.
 * Served from a folder of its own in a copy of dist/.
 */

import { AssetGate } from '../assets/gate.js';
import { startPython } from '../workers/python/start.js';
import { bridgeTests } from './bridge.js';
import { FakeInference } from './inference.js';

addEventListener('message', async ({ data: base }) => {
  try {
    postMessage({ outcome: await run(base) });
  } catch (error) {
    postMessage({ outcome: { exit: 1, summary: String(error?.stack ?? error), tests: [] } });
  }
}, { once: true });

/** @param {string} base Absolute URL of the copy. */
async function run(base) {
  const [assets, archive] = await Promise.all([
    fetch(new URL('assets.json', base)).then((response) => response.json()),
    fetch(new URL('suite/suite.zip', base)).then((response) => response.arrayBuffer()),
  ]);
  const gate = new AssetGate(base, assets, () => {});
  gate.install();
  const inference = new FakeInference();
  postMessage({ now: 'starting Python' });
  const pipeline = await startPython(gate, inference);
  gate.release();

  const { pyodide } = pipeline;
  pyodide.unpackArchive(archive, 'zip', { extractDir: '/suite' });
  // Behind the product's own packages, so that these stay the ones that are tested.
  pyodide.runPython('import sys; sys.path += ["/suite/packages", "/suite/project/tests/pyodide"]');
  const whole = pyodide.pyimport('whole');
  whole.offer();
  const module = pyodide._module;
  module.enable_pyproxy_allocation_tracing();
  const suite = pyodide.pyimport('run_suite');
  const outcome = JSON.parse(suite.run((/** @type {string} */ name) => postMessage({ now: name })));
  suite.destroy();
  const leaked = [...module.pyproxy_alloc_map.values()];
  module.disable_pyproxy_allocation_tracing();
  outcome.tests.push({
    name: 'the unit tests leave no proxy behind',
    ms: 0,
    failure: leaked.length > 0 ? `${leaked.length} proxies were left:\n${leaked.join('\n')}` : null,
  });
  outcome.tests.push(...await bridgeTests(pipeline, inference));
  const missed = JSON.parse(whole.missed());
  whole.destroy();
  outcome.tests.push({
    name: 'the product needs no module that the build has left out',
    ms: 0,
    failure: missed.length > 0 ? missed.join('\n') : null,
  });
  return outcome;
}
