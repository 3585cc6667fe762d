"""Stage 4: pixels become the bytes of a file."""

from gossamer.encode.files import MIME_TYPES, encode_alpha, encode_picture, require_room
from gossamer.encode.png16 import encode_picture_u16, join_u16

__all__ = ["MIME_TYPES", "encode_alpha", "encode_picture", "encode_picture_u16", "join_u16", "require_room"]
