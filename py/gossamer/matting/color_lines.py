"""Alpha that was solved on a reduced photo, carried to the photo's own pixels.

He and Sun, "Fast Guided Filter" (2015): around each pixel of the reduced photo alpha is an affine function of
colour, α = a·I + b. The coefficients are smooth where alpha is not, so they may be enlarged, and what they make of
the photo's own colours has the photo's own detail.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, RgbaU8, colors_at
from gossamer.matting.windows import WINDOW, ColorSpread, around

__all__ = ["ColorLines", "between"]

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

EPSILON = np.float32(1e-4)  # as for the matting Laplacian: a window of noise around one colour has no slope
FRAME = 2


@dataclass(frozen=True)
class ColorLines:
    """Coefficients for each pixel of the reduced photo.

    Parameters
    ----------
    coefficients : (4, height, width) float32
        Planes: a for red, green and blue in [0, 1], and b.
    factor
        How many of the photo's pixels, along a side, became one.
    """

    coefficients: Floats
    factor: int

    @classmethod
    def fit(cls, rgba: RgbaU8, alpha: AlphaF32, factor: int) -> "ColorLines":
        """Fit a line in each window of 3 × 3 pixels of the reduced photo and its alpha, and average over windows."""
        # So that pixels at the edge have all their windows, too. Whole pixels move faster than their bytes.
        packed = np.pad(rgba.view(np.uint32)[..., 0], FRAME, mode="edge")
        alpha = np.pad(alpha, FRAME, mode="edge")
        height, width = alpha.shape
        # Where alpha is flat around a pixel its line is, too: nothing to fit.
        curved = np.zeros(alpha.shape, dtype=bool)
        curved[1:-1, 1:-1] = _over_windows(np.maximum, alpha) > _over_windows(np.minimum, alpha)
        centers = np.flatnonzero(curved).astype(np.int32)
        members = around(width)[:, np.newaxis] + centers
        lines = _fit(colors_at(packed.view(np.uint8), members), alpha.ravel()[members])
        curved[: FRAME - 1] = curved[1 - FRAME :] = False
        curved[:, : FRAME - 1] = curved[:, 1 - FRAME :] = False
        inner = np.flatnonzero(curved).astype(np.int32)
        members = around(width)[:, np.newaxis] + inner
        coefficients = np.empty((4, height - 2 * FRAME, width - 2 * FRAME), dtype=np.float32)
        for plane, line, flat in zip(coefficients, lines, (None, None, None, alpha), strict=True):
            fitted = np.zeros(alpha.size, dtype=np.float32) if flat is None else flat.flatten()
            fitted[centers] = line
            fitted[inner] = fitted[members].mean(axis=0)
            plane[:] = fitted.reshape(height, width)[FRAME:-FRAME, FRAME:-FRAME]
        return cls(coefficients, factor)

    def alpha(self, colors: Floats, rows: Indices, columns: Indices) -> Floats:
        """Alpha of some of the photo's pixels, in [0, 1].

        Parameters
        ----------
        colors : (3, n) float32
            0 to 255.
        rows, columns : (n,) int32
            Where they are in the photo.
        """
        _, height, width = self.coefficients.shape
        top, bottom, down = between(rows, height, height * self.factor)
        left, right, along = between(columns, width, width * self.factor)
        *slopes, offset = self.coefficients.reshape(4, -1)
        colors = colors * np.float32(1 / 255)
        total = np.zeros(len(rows), dtype=np.float32)
        for row, nearer in ((top * width, 1 - down), (bottom * width, down)):
            for column, share in ((left, nearer * (1 - along)), (right, nearer * along)):
                place = row + column
                alpha = offset[place]
                for slope, color in zip(slopes, colors, strict=True):
                    part = slope[place]
                    part *= color
                    alpha += part
                alpha *= share
                total += alpha
        return np.clip(total, 0, 1, out=total)


def between(places: Indices, length: int, of: int) -> tuple[Indices, Indices, Floats]:
    """The two of ``length`` values beside each place among ``of``, and how far it is from the first to the second."""
    exact = places * np.float32(length / of)
    exact += np.float32(0.5 * length / of - 0.5)
    exact = np.minimum(np.maximum(exact, 0), np.float32(length - 1))
    first = exact.astype(np.int32)
    exact -= first
    return first, np.minimum(first + 1, np.int32(length - 1)), exact


def _over_windows(ufunc: np.ufunc, values: Floats) -> Floats:
    """The ufunc's reduction over the 3 × 3 pixels around each inner pixel."""
    rows = ufunc(ufunc(values[:-2], values[1:-1]), values[2:])
    reduced: Floats = ufunc(ufunc(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
    return reduced


def _fit(colors: Floats, alpha: Floats) -> list[Floats]:
    """Least squares with a ridge: a = (Σ + ε)⁻¹ cov(I, α), b = mean(α) − a·mean(I), for each of n windows.

    Parameters
    ----------
    colors : (3, 9, n) float32
        0 to 255. Overwritten.
    alpha : (9, n) float32
    """
    colors *= np.float32(1 / 255)
    mean = colors.mean(axis=1)
    colors -= mean[:, np.newaxis]
    slope = np.einsum("ckn,kn->cn", colors, alpha)
    slope *= np.float32(1 / WINDOW)
    ColorSpread.of(colors, EPSILON).solve(slope)
    mean *= slope
    return [*slope, alpha.mean(axis=0) - mean.sum(axis=0)]
