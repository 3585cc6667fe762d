/**
 * The wire format: every message that crosses between threads, request and reply side by side. Types alone.
 *
 *   page ── ToPython ──▶ Python worker ── InferRequest ──▶ inference worker
 *        ◀─ FromPython ─               ◀─ InferReply ──
 *        ── ToInference ─────────────────────────────────▶ (boot, warm, backends)
 *        ◀─ FromInference ──────────────────────────────── (progress, readiness, backend in use)
 *
 *                                   Python worker ── HeifRequest ──▶ HEIF worker, for one photo that needs it
 *                                                 ◀─ HeifReply ────
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
 * @typedef {'decode' | 'segment' | 'trimap' | 'matting' | 'foreground' | 'compose' | 'encode'} PhotoStage
 * @typedef {'download' | 'start' | PhotoStage} Stage
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
 * @property {BackendWish} wish What is to run the networks.
 * @property {BackendMemory} memory
 * @property {MessagePort} port To the other worker; moved.
 *
 * @typedef {object} JobOptions What Python checks; the page lets any value through.
 * @property {'png' | 'webp' | 'jpeg' | 'alpha' | 'trimap'} type
 * @property {string | null} background CSS colour, null for transparent.
 * @property {number | null} threshold In (0, 1], null for soft alpha.
 * @property {'auto' | 'person' | 'object'} subject
 * @property {boolean} decontaminate
 * @property {8 | 16} depth Bits a channel.
 * @property {'subject' | Rect | null} crop null for the photo's own frame; a rectangle may reach beyond the photo.
 * @property {number} margin Around the subject, as a share (0 to 1) of its longer side.
 * @property {number | null} aspect Width over height, to which the frame grows.
 * @property {number | null} width Pixels of the result; null follows from the other, or is the frame's own.
 * @property {number | null} height
 * @property {number | null} dpi Pixels per inch that the file states; null passes the photo's own on.
 * @property {ShadowOptions | null} shadow
 *
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect In the photo's pixels.
 * @typedef {{ strength?: number, softness?: number }} ShadowOptions 0 to 1 each, 0.5 where left out.
 *
 * @typedef {object} JobStroke
 * @property {'keep' | 'erase' | 'unsure'} kind
 * @property {Float64Array} points x and y in turns, in the photo's pixels.
 * @property {number} radius
 *
 * @typedef {{ kind: 'file', blob: Blob }} FileSource
 * @typedef {{ kind: 'bitmap', bitmap: ImageBitmap }} BitmapSource
 * @typedef {{ kind: 'pixels', data: Uint8ClampedArray, width: number, height: number }} PixelSource
 * @typedef {FileSource | BitmapSource | PixelSource} JobSource
 *
 * @typedef {object} PhotoContent
 * @property {JobSource} source
 * @property {JobSource | null} trimap
 * @property {JobStroke[]} strokes
 * @property {JobOptions} options
 *
 * @typedef {PhotoContent & { kind: 'remove' }} Remove A photo in, a file out.
 * @typedef {PhotoContent & { kind: 'open', draft: number }} Open Keep a draft of it under this number.
 * @typedef {{ kind: 'repair', draft: number, strokes: JobStroke[] }} Repair
 * @typedef {{ kind: 'undo' | 'redo', draft: number }} Step
 * @typedef {{ kind: 'export', draft: number, options: JobOptions }} Export A file of it.
 * @typedef {{ kind: 'boxes', draft: number }} FindBoxes
 * @typedef {{ kind: 'shadow', draft: number, shadow: ShadowOptions }} CastShadow
 * @typedef {{ kind: 'close', draft: number }} Close
 * @typedef {Remove | Open | Repair | Step | Export | FindBoxes | CastShadow | Close} JobContent
 *
 * @typedef {{ type: 'job', id: number, content: JobContent }} Job
 * @typedef {{ type: 'cancel', id: number }} Cancel
 * @typedef {Boot | Job | Cancel} ToPython
 * @typedef {{ type: 'warm' }} Warm Get ready for a first photo; nobody waits yet.
 * @typedef {{ type: 'use', wish: BackendWish }} Use From now on.
 * @typedef {{ type: 'try', candidates: GpuBackend[] }} Try See whether one of them is right and faster; nobody waits.
 * @typedef {Boot | Warm | Use | Try} ToInference
 *
 * @typedef {'webgpu' | 'webgl'} GpuBackend
 * @typedef {GpuBackend | 'wasm'} Backend
 * @typedef {'auto' | Backend} BackendWish
 *
 * @typedef {object} BackendMemory What this device has shown, with this browser and this build.
 * @property {GpuBackend | null} chosen Right, and faster than WebAssembly.
 * @property {Partial<Record<GpuBackend, string>>} adapters What was tried, and on which GPU.
 * @property {Partial<Record<GpuBackend, { reason: string, date: string }>>} refused What failed on it; ISO 8601.
 *
 * @typedef {{ inUse: Backend, memory: BackendMemory }} BackendState
 */

