/**
 * The least that any Python pipeline in the browser has to wait for: Pyodide, NumPy and Pillow, ready to use.
 * Nothing is checked, reported or installed here.
 */

addEventListener('message', async ({ data: { pyodide: folder } }) => {
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const packages = ['numpy', 'pillow'];
  const pyodide = await loadPyodide({ indexURL: folder, packages, stdout: () => {} });
  pyodide.runPython('import numpy, PIL.Image');
  postMessage('ready');
});
