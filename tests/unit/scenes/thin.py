"""Hard shapes about as thin as a pixel: lace, a wheel's spokes, a single row."""

import numpy as np
from numpy.typing import NDArray

from tests.unit.scenes.fields import between, grid, noise, octaves, painted, stripes
from tests.unit.scenes.scene import SHAPE, Field, Scene, scene
from tests.unit.scenes.shapes import climb, coverage

__all__ = ["ROW", "lace", "one_row", "spokes", "spokes_geometry"]

WHEEL = (80.0, 100.0)  # y, x
HUB, RIM, TYRE = 10.0, 64.0, 72.0  # radii
SPOKES = 20
ROW = 70


def lace(seed: int) -> Scene:
    """A doily on a checked cloth: a net whose threads are one to two pixels wide, between solid flowers and hem."""
    rng = np.random.default_rng(seed)
    turn = rng.uniform(0, 2 * np.pi)
    alpha = coverage(lambda y, x: _doily(y - 80, x - 100, turn))
    linen = painted(
        (226, 218, 202),
        (noise(rng, 50), (16, 16, 18)),
        (stripes(3, 0.5) * stripes(3, 2.07), (12, 12, 12)),
        (noise(rng, 3), (6, 6, 6)),
    )
    cloth = painted(
        (136, 68, 76),
        (noise(rng, 60), (30, 12, 18)),
        (octaves(rng, 9, 3), (26, 18, 16)),
        (stripes(26, 0.1) + stripes(26, 0.1 + np.pi / 2), (30, 44, 40)),
    )
    return scene("lace", alpha, linen, cloth, band=1)


def spokes(seed: int) -> Scene:
    """A wheel whose straight spokes are 1.2 to 2 pixels wide, before a wall and its shadow."""
    rng = np.random.default_rng(seed)
    angles, widths = spokes_geometry(seed)
    alpha = coverage(lambda y, x: _wheel(y, x, angles, widths))
    steel = painted((48, 52, 60), (noise(rng, 40), (22, 22, 24)), (octaves(rng, 8, 2), (12, 12, 12)))
    y, x = grid()
    wall = between((196, 178, 150), (150, 166, 182), (x + 0.4 * y) / 260 + 0.25 * noise(rng, 70))
    plaster = painted((0, 0, 0), (octaves(rng, 14, 3), (16, 15, 13)), (noise(rng, 2), (4, 4, 4)))
    return scene("spokes", alpha, steel, wall + plaster, band=2)


def spokes_geometry(seed: int) -> tuple[Field, Field]:
    """The directions (n,) of the spokes of a seed in radians, evenly apart, and their widths (n,) in pixels.

    They run from radius `HUB` to `RIM` around `WHEEL`.
    """
    rng = np.random.default_rng((seed, SPOKES))  # a stream of its own: the scene's colours don't move it
    angles = rng.uniform(0, 2 * np.pi) + np.linspace(0, 2 * np.pi, SPOKES, endpoint=False)
    return angles, rng.uniform(1.2, 2, SPOKES)


def one_row(seed: int) -> Scene:
    """A taut wire: one row of pixels that the subject covers whole, but for its two ends, which fade."""
    rng = np.random.default_rng(seed)
    height, width = SHAPE
    alpha = np.zeros(SHAPE)
    alpha[ROW] = np.minimum(climb(20, 24, width), climb(width - 180, 24, width)[::-1])
    wire = painted((196, 72, 40), (noise(rng, 30), (30, 24, 16)), (noise(rng, 3), (12, 8, 6)))
    y, _ = grid()
    sky = between((70, 96, 150), (168, 186, 206), y / height + 0.2 * noise(rng, 60))
    haze = painted((0, 0, 0), (octaves(rng, 20, 3), (14, 13, 11)))
    return scene("one_row", alpha, wire, sky + haze, band=3)


def _doily(y: Field, x: Field, turn: float) -> NDArray[np.bool_]:
    """Around the origin: a flower in the middle, a net, small flowers in it, a scalloped hem with eyelets."""
    radius, angle = np.hypot(y, x), np.arctan2(y, x) + turn
    edge = 68 + 5 * np.abs(np.cos(8 * angle))
    hem = (radius > 57) & ~_petals(radius - 64, angle, 16, 64, 3)
    middle = radius < 13 + 6 * np.cos(6 * angle)
    flowers = _petals(radius - 38, angle, 6, 38, 9)
    inside: NDArray[np.bool_] = (radius < edge) & (hem | middle | flowers | (_net(y, x) & (radius < 58)))
    return inside


def _petals(out: Field, angle: Field, count: int, at: float, size: float) -> NDArray[np.bool_]:
    """``count`` discs of radius ``size`` on a circle of radius ``at``, ``out`` being how far from that circle."""
    step = 2 * np.pi / count
    aside = at * (angle - step * np.rint(angle / step))
    inside: NDArray[np.bool_] = np.hypot(out, aside) < size
    return inside


def _net(y: Field, x: Field) -> NDArray[np.bool_]:
    """What is left between round holes, of which every other row is shifted; threads of 1 to 2 pixels."""
    apart = 6.5
    high = apart * np.sqrt(3)
    holes = [
        np.hypot(y + dy - high * np.rint((y + dy) / high), x + dx - apart * np.rint((x + dx) / apart))
        for dy, dx in ((0, 0), (high / 2, apart / 2))
    ]
    thread = 1.5 + 0.5 * np.sin(x / 19) * np.cos(y / 23)
    inside: NDArray[np.bool_] = np.minimum(*holes) > (apart - thread) / 2
    return inside


def _wheel(y: Field, x: Field, angles: Field, widths: Field) -> NDArray[np.bool_]:
    dy, dx = y - WHEEL[0], x - WHEEL[1]
    radius, angle = np.hypot(dy, dx), np.arctan2(dy, dx)
    step = 2 * np.pi / len(angles)
    nearest = np.rint((angle - angles[0]) / step).astype(int)
    aside = radius * np.abs(np.sin(angle - angles[0] - nearest * step))
    spoke = (aside < widths[nearest % len(widths)] / 2) & (radius < TYRE)
    tyre = (radius > RIM) & (radius < TYRE)
    inside: NDArray[np.bool_] = spoke | tyre | (radius < HUB)
    return inside
