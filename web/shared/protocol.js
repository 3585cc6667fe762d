/**
 * The wire format: every message that crosses between threads, request and reply side by side. Types alone.
 *
 *   page ── ToPython ──▶ Python worker ── InferRequest ──▶ inference worker
 *        ◀─ FromPython ─               ◀─ InferReply ──
 *        ── ToInference ─────────────────────────────────▶ (boot, warm)
 *        ◀─ FromInference ──────────────────────────────── (progress, readiness)
 *
 * The two workers talk over a MessageChannel of their own: tensors never pass through the page's thread. A field
 * marked "moved" is in the transfer list of its message, and gone for the sender.
 *
 * @module
 */

/**
 * @typedef {{ bytes: number, sha256: string }} Asset
 * @typedef {{ version: string, build: string, files: Record<string, Asset> }} AssetList `assets.json`
 *
 * @typedef {'download' | 'start' | 'decode' | 'prepare' | 'infer' | 'refine' | 'compose' | 'encode'} Stage
 * @typedef {object} Progress
 * @property {Stage} stage
 * @property {number} done
 * @property {number} total
 * @property {'bytes' | 'steps' | 'stages'} unit
 *
 * @typedef {object} PlainError An error as it travels; see `errors.js`.
 * @property {string} code Stable, one of the codes in docs/errors.md.
 * @property {string} stage
 * @property {string} message What happened.
 * @property {string} advice What to do about it.
 * @property {boolean} retryable Whether the same call can succeed when made again.
 */

// --- page → worker ---------------------------------------------------------------------------------------------

/**
 * @typedef {object} Boot The first message of either worker.
 * @property {'boot'} type
 * @property {string} base Absolute URL of the folder that holds `assets.json`.
 * @property {AssetList} assets
 * @property {string} lifeline Name of the lock to hold while alive.
 * @property {number} threads For ONNX Runtime.
 * @property {MessagePort} port To the other worker; moved.
 *
 * @typedef {object} OutputOptions
 * @property {'png' | 'webp' | 'jpeg' | 'alpha'} type
 * @property {string | null} background CSS colour, null for transparent.
 * @property {number | null} threshold In (0, 1], null for soft alpha.
 *
 * @typedef {{ kind: 'file', blob: Blob }} FileSource
 * @typedef {{ kind: 'bitmap', bitmap: ImageBitmap }} BitmapSource
 * @typedef {{ kind: 'pixels', data: Uint8ClampedArray, width: number, height: number }} PixelSource
 * @typedef {FileSource | BitmapSource | PixelSource} JobSource
 *
 * @typedef {{ type: 'job', id: number, source: JobSource, options: OutputOptions }} Job
 * @typedef {{ type: 'cancel', id: number }} Cancel
 * @typedef {Boot | Job | Cancel} ToPython
 * @typedef {{ type: 'warm' }} Warm Get ready for a first photo; nobody waits yet.
 * @typedef {Boot | Warm} ToInference
 */

// --- worker → page ---------------------------------------------------------------------------------------------

/**
 * @typedef {{ type: 'alive' }} Alive The lifeline is held.
 * @typedef {{ type: 'ready' }} Ready
 * @typedef {{ type: 'loading', progress: Progress }} Loading
 * @typedef {{ type: 'dead', error: PlainError }} Dead Start-up failed or the runtime broke down; send nothing more.
 * @typedef {Alive | Ready | Loading | Dead} FromInference
 *
 * @typedef {{ code: string, message: string }} Notice
 * @typedef {object} Crossings How often, and with how many bytes, one job crossed between Python and JavaScript.
 * @property {number} calls
 * @property {number} bytesIn JavaScript to Python.
 * @property {number} bytesOut Python to JavaScript.
 *
 * @typedef {object} JobResult
 * @property {Blob} blob
 * @property {Uint8Array} alpha width × height bytes; moved.
 * @property {number} width
 * @property {number} height
 * @property {string} model
 * @property {number} networkWidth
 * @property {number} networkHeight
 * @property {Record<string, number>} timings Milliseconds by stage.
 * @property {Notice[]} notices
 * @property {Crossings} crossings
 *
 * @typedef {{ type: 'working', id: number, progress: Progress }} Working
 * @typedef {{ type: 'result', id: number, result: JobResult }} Result
 * @typedef {{ type: 'error', id: number, error: PlainError }} Failure
 * @typedef {FromInference | Working | Result | Failure} FromPython
 */

// --- Python worker ↔ inference worker --------------------------------------------------------------------------

/**
 * @typedef {object} InferRequest
 * @property {number} id
 * @property {string} model Name in `models/manifest.json`.
 * @property {Float32Array} data 1 × 3 × height × width; moved.
 * @property {number} height
 * @property {number} width
 *
 * @typedef {{ data: Float32Array, height: number, width: number }} Output 1 × 1 × height × width; data is moved.
 * @typedef {{ id: number, output: Output } | { id: number, error: PlainError }} InferReply
 */

export {};
