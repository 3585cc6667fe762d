"""Pyodide with onnxruntime-web: the only module that knows JavaScript is there.

The worker hands over the text of ``manifest.json``, and calls the function that `connect` returns once a task, with a
*job*: an object that says what is to be done, as below, and has what may be called meanwhile:

* ``infer(model, data, height, width)``: Float32Array in, a promise of ``{data, height, width}`` out;
* ``decodeJpeg(bytes, width, height)``: a promise of RGBA bytes, or of null if the browser can't be trusted with it;
* ``decodeHeif(bytes, mediaType, maxPixels)``: a promise of ``{pixels, width, height}``, of ``{problem, message}``,
  or of null if the job was cancelled meanwhile;
* ``checkpoint(stage)``: a promise of false if it was cancelled.

Its ``kind`` says what else it has:

* ``remove``: a photo in, a file out.

  * ``bytes``: Uint8Array, a whole file; or RGBA pixels if ``width`` and ``height`` are not null;
  * ``options``: ``{type, background, threshold, subject, decontaminate, depth, crop, margin, aspect, width, height,
    dpi, shadow}``; ``crop`` is null, a word or ``{x, y, width, height}``; ``shadow`` null, ``{strength, softness}``;
  * ``trimap``: null, or ``{bytes, width, height}`` as for the photo;
  * ``strokes``: an array of ``{kind, points, radius}``, points a Float64Array of x and y in turns;

* ``open``: the same in; its draft is kept, by the number ``draft``, and its layers come out. ``glance(alpha, height,
  width)`` is called with a first, coarse matte as bytes;
* ``repair`` (``strokes``), ``undo``, ``redo``: change a draft; the window that changed comes out, or null;
* ``export`` (``options``): a file of a draft;
* ``boxes``: where its subject and that one's head are;
* ``shadow`` (``shadow``: ``{strength, softness}``): the layer that it would cast, or null;
* ``close``: forget it.

Jobs overlap: while one waits for a promise, another goes on.

Every buffer crosses by one copy, out of or into Pyodide's heap. No proxy outlives a job.
"""

import random
import traceback
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import numpy as np
from js import Object
from numpy.typing import NDArray
from pyodide.ffi import JsException, JsProxy, to_js

from gossamer.arrays import AlphaF32, AlphaU8, RgbaU8, TensorF32, alpha_to_u8
from gossamer.decode import MAX_PIXELS, Notice, Photo, decode, photo_from_pixels
from gossamer.draft import Draft
from gossamer.editor import Editor, View
from gossamer.errors import (
    Cancelled,
    DamagedInput,
    DecoderUnavailable,
    GossamerError,
    InferenceFailed,
    OutOfMemory,
)
from gossamer.finish import PixelBox, ShadowLayer, head_box, shadow_layer, subject_box
from gossamer.manifest import Manifest
from gossamer.options import Options, Shadow, parse_color
from gossamer.pipeline import Result, finish, open_draft, remove_background
from gossamer.progress import Glance
from gossamer.segment import Finding
from gossamer.trimap import Stroke, grey_of

__all__ = ["BrowserRuntime", "connect"]

JsObject = Any  # a JsProxy; what it offers is documented above


class BrowserRuntime:
    """The `gossamer.runtime.Runtime` of a browser, for one job."""

    def __init__(self, job: JsObject, manifest: Manifest) -> None:
        self._job = job
        self.manifest = manifest

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        """Run one network; see `gossamer.runtime.base.Runtime.infer`."""
        _, _, height, width = tensor.shape
        try:
            output = await self._job.infer(model, to_js(tensor.ravel()), height, width)
        except JsException as error:
            failure = OutOfMemory if getattr(error, "code", None) == OutOfMemory.code else InferenceFailed
            raise failure(f"The network {model} failed: {error}.", stage="segment") from error
        if output is None:  # the job was cancelled while the network ran
            raise Cancelled("Cancelled.", stage="segment")
        data = np.empty(output.height * output.width, dtype=np.float32)
        output.data.assign_to(data)
        return data.reshape(1, 1, output.height, output.width)

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        """Let the browser decode a plain JPEG; see `gossamer.runtime.base.Runtime.decode_jpeg`."""
        pixels = await self._job.decodeJpeg(to_js(data), width, height)
        return None if pixels is None else _pixels(pixels).reshape(height, width, 4)

    async def decode_heif(self, data: bytes, media_type: str) -> RgbaU8:
        """Let the browser, or libheif beside it, decode; see `gossamer.runtime.base.Runtime.decode_heif`."""
        try:
            answer = await self._job.decodeHeif(to_js(data), media_type, MAX_PIXELS)
        except JsException as error:
            raise DecoderUnavailable(f"The decoder for HEIC pictures can't be had: {error}.") from error
        if answer is None:  # the job was cancelled while it was decoded
            raise Cancelled("Cancelled.", stage="decode")
        problem = getattr(answer, "problem", None)
        if problem == "memory":
            raise OutOfMemory("There is not enough memory for this picture.", stage="decode")
        if problem is not None:
            raise (DecoderUnavailable if problem == "unavailable" else DamagedInput)(answer.message)
        return _pixels(answer.pixels).reshape(answer.height, answer.width, 4)


