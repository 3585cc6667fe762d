/** The least that inference has to wait for: a session of the shipped network, and bare runs of it. */

/** @type {(data: Float32Array, height: number, width: number) => Promise<void>} */
let run;

addEventListener('message', async ({ data }) => {
  if (data.start) {
    run = await start(data.start);
    postMessage('ready');
  } else {
    const { height, width } = data.size;
    const input = new Float32Array(3 * height * width).fill(0.1);
    const started = performance.now();
    await run(input, height, width);
    postMessage(performance.now() - started);
  }
});

/** @param {{ runtime: string, model: string, input: string, output: string, threads: number }} of */
async function start({ runtime, model, input, output, threads }) {
  const ort = await import(`${runtime}ort.wasm.min.mjs`);
  Object.assign(ort.env.wasm, { numThreads: threads, wasmPaths: runtime });
  const weights = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const session = await ort.InferenceSession.create(weights, {
    executionProviders: ['wasm'], extra: { session: { disable_quant_qdq: '1' } },
  });
  return async (/** @type {Float32Array} */ data, /** @type {number} */ height, /** @type {number} */ width) => {
    await session.run({ [input]: new ort.Tensor('float32', data, [1, 3, height, width]) }, [output]);
  };
}