// --- worker → page ---------------------------------------------------------------------------------------------

/**
 * @typedef {{ type: 'alive' }} Alive The lifeline is held.
 * @typedef {{ type: 'ready' }} Ready
 * @typedef {{ type: 'loading', progress: Progress }} Loading Also later, for a network that was not needed before.
 * @typedef {{ type: 'dead', error: PlainError }} Dead Start-up failed or the runtime broke down; send nothing more.
 * @typedef {{ type: 'backend', state: BackendState }} BackendReport
 * @typedef {Alive | Ready | Loading | Dead | BackendReport} FromInference
 *
 * @typedef {{ code: string, message: string }} Notice
 * @typedef {object} Crossings How often, and with how many bytes, one job crossed between Python and JavaScript.
 * @property {number} calls
 * @property {number} bytesIn JavaScript to Python.
 * @property {number} bytesOut Python to JavaScript.
 *
 * @typedef {object} Glance A first, coarse matte of the whole photo.
 * @property {Uint8Array} alpha width × height bytes; moved.
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Patch A window of the picture as it now is.
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {Uint8ClampedArray} pixels The cut-out as straight RGBA, width × height × 4 bytes; moved.
 * @property {Uint8Array} trimap width × height bytes: 0 background, 128 unknown, 255 foreground; moved.
 *
 * @typedef {object} Seen By a network; null where a trimap was given.
 * @property {string | null} model
 * @property {number | null} networkWidth
 * @property {number | null} networkHeight
 * @property {number | null} confidence 0 to 1.
 *
 * @typedef {object} OpenedAlone
 * @property {Uint8Array | null} sureness networkWidth × networkHeight bytes: 255 where looks agree, 0 where not; moved.
 * @property {number} bandWidth Mean width of the unknown band in the photo's pixels.
 * @property {Record<string, number>} timings Milliseconds by stage.
 * @property {Notice[]} notices
 * @property {Crossings} crossings
 *
 * @typedef {Patch & Seen & OpenedAlone} Opened A draft; its window is the whole photo.
 * @typedef {{ patch: Patch | null, undoable: number, redoable: number }} Changed How many changes can be undone, redone.
 *
 * @typedef {{ subject: Rect | null, head: Rect | null }} Boxes Where the subject is in the photo, and a person's head.
 *
 * @typedef {object} ShadowLayer A shadow, small; to be enlarged smoothly.
 * @property {Uint8Array} data width × height bytes: opacity of black.
 * @property {number} width
 * @property {number} height
 * @property {Rect} box Where it belongs in the photo; it may reach beyond it.
 *
 * @typedef {object} FileAlone
 * @property {Blob} blob
 * @property {Uint8Array} alpha width × height bytes; moved.
 * @property {number} width
 * @property {number} height
 * @property {number} bandWidth Mean width of the unknown band in the photo's pixels.
 * @property {Record<string, number>} timings Milliseconds by stage.
 * @property {Notice[]} notices
 * @property {Crossings} crossings
 *
 * @typedef {FileAlone & Seen} JobResult Of `remove` and `export`.
 * @typedef {JobResult | Opened | Changed | Boxes | { layer: ShadowLayer | null } | null} Outcome Null for `close`.
 *
 * @typedef {{ type: 'working', id: number, progress: Progress }} Working
 * @typedef {{ type: 'glance', id: number, glance: Glance }} Glanced
 * @typedef {{ type: 'photo', id: number, photo: ImageBitmap }} Pictured What the browser itself can't show; moved.
 * @typedef {{ type: 'result', id: number, result: Outcome }} Result
 * @typedef {{ type: 'error', id: number, error: PlainError }} Failure
 * @typedef {FromInference | Working | Glanced | Pictured | Result | Failure} FromPython
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

// --- Python worker ↔ HEIF worker -------------------------------------------------------------------------------

/**
 * @typedef {object} HeifRequest
 * @property {string} loader URL of libheif's script.
 * @property {WebAssembly.Module} binary
 * @property {Uint8Array} bytes The file; moved.
 * @property {number} maxPixels
 *
 * @typedef {object} HeifPicture Straight RGBA, upright.
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} pixels Moved.
 * @property {boolean} byBrowser Whether the browser itself can open it, and so show it.
 *
 * @typedef {{ problem: 'damaged' | 'unavailable' | 'memory', message: string }} HeifFailure
 * @typedef {HeifPicture | HeifFailure} HeifReply
 */

export {};
