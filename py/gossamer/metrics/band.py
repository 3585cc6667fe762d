"""The soft band of a true matte: hair, fur, veils and blur, with what lies beside them."""

from itertools import product

import numpy as np

from gossamer.metrics.inputs import Floats, Mask

__all__ = ["soft_band"]

LOW, HIGH, RADIUS = 0.01, 0.99, 5


def soft_band(truth: Floats) -> Mask:
    """Pixels no farther than 5 (Euclidean, between centres) from one of 0.01 < α* < 0.99.

    Parameters
    ----------
    truth : (height, width) float
        Ground truth in [0, 1].

    Returns
    -------
    (height, width) bool
        Empty for a hard matte.
    """
    height, width = truth.shape
    padded = np.pad((truth > LOW) & (truth < HIGH), RADIUS)
    band = np.zeros((height, width), dtype=np.bool_)
    for down, right in product(range(-RADIUS, RADIUS + 1), repeat=2):
        if down**2 + right**2 <= RADIUS**2:
            top, left = RADIUS + down, RADIUS + right
            band |= padded[top : top + height, left : left + width]
    return band
