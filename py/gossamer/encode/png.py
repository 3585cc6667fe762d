"""PNG of colour with alpha. Pillow tries five filters on each row, which takes a third of its time in WebAssembly."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from PIL import Image

from gossamer.arrays import RgbaU8

__all__ = ["png_file", "strips_of", "vertically_filtered"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA, DEFLATE, ADAPTIVE, NOT_INTERLACED = 6, 0, 0, 0
END_OF_HEADER = len(SIGNATURE) + 25
FILTER_UP = 2  # each byte less the one above
PIXEL_BYTES = 4
# A strip at a time, so that filtered rows take no room to speak of, and stay in the processor's cache: not more than
# four of zlib's windows full, so that no small rest is left for a fifth.
STRIP_PIXELS = 65_000
# zlib's window holds so much. Emptied whenever it is full, it is never moved on, for which zlib goes through a table
# of 128 KiB for each 32 KiB.
WINDOW_BYTES = (1 << 16) - 263


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
    for body in _compressed(filtered):
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
    values = rgba.reshape(height, PIXEL_BYTES * width)
    for strip in strips_of(height, width):
        rows = values[strip]
        above = values[max(strip.start - 1, 0) : strip.stop - 1]
        filtered = np.empty((len(rows), 1 + rows.shape[1]), dtype=np.uint8)
        filtered[:, 0] = FILTER_UP
        first = len(rows) - len(above)  # 1 at the top, which has nothing above it
        filtered[:first, 1:] = rows[:first]
        np.subtract(rows[first:], above, out=filtered[first:, 1:])
        yield filtered.tobytes()


def _compressed(filtered: Iterable[bytes]) -> Iterator[bytes]:
    """The one zlib stream of all rows, in pieces."""
    # Level 1 with runs only: what matches would spare is little once rows are filtered.
    deflate = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    for rows in filtered:
        view, pieces = memoryview(rows), list[bytes]()
        for start in range(0, len(view), WINDOW_BYTES):
            pieces += deflate.compress(view[start : start + WINDOW_BYTES]), deflate.flush(zlib.Z_FULL_FLUSH)
        yield b"".join(pieces)
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
