"""Solve a scene as the pipeline would, and measure how far that is from the truth."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, AlphaU8, RgbU8
from tests.unit.scenes.scene import Scene

__all__ = ["SEED", "CutOut", "Solver", "alpha_error", "composite_error", "find_solver", "solved"]

SEED = 1
"""Of the scenes that stored measurements are of."""
# Complementary, so that each channel is seen before both its ends.
COLORS = ((255, 0, 255), (0, 255, 0))


@dataclass(frozen=True)
class Solver:
    """The two steps of matting: alpha from a picture and a trimap, then the subject's own colours."""

    estimate_alpha: Callable[[RgbU8, AlphaU8], AlphaF32]
    estimate_foreground: Callable[[RgbU8, AlphaF32], RgbU8]


@dataclass(frozen=True)
class CutOut:
    """What a solver made of a scene: alpha (height, width) float32, foreground (height, width, 3) uint8."""

    alpha: AlphaF32
    foreground: RgbU8

    def over(self, color: Sequence[float]) -> NDArray[np.float32]:
        """On one colour (0 to 255), unrounded: (height, width, 3) float32."""
        alpha = self.alpha[..., np.newaxis]
        return alpha * self.foreground + (1 - alpha) * np.asarray(color, np.float32)


def find_solver() -> Solver | None:
    """The package's own solver, or None where it has none: the scenes can be looked at without it."""
    try:
        matting, foreground = (importlib.import_module(f"gossamer.{name}") for name in ("matting", "foreground"))
    except ModuleNotFoundError as error:
        if error.name not in ("gossamer.matting", "gossamer.foreground"):
            raise  # it is there, but broken
        return None
    return Solver(matting.estimate_alpha, foreground.estimate_foreground)


def solved(scene: Scene, solver: Solver) -> CutOut:
    alpha = solver.estimate_alpha(scene.image, scene.trimap)
    return CutOut(alpha, solver.estimate_foreground(scene.image, alpha))


def alpha_error(scene: Scene, alpha: AlphaF32) -> float:
    """The mean squared error of alpha where it was unknown, in thousandths."""
    difference = alpha.astype(np.float64) - scene.alpha
    return 1000 * float(np.mean(difference[scene.unknown] ** 2))


def composite_error(scene: Scene, cut_out: CutOut) -> float:
    """How many levels of 255 the cut-out is off on other backgrounds, on average where alpha was unknown."""
    errors = [np.abs(cut_out.over(color) - scene.over(color))[scene.unknown] for color in COLORS]
    return float(np.mean(errors, dtype=np.float64))
