"""Stage 1: the bytes of a file become a `Photo` the right way up, or a clear error."""

from gossamer.decode.heif import HeifDecoder
from gossamer.decode.jpeg import JpegDecoder
from gossamer.decode.limits import MAX_FILE_BYTES, MAX_PIXELS
from gossamer.decode.photo import Notice, Photo, photo_from_pixels
from gossamer.decode.read import decode

__all__ = [
    "MAX_FILE_BYTES", "MAX_PIXELS", "HeifDecoder", "JpegDecoder", "Notice", "Photo", "decode", "photo_from_pixels",
]
