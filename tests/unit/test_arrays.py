"""Float alpha to bytes, against exact rational arithmetic."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest

from gossamer.arrays import alpha_to_u8

# Product and sum are each rounded by at most half a float32 step below 256, which is 2⁻¹⁶ levels.
ARITHMETIC_LEVELS = Fraction(1, 2**16)


def exact_level(alpha: np.float32) -> Fraction:
    return min(max(Fraction(float(alpha)) * 255, Fraction(0)), Fraction(255))


def around_half_levels() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The floats next to each k + ½ levels, three on either side."""
    values = []
    for level in range(255):
        value = np.float32((level + 0.5) / 255)
        down, up = np.float32(-np.inf), np.float32(np.inf)
        steps = [value]
        for direction in (down, up):
            near = value
            for _ in range(3):
                near = np.nextafter(near, direction)
                steps.append(near)
        values += steps
    return np.array(values, dtype=np.float32)


def test_rounds_to_the_nearest_level_next_to_every_half_level() -> None:
    alpha = around_half_levels()
    for value, level in zip(alpha, alpha_to_u8(alpha[np.newaxis])[0], strict=True):
        assert abs(exact_level(value) - int(level)) <= Fraction(1, 2) + ARITHMETIC_LEVELS


def test_agrees_with_exact_arithmetic_away_from_half_levels() -> None:
    alpha = np.random.default_rng(1).random((1, 5000), dtype=np.float32)
    for value, level in zip(alpha[0], alpha_to_u8(alpha)[0], strict=True):
        exact = exact_level(value)
        if abs(exact - floor(exact) - Fraction(1, 2)) > ARITHMETIC_LEVELS:
            assert int(level) == floor(exact + Fraction(1, 2))


def test_every_level_survives_the_way_to_float_and_back() -> None:
    levels = np.arange(256, dtype=np.uint8)[np.newaxis]
    np.testing.assert_array_equal(alpha_to_u8(levels.astype(np.float32) / np.float32(255)), levels)


def test_the_one_exact_tie_goes_up() -> None:
    assert alpha_to_u8(np.array([[0.5]], dtype=np.float32)) == 128


def test_nearly_opaque_is_opaque() -> None:
    assert alpha_to_u8(np.array([[0.999]], dtype=np.float32)) == 255


@pytest.mark.parametrize(
    ("alpha", "level"), [(np.nan, 0), (-0.2, 0), (-1e30, 0), (-np.inf, 0), (1.2, 255), (1e30, 255), (np.inf, 255)]
)
def test_what_is_no_alpha_is_clipped(alpha: float, level: int) -> None:
    assert alpha_to_u8(np.array([[alpha]], dtype=np.float32)) == level


def test_makes_a_new_array_and_leaves_its_input_alone() -> None:
    alpha = np.array([[0.25, np.nan, 2]], dtype=np.float32)
    before = alpha.copy()
    result = alpha_to_u8(alpha)
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(alpha, before)
