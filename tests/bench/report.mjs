/**
 * The benchmark's report, for people.
 *
 * @module
 */

/** @import { Spread } from './statistics.mjs' */

const STAGES = ['decode', 'segment', 'trimap', 'matting', 'foreground', 'compose', 'encode'];

/** @param {{ page: any, modes: Record<string, any> }} report */
export function print({ page, modes }) {
  const { shell, usable, glance, longTasks } = page;
  line('page, before a photo', `${shell.first.files} files, ${kilo(shell.first.gzip)} gzip`);
  line('  with all of its tools', `${shell.all.files} files, ${kilo(shell.all.gzip)} gzip`);
  line('  usable, processor 4 × slower', time(usable));
  line('first look, warm, 1024', time(glance.coarse));
  line('  careful matte', time(glance.careful));
  line('a stroke, warm, 1024', time(glance.stroke));
  line('longest task, 12mp', `${longTasks.longest.toFixed(0).padStart(6)} ms  (${longTasks.count} over 50 ms)`);
  const { weight } = /** @type {any} */ (Object.values(modes)[0]).cold;
  line('first visit', `${weight.files} files, ${mega(weight.raw)} raw, ${mega(weight.gzip)} gzip, ${mega(weight.brotli)} brotli`);
  for (const [mode, { cold, visits, warm, shares, peakBytes }] of Object.entries(modes)) {
    console.log(`\n${mode}`);
    line('page interactive', time(cold.ours.interactive));
    line('cold start → first result', time(cold.ours.total));
    line('  Pyodide ∥ session, one run', `${time(cold.bare.total)}   ratio ${ratio(cold.ratio.median)}`);
    line('    Pyodide, NumPy, Pillow', time(cold.bare.python));
    line('    session', time(cold.bare.session));
    for (const [way, { asked, ready, coarse, first, back, coarseBack, firstBack }] of Object.entries(visits)) {
      line(`second visit, ${way}`, `${time(ready)}   until ready, asked for at ${asked.median.toFixed(0)} ms`);
      line('  → coarse cut-out', time(coarse));
      line('  → first file', time(first));
      line('after idle time, ready', time(back));
      line('  → coarse cut-out', time(coarseBack));
      line('  → first file', time(firstBack));
    }
    for (const [photo, { stages, edges, session, png, encoding, ratio: over }] of Object.entries(warm.photos)) {
      line(`warm photo → PNG, ${photo}`, time(stages.total));
      for (const stage of STAGES) line(`    ${stage}`, time(stages[stage]));
      line('  trimap + matting + foreground', `${percent(edges.median)} of segment`);
      line('  PNG by the browser', `${time(png)}   encode: ${ratio(encoding.median)}`);
      line('  bare session.run', `${time(session)}   ratio ${ratio(over)}`);
    }
    for (const [photo, { share, others }] of Object.entries(shares)) {
      line(`all but segment, ${photo}`, `${percent(share.median)} of the whole, ${others.median.toFixed(0)} ms`);
    }
    for (const [photo, bytes] of Object.entries(peakBytes)) {
      if (bytes) line(`peak memory of the tab, ${photo}`, mega(bytes));
    }
  }
}

/**
 * @param {string} label
 * @param {string} value
 */
function line(label, value) {
  console.log(`${label.padEnd(32)} ${value}`);
}

/** @param {Spread} spread In milliseconds. */
function time({ median, low, high }) {
  return `${median.toFixed(0).padStart(6)} ms  (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

/** @param {number} value */
function ratio(value) {
  return `${value.toFixed(2)} ×`;
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toFixed(0).padStart(6)} %`;
}

/** @param {number} bytes */
function kilo(bytes) {
  return `${(bytes / 1e3).toFixed(0)} kB`;
}

/** @param {number} bytes */
function mega(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
