"""Subjects that the camera blurred. Light is what gets blurred: αF, and α."""

import numpy as np
from numpy.typing import NDArray

from tests.unit.scenes.fields import between, grid, noise, octaves, painted, stripes
from tests.unit.scenes.scene import SHAPE, Field, Scene, scene
from tests.unit.scenes.shapes import SAMPLES, coverage, interval

__all__ = ["defocus", "motion_blur", "moved_box"]

BOX = (48.0, 66.0, 112.0, 130.0)  # top, left, bottom, right, halfway through the exposure
EXPOSURES = 64
LENS = 6.0  # radius of the blur


def motion_blur(seed: int) -> Scene:
    """A textured square that moved some 40 pixels while the shutter was open."""
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, 2 * np.pi)
    motion = (40 * np.sin(angle), 40 * np.cos(angle))
    alpha, foreground = moved_box(BOX, motion)
    street = painted(
        (118, 132, 128),
        (noise(rng, 60), (44, 38, 40)),
        (octaves(rng, 18, 4), (26, 26, 30)),
        (stripes(22, 1.4), (8, 8, 8)),
    )
    light = painted((0, 0, 0), (noise(rng, 40), (8, 8, 8)))
    return scene("motion_blur", alpha, foreground + light, street, band=2)


def moved_box(box: tuple[float, float, float, float], motion: tuple[float, float]) -> tuple[Field, Field]:
    """What a patterned box leaves on a picture while it moves evenly.

    Parameters
    ----------
    box
        Top, left, bottom and right, in pixels, halfway.
    motion
        From the first moment to the last, down and to the right.

    Returns
    -------
    alpha : (height, width) float64
    foreground : (height, width, 3) float64
        Where the box never was, the moved pattern as if it went on.
    """
    top, left, bottom, right = box
    height, width = SHAPE
    y, x = grid()
    when = (np.arange(EXPOSURES) + 0.5) / EXPOSURES - 0.5
    down, aside = when * motion[0], when * motion[1]
    rows, columns = interval(top + down, bottom + down, height), interval(left + aside, right + aside, width)
    patterns = [_pattern(y - dy, x - dx) for dy, dx in zip(down, aside, strict=True)]
    boxes = rows[:, :, np.newaxis] * columns[:, np.newaxis]
    alpha = boxes.mean(axis=0)
    light = np.mean([box * pattern for box, pattern in zip(boxes, patterns, strict=True)], axis=0)
    everywhere = np.mean(patterns, axis=0)
    share = np.divide(light, alpha, out=everywhere, where=alpha > 0)
    return alpha, between((38, 40, 84), (244, 170, 62), share)


def defocus(seed: int) -> Scene:
    """A flower far out of focus before a sharp hedge."""
    rng = np.random.default_rng(seed)
    turn = rng.uniform(0, 2 * np.pi)
    sharp = coverage(lambda y, x: _flower(y - 80, x - 100, turn))
    y, x = grid()
    heart = np.exp(-((np.hypot(y - 80, x - 100) / 17) ** 4))
    petals = painted((206, 74, 128), (noise(rng, 30), (34, 26, 30)), (octaves(rng, 8, 3), (28, 22, 24)))
    flower = np.clip(petals + heart[..., np.newaxis] * np.array((30, 120, -60)), 0, 255)
    light, alpha = _blurred(np.dstack([sharp[..., np.newaxis] * flower, sharp])), _blurred(sharp[..., np.newaxis])
    everywhere = _blurred(flower)
    foreground = np.divide(light[..., :3], alpha, out=everywhere, where=alpha > 0)
    hedge = painted((58, 88, 60), (noise(rng, 40), (26, 30, 20)), (octaves(rng, 12, 4), (44, 44, 34)))
    return scene("defocus", alpha[..., 0], foreground, hedge, band=2)


def _flower(y: Field, x: Field, turn: float) -> NDArray[np.bool_]:
    """Six petals around the origin."""
    inside: NDArray[np.bool_] = np.hypot(y, x) < 44 + 12 * np.cos(6 * np.arctan2(y, x) + turn)
    return inside


def _pattern(y: Field, x: Field) -> Field:
    """(height, width), 0 to 1: checks with a finer weave, defined between pixels as well."""
    checks = np.sin(2 * np.pi * y / 23) * np.sin(2 * np.pi * x / 27)
    weave = np.sin(2 * np.pi * (y + x) / 9)
    pattern: Field = 0.5 + 0.36 * checks + 0.1 * weave
    return pattern


def _blurred(light: Field) -> Field:
    """(height, width, channels), each pixel spread over a disc of radius `LENS`; edges go on outside."""
    reach = int(np.ceil(LENS))
    side = 2 * reach + 1
    # Whole numbers, so that no rounding keeps alpha from being exactly 1 inside.
    disc = coverage(lambda y, x: np.hypot(y - side / 2, x - side / 2) < LENS, (side, side)) * SAMPLES**2
    height, width, _ = light.shape
    padded = np.pad(light, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    spread = np.zeros_like(light)
    for dy, dx in np.argwhere(disc):
        spread += disc[dy, dx] * padded[dy : dy + height, dx : dx + width]
    spread /= disc.sum()
    return spread
