"""Masks grown and shrunk by a disc."""

import numpy as np

from gossamer.arrays import Mask

__all__ = ["grown", "shrunk"]


def grown(mask: Mask, radius: int) -> Mask:
    """All pixels no farther than ``radius`` pixels (Euclidean, between centres) from one of the mask. A new array."""
    result = np.zeros_like(mask)
    wide = mask.copy()  # the mask grown along its rows alone, by `reach`
    reach = 0
    for dy in range(radius, -1, -1):
        across = int(np.sqrt(radius * radius - dy * dy))
        while reach < across:
            reach += 1
            wide[:, reach:] |= mask[:, :-reach]
            wide[:, :-reach] |= mask[:, reach:]
        if dy < len(mask):
            result[dy:] |= wide[: len(mask) - dy]
            result[: len(mask) - dy] |= wide[dy:]
    return result


def shrunk(mask: Mask, radius: int) -> Mask:
    """All pixels farther than ``radius`` from every pixel outside the mask. Beyond the edges the mask goes on."""
    return ~grown(~mask, radius)
