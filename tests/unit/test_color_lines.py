"""Alpha of a reduced photo carried to its own pixels: exact where it is affine in colour, flat where it is flat."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, RgbaU8, RgbU8
from gossamer.matting.color_lines import ColorLines
from gossamer.matting.reduced import Problem
from tests.unit.pictures import noise, soft

LEVEL = 1 / 255


def reduced(rgb: RgbU8, times: int) -> RgbaU8:
    """As the solver reduces a photo."""
    nothing = np.zeros(rgb.shape[:2], dtype=np.uint8)
    problem = Problem.of(rgb, nothing, nothing)
    for _ in range(times):
        problem = problem.halved()
    return problem.rgba


def packed(rgb: RgbU8) -> RgbaU8:
    """With a fourth channel, that nobody reads."""
    return np.dstack([rgb, rgb[..., 0]])


def full(lines: ColorLines, rgb: RgbU8) -> AlphaF32:
    """Alpha of all pixels of the photo."""
    rows, columns = (index.ravel() for index in np.indices(rgb.shape[:2]))
    colors = rgb[..., :3].reshape(-1, 3).T.astype(np.float32)
    return lines.alpha(colors, rows.astype(np.int32), columns.astype(np.int32)).reshape(rgb.shape[:2])


def affine(rgb: RgbU8) -> NDArray[np.float64]:
    """An alpha that stays between 0 and 1 whatever the colour."""
    alpha: NDArray[np.float64] = rgb[..., :3] / 255 @ np.array([0.5, -0.3, 0.2]) + 0.3
    return alpha


def patchwork(height: int, width: int) -> RgbU8:
    """Blocks of 4 × 4 pixels of any colour, finely grained: much to tell apart at every size."""
    blocks = np.repeat(np.repeat(noise((height // 4 + 1, width // 4 + 1, 3)), 4, axis=0), 4, axis=1)
    return (blocks // 4 * 3)[:height, :width] + noise((height, width, 3), 1) // 4


SIZES = [(64, 80), (63, 81), (61, 50), (25, 97)]
THIN = [(1, 50), (50, 1), (2, 50), (50, 2), (1, 1), (1, 2), (2, 2)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("times", [1, 2])
def test_alpha_that_is_affine_in_colour_is_so_at_full_size(size: tuple[int, int], times: int) -> None:
    rgb = patchwork(*size)
    small = reduced(rgb, times)
    lines = ColorLines.fit(small, affine(small).astype(np.float32), 2**times)
    inside = np.s_[3 * 2**times : -3 * 2**times, 3 * 2**times : -3 * 2**times]
    # Reduced colours are rounded, and the ridge of 1e-4 shortens slopes by that over the variance of their window.
    errors = np.abs(full(lines, rgb) - affine(rgb))
    assert errors[inside].max() <= 4 * LEVEL
    assert errors[inside].mean() <= 0.5 * LEVEL
    # At the border a window has three or six colours: too few to know the slope towards all others.
    assert errors.max() <= 16 * LEVEL
    assert errors.mean() <= 0.75 * LEVEL


@pytest.mark.parametrize("size", [*SIZES, *THIN, (50, 3), (5, 5)])
def test_alpha_that_is_affine_in_colour_is_so_up_to_the_border(size: tuple[int, int]) -> None:
    rgb = noise((*size, 3))
    lines = ColorLines.fit(packed(rgb), affine(rgb).astype(np.float32), 1)
    np.testing.assert_allclose(full(lines, rgb), affine(rgb), rtol=0, atol=0.5 * LEVEL)


@pytest.mark.parametrize("size", [*SIZES, *THIN, (50, 3), (5, 5)])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("level", [0.0, 0.25, 1.0])
def test_flat_alpha_stays_flat(size: tuple[int, int], times: int, level: float) -> None:
    rgb = noise((*size, 3))
    small = reduced(rgb, times)
    lines = ColorLines.fit(small, np.full(small.shape[:2], level, dtype=np.float32), 2**times)
    np.testing.assert_allclose(full(lines, rgb), level, rtol=0, atol=1e-6)


@pytest.mark.parametrize("size", [*SIZES, *THIN, (50, 3), (5, 5)])
@pytest.mark.parametrize("times", [1, 2])
def test_alpha_stays_in_range_at_every_size(size: tuple[int, int], times: int) -> None:
    rgb = noise((*size, 3))
    small = reduced(rgb, times)
    alpha = np.random.default_rng(0).integers(0, 2, small.shape[:2]).astype(np.float32)
    found = full(ColorLines.fit(small, alpha, 2**times), rgb)
    assert found.dtype == np.float32
    assert found.min() >= 0
    assert found.max() <= 1


def test_an_edge_is_where_the_photo_has_it() -> None:
    """Between two pixels of one reduced pixel, which alone can't say where."""
    rgb = np.full((40, 41, 3), 30, dtype=np.uint8)
    rgb[:, :21] = (200, 180, 90)
    small = reduced(rgb, 1)
    alpha = (small[..., 0] - 30.0) / 170
    found = full(ColorLines.fit(small, alpha.astype(np.float32), 2), rgb)[8:-8]
    np.testing.assert_allclose(found, np.broadcast_to(np.arange(41) < 21, found.shape), atol=2.5 * LEVEL)


@pytest.mark.parametrize("size", [(6, 7), (3, 3), *THIN])
def test_a_fit_by_least_squares(size: tuple[int, int]) -> None:
    """Each window against NumPy's own solver of the same ridge; beyond the border is the border's own pixel."""
    rgb, alpha = noise((*size, 3)), np.random.default_rng(1).random(size, dtype=np.float32)
    colors, values = np.pad(rgb / 255, ((2, 2), (2, 2), (0, 0)), mode="edge"), np.pad(alpha, 2, mode="edge")
    height, width = size
    fitted = np.empty((height + 2, width + 2, 4))  # of the windows around all pixels and their neighbours
    for row, column in np.ndindex(height + 2, width + 2):
        window = np.s_[row : row + 3, column : column + 3]
        fitted[row, column] = ridge(colors[window].reshape(9, 3), values[window].ravel().astype(np.float64))
    wanted = np.empty((4, height, width))
    for row, column in np.ndindex(height, width):
        wanted[:, row, column] = fitted[row : row + 3, column : column + 3].mean(axis=(0, 1))
    # Windows of fewer than four colours leave some directions to the ridge alone, and to rounding.
    atol = 1e-4 if min(size) > 3 else 1e-3
    np.testing.assert_allclose(ColorLines.fit(packed(rgb), alpha, 2).coefficients, wanted, rtol=0, atol=atol)


def ridge(colors: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slope and offset for the nine pixels of a window; the ridge is three more equations, sqrt(9 · 1e-4) a = 0."""
    left = np.vstack([colors - colors.mean(axis=0), np.sqrt(9e-4) * np.eye(3)])
    slope = np.linalg.lstsq(left, np.append(values - values.mean(), np.zeros(3)), rcond=None)[0]
    return np.append(slope, values.mean() - slope @ colors.mean(axis=0))


def test_what_was_given_is_left_as_it_was() -> None:
    rgb, alpha = packed(soft(20, 30)), np.random.default_rng(0).random((20, 30), dtype=np.float32)
    for array in (rgb, alpha):
        array.setflags(write=False)
    lines = ColorLines.fit(rgb, alpha, 2)
    before = lines.coefficients.copy()
    full(lines, soft(40, 60))
    np.testing.assert_array_equal(lines.coefficients, before)
