"""Cut-outs and composites in 8 bits. All functions that write in place say so."""

import numpy as np

from gossamer.arrays import AlphaU8, RgbaU8
from gossamer.options import Color

__all__ = ["binary", "cut_out", "limit_to", "over_color"]


def binary(alpha: AlphaU8, threshold: float) -> AlphaU8:
    """255 where alpha ≥ ``threshold`` (0 to 1), 0 elsewhere. A new (height, width) uint8 array."""
    return np.where(alpha >= threshold * 255, np.uint8(255), np.uint8(0))


def limit_to(alpha: AlphaU8, own: AlphaU8) -> AlphaU8:
    """What is visible through both: α·β, rounded. Never more than either. A new (height, width) uint8 array."""
    product = alpha.astype(np.uint16) * own
    product += 127
    product //= 255
    return product.astype(np.uint8)


def cut_out(rgba: RgbaU8, alpha: AlphaU8) -> RgbaU8:
    """Put ``alpha`` under the colour, in place, as straight alpha; returns ``rgba``.

    Colour where alpha is 0 becomes 0. Nobody sees it, files get a third smaller, and what was removed is truly gone.
    """
    rgba[..., 3] = alpha
    pixels = rgba.view(np.uint32)[..., 0]
    np.multiply(pixels, alpha != 0, out=pixels)
    return rgba


def over_color(rgba: RgbaU8, background: Color) -> RgbaU8:
    """Composite onto one opaque colour, in place: I = αF + (1 − α)B on stored values, rounded; returns ``rgba``.

    Parameters
    ----------
    rgba : (height, width, 4) uint8
        Straight alpha.
    background
        sRGB bytes.
    """
    alpha = rgba[..., 3].astype(np.uint16)
    for channel, value in enumerate(background):
        mixed = rgba[..., channel] * alpha
        mixed += np.uint16(value) * (255 - alpha)
        mixed += 127
        mixed //= 255
        rgba[..., channel] = mixed
    rgba[..., 3] = 255
    return rgba
