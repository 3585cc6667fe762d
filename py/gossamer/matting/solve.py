"""The linear system of matting, and its solution.

Alpha of the unknown pixels minimises::

    αᵀLα + Σ w (α − α̂)²

where L is the matting Laplacian and (α̂, w) what else is known of a pixel: by its colour pair, by the network. The
known pixels are boundary values.
"""

import numpy as np
from numpy.typing import NDArray

from gossamer.matting.laplacian import MattingLaplacian

__all__ = ["solve", "without_haze"]

Floats = NDArray[np.float32]

MOST_STEPS = 30
# Of the residual's norm, relative to the right-hand side's. Alphas are then off by half a level of 255, on average.
TOLERANCE = 3e-3
HAZE = np.float32(0.02)


def solve(
    laplacian: MattingLaplacian, known: Floats, target: Floats, weight: Floats, start: Floats | None = None
) -> Floats:
    """Solve (L + W) α = Wα̂ − L α_known by conjugate gradients, preconditioned by the diagonal.

    Parameters
    ----------
    laplacian
        L, for n unknown pixels.
    known : (height, width) float32
        Alpha of the known pixels, and 0 for the unknown ones.
    target : (n,) float32
        α̂.
    weight : (n,) float32
        w, above 0.
    start : (n,) float32
        Where the search starts; at the target if left out.

    Returns
    -------
    (n,) float32
        Nearly in [0, 1].
    """
    right = laplacian.pull(known)
    right += weight * target
    goal = TOLERANCE * _norm(right)
    scale: Floats = np.float32(1) / (laplacian.diagonal + weight)

    alpha: Floats = (target if start is None else start).copy()
    residual: Floats = right - laplacian.times(alpha) - weight * alpha
    direction: Floats = scale * residual
    slope = _dot(residual, direction)
    for _ in range(MOST_STEPS):
        if _norm(residual) <= goal:
            break
        ahead = laplacian.times(direction) + weight * direction
        step = np.float32(slope / _dot(direction, ahead))
        alpha += step * direction
        residual -= step * ahead
        scaled = scale * residual
        steeper = _dot(residual, scaled)
        direction *= np.float32(steeper / slope)
        direction += scaled
        slope = steeper
    return alpha


def without_haze(alpha: Floats) -> Floats:
    """What grain makes of 0 and 1 is stretched away, or a haze would stay around the subject. In [0, 1]."""
    stretched: Floats = np.clip((alpha - HAZE) / (1 - 2 * HAZE), 0, 1)
    return stretched


def _dot(one: Floats, other: Floats) -> float:
    return float(np.einsum("n,n->", one, other, dtype=np.float64))  # sums of a million terms


def _norm(vector: Floats) -> float:
    return float(np.sqrt(_dot(vector, vector)))
