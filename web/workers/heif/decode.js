/**
 * libheif's C interface, as far as one picture needs it. (The package's own wrapper opens every picture of a file,
 * sets no limits, and copies the pixels plane by plane.)
 *
 * @module
 */

/**
 * @typedef {object} LibHeif What Emscripten makes of it; every pointer and handle is a number.
 * @property {Uint8Array} HEAPU8
 * @property {Uint32Array} HEAPU32
 * @property {(size: number) => number} _malloc
 * @property {() => number} _heif_context_alloc
 * @property {(context: number) => number} _heif_context_get_security_limits
 * @property {(error: number, context: number, data: number, size: number, options: number) => void
 *   } _heif_context_read_from_memory_without_copy
 * @property {(error: number, context: number, handle: number) => void} _heif_context_get_primary_image_handle
 * @property {(handle: number) => number} _heif_image_handle_get_width
 * @property {(handle: number) => number} _heif_image_handle_get_height
 * @property {(error: number, handle: number, image: number, colours: number, chroma: number, options: number) => void
 *   } _heif_decode_image
 * @property {(image: number, channel: number) => number} _heif_image_get_width
 * @property {(image: number, channel: number) => number} _heif_image_get_height
 * @property {(image: number, channel: number, stride: number) => number} _heif_image_get_plane_readonly2
 */

const COLOURS_RGB = 1;
const CHROMA_RGBA = 11;
const CHANNEL_INTERLEAVED = 10;

/** `struct heif_security_limits`: a version, and at its first multiple of eight the pixels, 64 bits. */
const LIMIT_OF_PIXELS_AT = 8;
/** `struct heif_error`: code, subcode, pointer to the message. */
const ERROR_BYTES = 12;
const ERROR_MEMORY = 6;
const SUBERROR_LIMIT = 1000; // more than the file says, or than was allowed: nothing a larger memory would help
const UNSUPPORTED = [3, 4, 7]; // a file type, a feature, an encoding or plugin that this build has not

export class HeifProblem extends Error {
  /**
   * @param {'damaged' | 'unavailable' | 'memory'} problem
   * @param {string} message
   */
  constructor(problem, message) {
    super(message);
    this.problem = problem;
  }

  /** @override */
  toString() {
    return this.message;
  }
}

/**
 * The main picture of a file, turned and mirrored as the file says, its colours as stored. Nothing is freed:
 * the instance is for this picture alone.
 *
 * @param {LibHeif} library
 * @param {Uint8Array} bytes
 * @param {number} maxPixels
 * @returns {{ width: number, height: number, pixels: Uint8Array<ArrayBuffer> }} RGBA, straight alpha
 */
export function decodeMainPicture(library, bytes, maxPixels) {
  const checked = checker(library);
  const context = library._heif_context_alloc();
  const limits = library._heif_context_get_security_limits(context) + LIMIT_OF_PIXELS_AT;
  library.HEAPU32.set([maxPixels, 0], limits >> 2);
  const file = library._malloc(bytes.length);
  if (file === 0) throw new HeifProblem('memory', 'There is no memory for the file.');
  library.HEAPU8.set(bytes, file);

  const out = library._malloc(4);
  checked((error) => library._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0));
  checked((error) => library._heif_context_get_primary_image_handle(error, context, out));
  const handle = library.HEAPU32[out >> 2] ?? 0;
  if (library._heif_image_handle_get_width(handle) * library._heif_image_handle_get_height(handle) > maxPixels) {
    throw new HeifProblem('damaged', 'The picture is larger than its file says.');
  }
  checked((error) => library._heif_decode_image(error, handle, out, COLOURS_RGB, CHROMA_RGBA, 0));
  return pixelsOf(library, library.HEAPU32[out >> 2] ?? 0, out);
}

/**
 * @param {LibHeif} library
 * @param {number} image
 * @param {number} out
 */
function pixelsOf(library, image, out) {
  const plane = library._heif_image_get_plane_readonly2(image, CHANNEL_INTERLEAVED, out);
  const width = library._heif_image_get_width(image, CHANNEL_INTERLEAVED);
  const height = library._heif_image_get_height(image, CHANNEL_INTERLEAVED);
  if (plane === 0 || width < 1 || height < 1) throw new HeifProblem('damaged', 'The picture has no pixels.');
  const stride = library.HEAPU32[out >> 2] ?? 0;
  const pixels = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = plane + row * stride;
    pixels.set(library.HEAPU8.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, pixels };
}

/**
 * @param {LibHeif} library
 * @returns {(call: (error: number) => void) => void} Makes a call, and throws the error that it leaves.
 */
function checker(library) {
  const error = library._malloc(ERROR_BYTES);
  return (call) => {
    call(error);
    const [code = 0, subcode = 0, text = 0] = library.HEAPU32.subarray(error >> 2, (error + ERROR_BYTES) >> 2);
    if (code === 0) return;
    const words = `The picture can’t be decoded: ${textAt(library, text)}.`;
    if (code === ERROR_MEMORY && subcode !== SUBERROR_LIMIT) throw new HeifProblem('memory', words);
    throw new HeifProblem(UNSUPPORTED.includes(code) ? 'unavailable' : 'damaged', words);
  };
}

/** @param {LibHeif} library @param {number} start */
function textAt({ HEAPU8 }, start) {
  const bytes = HEAPU8.subarray(start, HEAPU8.indexOf(0, start));
  return new TextDecoder().decode(bytes).trim().replace(/\.$/, '');
}
