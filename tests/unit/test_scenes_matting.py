"""Matting on scenes whose answer is known: not worse than it was, and right in what people would see."""

from functools import cache

import numpy as np
import pytest

from gossamer.arrays import BACKGROUND, FOREGROUND, alpha_to_u8
from tests.unit.scenes import ALL, Scene
from tests.unit.scenes.clear import glass_interior
from tests.unit.scenes.score import SEED, CutOut, alpha_error, composite_error, solved
from tests.unit.scenes.thin import HUB, RIM, WHEEL, spokes_geometry

# What `python -m tests.unit.scenes` prints: the mean squared error of alpha where it was unknown, in thousandths, and
# by how many levels the cut-out is off there on other backgrounds.
STORED: dict[str, tuple[float, float]] = {
    "hair_bright_sky": (0.22, 1.13),
    "hair_busy": (19.60, 11.88),
    "fur": (2.29, 4.26),
    "lace": (8.60, 6.85),
    "spokes": (1.10, 1.89),
    "glass": (23.14, 8.00),
    "motion_blur": (1.96, 4.28),
    "defocus": (0.27, 1.84),
    "smoke": (4.09, 6.94),
    "low_contrast": (9.79, 8.88),
    "one_row": (0.27, 0.68),
    "ramp": (0.22, 2.03),
}
every_scene = pytest.mark.parametrize("name", ALL)


@cache
def scene(name: str) -> Scene:
    return ALL[name](SEED)


@cache
def cut_out(name: str) -> CutOut:
    return solved(scene(name))


def test_every_scene_has_its_stored_errors() -> None:
    assert list(STORED) == list(ALL)


@every_scene
def test_no_worse_than_it_was(name: str) -> None:
    alpha, colors = STORED[name]
    assert alpha_error(scene(name), cut_out(name).alpha) <= alpha * 1.05 + 0.1
    assert composite_error(scene(name), cut_out(name)) <= colors * 1.05 + 0.1


@every_scene
def test_alpha_stays_in_range_and_keeps_what_is_known(name: str) -> None:
    alpha, trimap = cut_out(name).alpha, scene(name).trimap
    assert alpha.dtype == np.float32
    assert alpha.shape == trimap.shape
    assert ((alpha >= 0) & (alpha <= 1)).all()
    assert (alpha[trimap == FOREGROUND] == 1).all()
    assert (alpha[trimap == BACKGROUND] == 0).all()


def test_each_spoke_reaches_from_hub_to_rim() -> None:
    along = np.arange(HUB + 2, RIM - 2)
    for angle in spokes_geometry(SEED)[0]:
        rows, columns = (
            (center + along * part).astype(int)
            for center, part in zip(WHEEL, (np.sin(angle), np.cos(angle)), strict=True)
        )
        assert (scene("spokes").alpha[rows, columns] > 0.3).all()
        assert (cut_out("spokes").alpha[rows, columns] > 0.3).mean() >= 0.9


def test_glass_stays_clear() -> None:
    inside = glass_interior()
    alpha = cut_out("glass").alpha[inside]
    assert abs(alpha.mean() - scene("glass").alpha[inside].mean()) < 0.15
    assert alpha_to_u8(alpha).max() < 255


def test_what_moved_stays_soft() -> None:
    alphas = (cut_out("motion_blur").alpha, scene("motion_blur").alpha)
    found, true = (np.count_nonzero((alpha > 0.05) & (alpha < 0.95)) for alpha in alphas)
    assert found >= 0.7 * true


def test_hair_leaves_the_sky_behind() -> None:
    hair = scene("hair_bright_sky")
    soft = (hair.alpha > 0.2) & (hair.alpha < 0.9)
    before, after = (
        np.abs(colors.astype(np.float64) - hair.foreground)[soft].mean()
        for colors in (hair.image, cut_out("hair_bright_sky").foreground)
    )
    assert after <= 0.7 * before
