"""Compositing, exhaustively against exact rational arithmetic."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest

from gossamer.compose import binary, cut_out, limit_to, over_color
from tests.unit.pictures import noise

LEVELS = np.arange(256, dtype=np.uint8)
# All 65,536 pairs: rows are the one value, columns the other.
ROWS, COLUMNS = (np.ascontiguousarray(grid) for grid in np.meshgrid(LEVELS, LEVELS, indexing="ij"))


def nearest(numerator: int) -> int:
    """``numerator`` / 255 rounded. There are no ties: 255 is odd."""
    return floor(Fraction(numerator, 255) + Fraction(1, 2))


NEAREST = np.array([nearest(numerator) for numerator in range(255 * 255 + 1)])


def test_what_shows_through_both_is_never_more_than_either() -> None:
    product = limit_to(ROWS, COLUMNS)
    assert product.dtype == np.uint8
    assert (product <= np.minimum(ROWS, COLUMNS)).all()
    np.testing.assert_array_equal(product, NEAREST[ROWS.astype(int) * COLUMNS])
    np.testing.assert_array_equal(product, limit_to(COLUMNS, ROWS))


def test_opaque_and_clear_leave_and_take_all() -> None:
    np.testing.assert_array_equal(limit_to(ROWS, np.full_like(ROWS, 255)), ROWS)
    np.testing.assert_array_equal(limit_to(ROWS, np.zeros_like(ROWS)), 0)


@pytest.mark.parametrize("background", [0, 1, 37, 127, 128, 254, 255])
def test_composites_are_rounded_exactly(background: int) -> None:
    rgba = np.stack([ROWS, ROWS, ROWS, COLUMNS], axis=-1)
    result = over_color(rgba, (background, 255 - background, background))
    for channel, value in enumerate((background, 255 - background, background)):
        exact = NEAREST[ROWS.astype(int) * COLUMNS + value * (255 - COLUMNS.astype(int))]
        np.testing.assert_array_equal(result[..., channel], exact)
    assert (result[..., 3] == 255).all()
    assert result is rgba


def test_cutting_out_puts_alpha_under_colour_and_clears_what_is_hidden() -> None:
    rgba = noise((31, 37, 4))
    before = rgba.copy()
    alpha = noise((31, 37), seed=1)
    alpha[::3] = 0
    assert cut_out(rgba, alpha) is rgba
    np.testing.assert_array_equal(rgba[..., 3], alpha)
    np.testing.assert_array_equal(rgba[alpha == 0], 0)
    np.testing.assert_array_equal(rgba[alpha > 0, :3], before[alpha > 0, :3])


def test_binary_alpha_by_exact_comparison() -> None:
    for threshold in [1e-9, 0.1, 1 / 3, 0.5, 0.9, 1.0, *np.random.default_rng(2).random(50)]:
        wanted = [255 if Fraction(level, 255) >= Fraction(threshold) else 0 for level in range(256)]
        np.testing.assert_array_equal(binary(LEVELS[np.newaxis], threshold)[0], wanted)


def test_a_threshold_that_is_a_level_takes_that_level_in() -> None:
    for level in range(1, 256):
        result = binary(LEVELS[np.newaxis], level / 255)[0]
        assert result[level] == 255
        assert result[level - 1] == 0
        assert result.dtype == np.uint8
