"""Integer weights from float ones. NumPy only, no pictures: nothing here is fitted to data.

Weights are float64 of shape (out, in, kh, kw). Results are bit for bit the same on every machine: sums decide
only between grid values, and scales are rounded to float32 before they are used.
"""

from __future__ import annotations

import numpy as np

from .graph import Float


def largest_integer(bits: int) -> int:
    """Of a grid that is symmetric about zero: 31, 2047, 32767."""
    return int(2 ** (bits - 1) - 1)


def channel_scale(weight: Float, bits: int) -> Float:
    """(out, 1, 1, 1): the step at which each output channel's largest weight is the largest integer."""
    peak = np.abs(weight).max(axis=(1, 2, 3), keepdims=True)
    scale = np.where(peak > 0, peak, 1.0) / largest_integer(bits)
    return scale.astype(np.float32).astype(np.float64)


def round_kernels(exact: Float, bits: int) -> Float:
    """Round to integers so that the errors within each kh × kw kernel cancel.

    Neighbouring pixels are nearly equal, so a kernel acts mostly by its sum. After rounding to nearest, the
    sum is off by up to half a step for each tap; moving the taps that were closest to a tie to their other
    neighbour brings it within half a step. Idea: SQuant, Guo et al., ICLR 2022.
    """
    limit = largest_integer(bits)
    rounded = np.rint(exact)
    taps = exact.shape[2] * exact.shape[3]
    if taps > 1:
        error = (rounded - exact).reshape(-1, taps)
        total = error.sum(axis=1, keepdims=True)
        towards = error * np.sign(total)
        rank = np.argsort(np.argsort(-towards, axis=1, kind="stable"), axis=1, kind="stable")
        moved = (rank < np.rint(np.abs(total))) & (towards > 0)
        rounded -= (moved * np.sign(total)).reshape(exact.shape)
    clipped: Float = np.clip(rounded, -limit, limit)
    return clipped
