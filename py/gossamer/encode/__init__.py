"""Stage 4: pixels become the bytes of a file."""

from gossamer.encode.files import MIME_TYPES, encode_alpha, encode_picture, require_room

__all__ = ["MIME_TYPES", "encode_alpha", "encode_picture", "require_room"]
