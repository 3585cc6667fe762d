/**
 * What the benchmark serves: dist/ as it ships, the yardstick's pages, the photos.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DIST, PYTHON, ROOT, temporaryFolder } from '../support/paths.mjs';
import { photo } from '../support/photos.mjs';
import { SiteCopy } from '../support/site.mjs';

const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

/** Photo names and sizes, [width, height]. */
export const PHOTOS = { 1024: [1024, 1024], '12mp': [4000, 3000], '24mp': [6000, 4000] };

/** Photos of 1 MP in their own shape: a person, fur, a thing, and one without a clear subject. */
export const SUBJECTS = { astronaut: 'astronaut.png', chelsea: 'chelsea.png', coffee: 'coffee.png', rocket: 'rocket.jpg' };

const ENLARGE = `
import json, sys
from PIL import Image
for target, source, size in json.loads(sys.argv[1]):
    photo = Image.open(source).convert("RGB")
    factor = 1024 / (photo.width * photo.height) ** 0.5
    size = size or (round(photo.width * factor), round(photo.height * factor))
    photo.resize(size, Image.Resampling.LANCZOS).save(target, quality=92)
`;

/** As its project publishes it, with NumPy and Pillow as the build has fetched them. */
const PYODIDE = ['pyodide.mjs', 'pyodide.asm.js', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];

/** @returns {string[][]} Path and name of each. */
function wheels() {
  const store = join(ROOT, '.cache/parts');
  const files = readdirSync(store).flatMap((hash) => readdirSync(join(store, hash)).map((name) => [join(store, hash, name), name]));
  return files.filter(([, name]) => /^(numpy|pillow)-.*\.whl$/.test(name ?? ''));
}

/** @returns {string} The folder to serve. */
export function makeSite() {
  const site = new SiteCopy();
  for (const name of readdirSync(PAGES)) site.add(`bench/${name}`, PAGES + name);
  for (const name of PYODIDE) site.add(`bench/pyodide/${name}`, join(ROOT, 'node_modules/pyodide', name));
  for (const [path, name] of wheels()) site.add(`bench/pyodide/${name}`, path);
  addPhotos(site);
  site.write('bench/visit.html', visitPage());
  return site.folder;
}

/** The page itself, in another folder, with what measures a visit. */
function visitPage() {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8').replaceAll('="./', '="../');
  const script = '<script type="module" src="visit.js"></script>';
  return page.replace('<meta charset', '<script src="way.js"></script>\n<meta charset').replace('</head>', `${script}\n</head>`);
}

/** @param {SiteCopy} site */
export function addPhotos(site) {
  const photos = temporaryFolder('photos');
  // One photo at all sizes: of this one the first network is sure at each, and its fur makes a wide band of edges.
  const wanted = [
    ...Object.entries(PHOTOS).map(([name, size]) => [`${photos}/${name}.jpg`, photo('chelsea.png'), size]),
    ...Object.entries(SUBJECTS).map(([name, source]) => [`${photos}/${name}.jpg`, photo(source), null]),
  ];
  execFileSync(PYTHON, ['-c', ENLARGE, JSON.stringify(wanted)]);
  for (const name of readdirSync(photos)) site.add(`photos/${name}`, `${photos}/${name}`);
}
