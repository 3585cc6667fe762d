"""One call for scripts."""

import asyncio
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer import pipeline
from gossamer.decode import Photo, decode
from gossamer.decode.photo import photo_from_pixels
from gossamer.draft import Draft
from gossamer.options import Color, Crop, Depth, Options, OutputType, Shadow, Subject, parse_color
from gossamer.pipeline import Result, finish, remove_background
from gossamer.runtime import Runtime
from gossamer.trimap import Stroke, grey_of

__all__ = ["cut_out", "open_draft", "read_trimap"]

Picture: TypeAlias = str | PathLike[str] | bytes | Image.Image

_default_runtime: Runtime | None = None


def cut_out(
    source: Picture | Draft,
    *,
    type: OutputType = "png",
    background: str | Color | None = None,
    threshold: float | None = None,
    subject: Subject = "auto",
    decontaminate: bool = True,
    depth: Depth = 8,
    crop: Crop | None = None,
    margin: float = 0,
    aspect: float | None = None,
    width: int | None = None,
    height: int | None = None,
    dpi: float | None = None,
    shadow: Shadow | None = None,
    trimap: Picture | NDArray[np.uint8] | None = None,
    strokes: Sequence[Stroke] = (),
    runtime: Runtime | None = None,
) -> Result:
    """Remove the background of one photo.

    Parameters
    ----------
    source
        Path of a picture file, its bytes, a Pillow image (as it is: Exif orientation is not applied), or a draft.
    type
        ``png``, ``webp``, ``jpeg``, ``alpha`` or ``trimap``; see `gossamer.Options`.
    background
        Opaque colour to composite onto: CSS text or sRGB bytes (red, green, blue).
    threshold
        Makes alpha binary at this level in (0, 1].
    subject
        ``auto``, ``person`` or ``object``: which network looks for the subject.
    decontaminate
        Whether soft edges get the subject's own colour, free of the old background.
    depth
        16 keeps the colour of a photo of 16 bits a channel.
    crop
        ``subject``, or x, y, width and height in the photo's pixels.
    margin
        Around the subject, as a share of its longer side.
    aspect
        Width over height, to which the frame grows.
    width, height
        Pixels of the result: one, and the other follows, or both.
    dpi
        Pixels per inch that the file states.
    shadow
        `gossamer.Shadow` under the subject.
    trimap
        A grey picture, or (h, w) uint8: black background, white foreground, all else to be solved. No network runs.
    strokes
        `gossamer.Stroke`s: what to keep, to erase, or to solve again.
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
    Inside a running event loop await `gossamer.pipeline.remove_background` instead. A draft has had its subject
    found, and its trimap; neither is asked for again.
    """
    options = Options(
        type=type,
        background=parse_color(background) if isinstance(background, str) else background,
        threshold=threshold,
        subject=subject,
        decontaminate=decontaminate,
        depth=depth,
        crop=crop,
        margin=margin,
        aspect=aspect,
        width=width,
        height=height,
        dpi=dpi,
        shadow=shadow,
    )
    if isinstance(source, Draft):
        return asyncio.run(finish(source.repaired(strokes), options))
    photo, grey = _load(source), read_trimap(trimap)
    job = remove_background(photo, runtime or _shared_runtime(), options, trimap=grey, strokes=strokes)
    return asyncio.run(job)


def open_draft(
    source: Picture,
    *,
    subject: Subject = "auto",
    depth: Depth = 8,
    trimap: Picture | NDArray[np.uint8] | None = None,
    runtime: Runtime | None = None,
) -> Draft:
    """Make a matte that can be changed: `Draft.repaired` draws strokes into it, `cut_out` makes files of it.

    The parameters, and what is raised, are those of `cut_out`.
    """
    options = Options(subject=subject, depth=depth)
    photo, grey = _load(source), read_trimap(trimap)
    return asyncio.run(pipeline.open_draft(photo, runtime or _shared_runtime(), options, trimap=grey))


def read_trimap(source: Picture | NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    """The grey of a trimap's file or picture, (h, w) uint8, for `cut_out` to take as often as it is needed."""
    if source is None or isinstance(source, np.ndarray):
        return source
    photo = _load(source)
    return grey_of(photo if isinstance(photo, Photo) else asyncio.run(decode(photo)))


def _load(source: Picture) -> bytes | Photo:
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
