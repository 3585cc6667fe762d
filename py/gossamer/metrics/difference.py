"""Measures of each pixel for itself."""

import numpy as np

from gossamer.metrics.inputs import Floats, Mask, mean_inside, pair, thousands_inside

__all__ = ["iou", "mad", "mse", "sad"]

SUBJECT = 0.5


def mad(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Mean absolute difference, mean |α − α*|.

    Parameters
    ----------
    alpha, truth : (height, width) float
        Estimate and ground truth in [0, 1].
    region : (height, width) bool
        Where to measure, such as the unknown band of a trimap; None is the whole picture.

    Returns
    -------
    float
        In [0, 1]; NaN for an empty region.
    """
    alpha, truth = pair(alpha, truth)
    return mean_inside(np.abs(alpha - truth), region)


def mse(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Mean squared error, mean (α − α*)², in [0, 1]. Parameters as for `mad`."""
    alpha, truth = pair(alpha, truth)
    return mean_inside((alpha - truth) ** 2, region)


def sad(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Sum of absolute differences, Σ |α − α*| / 1000. Parameters as for `mad`; 0 for an empty region."""
    alpha, truth = pair(alpha, truth)
    return thousands_inside(np.abs(alpha - truth), region)


def iou(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Intersection over union of the pixels of α ≥ ½ and of α* ≥ ½: 1 is best, and the value where both are empty.

    Parameters as for `mad`.
    """
    alpha, truth = pair(alpha, truth)
    found, wanted = alpha >= SUBJECT, truth >= SUBJECT
    both, either = found & wanted, found | wanted
    if region is not None:
        both, either = both & region, either & region
    union = np.count_nonzero(either)
    return float(np.count_nonzero(both) / union) if union else 1.0
