"""One call for scripts."""

import asyncio
from os import PathLike
from pathlib import Path

import numpy as np
from PIL import Image

from gossamer.decode import Photo
from gossamer.decode.photo import photo_from_pixels
from gossamer.options import Color, Options, OutputType, parse_color
from gossamer.pipeline import Result, remove_background
from gossamer.runtime import Runtime

__all__ = ["cut_out"]

_default_runtime: Runtime | None = None


def cut_out(
    source: str | PathLike[str] | bytes | Image.Image,
    *,
    type: OutputType = "png",
    background: str | Color | None = None,
    threshold: float | None = None,
    runtime: Runtime | None = None,
) -> Result:
    """Remove the background of one photo.

    Parameters
    ----------
    source
        Path of a picture file, its bytes, or a Pillow image (as it is: Exif orientation is not applied).
    type
        ``png``, ``webp``, ``jpeg`` or ``alpha``; see `gossamer.Options`.
    background
        Opaque colour to composite onto: CSS text or sRGB bytes (red, green, blue).
    threshold
        Makes alpha binary at this level in (0, 1].
    runtime
        What runs the network; one for the whole process is made on first use if left out.

    Returns
    -------
    Result
        ``data`` is the file to write, ``alpha`` the matte as (height, width) uint8.

    Raises
    ------
    GossamerError
        See `gossamer.errors` for the tree. OSError if the path can't be read.

    Notes
    -----
    Inside a running event loop await `gossamer.pipeline.remove_background` instead.
    """
    options = Options(
        type=type,
        background=parse_color(background) if isinstance(background, str) else background,
        threshold=threshold,
    )
    return asyncio.run(remove_background(_load(source), runtime or _shared_runtime(), options))


def _load(source: str | PathLike[str] | bytes | Image.Image) -> bytes | Photo:
    if isinstance(source, Image.Image):
        rgba = np.array(source.convert("RGBA"))
        return photo_from_pixels(rgba.data, source.width, source.height)
    if isinstance(source, bytes):
        return source
    return Path(source).read_bytes()


def _shared_runtime() -> Runtime:
    # Imported late: the browser has this module too, and no use for the native runtime.
    from gossamer.runtime.native import NativeRuntime  # noqa: PLC0415

    global _default_runtime  # noqa: PLW0603 - a cache, loaded networks are worth keeping
    if _default_runtime is None:
        _default_runtime = NativeRuntime()
    return _default_runtime
