"""Edges that are hard to see, and edges of every width."""

from dataclasses import dataclass

import numpy as np

from tests.unit.scenes.fields import grid, noise, octaves, painted, stripes
from tests.unit.scenes.scene import SHAPE, Scene, scene
from tests.unit.scenes.shapes import climb

__all__ = ["RAMPS", "Ramp", "low_contrast", "ramp", "ramp_geometry"]

RAMPS = (2, 5, 10, 20, 40, 60)
"""Widths in pixels."""


def low_contrast(seed: int) -> Scene:
    """A soft-edged leaf on leaves: their mean colours are 12 levels apart, less than their textures span."""
    rng = np.random.default_rng(seed)
    y, x = grid()
    radius = np.hypot((y - 80) * 1.15, x - 100) + 9 * noise(rng, 45)
    alpha = np.clip((52 - radius) / 5 + 0.5, 0, 1)
    leaf = painted((124, 136, 110), (octaves(rng, 14, 3), (7, 7, 6)), (noise(rng, 2), (3, 3, 3)))
    leaves = painted((112, 124, 98), (octaves(rng, 20, 3), (6, 7, 7)), (noise(rng, 2), (3, 3, 3)))
    return scene("low_contrast", alpha, leaf, leaves, band=4)


@dataclass(frozen=True)
class Ramp:
    """One patch of the scene `ramp`: alpha climbs from ``start`` over ``width`` pixels, to the right or downward."""

    rows: slice
    columns: slice
    start: float
    width: int
    downward: bool

    def __str__(self) -> str:
        return f"{self.width}-{'down' if self.downward else 'right'}"


def ramp(seed: int) -> Scene:
    """A chart: alpha climbs evenly over each width of `RAMPS`, to the right on one half, downward on the other."""
    rng = np.random.default_rng(seed)
    alpha = np.zeros(SHAPE)
    for patch in ramp_geometry():
        if patch.downward:
            alpha[patch.rows, patch.columns] = climb(patch.start, patch.width, SHAPE[0])[patch.rows, np.newaxis]
        else:
            alpha[patch.rows, patch.columns] = climb(patch.start, patch.width, SHAPE[1])[patch.columns]
    warm = painted((206, 128, 62), (noise(rng, 50), (30, 26, 20)), (octaves(rng, 9, 3), (24, 22, 18)))
    cool = painted((62, 92, 150), (noise(rng, 60), (22, 26, 34)), (octaves(rng, 10, 3), (24, 24, 26)))
    return scene("ramp", alpha, warm, cool + painted((0, 0, 0), (stripes(11, 0.6), (5, 5, 5))), band=2)


def ramp_geometry() -> list[Ramp]:
    """All patches: the left half in six rows, the right half in six columns."""
    patches = []
    for index, width in enumerate(RAMPS):
        row, column = 8 + 24 * index, 100 + 16 * index
        patches.append(Ramp(slice(row, row + 24), slice(0, 100), 50 - width / 2, width, downward=False))
        patches.append(Ramp(slice(8, 152), slice(column, column + 16), 80 - width / 2, width, downward=True))
    return patches
