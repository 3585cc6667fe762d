"""A photo with its trimap at half the size, against plain loops over blocks."""

import numpy as np
import pytest

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, colors_at
from gossamer.matting.reduced import SETTLED, Problem
from tests.unit.pictures import noise

SIZES = [(8, 12), (7, 12), (8, 11), (7, 11), (1, 9), (9, 1), (1, 1), (2, 2)]


def problem(size: tuple[int, int], channels: int = 4) -> Problem:
    """In blocks of a few pixels, so that some agree and some don't."""
    coarse = np.random.default_rng(3).choice([BACKGROUND, UNKNOWN, FOREGROUND, SETTLED], size)
    trimap = np.repeat(np.repeat(coarse, 3, axis=0), 3, axis=1)[: size[0], : size[1]].astype(np.uint8)
    return Problem.of(noise((*size, channels)), trimap, noise(size, 1))


@pytest.mark.parametrize("size", SIZES)
def test_certain_if_all_are_and_unknown_if_any_is(size: tuple[int, int]) -> None:
    whole = problem(size)
    half = whole.halved().trimap
    assert half.dtype == np.uint8
    assert half.shape == (-(-size[0] // 2), -(-size[1] // 2))
    for row, column in np.ndindex(half.shape):
        block = set(whole.trimap[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].ravel().tolist())
        (first, *others) = sorted(block)
        wanted = UNKNOWN if UNKNOWN in block else SETTLED if others else first
        assert half[row, column] == wanted


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("channels", [3, 4])
def test_colours_and_alpha_are_means(size: tuple[int, int], channels: int) -> None:
    whole = problem(size, channels)
    half = whole.halved()
    assert half.rgba.shape[:2] == half.known.shape == half.trimap.shape
    for row, column in np.ndindex(half.known.shape):
        block = np.s_[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        np.testing.assert_allclose(
            half.rgba[row, column, :3], whole.rgba[block][..., :3].mean(axis=(0, 1)), atol=0.51
        )
        np.testing.assert_allclose(half.known[row, column], whole.known[block].mean(), atol=0.51)


def test_halves_can_be_halved_down_to_one_pixel() -> None:
    whole = problem((37, 50))
    for _ in range(6):
        whole = whole.halved()
    assert whole.rgba.shape[:2] == whole.trimap.shape == (1, 1)
    assert whole.unknown.all()


def test_three_channels_become_four_and_a_window_its_own_memory() -> None:
    rgb, trimap = noise((6, 9, 3)), np.zeros((4, 5), dtype=np.uint8)
    whole = Problem.of(rgb[1:5, 2:7], trimap, trimap)
    assert whole.rgba.flags.c_contiguous
    np.testing.assert_array_equal(whole.rgba[..., :3], rgb[1:5, 2:7])
    assert Problem.of(whole.rgba, trimap, trimap).rgba is whole.rgba  # no copy where none is needed


def test_colours_at_some_pixels_are_planes() -> None:
    rgba = noise((6, 9, 4))
    pixels = np.array([[0, 53, 7], [8, 9, 30]])
    colors = colors_at(rgba, pixels)
    assert colors.dtype == np.float32
    np.testing.assert_array_equal(colors, np.moveaxis(rgba[pixels // 9, pixels % 9, :3], -1, 0))
