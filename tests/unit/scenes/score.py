"""Solve a scene as the pipeline would, and measure how far that is from the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, RgbU8
from gossamer.foreground import estimate_foreground
from gossamer.matting import estimate_alpha
from tests.unit.scenes.scene import Scene

__all__ = ["SEED", "CutOut", "alpha_error", "composite_error", "solved"]

SEED = 1
"""Of the scenes that stored measurements are of."""
# Complementary, so that each channel is seen before both its ends.
COLORS = ((255, 0, 255), (0, 255, 0))


@dataclass(frozen=True)
class CutOut:
    """What was made of a scene: alpha (height, width) float32, foreground (height, width, 3) uint8."""

    alpha: AlphaF32
    foreground: RgbU8

    def over(self, color: Sequence[float]) -> NDArray[np.float32]:
        """On one colour (0 to 255), unrounded: (height, width, 3) float32."""
        alpha = self.alpha[..., np.newaxis]
        return alpha * self.foreground + (1 - alpha) * np.asarray(color, np.float32)


def solved(scene: Scene) -> CutOut:
    alpha = estimate_alpha(scene.image, scene.trimap)
    return CutOut(alpha, estimate_foreground(scene.image, alpha))


def alpha_error(scene: Scene, alpha: AlphaF32) -> float:
    """The mean squared error of alpha where it was unknown, in thousandths."""
    difference = alpha.astype(np.float64) - scene.alpha
    return 1000 * float(np.mean(difference[scene.unknown] ** 2))


def composite_error(scene: Scene, cut_out: CutOut) -> float:
    """How many levels of 255 the cut-out is off on other backgrounds, on average where alpha was unknown."""
    errors = [np.abs(cut_out.over(color) - scene.over(color))[scene.unknown] for color in COLORS]
    return float(np.mean(errors, dtype=np.float64))
