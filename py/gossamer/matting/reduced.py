"""A photo with its trimap, and the same at half the size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaU8, Mask, RgbaU8, RgbU8, TrimapU8

__all__ = ["SETTLED", "Problem"]

SETTLED = 64
"""Beside the values of a trimap: alpha is known and not to be solved, but neither side's for certain."""


@dataclass(frozen=True)
class Problem:
    """What is given, and what is asked.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
        The fourth channel is ignored. With it a pixel is 32 bits, and moves as one number.
    trimap : (height, width) uint8
        0, 128, 255 or `SETTLED`.
    known : (height, width) uint8
        Alpha wherever the trimap is not unknown. For a plain trimap it is the trimap itself.
    """

    rgba: RgbaU8
    trimap: TrimapU8
    known: AlphaU8

    @classmethod
    def of(cls, rgb: RgbU8 | RgbaU8, trimap: TrimapU8, known: AlphaU8) -> "Problem":
        """Of a photo with three channels or four, in any memory layout."""
        if rgb.shape[2] == 3:
            rgb = np.dstack([rgb, trimap])
        return cls(*(np.ascontiguousarray(array) for array in (rgb, trimap, known)))

    @property
    def unknown(self) -> Mask:
        """(height, width) bool."""
        unknown: Mask = self.trimap == UNKNOWN
        return unknown

    def halved(self) -> "Problem":
        """Blocks of 2 × 2 pixels become one; it is unknown if any of them was, and certain if all agree."""
        trimap = _halved_trimap(_even(self.trimap))
        return Problem(_reduced(self.rgba), trimap, _reduced(self.known))


def _even(values: TrimapU8) -> TrimapU8:
    """The last row and column once more, where there is an odd number of them."""
    height, width = values.shape
    if height % 2 == 0 and width % 2 == 0:
        return values
    return np.pad(values, ((0, height % 2), (0, width % 2)), mode="edge")


def _halved_trimap(trimap: TrimapU8) -> TrimapU8:
    """Rows are joined two by two, then columns as pairs of bytes: strided arrays take three times as long."""
    top, bottom = trimap[::2], trimap[1::2]
    unknown = (top == UNKNOWN) | (bottom == UNKNOWN)
    halved = np.full((len(top), trimap.shape[1] // 2), SETTLED, dtype=np.uint8)
    np.copyto(halved, BACKGROUND, where=(top | bottom).view(np.uint16) == 0)
    np.copyto(halved, FOREGROUND, where=(top & bottom).view(np.uint16) == 0xFFFF)
    np.copyto(halved, UNKNOWN, where=unknown.view(np.uint16) != 0)
    return halved


def _reduced(values: RgbaU8 | AlphaU8) -> NDArray[np.uint8]:
    """Means of 2 × 2 pixels, by Pillow: a fraction of the time that strided arrays take."""
    if values.ndim == 2:
        image = Image.fromarray(np.ascontiguousarray(values))
    else:
        height, width = values.shape[:2]
        image = Image.frombuffer("RGBX", (width, height), values, "raw", "RGBX", 0, 1)
    return np.asarray(image.reduce(2))
