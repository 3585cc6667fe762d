"""JPEG segments: is the stream whole, and what is left of it when only the pixels matter.

JPEG decoders differ in how they enlarge 4:2:0 chroma, by up to 33 levels of 255 on a real photo, and the libjpeg in
Pyodide's Pillow is not the libjpeg-turbo of CPython's Pillow and of browsers. Where the platform offers a decoder
of its own (`JpegDecoder`), a *bare* stream is handed to it: no Exif, so that it can't rotate, and no ICC profile,
so that it can't convert colours. What it returns is then the same everywhere. `docs/decisions/0004-decoding.md` has
the measurements.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from gossamer.arrays import RgbaU8
from gossamer.errors import DamagedInput

__all__ = ["BareJpeg", "JpegDecoder", "bare_jpeg"]

JpegDecoder: TypeAlias = Callable[[bytes, int, int], Awaitable[RgbaU8 | None]]
"""(bare JPEG, width, height) → (height, width, 4) uint8, opaque; None if it won't, and Pillow has to."""

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
APP0_JFIF, APP14_ADOBE, APP15, COM = 0xE0, 0xEE, 0xEF, 0xFE
# Frame headers: the DCT modes that browsers decode (baseline, extended, progressive Huffman).
FRAMES = (0xC0, 0xC1, 0xC2)
STANDALONE = (0x01, *range(0xD0, 0xD8))
# In a scan 0xFF is followed by 0x00 where it is data; restart markers are part of the scan.
MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True)
class BareJpeg:
    """A JPEG reduced to what its pixels need.

    ``portable`` says whether every decoder gives it the same meaning: 8 bits, one or three components.
    """

    data: bytes
    portable: bool


def bare_jpeg(data: bytes) -> BareJpeg:
    """Walk the segments of ITU-T T.81 Annex B up to the first scan; keep those that pixels need.

    Raises `DamagedInput` if the stream ends before its end-of-image marker: many decoders silently paint the missing
    part grey.
    """
    kept = [data[:2]]
    portable = False
    position = 2
    while True:
        start = data.find(b"\xff", position)
        marker_at = start + 1
        while data[marker_at : marker_at + 1] == b"\xff":  # fill bytes
            marker_at += 1
        if start < 0 or marker_at + 3 > len(data):
            raise DamagedInput("The JPEG ends before its picture begins.")
        marker = data[marker_at]
        if marker in STANDALONE:
            position = marker_at + 1
            continue
        end = marker_at + 1 + int.from_bytes(data[marker_at + 1 : marker_at + 3])
        if marker == SOS:
            break
        if marker in FRAMES and end <= len(data):
            bits, components = data[marker_at + 3], data[marker_at + 8]
            portable = bits == 8 and components in (1, 3)
        is_metadata = APP0_JFIF < marker <= APP15 or marker == COM
        if not is_metadata or marker == APP14_ADOBE:
            kept.append(data[start:end])
        position = end
    kept.append(data[start : _end_of_image(data, end)])
    return BareJpeg(b"".join(kept), portable)


def _end_of_image(data: bytes, position: int) -> int:
    """Where the picture ends, from ``position`` in its first scan. Between scans there are segments, which may hold
    any bytes and are stepped over."""
    while found := MARKER_IN_SCAN.search(data, position):
        marker, after = data[found.end() - 1], found.end()
        if marker == EOI:
            return after
        position = after + int.from_bytes(data[after : after + 2])
    raise DamagedInput("The JPEG is cut off: the end of the picture is missing.")
