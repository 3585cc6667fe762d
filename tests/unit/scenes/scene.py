"""One scene: a picture with all that a matting method has to find out from it, exactly known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaF32, RgbU8, TrimapU8

__all__ = ["SHAPE", "Field", "Scene", "dilated", "scene", "trimap_of"]

SHAPE = (160, 200)

Field = NDArray[np.float64]
"""Any shape, float64: what scenes are computed with before they are stored."""


@dataclass(frozen=True)
class Scene:
    """A picture I = αF + (1 − α)B, rounded, and its exact parts.

    Attributes
    ----------
    name
        As in `tests.unit.scenes.ALL`.
    image : (height, width, 3) uint8
        αF + (1 − α)B to the nearest level.
    alpha : (height, width) float32
        0 to 1: the share of each pixel that the subject covers.
    foreground, background : (height, width, 3) float32
        0 to 255; both are defined everywhere, also where they can't be seen.
    trimap : (height, width) uint8
        `FOREGROUND` only where alpha is 1, `BACKGROUND` only where it is 0, `UNKNOWN` around all soft pixels.
    """

    name: str
    image: RgbU8
    alpha: AlphaF32
    foreground: NDArray[np.float32]
    background: NDArray[np.float32]
    trimap: TrimapU8

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """(height, width) bool: what has to be solved."""
        unknown: NDArray[np.bool_] = self.trimap == UNKNOWN
        return unknown

    def over(self, color: Sequence[float]) -> NDArray[np.float32]:
        """The true cut-out on one colour (0 to 255), unrounded: (height, width, 3) float32."""
        alpha = self.alpha[..., np.newaxis]
        return alpha * self.foreground + (1 - alpha) * np.asarray(color, np.float32)


def scene(name: str, alpha: Field, foreground: Field, background: Field, *, band: int) -> Scene:
    """Put a scene together.

    Parameters
    ----------
    alpha : (height, width) float64
        0 to 1.
    foreground, background : (height, width, 3) float64
        Clipped to 0 … 255.
    band
        See `trimap_of`.
    """
    coverage = alpha.astype(np.float32)
    front, back = (np.clip(colors, 0, 255).astype(np.float32) for colors in (foreground, background))
    # In double precision, from the parts as they are stored: the picture is what they say, to the last half level.
    share = coverage.astype(np.float64)[..., np.newaxis]
    image = np.rint(share * front + (1 - share) * back).astype(np.uint8)
    made = Scene(name, image, coverage, front, back, trimap_of(coverage, band))
    for array in (made.image, made.alpha, made.foreground, made.background, made.trimap):
        array.setflags(write=False)  # tests share scenes
    return made


def trimap_of(alpha: AlphaF32, band: int) -> TrimapU8:
    """What a careful hand would mark: every soft pixel, and all pixels up to ``band`` rows and columns from one.

    Parameters
    ----------
    alpha : (height, width) float32
        0 to 1.

    Returns
    -------
    (height, width) uint8
        `BACKGROUND`, `UNKNOWN` or `FOREGROUND`.
    """
    sure = np.where(alpha == 1, np.uint8(FOREGROUND), np.uint8(BACKGROUND))
    return np.where(dilated((alpha > 0) & (alpha < 1), band), np.uint8(UNKNOWN), sure)


def dilated(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """(height, width) bool, grown by a square that reaches ``pixels`` to each side."""
    grown = Image.fromarray(mask.astype(np.uint8)).filter(ImageFilter.MaxFilter(2 * pixels + 1))
    return np.asarray(grown) > 0
