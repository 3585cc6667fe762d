"""Pyodide with onnxruntime-web: the only module that knows JavaScript is there.

The worker hands over a *host*, an object with

* ``manifest``: the text of ``manifest.json``;
* ``infer(model, data, height, width)``: Float32Array in, a promise of ``{data, height, width}`` out;
* ``decodeJpeg(bytes, width, height)``: a promise of RGBA bytes, or of null if the browser can't be trusted with it;
* ``decodeHeif(bytes, mediaType, maxPixels)``: a promise of ``{pixels, width, height}``, of ``{problem, message}``,
  or of null if the job was cancelled meanwhile;

and calls the function that `connect` returns once a photo, with a *job*:

* ``bytes``: Uint8Array, a whole file; or RGBA pixels if ``width`` and ``height`` are not null;
* ``options``: ``{type, background, threshold, subject, decontaminate, depth}``;
* ``trimap``: null, or ``{bytes, width, height}`` as for the photo;
* ``strokes``: an array of ``{kind, points, radius}``, points a Float64Array of x and y in turns;
* ``checkpoint(stage)``: a promise of false if the job was cancelled.

Every buffer crosses by one copy, out of or into Pyodide's heap. No proxy outlives a job.
"""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
from js import Object
from numpy.typing import NDArray
from pyodide.ffi import JsException, to_js

from gossamer.arrays import RgbaU8, TensorF32
from gossamer.decode import MAX_PIXELS, Photo, decode, photo_from_pixels
from gossamer.errors import (
    Cancelled,
    DamagedInput,
    DecoderUnavailable,
    GossamerError,
    InferenceFailed,
    OutOfMemory,
)
from gossamer.manifest import Manifest
from gossamer.options import Options, parse_color
from gossamer.pipeline import Result, remove_background
from gossamer.trimap import Stroke, grey_of

__all__ = ["BrowserRuntime", "connect"]

JsObject = Any  # a JsProxy; what it offers is documented above


class BrowserRuntime:
    """The `gossamer.runtime.Runtime` of a browser."""

    def __init__(self, host: JsObject) -> None:
        self._host = host
        self.manifest = Manifest.from_json(host.manifest)

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        """Run one network; see `gossamer.runtime.base.Runtime.infer`."""
        _, _, height, width = tensor.shape
        try:
            output = await self._host.infer(model, to_js(tensor.ravel()), height, width)
        except JsException as error:
            raise InferenceFailed(f"The network {model} failed: {error}.") from error
        if output is None:  # the job was cancelled while the network ran
            raise Cancelled("Cancelled.", stage="segment")
        data = np.empty(output.height * output.width, dtype=np.float32)
        output.data.assign_to(data)
        return data.reshape(1, 1, output.height, output.width)

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        """Let the browser decode a plain JPEG; see `gossamer.runtime.base.Runtime.decode_jpeg`."""
        pixels = await self._host.decodeJpeg(to_js(data), width, height)
        return None if pixels is None else _pixels(pixels).reshape(height, width, 4)

    async def decode_heif(self, data: bytes, media_type: str) -> RgbaU8:
        """Let the browser, or libheif beside it, decode; see `gossamer.runtime.base.Runtime.decode_heif`."""
        try:
            answer = await self._host.decodeHeif(to_js(data), media_type, MAX_PIXELS)
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


def connect(host: JsObject) -> Callable[[JsObject], Awaitable[JsObject]]:
    """Make the function that the worker calls once a photo.

    It never raises: what it returns is ``{result}`` or ``{error}``, plain JavaScript objects both.
    """
    runtime = BrowserRuntime(host)

    async def run(job: JsObject) -> JsObject:
        try:
            result = await remove_background(
                _source(job),
                runtime,
                _options(job.options),
                _checkpoint(job),
                trimap=await _trimap(job.trimap, runtime),
                strokes=_strokes(job.strokes),
            )
            return _to_object({"result": _result(result)})
        except GossamerError as error:
            failure = error
        except MemoryError:  # also while bytes cross, before or after the pipeline
            failure = OutOfMemory("There is not enough memory for this picture.", stage="decode")
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must hear of it
            traceback.print_exc()
            failure = GossamerError(f"Something went wrong inside Gossamer: {error!r}.")
        return _to_object({"error": _error(failure)})

    return run


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
    )


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
        "notices": [{"code": notice.code, "message": notice.message} for notice in result.notices],
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
