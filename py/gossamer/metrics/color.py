"""How far a composite with estimated colours is from the true one."""

from collections.abc import Sequence

import numpy as np

from gossamer.metrics.inputs import Floats, FloatsF64, Mask, checked

__all__ = ["composite_error"]


def composite_error(
    foreground: Floats,
    alpha: Floats,
    true_foreground: Floats,
    true_alpha: Floats,
    background: Sequence[float],
    region: Mask | None = None,
) -> float:
    """Mean absolute difference of two composites I = αF + (1 − α)B, over the region's pixels and three channels.

    Where a matte is 0 the colour under it does not count, so that it may be any finite value.

    Parameters
    ----------
    foreground, true_foreground : (height, width, 3) float
        Estimated and true colour in [0, 1].
    alpha, true_alpha : (height, width) float
        The matte of each, in [0, 1].
    background
        One colour for both, three values in [0, 1].
    region : (height, width) bool
        Where to measure; None is the whole picture.

    Returns
    -------
    float
        In [0, 1]; NaN for an empty region.
    """
    height, width = true_alpha.shape
    color = np.asarray(background, dtype=np.float64)
    shown = _composite(checked(foreground, (height, width, 3)), checked(alpha, (height, width)), color)
    wanted = _composite(checked(true_foreground, (height, width, 3)), checked(true_alpha, (height, width)), color)
    difference = np.abs(shown - wanted)
    inside = difference if region is None else difference[region]
    return float(inside.mean()) if inside.size else float("nan")


def _composite(foreground: FloatsF64, alpha: FloatsF64, background: FloatsF64) -> FloatsF64:
    opacity = alpha[..., np.newaxis]
    return opacity * foreground + (1 - opacity) * background
