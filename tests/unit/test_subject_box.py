"""The box around a subject, against plain loops."""

import numpy as np
import pytest

from gossamer.arrays import AlphaU8
from gossamer.finish import subject_box
from gossamer.finish.subject_box import VISIBLE


def empty(height: int, width: int) -> AlphaU8:
    return np.zeros((height, width), dtype=np.uint8)


@pytest.mark.parametrize("seed", range(60))
def test_one_rectangle_of_any_level_is_found_to_the_pixel(seed: int) -> None:
    random = np.random.default_rng(seed)
    height, width = map(int, random.integers(1, 700, 2))
    alpha = empty(height, width)
    x, y = int(random.integers(width)), int(random.integers(height))
    w, h = int(random.integers(1, width - x + 1)), int(random.integers(1, height - y + 1))
    alpha[y : y + h, x : x + w] = random.integers(VISIBLE, 256)
    assert subject_box(alpha) == (x, y, w, h)


def test_a_hair_that_sticks_out_belongs_to_it() -> None:
    alpha = empty(2000, 3000)
    alpha[800:1900, 1000:2000] = 255
    alpha[300:800, 1500] = 60  # one pixel wide, in cells of twelve
    assert subject_box(alpha) == (1000, 300, 1000, 1600)


def test_what_is_near_belongs_to_it_and_a_far_speck_does_not() -> None:
    alpha = empty(1000, 1000)
    alpha[300:900, 300:700] = 255
    whole = (300, 300, 400, 600)
    alpha[10:14, 980:985] = 255
    assert subject_box(alpha) == whole
    alpha[295:298, 500:503] = 255  # two pixels away
    assert subject_box(alpha) == (300, 295, 400, 605)
    alpha[100:160, 100:160] = 255  # a second thing, of a seventieth of its size
    assert subject_box(alpha) == (100, 100, 600, 800)


def test_haze_is_not_seen() -> None:
    alpha = np.full((400, 500), VISIBLE - 1, dtype=np.uint8)
    assert subject_box(alpha) is None
    alpha[100:200, 50:350] = 255
    assert subject_box(alpha) == (50, 100, 300, 100)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (3, 4000)])
def test_extreme_shapes(shape: tuple[int, int]) -> None:
    alpha = empty(*shape)
    assert subject_box(alpha) is None
    alpha[-1, -1] = 255
    assert subject_box(alpha) == (shape[1] - 1, shape[0] - 1, 1, 1)
    alpha[...] = 255
    assert subject_box(alpha) == (0, 0, shape[1], shape[0])


def test_the_matte_is_left_as_it_was() -> None:
    alpha = np.random.default_rng(3).integers(0, 256, (300, 400), dtype=np.uint8)[:, ::2]  # not contiguous
    before = alpha.copy()
    assert subject_box(alpha) == (0, 0, 200, 300)
    np.testing.assert_array_equal(alpha, before)