def connect(manifest: str) -> Callable[[JsObject], Awaitable[JsObject]]:
    """Make the function that the worker calls once a task.

    It never raises: what it returns is ``{result}`` or ``{error}``, plain JavaScript objects both.
    """
    random.seed()  # the memory that Python starts from was recorded: chance would be the same everywhere
    desk = _Desk(Manifest.from_json(manifest))

    async def run(job: JsObject) -> JsObject:
        try:
            return _to_object({"result": await desk.do(job)})
        except GossamerError as error:
            failure = error
        except MemoryError:  # also while bytes cross, before or after the pipeline
            failure = OutOfMemory("There is not enough memory for this picture.", stage="decode")
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must hear of it
            traceback.print_exc()
            failure = GossamerError(f"Something went wrong inside Gossamer: {error!r}.")
        return _to_object({"error": _error(failure)})

    return run


class _Desk:
    """The drafts that are being worked on, and the kinds of task."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._editors: dict[int, Editor] = {}

    async def do(self, job: JsObject) -> dict[str, Any] | None:
        match job.kind:
            case "remove":
                return await self._remove(job)
            case "open":
                return await self._open(job)
            case "repair":
                return _change(self._editors[job.draft], Editor.repair, _strokes(job.strokes))
            case "undo":
                return _change(self._editors[job.draft], Editor.undo)
            case "redo":
                return _change(self._editors[job.draft], Editor.redo)
            case "export":
                draft = self._editors[job.draft].draft
                return _result(await finish(draft, _options(job.options), _checkpoint(job)))
            case "boxes":
                return _boxes(self._editors[job.draft].draft.visible_alpha)
            case "shadow":
                alpha = self._editors[job.draft].draft.visible_alpha
                return {"layer": _layer(shadow_layer(alpha, _shadow(job.shadow)))}
            case "close":
                self._editors.pop(job.draft, None)
                return None
            case kind:
                raise ValueError(f"There is no task {kind!r}")

    async def _remove(self, job: JsObject) -> dict[str, Any]:
        runtime = BrowserRuntime(job, self._manifest)
        result = await remove_background(
            _source(job),
            runtime,
            _options(job.options),
            _checkpoint(job),
            trimap=await _trimap(job.trimap, runtime),
            strokes=_strokes(job.strokes),
        )
        return _result(result)

    async def _open(self, job: JsObject) -> dict[str, Any]:
        options = _options(job.options)
        runtime = BrowserRuntime(job, self._manifest)
        draft = await open_draft(
            _source(job),
            runtime,
            options,
            _checkpoint(job),
            trimap=await _trimap(job.trimap, runtime),
            strokes=_strokes(job.strokes),
            glance=_glance(job),
        )
        editor = Editor(draft, decontaminate=options.decontaminate)
        opened = _opened(draft, editor.view())
        self._editors[job.draft] = editor
        return opened


def _change(editor: Editor, change: Callable[..., View | None], *what: object) -> dict[str, Any]:
    view = change(editor, *what)
    patch = None if view is None else _view(view)
    return {"patch": patch, "undoable": editor.undoable, "redoable": editor.redoable}


def _source(job: JsObject) -> bytes | Photo:
    if job.width is None:
        return job.bytes.to_bytes()  # type: ignore[no-any-return]
    return photo_from_pixels(_pixels(job.bytes).data, job.width, job.height)


def _pixels(array: JsObject) -> RgbaU8:
    """A writable copy of a JavaScript byte array."""
    pixels = np.empty(array.byteLength, dtype=np.uint8)
    array.assign_to(pixels)
    return pixels


def _options(options: JsObject) -> Options:
    background = options.background
    return Options(
        type=options.type,
        background=None if background is None else parse_color(background),
        threshold=options.threshold,
        subject=options.subject,
        decontaminate=options.decontaminate,
        depth=options.depth,
        crop=_crop(options.crop),
        margin=options.margin,
        aspect=options.aspect,
        width=options.width,
        height=options.height,
        dpi=options.dpi,
        shadow=_shadow(options.shadow),
    )


def _crop(crop: JsObject) -> Any:
    if not isinstance(crop, JsProxy):
        return crop
    return tuple(getattr(crop, name, None) for name in ("x", "y", "width", "height"))


def _shadow(shadow: JsObject) -> Any:
    if not isinstance(shadow, JsProxy):
        return shadow
    return Shadow(getattr(shadow, "strength", 0.5), getattr(shadow, "softness", 0.5))


async def _trimap(given: JsObject, runtime: BrowserRuntime) -> NDArray[np.uint8] | None:
    if given is None:
        return None
    source = _source(given)
    return grey_of(source if isinstance(source, Photo) else await decode(source, None, runtime.decode_heif))


def _strokes(strokes: JsObject) -> list[Stroke]:
    return [Stroke(stroke.kind, _points(stroke.points), stroke.radius) for stroke in strokes]


def _points(array: JsObject) -> list[tuple[float, float]]:
    flat = np.empty(array.length, dtype=np.float64)
    array.assign_to(flat)
    return [(float(x), float(y)) for x, y in flat.reshape(-1, 2)]


def _checkpoint(job: JsObject) -> Callable[[str], Awaitable[None]]:
    async def checkpoint(stage: str) -> None:
        if not await job.checkpoint(stage):
            raise Cancelled("Cancelled.", stage=stage)

    return checkpoint


def _glance(job: JsObject) -> Glance:
    def glance(alpha: AlphaF32) -> None:
        job.glance(to_js(alpha_to_u8(alpha).ravel()), *alpha.shape)

    return glance


def _boxes(alpha: AlphaU8) -> dict[str, Any]:
    subject = subject_box(alpha)
    return {"subject": _box(subject), "head": _box(head_box(alpha) if subject else None)}


def _box(box: PixelBox | None) -> dict[str, int] | None:
    return None if box is None else dict(zip(("x", "y", "width", "height"), box, strict=True))


def _layer(layer: ShadowLayer | None) -> dict[str, Any] | None:
    if layer is None:
        return None
    height, width = layer.opacity.shape
    return {"data": layer.opacity.ravel(), "width": width, "height": height, "box": _box(layer.box)}


def _view(view: View) -> dict[str, Any]:
    height, width = view.trimap.shape
    layers = {"pixels": view.pixels.ravel(), "trimap": view.trimap.ravel()}
    return {"x": view.x, "y": view.y, "width": width, "height": height, **layers}


def _opened(draft: Draft, view: View) -> dict[str, Any]:
    finding = draft.finding
    return {
        **_view(view),
        **_seen(finding),
        "sureness": finding.sureness.ravel() if finding else None,
        "bandWidth": draft.band_width,
        "timings": draft.timings,
        "notices": _notices(draft.notices),
    }


def _seen(finding: Finding | None) -> dict[str, Any]:
    network_height, network_width = finding.size if finding else (None, None)
    return {
        "model": finding.model.name if finding else None,
        "networkWidth": network_width,
        "networkHeight": network_height,
        "confidence": finding.confidence if finding else None,
    }


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [{"code": notice.code, "message": notice.message} for notice in notices]


def _result(result: Result) -> dict[str, Any]:
    height, width = result.size
    network_height, network_width = result.network_size or (None, None)
    return {
        "bytes": result.data,
        "mimeType": result.mime_type,
        "alpha": result.alpha.ravel(),
        "width": width,
        "height": height,
        "model": result.model,
        "networkWidth": network_width,
        "networkHeight": network_height,
        "confidence": result.confidence,
        "bandWidth": result.band_width,
        "timings": result.timings,
        "notices": _notices(result.notices),
    }


def _error(error: GossamerError) -> dict[str, Any]:
    return {
        "code": error.code,
        "stage": error.stage,
        "message": error.message,
        "advice": error.advice,
        "retryable": error.retryable,
    }


def _to_object(value: dict[str, Any]) -> JsObject:
    return to_js(value, dict_converter=Object.fromEntries, create_pyproxies=False)
