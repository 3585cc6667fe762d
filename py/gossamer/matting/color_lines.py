"""Alpha that was solved on a reduced photo, carried to the photo's own pixels.

He and Sun, "Fast Guided Filter" (2015): around each pixel of the reduced photo alpha is an affine function of
colour, α = a·I + b. The coefficients are smooth where alpha is not, so they may be enlarged, and what they make of
the photo's own colours has the photo's own detail.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, RgbU8

__all__ = ["ColorLines"]

Floats = NDArray[np.float32]

EPSILON = np.float32(1e-4)  # as for the matting Laplacian: a window of noise around one colour has no slope
SIDE, FRAME = 3, 2


@dataclass(frozen=True)
class ColorLines:
    """Coefficients for each pixel of the reduced photo.

    Parameters
    ----------
    coefficients : (height, width, 4) float32
        a for red, green and blue in [0, 1], and b.
    factor
        How many of the photo's pixels, along a side, became one.
    """

    coefficients: Floats
    factor: int

    @classmethod
    def fit(cls, rgb: RgbU8, alpha: AlphaF32, factor: int) -> "ColorLines":
        """Fit a line in each window of 3 × 3 pixels of the reduced photo and its alpha, and average over windows."""
        # So that pixels at the edge have all their windows, too.
        rgb = np.pad(rgb, ((FRAME, FRAME), (FRAME, FRAME), (0, 0)), mode="edge")
        alpha = np.pad(alpha, FRAME, mode="edge")
        fitted = np.zeros((*alpha.shape, 4), dtype=np.float32)
        fitted[..., 3] = alpha
        # Where alpha is flat around a pixel its line is, too: nothing to fit.
        curved = np.zeros(alpha.shape, dtype=bool)
        curved[1:-1, 1:-1] = _over_windows(np.maximum, alpha) > _over_windows(np.minimum, alpha)
        around = _around(alpha.shape[1])[:, np.newaxis]
        centers = np.flatnonzero(curved)
        lines = fitted.reshape(-1, 4)
        lines[centers] = _fit(rgb, alpha, centers + around)
        curved[: FRAME - 1] = curved[1 - FRAME :] = False
        curved[:, : FRAME - 1] = curved[:, 1 - FRAME :] = False
        inner = np.flatnonzero(curved)
        lines[inner] = lines[inner + around].mean(axis=0)
        coefficients = np.ascontiguousarray(fitted[FRAME:-FRAME, FRAME:-FRAME])
        return cls(coefficients, factor)

    def alpha(self, rgb: RgbU8, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Floats:
        """Alpha of some of the photo's pixels, in [0, 1].

        Parameters
        ----------
        rgb : (n, 3) uint8
            Their colours.
        rows, columns : (n,) int
            Where they are in the photo.
        """
        top, bottom, down = _between(rows, self.factor, self.coefficients.shape[0])
        left, right, along = _between(columns, self.factor, self.coefficients.shape[1])
        at = self.coefficients
        upper = at[top, left] * (1 - along) + at[top, right] * along
        lower = at[bottom, left] * (1 - along) + at[bottom, right] * along
        upper += (lower - upper) * down
        alpha = np.einsum("nc,nc->n", upper[:, :3], rgb.astype(np.float32) * np.float32(1 / 255)) + upper[:, 3]
        clipped: Floats = np.clip(alpha, 0, 1)
        return clipped


def _between(
    places: NDArray[np.intp], factor: int, length: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """The two reduced pixels on either side of each of the photo's, and how far it is towards the second."""
    exact = np.clip((places + np.float32(0.5)) / np.float32(factor) - np.float32(0.5), 0, length - 1)
    first = exact.astype(np.intp)
    second = np.minimum(first + 1, length - 1)
    return first, second, (exact - first)[:, np.newaxis].astype(np.float32)


def _over_windows(ufunc: np.ufunc, values: Floats) -> Floats:
    """The ufunc's reduction over the 3 × 3 pixels around each inner pixel."""
    rows = ufunc(ufunc(values[:-2], values[1:-1]), values[2:])
    reduced: Floats = ufunc(ufunc(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
    return reduced


def _around(width: int) -> NDArray[np.intp]:
    return np.array([dy * width + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])


def _fit(rgb: RgbU8, alpha: AlphaF32, members: NDArray[np.intp]) -> Floats:
    """Least squares with a ridge: a = (Σ + ε)⁻¹ cov(I, α), b = mean(α) − a·mean(I), for each of n windows."""
    colors = rgb.reshape(-1, 3)[members].astype(np.float32) * np.float32(1 / 255)  # (9, n, 3)
    alphas = alpha.ravel()[members]
    color_mean, alpha_mean = colors.mean(axis=0), alphas.mean(axis=0)
    colors -= color_mean
    covariance = np.einsum("kni,knj->nij", colors, colors, optimize=True) / SIDE**2
    covariance[:, range(3), range(3)] += EPSILON
    together = np.einsum("kni,kn->ni", colors, alphas) / SIDE**2
    slope = np.linalg.solve(covariance, together[..., np.newaxis])[..., 0]
    return np.column_stack([slope, alpha_mean - (slope * color_mean).sum(axis=1)]).astype(np.float32)
