"""The connectivity error of Rhemann et al., CVPR 2009: what floats free of the subject."""

import numpy as np

from gossamer.metrics.inputs import Floats, FloatsF64, Mask, pair, thousands_inside
from gossamer.regions import largest_region

__all__ = ["conn"]

STEPS = 10
THETA = 0.15
"""Smaller distances from the subject's level count as none."""


def conn(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Connectivity error, Σ |φ(α) − φ(α*)| / 1000.

    The source Ω of a threshold t is the largest 4-connected region in which both mattes are ≥ t; where there is none,
    it is empty. l is the highest of 0, 0.1, … 1 up to which a pixel stays in Ω, d = α − l how far alpha is above it,
    and φ(α) = 1 − d·[d ≥ 0.15]. Sources are found in the whole picture; errors are then summed over the region.

    Parameters
    ----------
    alpha, truth : (height, width) float
        Estimate and ground truth in [0, 1].
    region : (height, width) bool
        Where to sum; None is the whole picture.
    """
    alpha, truth = pair(alpha, truth)
    level = _source_level(np.minimum(alpha, truth))
    return thousands_inside(np.abs(_phi(alpha, level) - _phi(truth, level)), region)


def _source_level(lower: FloatsF64) -> FloatsF64:
    level = np.zeros_like(lower)
    source = np.ones(lower.shape, dtype=np.bool_)
    for step in range(1, STEPS + 1):
        threshold = step / STEPS  # not a sum of tenths, which would be inexact
        source &= largest_region(lower >= threshold)  # a pixel that has once left does not come back
        level[source] = threshold
    return level


def _phi(alpha: FloatsF64, level: FloatsF64) -> FloatsF64:
    distance = alpha - level
    return 1 - distance * (distance >= THETA)
