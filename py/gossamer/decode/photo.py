"""A decoded photo: pixels, and what must survive the trip to the output file."""

from dataclasses import dataclass, field

import numpy as np

from gossamer.arrays import AlphaU8, RgbaU8, RgbU8, RgbU16
from gossamer.decode.limits import check_size
from gossamer.errors import InvalidOption

__all__ = ["Notice", "Photo", "photo_from_pixels"]


@dataclass(frozen=True)
class Notice:
    """Something about the photo that a person should know, with a stable code. Not an error."""

    code: str
    message: str


@dataclass(frozen=True)
class Photo:
    """Pixels as stored, the right way up.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
        Straight colour, not colour-managed; the fourth channel is the photo's own alpha, 255 if it has none.
        Four channels rather than three, because the cut-out is written into the same memory.
    has_alpha
        Whether the fourth channel says anything.
    icc_profile
        The embedded RGB or grey profile, verbatim, for the output to carry.
    dpi
        Pixels per inch (horizontal, vertical) as the file states them.
    notices
        What was decided about an unusual file.
    rgb_u16 : (height, width, 3) uint16, or None
        The colour of a file of 16 bits a channel, where `decode` was asked for it; ``rgba`` has its high bytes. The
        photo's own alpha stays in 8 bits.
    """

    rgba: RgbaU8
    has_alpha: bool = False
    icc_profile: bytes | None = None
    dpi: tuple[float, float] | None = None
    notices: tuple[Notice, ...] = field(default=())
    rgb_u16: RgbU16 | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) in pixels."""
        return self.rgba.shape[0], self.rgba.shape[1]

    @property
    def rgb(self) -> RgbU8:
        """(height, width, 3) uint8, a view."""
        return self.rgba[..., :3]

    @property
    def alpha_u8(self) -> AlphaU8 | None:
        """(height, width) uint8, a view, or None if the photo is opaque."""
        return self.rgba[..., 3] if self.has_alpha else None


def photo_from_pixels(data: bytes | bytearray | memoryview, width: int, height: int) -> Photo:
    """Take pixels that somebody else decoded: width × height × 4 bytes, straight RGBA, rows top to bottom.

    The bytes are used, not copied, where they are writable. Raises `InputTooLarge` and `InvalidOption`.
    """
    check_size(width, height)
    size = memoryview(data).nbytes
    if width < 1 or height < 1 or size != width * height * 4:
        raise InvalidOption(f"{size} bytes are not {width} × {height} RGBA pixels.")
    rgba = np.frombuffer(data, dtype=np.uint8).reshape(height, width, 4)
    if not rgba.flags.writeable:
        rgba = rgba.copy()
    return Photo(rgba=rgba, has_alpha=bool((rgba[..., 3] != 255).any()))
