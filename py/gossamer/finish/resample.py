"""A picture in its frame: cut, filled up with nothing beyond the photo, and brought to its size."""

import math
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import AlphaF32, AlphaU8, RgbaU8, TrimapU8
from gossamer.finish.frame import Frame
from gossamer.options import Box

__all__ = ["framed", "framed_alpha", "framed_picture", "framed_trimap"]

Pixels = TypeVar("Pixels", bound=NDArray[Any])

LOBES = 3
"""Of the Lanczos filter: it looks at so many of the larger pixels on each side."""
REDUCING_GAP = 3.0
"""From six times smaller on, whole-number box reduction goes first and leaves three times the pixels wanted."""
HALF = 127.5
CERTAIN = 1e-3
"""Of 255: single precision sums to 255 no better than this."""


def framed(pixels: Pixels, frame: Frame) -> Pixels:
    """The part of an array that the frame shows, pixel by pixel; zeros beyond the photo.

    Parameters
    ----------
    pixels : (height, width, …)
        Of the photo's size, any type.
    frame
        One that is not resampled.

    Returns
    -------
    C-contiguous array; ``pixels`` itself where the frame is the whole photo, else a new one.
    """
    x, y, width, height = map(int, frame.box)
    if (y, x, height, width) == (0, 0, *pixels.shape[:2]):
        return pixels
    result = np.zeros((height, width, *pixels.shape[2:]), dtype=pixels.dtype)
    rows, columns = (_overlap(*span) for span in ((y, height, pixels.shape[0]), (x, width, pixels.shape[1])))
    result[rows.start - y : rows.stop - y, columns.start - x : columns.stop - x] = pixels[rows, columns]
    return result  # type: ignore[return-value]


def framed_picture(rgba: RgbaU8, frame: Frame) -> RgbaU8:
    """A cut-out in its frame and size.

    Resampled with Lanczos, premultiplied and in floating point: what is transparent lends no colour to what is not,
    and colour at alpha 1 is as exact as at 255.

    Parameters
    ----------
    rgba : (height, width, 4) uint8
        Straight alpha.

    Returns
    -------
    (\\*frame.size, 4) uint8, straight alpha; where that is 0 so is the colour. See `framed` for when it is ``rgba``.
    """
    if not frame.resampled:
        return framed(rgba, frame)
    window, box = _window(frame, *rgba.shape[:2])
    seen = _cut(rgba, window)
    weight = seen[..., 3].astype(np.float32)
    alpha = _resized(weight, frame, box)
    result = np.empty((*frame.size, 4), dtype=np.uint8)
    result[..., 3] = _alpha_bytes(alpha, weight, frame, box)
    visible = result[..., 3] > 0
    np.maximum(alpha, 0.5, out=alpha)
    for channel in range(3):
        color = _resized(seen[..., channel] * weight, frame, box)
        color /= alpha  # before it was clipped: ringing cancels out
        result[..., channel] = _bytes(color) * visible
    return result


def framed_alpha(alpha: AlphaU8, frame: Frame) -> AlphaU8:
    """A matte in its frame and size, exactly as `framed_picture` makes it; see `framed` for when it is ``alpha``."""
    if not frame.resampled:
        return framed(alpha, frame)
    window, box = _window(frame, *alpha.shape)
    weight = _cut(alpha, window).astype(np.float32)
    return _alpha_bytes(_resized(weight, frame, box), weight, frame, box)


def framed_trimap(trimap: TrimapU8, frame: Frame) -> TrimapU8:
    """A trimap in its frame and size, by the nearest pixel: it has no levels in between."""
    if not frame.resampled:
        return framed(trimap, frame)
    window, box = _window(frame, *trimap.shape)
    seen = np.ascontiguousarray(_cut(trimap, window))
    image = Image.frombuffer("L", seen.shape[::-1], seen, "raw", "L", 0, 1)
    return np.array(image.resize(frame.size[::-1], Image.Resampling.NEAREST, box))


def _alpha_bytes(alpha: AlphaF32, weight: AlphaF32, frame: Frame, box: Box) -> AlphaU8:
    """Bytes of a resampled matte.

    Lanczos rings: two pixels inside an opaque subject it would leave alpha at 252, and two outside at 3. Where a
    triangle filter sees nothing but opaque, or nothing at all, it is taken at its word.
    """
    if frame.binary:
        return np.where(alpha >= HALF, np.uint8(255), np.uint8(0))
    plain = _resized(weight, frame, box, Image.Resampling.BILINEAR)
    result = _bytes(alpha)
    result[plain > 255 - CERTAIN] = 255
    result[plain < CERTAIN] = 0
    return result


def _window(frame: Frame, height: int, width: int) -> tuple[tuple[slice, slice], Box]:
    """The rows and columns of the photo to resample, and the frame's box in them.

    Beyond the frame the filter goes on into the photo; at the photo's edges it ends, so that what the photo cuts off
    stays opaque up to there. Where the frame reaches beyond the photo, so do the rows and columns.
    """
    x, y, w, h = frame.box
    rows, columns = _reach(y, h, frame.size[0], height), _reach(x, w, frame.size[1], width)
    return (rows, columns), (x - columns.start, y - rows.start, x - columns.start + w, y - rows.start + h)


def _reach(start: float, length: float, pixels: int, limit: int) -> slice:
    more = math.ceil(LOBES * max(1, length / pixels)) + 1
    first, last = math.floor(start), math.ceil(start + length)
    first = max(0, first - more) if first >= 0 else first
    last = min(limit, last + more) if last <= limit else last
    return slice(first, last)


def _cut(pixels: Pixels, window: tuple[slice, slice]) -> Pixels:
    """Rows and columns of an array, zeros beyond it; a view where they lie inside."""
    rows, columns = window
    if rows.start >= 0 and columns.start >= 0 and rows.stop <= len(pixels) and columns.stop <= pixels.shape[1]:
        return pixels[window]  # type: ignore[return-value]
    box = (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    return framed(pixels, Frame(box, (box[3], box[2])))


def _overlap(start: int, length: int, limit: int) -> slice:
    first = min(max(start, 0), limit)
    return slice(first, max(first, min(start + length, limit)))


def _resized(
    plane: NDArray[np.float32], frame: Frame, box: Box, filter: Image.Resampling = Image.Resampling.LANCZOS
) -> NDArray[np.float32]:
    """Of the size of the frame, in floating point. A new array."""
    plane = np.ascontiguousarray(plane, dtype=np.float32)
    image = Image.frombuffer("F", plane.shape[::-1], plane, "raw", "F", 0, 1)
    return np.array(image.resize(frame.size[::-1], filter, box, reducing_gap=REDUCING_GAP))


def _bytes(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounded and clipped."""
    result = values + np.float32(0.5)
    np.clip(result, 0, 255, out=result)
    return result.astype(np.uint8)
