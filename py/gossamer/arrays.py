"""The array types of the pipeline, by name, the one way from float alpha to bytes, and a fast one to colours.

========== ==================== ======== ==========================================================
name       shape                dtype    meaning
========== ==================== ======== ==========================================================
RgbaU8     (height, width, 4)   uint8    straight (not premultiplied) colour as stored, and alpha
RgbU8      (height, width, 3)   uint8    colour as stored in the file, usually sRGB
AlphaU8    (height, width)      uint8    0 background … 255 foreground
AlphaF32   (height, width)      float32  0.0 background … 1.0 foreground
TrimapU8   (height, width)      uint8    `BACKGROUND` 0, `UNKNOWN` 128 or `FOREGROUND` 255
Mask       (height, width)      bool
RgbaU16    (height, width, 4)   uint16   straight colour and alpha of 0 … 65535, native byte order
RgbU16     (height, width, 3)   uint16   colour as stored in a file of 16 bits a channel
TensorF32  (1, channels, h, w)  float32  a network's input or output, NCHW
========== ==================== ======== ==========================================================
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BACKGROUND",
    "FOREGROUND",
    "UNKNOWN",
    "AlphaF32",
    "AlphaU8",
    "Mask",
    "RgbU8",
    "RgbU16",
    "RgbaU8",
    "RgbaU16",
    "TensorF32",
    "TrimapU8",
    "alpha_to_u8",
    "colors_at",
]

RgbaU8: TypeAlias = NDArray[np.uint8]
RgbU8: TypeAlias = NDArray[np.uint8]
RgbaU16: TypeAlias = NDArray[np.uint16]
RgbU16: TypeAlias = NDArray[np.uint16]
AlphaU8: TypeAlias = NDArray[np.uint8]
AlphaF32: TypeAlias = NDArray[np.float32]
TrimapU8: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]
TensorF32: TypeAlias = NDArray[np.float32]

BACKGROUND, UNKNOWN, FOREGROUND = 0, 128, 255
"""What a trimap says of a pixel."""


def alpha_to_u8(alpha: AlphaF32) -> AlphaU8:
    """Round alpha to bytes: the nearest of 256 levels, values outside [0, 1] clipped.

    Rounding, not truncating: truncation costs half a level everywhere and turns 0.999 into 254.

    Parameters
    ----------
    alpha : (height, width) float32
        Any range; NaN becomes 0.

    Returns
    -------
    (height, width) uint8
        A new array; ``alpha`` is left as it was.
    """
    scaled = alpha * np.float32(255) + np.float32(0.5)
    np.nan_to_num(scaled, copy=False, nan=0.0)
    np.clip(scaled, 0, 255, out=scaled)
    return scaled.astype(np.uint8)


def colors_at(rgba: RgbaU8, pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Colours of some pixels, as planes: gathered whole, which is several times faster than rows of three.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
    pixels : int of any shape
        Flat indices.

    Returns
    -------
    (3, …) float32
        0 to 255; a plane of the indices' shape for red, green and blue.
    """
    gathered = rgba.view(np.uint32).ravel()[pixels][..., np.newaxis].view(np.uint8)
    return np.stack([gathered[..., channel].astype(np.float32) for channel in range(3)])
