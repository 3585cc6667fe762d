/**
 * `node bytecode.mjs ROOT OUT STDLIB WHEEL…`: start Pyodide and let it pack its own library and packages; bytecode.py has
 * the rules. All paths are below ROOT, and relative to it.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [root = '', out = '', stdlib = '', ...wheels] = process.argv.slice(2);
const folder = join(root, dirname(stdlib));
const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
// Without chance in the order of sets, so that the same sources give the same bytes.
const python = await loadPyodide({ indexURL: folder, env: { PYTHONHASHSEED: '0', HOME: '/' } });

const SITE = '/site';
for (const wheel of wheels) {
  python.unpackArchive(new Uint8Array(readFileSync(join(root, wheel))), 'zip', { extractDir: SITE });
}
python.FS.mkdir('/project');
python.FS.mount(python.FS.filesystems.NODEFS, { root }, '/project');
python.globals.set('SITE', SITE);
python.globals.set('ARGUMENTS', python.toPy([`/project/${stdlib}`, wheels.map((wheel) => `/project/${wheel}`), `/project/${out}`]));
python.runPython(`
import sys
sys.path.append(SITE)
import gossamer.runtime.browser
loaded = sorted(sys.modules)
sys.path.append("/project")
from web.build.bytecode import main
main(*ARGUMENTS, loaded)
`);
