"""How wide the unknown band of a trimap is."""

import numpy as np

from gossamer.arrays import UNKNOWN, TrimapU8

__all__ = ["band_width"]


def band_width(trimap: TrimapU8) -> float:
    """Mean width of the unknown band in pixels: twice its area over the length of its outline; 0 if there is none.

    Of a band of n pixels along a straight edge this is n; soft hair has a wide one, a shoulder a thin one.
    """
    unknown = trimap == UNKNOWN
    steps = np.count_nonzero(unknown[1:] != unknown[:-1]) + np.count_nonzero(unknown[:, 1:] != unknown[:, :-1])
    return 2 * np.count_nonzero(unknown) / steps if steps else 0.0
