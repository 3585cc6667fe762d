/** The presets, from the file that the pipeline has them from. @module */

/** @import { Preset } from './geometry.js' */

/** @type {Promise<Record<string, Preset>> | null} */
let loading = null;

/** The presets that the command line has too; fetched once, and again after a failure. */
export function loadPresets() {
  loading ??= fetch(new URL('presets.json', import.meta.url)).then(async (response) => {
    if (!response.ok) throw new Error(`presets.json: ${response.status}`);
    return (await response.json()).presets;
  });
  loading.catch(() => { loading = null; });
  return loading;
}
