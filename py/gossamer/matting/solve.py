"""The linear system of matting, and its solution.

Alpha of the unknown pixels minimises::

    αᵀLα + Σ w (α − α̂)²

where L is the matting Laplacian and (α̂, w) what else is known of a pixel: by its colour pair, by the network. The
known pixels are boundary values.
"""

import numpy as np
from numpy.typing import NDArray

from gossamer.matting.laplacian import MattingLaplacian

__all__ = ["solve"]

Floats = NDArray[np.float32]

MOST_STEPS = 30
# Of the residual's norm, relative to that of the right-hand side: alphas are then right to about a level of 8 bits.
TOLERANCE = 1e-3
HAZE = np.float32(0.02)


def solve(laplacian: MattingLaplacian, known: Floats, target: Floats, weight: Floats) -> Floats:
    """Solve (L + W) α = Wα̂ − L α_known by conjugate gradients, preconditioned by the diagonal.

    Parameters
    ----------
    laplacian
        L, for n unknown pixels.
    known : (height, width) float32
        Alpha of the known pixels, and 0 for the unknown ones.
    target : (n,) float32
        α̂, where the search starts too.
    weight : (n,) float32
        w, above 0.

    Returns
    -------
    (n,) float32
        In [0, 1].
    """
    right = laplacian.pull(known)
    right += weight * target
    goal = TOLERANCE * _norm(right)
    scale: Floats = np.float32(1) / (laplacian.diagonal + weight)

    alpha: Floats = target.copy()
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
    # What grain makes of 0 and 1 is stretched away, or a haze would stay around the subject.
    alpha -= HAZE
    alpha /= 1 - 2 * HAZE
    return np.clip(alpha, 0, 1)


def _dot(one: Floats, other: Floats) -> float:
    return float(np.einsum("n,n->", one, other, dtype=np.float64))  # sums of a million terms


def _norm(vector: Floats) -> float:
    return float(np.sqrt(_dot(vector, vector)))
