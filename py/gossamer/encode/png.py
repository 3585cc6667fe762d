"""PNG of colour with alpha. Pillow tries five filters on each row, which takes a third of its time in WebAssembly."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import RgbaU8

__all__ = ["png_file", "strips_of", "vertically_filtered"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA, DEFLATE, ADAPTIVE, NOT_INTERLACED = 6, 0, 0, 0
END_OF_HEADER = len(SIGNATURE) + 25
FILTER_UP = 2  # each byte less the one above
PIXEL_BYTES = 4
# A strip at a time, so that filtered rows take no room to speak of, and stay in the processor's cache.
STRIP_PIXELS = 1 << 16

Words = NDArray[np.uint64]
HIGH_BITS = np.uint64(0x8080808080808080)  # of eight bytes
LOW_BITS = ~HIGH_BITS


def png_file(height: int, width: int, bits: int, filtered: Iterable[bytes], extras: dict[str, Any]) -> bytes:
    """A PNG of RGBA.

    Parameters
    ----------
    bits
        A channel.
    filtered
        Rows as PNG stores them, each behind its filter type.
    extras
        What Pillow's PNG takes for profile and density.
    """
    file = io.BytesIO()
    file.write(SIGNATURE)
    _write_chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, bits, RGBA, DEFLATE, ADAPTIVE, NOT_INTERLACED))
    file.write(_extra_chunks(extras))
    for body in filter(None, _compressed(filtered)):
        _write_chunk(file, b"IDAT", body)
    _write_chunk(file, b"IEND", b"")
    return file.getvalue()


def strips_of(height: int, width: int) -> Iterator[slice]:
    """Rows, a few at a time."""
    step = max(1, STRIP_PIXELS // width)
    return (slice(top, min(top + step, height)) for top in range(0, height, step))


def vertically_filtered(rgba: RgbaU8) -> Iterator[bytes]:
    """The rows of a picture of 8 bits a channel, each less the one above."""
    height, width = rgba.shape[:2]
    pixels = rgba.view(np.uint32)[..., 0]
    for strip in strips_of(height, width):
        rows = strip.stop - strip.start
        # With the row above them, and an even number of pixels a row, so that these are whole words.
        padded = np.zeros((1 + rows, width + width % 2), dtype=np.uint32)
        first = max(strip.start - 1, 0)
        padded[first - strip.stop :, :width] = pixels[first : strip.stop]
        words = padded.view(np.uint64)
        filtered = np.empty((rows, 1 + PIXEL_BYTES * width), dtype=np.uint8)
        filtered[:, 0] = FILTER_UP
        filtered[:, 1:] = _less(words[1:], words[:-1]).view(np.uint8)[:, : PIXEL_BYTES * width]
        yield filtered.tobytes()


def _less(one: Words, other: Words) -> Words:
    """Of each byte ``one - other`` modulo 256, eight at a time: the high bits keep borrows within their byte."""
    less: Words = ((one | HIGH_BITS) - (other & LOW_BITS)) ^ ((one ^ ~other) & HIGH_BITS)
    return less


def _compressed(filtered: Iterable[bytes]) -> Iterator[bytes]:
    """The one zlib stream of all rows, in pieces; some are empty while the compressor collects."""
    # Level 1 with runs only: what matches would spare is little once rows are filtered.
    deflate = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    for rows in filtered:
        yield deflate.compress(rows)
    yield deflate.flush()


def _extra_chunks(extras: dict[str, Any]) -> bytes:
    """The chunks that Pillow writes for them, from between the header and the pixels of the smallest picture."""
    smallest = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(smallest, "PNG", **extras)
    return smallest.getvalue()[END_OF_HEADER : smallest.getvalue().rindex(b"IDAT") - 4]


def _write_chunk(file: io.BytesIO, name: bytes, body: bytes) -> None:
    file.write(struct.pack(">I", len(body)) + name)
    file.write(body)
    file.write(struct.pack(">I", zlib.crc32(body, zlib.crc32(name))))
