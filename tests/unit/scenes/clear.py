"""Subjects that let light through: glass, and smoke."""

import numpy as np
from numpy.typing import NDArray

from tests.unit.scenes.fields import between, grid, noise, octaves, painted, stripes
from tests.unit.scenes.scene import SHAPE, Field, Scene, scene
from tests.unit.scenes.shapes import coverage

__all__ = ["glass", "glass_interior", "smoke"]

MIDDLE = 100.0  # the bottle's axis
NECK, FOOT = 34.0, 146.0  # where the glass begins and ends
CORK = 18.0


def glass(seed: int) -> Scene:
    """A corked green bottle: tinted inside, nearly opaque at its sides, with one bright highlight."""
    rng = np.random.default_rng(seed)
    y, x = grid()
    outline = coverage(lambda y, x: (y > NECK) & (y < FOOT) & (np.abs(x - MIDDLE) < _half_width(y)))
    cork = coverage(lambda y, x: (y > CORK) & (y < NECK + 8) & (np.abs(x - MIDDLE) < 9.5))
    base = coverage(lambda y, x: (y > FOOT - 9) & (y < FOOT) & (np.abs(x - MIDDLE) < _half_width(y)))
    across = np.abs(x - MIDDLE) / _half_width(y)
    side = _smooth_step(0.72, 0.98, across)
    shine = _highlight(y, x)
    tint = 0.34 + 0.1 * (y - 90) / 60 + 0.04 * noise(rng, 40)
    body = np.clip(tint, 0.2, 0.5) + (0.95 - tint) * np.maximum(side, 0.93 * shine)
    alpha = np.maximum.reduce([outline * body, cork, base])
    green = painted((46, 112, 74), (noise(rng, 40), (18, 22, 16)), (noise(rng, 5), (6, 7, 6)))
    wood = painted((176, 130, 84), (octaves(rng, 8, 3), (40, 34, 26)))
    colored = between((0, 0, 0), (1, 1, 1), cork - cork * (y > NECK + 4))
    bright = between((0, 0, 0), (1, 1, 1), shine)
    foreground = green * (1 - colored) + wood * colored
    foreground = foreground * (1 - bright) + 250 * bright
    return scene("glass", alpha, foreground, _tiles(rng), band=3)


def glass_interior() -> NDArray[np.bool_]:
    """(height, width) bool: the tinted inside of the bottle, away from its sides, cork, base and highlight."""
    y, x = grid()
    across = np.abs(x - MIDDLE) / _half_width(y)
    inside: NDArray[np.bool_] = (y > NECK + 14) & (y < FOOT - 14) & (across < 0.66) & (_highlight(y, x) < 0.01)
    return inside


def smoke(seed: int) -> Scene:
    """Smoke before a dark room: nowhere opaque, so that no pixel is marked as surely the subject."""
    rng = np.random.default_rng(seed)
    y, x = grid()
    rise = (SHAPE[0] - y) / SHAPE[0]
    drift = x - 100 - 26 * rise * np.sin(4.5 * rise + rng.uniform(0, 2 * np.pi)) - 10 * noise(rng, 30)
    fading = _smooth_step(0, 0.25, rise) * _smooth_step(0.02, 0.2, 1 - rise)
    plume = fading * np.exp(-((drift / (12 + 40 * rise)) ** 2))
    wisps = 0.62 + 0.45 * octaves(rng, 34, 4)
    # Thin wisps end somewhere: what is below a few hundredths is no smoke.
    alpha = np.clip(plume * wisps - 0.04, 0, 0.85)
    grey = painted((214, 214, 218), (noise(rng, 60), (16, 16, 14)), (noise(rng, 6), (3, 3, 3)))
    room = painted(
        (44, 48, 62),
        (noise(rng, 70), (22, 20, 26)),
        (octaves(rng, 16, 3), (12, 11, 12)),
        (stripes(28, 0.1), (6, 5, 5)),
    )
    return scene("smoke", alpha, grey, room, band=2)


def _half_width(y: Field) -> Field:
    """Of the bottle at each height: a neck of 12, shoulders, a belly of 34 pixels to each side."""
    return 12 + 22 * _smooth_step(NECK + 14, NECK + 50, y)


def _highlight(y: Field, x: Field) -> Field:
    """0 to 1: a window's long reflection on the left of the belly."""
    away = ((x - MIDDLE + 15) / 4.5) ** 2 + ((y - 104) / 22) ** 2
    return np.exp(-(away**2))


def _tiles(rng: np.random.Generator) -> Field:
    """A kitchen wall: large tiles with blurred joints."""
    y, x = grid()
    joint = np.exp(-((((x - 14) / 34 % 1) - 0.5) * 14) ** 2) + np.exp(-((((y - 6) / 34 % 1) - 0.5) * 14) ** 2)
    return painted(
        (206, 196, 188), (joint, (-56, -50, -44)), (noise(rng, 40), (22, 24, 26)), (octaves(rng, 10, 3), (9, 9, 10))
    )


def _smooth_step(low: float, high: float, value: Field) -> Field:
    """0 below ``low``, 1 above ``high``, and without a kink in between."""
    part = np.clip((value - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)
