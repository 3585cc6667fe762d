"""The matting Laplacian that is never written down, against the one that is."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import Mask, RgbU8
from gossamer.matting.laplacian import EPSILON, MattingLaplacian
from tests.unit.levin import dense_laplacian
from tests.unit.pictures import noise, opaque, soft

HEIGHT, WIDTH = 7, 9
ALL = np.ones((HEIGHT, WIDTH), dtype=bool)
# Elements are up to 9, in single precision. Where a window's colours lie on a line, its inverse loses a digit more.
ROUNDING = {"noise": 5e-6, "smooth": 5e-5, "dark": 5e-6, "flat": 5e-6}


def picture(kind: str, seed: int = 0) -> RgbU8:
    """Of noise; as smooth as a photo; as near to one colour as bytes can be; of one colour."""
    return {
        "noise": noise((HEIGHT, WIDTH, 3), seed),
        "smooth": soft(HEIGHT, WIDTH, seed),
        "dark": noise((HEIGHT, WIDTH, 3), seed) % 3,
        "flat": np.full((HEIGHT, WIDTH, 3), 200, dtype=np.uint8),
    }[kind]


def mask(seed: int) -> Mask:
    """Some unknown pixels: few of them, half, or most."""
    return np.random.default_rng(seed).random((HEIGHT, WIDTH)) < (0.1, 0.5, 0.9)[seed % 3]


def written(laplacian: MattingLaplacian) -> NDArray[np.float64]:
    """Its matrix, a column at a time."""
    units = np.eye(len(laplacian.pixels), dtype=np.float32)
    return np.stack([laplacian.times(unit) for unit in units], axis=1).astype(np.float64)


@pytest.mark.parametrize("kind", ROUNDING)
@pytest.mark.parametrize("seed", range(6))
def test_products_are_those_of_the_dense_matrix(kind: str, seed: int) -> None:
    rgb, unknown = picture(kind, seed), mask(seed)
    dense = dense_laplacian(rgb, EPSILON)
    laplacian = MattingLaplacian(opaque(rgb), unknown)
    np.testing.assert_array_equal(np.sort(laplacian.pixels), np.flatnonzero(unknown))
    wanted = dense[laplacian.pixels][:, laplacian.pixels]
    np.testing.assert_allclose(written(laplacian), wanted, rtol=0, atol=ROUNDING[kind])
    np.testing.assert_allclose(laplacian.diagonal, np.diag(wanted), rtol=0, atol=ROUNDING[kind])

    rng = np.random.default_rng(seed)
    alpha = rng.random(len(laplacian.pixels), dtype=np.float32)
    np.testing.assert_allclose(laplacian.times(alpha), wanted @ alpha, rtol=0, atol=9 * ROUNDING[kind])
    known = np.where(unknown, np.float32(0), rng.random((HEIGHT, WIDTH), dtype=np.float32))
    pull = -dense[laplacian.pixels][:, ~unknown.ravel()] @ known[~unknown]
    np.testing.assert_allclose(laplacian.pull(known), pull, rtol=0, atol=9 * ROUNDING[kind])


def test_vectors_are_float32_and_arguments_stay_as_they_were() -> None:
    rgb, unknown = picture("noise"), mask(1)
    laplacian = MattingLaplacian(opaque(rgb), unknown)
    alpha, known = np.ones(len(laplacian.pixels), np.float32), np.where(unknown, np.float32(0), np.float32(1))
    for array in (alpha, known):
        array.setflags(write=False)
    first, pull = laplacian.times(alpha).copy(), laplacian.pull(known).copy()
    np.testing.assert_array_equal(laplacian.times(alpha), first)  # nothing is left over from the product before
    assert {first.dtype, pull.dtype, laplacian.diagonal.dtype} == {np.dtype(np.float32)}


@pytest.mark.parametrize("kind", ROUNDING)
def test_what_is_one_everywhere_costs_nothing(kind: str) -> None:
    laplacian = MattingLaplacian(opaque(picture(kind)), ALL)
    ones = np.ones(HEIGHT * WIDTH, dtype=np.float32)
    np.testing.assert_allclose(laplacian.times(ones), 0, atol=9 * ROUNDING[kind])


@pytest.mark.parametrize("kind", ROUNDING)
@pytest.mark.parametrize("seed", range(3))
def test_it_is_symmetric_and_nothing_costs_less_than_nothing(kind: str, seed: int) -> None:
    for unknown in (ALL, mask(seed)):
        matrix = written(MattingLaplacian(opaque(picture(kind, seed)), unknown))
        np.testing.assert_allclose(matrix, matrix.T, atol=ROUNDING[kind])
        assert np.linalg.eigvalsh((matrix + matrix.T) / 2).min() > -9 * ROUNDING[kind]


@pytest.mark.parametrize("seed", range(3))
def test_alpha_that_is_affine_in_colour_costs_only_what_epsilon_takes(seed: int) -> None:
    rgb = picture("noise", seed)
    slope = np.random.default_rng(seed).uniform(-0.5, 0.5, 3)
    laplacian = MattingLaplacian(opaque(rgb), ALL)

    def cost(alpha: NDArray[np.float64]) -> float:
        vector = alpha.ravel()[laplacian.pixels].astype(np.float32)
        return float(vector @ laplacian.times(vector))

    affine, other = rgb / 255 @ slope + 0.3, np.random.default_rng(seed).random((HEIGHT, WIDTH))
    # In each of the windows a ridge of ε/9 on nine pixels: no more than ε|a|², and rounding on top.
    windows = (HEIGHT - 2) * (WIDTH - 2)
    assert abs(cost(affine)) <= windows * EPSILON * float(slope @ slope) + 1e-4
    assert cost(other) > 1


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 9), (9, 1), (9, 2), (2, 2)])
def test_pictures_thinner_than_a_window_have_none(size: tuple[int, int]) -> None:
    laplacian = MattingLaplacian(noise((*size, 4)), np.ones(size, dtype=bool))
    for vector in (laplacian.times(np.ones(size[0] * size[1], np.float32)), laplacian.diagonal):
        np.testing.assert_array_equal(vector, np.zeros(size[0] * size[1]))
    half = np.indices(size).sum(axis=0) % 2 == 0
    pull = MattingLaplacian(noise((*size, 4)), half).pull(np.where(half, 0, 1).astype(np.float32))
    np.testing.assert_array_equal(pull, np.zeros(np.count_nonzero(half)))


def test_nothing_unknown_is_an_empty_system() -> None:
    laplacian = MattingLaplacian(opaque(picture("noise")), ~ALL)
    for vector in (laplacian.pixels, laplacian.diagonal, laplacian.times(np.zeros(0, np.float32))):
        assert vector.shape == (0,)


def test_a_fourth_channel_says_nothing() -> None:
    rgb, unknown = picture("noise"), mask(1)
    soft_edged = MattingLaplacian(np.dstack([rgb, noise((HEIGHT, WIDTH), 5)]), unknown)
    np.testing.assert_array_equal(written(soft_edged), written(MattingLaplacian(opaque(rgb), unknown)))
