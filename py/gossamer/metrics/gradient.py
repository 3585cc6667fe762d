"""The gradient error of Rhemann et al., CVPR 2009: whether edges are as steep as the true ones."""

import math

import numpy as np

from gossamer.metrics.inputs import Floats, FloatsF64, Mask, pair, thousands_inside

__all__ = ["grad", "gradient_error"]

SIGMA = 1.4
# Taps reach to where the normal density of SIGMA falls below this: four to each side.
CUT_OFF = 0.01


def grad(alpha: Floats, truth: Floats, region: Mask | None = None) -> float:
    """Gradient error, Σ (‖∇α‖ − ‖∇α*‖)² / 1000.

    Gradients are by derivatives of a Gaussian of σ = 1.4, as two kernels of 9 taps and Euclidean norm 1, with borders
    replicated. They are taken on the whole picture and then summed over the region.

    Parameters
    ----------
    alpha, truth : (height, width) float
        Estimate and ground truth in [0, 1].
    region : (height, width) bool
        Where to sum; None is the whole picture.
    """
    return thousands_inside(gradient_error(alpha, truth), region)


def gradient_error(alpha: Floats, truth: Floats) -> FloatsF64:
    """(‖∇α‖ − ‖∇α*‖)² of each pixel, (height, width) float64."""
    alpha, truth = pair(alpha, truth)
    return (_magnitude(alpha) - _magnitude(truth)) ** 2


def _magnitude(alpha: FloatsF64) -> FloatsF64:
    smooth, derive = _kernels()
    across = _along_columns(_along_columns(alpha, smooth).T, derive)
    down = _along_columns(_along_columns(alpha, derive).T, smooth)
    return np.hypot(across, down).T


def _kernels() -> tuple[FloatsF64, FloatsF64]:
    reach = math.ceil(SIGMA * math.sqrt(-2 * math.log(math.sqrt(2 * math.pi) * SIGMA * CUT_OFF)))
    x = np.arange(-reach, reach + 1, dtype=np.float64)
    smooth = np.exp(-(x**2) / (2 * SIGMA**2))
    derive = x * smooth  # its sign does not matter to the magnitude
    return smooth / np.linalg.norm(smooth), derive / np.linalg.norm(derive)


def _along_columns(values: FloatsF64, kernel: FloatsF64) -> FloatsF64:
    reach, height = len(kernel) // 2, len(values)
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    result = np.zeros_like(values)
    for offset, weight in enumerate(kernel):
        result += weight * padded[offset : offset + height]
    return result
