"""Strands: hair before two kinds of background, and fur."""

import numpy as np
from numpy.typing import NDArray

from tests.unit.scenes.fields import between, grid, noise, octaves, painted, stripes
from tests.unit.scenes.scene import SHAPE, Field, Scene, scene
from tests.unit.scenes.shapes import coverage, strands, strands_coverage

__all__ = ["fur", "hair_bright_sky", "hair_busy"]

HEAD = (112.0, 100.0, 40.0)  # y, x, radius
HAIRS = 150
FURS = 900
# Circles of y, x, radius: body, head, ears, paws, tail.
CAT = np.array(
    [
        (104, 88, 42), (66, 140, 29), (36, 123, 9), (36, 157, 9), (140, 70, 11), (140, 122, 11),
        (112, 44, 13), (98, 32, 9), (82, 26, 8), (66, 28, 7),
    ],
    np.float64,
)  # fmt: skip


def hair_bright_sky(seed: int) -> Scene:
    """Dark hair flying before a bright sky: the sky lightens every half-covered pixel."""
    rng = np.random.default_rng(seed)
    alpha, foreground = _head(rng)
    y, _ = grid()
    sky = between((150, 190, 242), (244, 242, 232), y / SHAPE[0] + 0.2 * noise(rng, 90))
    clouds = painted((0, 0, 0), (octaves(rng, 60, 3), (14, 11, 7)))
    return scene("hair_bright_sky", alpha, foreground, sky + clouds, band=2)


def hair_busy(seed: int) -> Scene:
    """The same hair before stripes and noise on all scales, some as dark as itself."""
    rng = np.random.default_rng(seed)
    alpha, foreground = _head(rng)
    angle = rng.uniform(0, np.pi)
    wall = painted(
        (142, 138, 118),
        (octaves(rng, 48, 5), (80, 60, 85)),
        (stripes(15, angle), (26, 34, 30)),
        (stripes(6.5, angle + 1.2), (14, 4, -10)),
    )
    return scene("hair_busy", alpha, foreground, wall, band=2)


def fur(seed: int) -> Scene:
    """A tabby's outline, short strands all along it, before grass that is partly as brown as itself."""
    rng = np.random.default_rng(seed)
    roots, outward = _cat_outline(rng)
    lengths = rng.uniform(4, 12, FURS)
    lean = outward + 0.5 + rng.normal(0, 0.35, FURS)  # combed to one side
    points = strands(roots, lean, lengths, rng.normal(0.4, 0.3, FURS), np.zeros(FURS), steps=4)
    radii = np.outer(rng.uniform(0.45, 0.8, FURS), [1, 0.9, 0.75, 0.5, 0.25])
    alpha = np.maximum(coverage(_cat), strands_coverage(points, radii))
    coat = painted(
        (160, 124, 86),
        (stripes(17, 0.5, rng.uniform(0, 6)) + noise(rng, 30), (26, 26, 24)),
        (octaves(rng, 7, 2), (30, 27, 22)),
        (noise(rng, 2), (20, 18, 15)),
    )
    grass = painted(
        (108, 136, 70),
        (noise(rng, 45), (42, 28, 26)),
        (octaves(rng, 18, 3), (34, 26, 14)),
        (stripes(5, 0.15, rng.uniform(0, 6)) * noise(rng, 12), (14, 16, 8)),
    )
    return scene("fur", alpha, _with_face(coat), grass, band=4)


def _head(rng: np.random.Generator) -> tuple[Field, Field]:
    """A head of flying hair: alpha (height, width), and its colour everywhere (height, width, 3)."""
    top, left, radius = HEAD
    around = np.pi * (1 + np.linspace(-0.12, 1.12, HAIRS)) + rng.normal(0, 0.05, HAIRS)  # left over the top to right
    roots = np.stack([top + (radius - 3) * np.sin(around), left + (radius - 3) * np.cos(around)], axis=-1)
    lengths = rng.uniform(18, 72, HAIRS)
    headings = around + rng.normal(0, 0.35, HAIRS)
    bend, wave = rng.normal(0, 0.9, HAIRS), rng.normal(0, 0.25, HAIRS)
    points = strands(roots, headings, lengths, bend, wave, steps=14)
    # 1 to 3 pixels wide at the root, and running out at the tip.
    radii = np.outer(rng.uniform(0.5, 1.5, HAIRS), np.linspace(1, 0.3, 15))
    solid = coverage(_head_and_shoulders)
    alpha = np.maximum(solid, strands_coverage(points, radii))
    foreground = painted(
        (62, 44, 32),
        (noise(rng, 40), (20, 16, 12)),
        (octaves(rng, 10, 3), (26, 21, 15)),
        (stripes(3.5, 0.3) * noise(rng, 15), (16, 13, 10)),
    )
    return alpha, foreground


def _head_and_shoulders(y: Field, x: Field) -> NDArray[np.bool_]:
    top, left, radius = HEAD
    head = np.hypot(y - top, x - left) < radius
    shoulders = ((y - 178) / 34) ** 2 + ((x - left) / 66) ** 2 < 1
    inside: NDArray[np.bool_] = head | shoulders
    return inside


def _cat(y: Field, x: Field, inset: float = 0) -> NDArray[np.bool_]:
    circles = [(y - top) ** 2 + (x - left) ** 2 < (radius - inset) ** 2 for top, left, radius in CAT]
    inside: NDArray[np.bool_] = np.logical_or.reduce(circles)
    return inside


def _cat_outline(rng: np.random.Generator) -> tuple[Field, Field]:
    """Places on the outline (`FURS`, 2) as y and x, and the direction outward there (`FURS`,) in radians."""
    radii = CAT[:, 2]
    top, left, radius = CAT[rng.choice(len(CAT), 4 * FURS, p=radii / radii.sum())].T
    around = rng.uniform(0, 2 * np.pi, 4 * FURS)
    y, x = top + radius * np.sin(around), left + radius * np.cos(around)
    inset = 1.5  # roots under the skin, but not where one circle lies in another
    visible = np.flatnonzero(~_cat(y, x, inset))[:FURS]
    roots = np.stack([y - inset * np.sin(around), x - inset * np.cos(around)], axis=-1)
    return roots[visible], around[visible]


def _with_face(coat: Field) -> Field:
    """Two eyes and a nose, so that people see which animal it is."""
    y, x = grid()
    _, (top, left, _), *_ = CAT
    eyes = [np.exp(-(((np.hypot(y - top + 3, x - left - aside)) / 4) ** 4)) for aside in (-10, 10)]
    nose = np.exp(-(((np.hypot(y - top - 9, (x - left) * 0.7)) / 2.5) ** 4))
    dark: Field = 0.85 * np.sum([*eyes, nose], axis=0)
    return coat * (1 - dark[..., np.newaxis])
