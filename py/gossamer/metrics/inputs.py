"""What all measures take, and the sums and means they end in."""

from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gossamer.regions import Mask

__all__ = ["Floats", "FloatsF64", "Mask", "Measure", "checked", "mean_inside", "pair", "thousands_inside"]

Floats: TypeAlias = NDArray[np.floating[Any]]
FloatsF64: TypeAlias = NDArray[np.float64]


class Measure(Protocol):
    """Compares a matte with the true one, both (height, width) float in [0, 1], within a mask or everywhere."""

    def __call__(self, alpha: Floats, truth: Floats, region: Mask | None = None) -> float: ...


def checked(values: Floats, shape: tuple[int, ...]) -> FloatsF64:
    """``values`` in double precision. Raises TypeError for bytes, which would pass for alphas 0 to 255."""
    if not np.issubdtype(values.dtype, np.floating):
        raise TypeError(f"floats in [0, 1] are needed, not {values.dtype}")
    if values.shape != shape:
        raise ValueError(f"the shape should be {shape}, not {values.shape}")
    return values.astype(np.float64, copy=False)


def pair(alpha: Floats, truth: Floats) -> tuple[FloatsF64, FloatsF64]:
    """Two mattes of one size, in double precision. Raises ValueError where the sizes differ."""
    height, width = truth.shape
    return checked(alpha, (height, width)), checked(truth, (height, width))


def mean_inside(values: FloatsF64, region: Mask | None) -> float:
    """Mean over ``region``, or over all where it is None; NaN over no pixels."""
    inside = values if region is None else values[region]
    return float(inside.mean()) if inside.size else float("nan")


def thousands_inside(values: FloatsF64, region: Mask | None) -> float:
    """Sum over ``region``, or over all where it is None, in thousands."""
    return float((values if region is None else values[region]).sum()) / 1000
