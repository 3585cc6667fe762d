"""Picture files for the tests: some by Pillow, the unusual ones byte by byte."""

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

__all__ = [
    "ORIENTATION",
    "declared",
    "exif",
    "halves",
    "icc_profile",
    "noise",
    "opaque",
    "opened",
    "png",
    "png_chunk",
    "saved",
    "soft",
    "with_segments",
]

ORIENTATION = 0x0112
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def noise(shape: Sequence[int], seed: int = 0) -> NDArray[np.uint8]:
    """Bytes without any order: the hardest case for exactness."""
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def soft(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    """(height, width, 3), smooth as photos are, so that JPEG keeps it nearly."""
    corners = Image.fromarray(noise((4, 4, 3), seed))
    return np.asarray(corners.resize((width, height), Image.Resampling.BICUBIC))


def halves(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    """(height, width, 3), smooth: all of its left half is lighter than mid-grey, all of its right half darker."""
    colors = soft(height, width, seed) // 3
    colors[:, : width // 2] += 160
    return colors


def saved(pixels: NDArray[Any] | Image.Image, format: str, **parameters: Any) -> bytes:
    """A file by Pillow."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    buffer = io.BytesIO()
    image.save(buffer, format, **parameters)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    """What Pillow alone makes of a file."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    return tags


def icc_profile(space: bytes) -> bytes:
    """The header of an ICC profile of a colour space (``b"RGB "``, ``b"GRAY"``), and nothing behind it."""
    profile = bytearray(132)
    profile[0:4] = struct.pack(">I", len(profile))
    profile[16:20] = space
    profile[36:40] = b"acsp"
    return bytes(profile)


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, bits: int, color_type: int, rows: Sequence[bytes], *extra: bytes) -> bytes:
    """A PNG written by hand: unfiltered ``rows``, ``extra`` chunks before the data."""
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    data = [png_chunk(b"IHDR", header), *extra, png_chunk(b"IDAT", body), png_chunk(b"IEND", b"")]
    return PNG_SIGNATURE + b"".join(data)


def with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """A JPEG with (marker, body) segments put behind its first two bytes."""
    added = (bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return jpeg[:2] + b"".join(added) + jpeg[2:]


def declared(format: str, width: int, height: int) -> bytes:
    """A small file whose header declares ``width`` × ``height``; it holds hardly any pixels."""
    return _DECLARED[format](width, height)


def _declared_png(width: int, height: int) -> bytes:
    return png(width, height, 8, 2, [b"\0\0\0"])


def _declared_jpeg(width: int, height: int) -> bytes:
    data = bytearray(saved(noise((8, 8, 3)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _declared_gif(width: int, height: int) -> bytes:
    data = bytearray(saved(noise((8, 8)), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def _declared_bmp(width: int, height: int) -> bytes:
    data = bytearray(saved(noise((8, 8, 3)), "BMP"))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def _declared_tiff(width: int, height: int) -> bytes:
    data = saved(noise((8, 8, 3)), "TIFF")
    for tag, value in ((0x0100, width), (0x0101, height)):
        entry = struct.pack("<HHIHH", tag, 3, 1, 8, 0)  # SHORT, one value, 8
        if data.count(entry) != 1:
            entry = struct.pack("<HHII", tag, 4, 1, 8)  # LONG
        data = data.replace(entry, struct.pack("<HHII", tag, 4, 1, value))
    return data


def _declared_webp(width: int, height: int) -> bytes:
    """A lossless WebP: behind the byte 0x2F, 14 bits each of width and height, less one."""
    data = bytearray(saved(noise((8, 8, 3)), "WEBP", lossless=True))
    start = data.index(b"VP8L") + 8
    (rest,) = struct.unpack_from("<I", data, start + 1)
    struct.pack_into("<I", data, start + 1, (rest >> 28 << 28) | (height - 1) << 14 | (width - 1))
    return bytes(data)


_DECLARED = {
    "PNG": _declared_png,
    "JPEG": _declared_jpeg,
    "GIF": _declared_gif,
    "BMP": _declared_bmp,
    "TIFF": _declared_tiff,
    "WEBP": _declared_webp,
}


def opaque(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """With a fourth channel of 255."""
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, dtype=np.uint8)])
