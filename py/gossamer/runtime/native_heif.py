"""HEIC and AVIF on CPython: by the package pillow-heif, and by Pillow itself where it was built with AVIF."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps, features

from gossamer.arrays import RgbaU8
from gossamer.errors import DamagedInput, DecoderUnavailable

__all__ = ["decode_heif"]


def decode_heif(data: bytes, media_type: str) -> RgbaU8:
    """See `gossamer.runtime.base.Runtime.decode_heif`."""
    open_file = _avif_opener() if media_type == "image/avif" else _heic_opener()
    try:
        return np.array(open_file(data).convert("RGBA"))
    except MemoryError:
        raise
    except Exception as error:  # the libraries raise nearly anything on damaged data
        raise DamagedInput(f"The picture can't be decoded: {error}.") from error


def _heic_opener() -> Callable[[bytes], Image.Image]:
    try:
        import pillow_heif  # noqa: PLC0415 - optional
    except ImportError as error:
        raise DecoderUnavailable("HEIC pictures need a package more: pip install 'gossamer[heif]'.") from error
    return lambda data: pillow_heif.open_heif(io.BytesIO(data)).to_pillow()


def _avif_opener() -> Callable[[bytes], Image.Image]:
    if not features.check("avif"):
        raise DecoderUnavailable("AVIF pictures need Pillow 11.3 or newer.")
    from PIL import AvifImagePlugin  # noqa: PLC0415 - older Pillows have none

    # What the container says of turning and mirroring, Pillow puts into the place of Exif's orientation.
    return lambda data: ImageOps.exif_transpose(AvifImagePlugin.AvifImageFile(io.BytesIO(data)))
