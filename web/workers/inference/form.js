/**
 * Puts an ONNX file with float weights together: the graph from its form, the weights from the integers of the file that
 * ships. `models/recipe/form.py` makes the form and says how it is laid out.
 *
 * @module
 */

/**
 * @typedef {{ offset: number, bits: number }} Part Digits of so many bits.
 *
 * @typedef {object} Weight
 * @property {string} name
 * @property {number[]} dims
 * @property {number} size
 * @property {number} from
 * @property {number} rows
 * @property {number} scale
 * @property {Part} high
 * @property {Part} low
 */

// Fields of ONNX's messages, each with its wire type: (number << 3) | 0 for an integer, | 2 for what has a length.
const MODEL_GRAPH = (7 << 3) | 2;
const GRAPH_INITIALIZER = (5 << 3) | 2;
const TENSOR_DIMS = 1 << 3;
const TENSOR_DATA_TYPE = 2 << 3;
const TENSOR_NAME = (8 << 3) | 2;
const TENSOR_RAW_DATA = (9 << 3) | 2;
const FLOAT = 1;

/**
 * @param {Uint8Array} form
 * @param {Uint8Array} shipped
 * @param {'open' | 'zero'} ends How a side that may have any length is written.
 * @returns {Uint8Array} An ONNX file with float weights, 26 MB for MODNet.
 */
export function floatModel(form, shipped, ends) {
  /** @type {Record<'head' | 'graph' | 'open' | 'zero', string> & { weights: Weight[] }} */
  const { weights, ...parts } = JSON.parse(new TextDecoder().decode(form));
  const tensors = weights.map((weight) => tensor(weight, restored(shipped, weight)));
  const initializers = tensors.flatMap((one) => prefixed(GRAPH_INITIALIZER, one));
  const graph = [fromBase64(parts.graph), fromBase64(parts[ends]), ...initializers];
  return joined([fromBase64(parts.head), ...prefixed(MODEL_GRAPH, graph)]);
}

/**
 * The floats that ONNX Runtime makes of a weight's integers, to the bit.
 *
 * @param {Uint8Array} shipped
 * @param {Weight} weight
 */
export function restored(shipped, { dims: [count = 0, ...kernel], size, from, rows, scale, high, low }) {
  const stride = kernel.reduce((product, side) => product * side, 1);
  const scales = new Float32Array(shipped.slice(scale, scale + 4 * rows).buffer);
  const middle = 2 ** (high.bits - 1);
  const flip = high.bits === 8 ? middle : 0;
  const floats = new Float32Array(count * stride);
  for (let row = 0; row < count; row += 1) {
    const step = scales[from + row] ?? 0;
    const highStep = Math.fround(2 ** low.bits * step);
    const [highs, highShift, highMask] = rowOf(high, from + row, rows, size);
    const [lows, lowShift, lowMask] = rowOf(low, from + row, rows, size);
    for (let i = 0; i < size; i += 1) {
      const stored = (/** @type {number} */ (shipped[highs + i]) >> highShift) & highMask;
      const upper = Math.fround(((stored ^ flip) - middle) * highStep);
      const lower = (/** @type {number} */ (shipped[lows + i]) >> lowShift) & lowMask;
      floats[row * stride + i] = upper + Math.fround(lower * step);
    }
  }
  return floats;
}

/**
 * Where the bytes of a row begin, and where in each its digit is: rows share bytes with rows further on, whole with whole.
 *
 * @param {Part} part
 * @param {number} row
 * @param {number} rows Of the whole weight.
 * @param {number} size Digits of a row.
 */
function rowOf({ offset, bits }, row, rows, size) {
  const rowsApart = (rows * bits) / 8;
  return /** @type {const} */ ([
    offset + (row % rowsApart) * size, bits * Math.floor(row / rowsApart), 2 ** bits - 1,
  ]);
}

/**
 * @param {Weight} weight
 * @param {Float32Array} floats
 */
function tensor({ name, dims }, floats) {
  const sizes = dims.flatMap((size) => [TENSOR_DIMS, ...varint(size)]);
  return [
    Uint8Array.from([...sizes, TENSOR_DATA_TYPE, FLOAT]),
    ...prefixed(TENSOR_NAME, [new TextEncoder().encode(name)]),
    ...prefixed(TENSOR_RAW_DATA, [new Uint8Array(floats.buffer)]),
  ];
}

/**
 * A field of a message: its number, its length, what is in it.
 *
 * @param {number} field
 * @param {Uint8Array[]} content
 */
function prefixed(field, content) {
  return [Uint8Array.from([field, ...varint(lengthOf(content))]), ...content];
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. @param {number} value */
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(lengthOf(parts));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}

/** @param {Uint8Array[]} parts */
function lengthOf(parts) {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
