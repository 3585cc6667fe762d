"""The subject's own colour in the soft edge, at the photo's own resolution."""

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, AlphaU8, RgbaU8, RgbU8, alpha_to_u8
from gossamer.errors import InvalidOption
from gossamer.foreground.multilevel import Level, Solution, coarse_to_fine
from gossamer.memory import within_memory

__all__ = ["estimate_foreground", "replace_soft_colors"]

Floats = NDArray[np.float32]

MOST_SOFT = 50_000
"""Soft pixels solved together. A photo with more is halved until it has fewer; its own pixels follow one by one."""
# How much a pixel of the photo holds on to the colours found for it on the reduced one.
HOLD = np.float32(0.03)
STRIP_PIXELS = 1 << 20


def estimate_foreground(rgb: RgbU8, alpha: AlphaF32 | AlphaU8) -> RgbU8:
    """Estimate the foreground colour F of a photo, I = αF + (1 − α)B.

    Parameters
    ----------
    rgb : (height, width, 3 or 4) uint8
        The photo, gamma-encoded as stored, as mattes are made for that; a fourth channel is ignored.
    alpha : (height, width) float32 in [0, 1], or uint8
        Its matte. F is made for alpha in 8 bits, as it will be stored.

    Returns
    -------
    (height, width, 3) uint8
        F where the matte is soft; elsewhere the photo's own colour, bit for bit.

    Raises
    ------
    InvalidOption
        If the shapes don't agree.
    """
    if alpha.shape != rgb.shape[:2]:
        raise InvalidOption(f"A matte of shape {alpha.shape} doesn't fit a picture of {rgb.shape[:2]}.")
    alpha_u8: AlphaU8 = alpha.astype(np.uint8) if alpha.dtype == np.uint8 else alpha_to_u8(alpha.astype(np.float32))
    rgba: RgbaU8 = np.ascontiguousarray(np.dstack([rgb[..., :3], alpha_u8]))
    replace_soft_colors(rgba, alpha_u8)
    return np.ascontiguousarray(rgba[..., :3])


def replace_soft_colors(rgba: RgbaU8, alpha: AlphaU8) -> bool:
    """Put F in the place of I wherever alpha is neither 0 nor 255, in place.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
        The photo's colours; the fourth channel is left alone.
    alpha : (height, width) uint8

    Returns
    -------
    bool
        Whether memory was short, so that fewer were solved together.
    """
    (solution, factor), was_short = within_memory(lambda most: _solved(rgba, alpha, most), MOST_SOFT)
    if solution is None:
        return was_short
    packed = rgba.view(np.uint32).reshape(-1)  # whole pixels move faster than their bytes
    height, width = alpha.shape
    reduced_width = -(-width // factor)
    for top in range(0, height, max(1, STRIP_PIXELS // width)):
        strip = slice(top, top + max(1, STRIP_PIXELS // width))
        pixels = np.flatnonzero((alpha[strip] != 0) & (alpha[strip] != 255)) + top * width
        rows, columns = np.divmod(pixels, width)
        found = solution.position[rows // factor * reduced_width + columns // factor]
        stored, own = packed[pixels], alpha.ravel()[pixels]
        bytes_of = stored[:, np.newaxis].view(np.uint8)
        share = own * np.float32(1 / 255)
        rest = 1 - share
        pull = share / (share * share + rest * rest + HOLD)
        for channel in range(3):
            color = solution.foreground[channel][found]
            if factor > 1:
                # Moved so that with its B it gives nearly what the photo has there.
                missing = bytes_of[:, channel] * np.float32(1 / 255)
                missing -= share * color
                missing -= rest * solution.background[channel][found]
                missing *= pull
                color += missing
                color = np.minimum(np.maximum(color, 0), 1)
            bytes_of[:, channel] = color * np.float32(255) + np.float32(0.5)
        packed[pixels] = stored
    return was_short


def _solved(rgba: RgbaU8, alpha: AlphaU8, most_soft: int) -> tuple[Solution | None, int]:
    """Colours, None if nothing is soft, and by how much the photo was reduced for them."""
    level, factor = Level.of(rgba, alpha), 1
    while np.count_nonzero(level.soft) > most_soft:
        level, factor = level.halved(), factor * 2
    return (coarse_to_fine(level) if level.soft.any() else None), factor
