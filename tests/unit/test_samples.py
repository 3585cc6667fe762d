"""Colour pairs for unknown pixels: exact where the picture is a mixture of two colours, the best of all elsewhere."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, RgbU8, TrimapU8
from gossamer.matting import samples
from gossamer.matting.samples import CANDIDATES, CELL_PX, color_pairs, projected
from tests.unit.pictures import noise, opaque, soft

Floats = NDArray[np.float32]

RED, BLUE = np.array([230, 40, 60]), np.array([20, 90, 210])


def split(height: int, width: int, band: slice) -> TrimapU8:
    """Foreground on the left, background on the right, the columns of ``band`` unknown."""
    trimap = np.zeros((height, width), dtype=np.uint8)
    trimap[:, : band.start] = FOREGROUND
    trimap[:, band] = UNKNOWN
    return trimap


def mixture(alpha: NDArray[np.float64]) -> RgbU8:
    share = alpha[..., np.newaxis]
    rgb: RgbU8 = np.rint(share * RED + (1 - share) * BLUE).astype(np.uint8)
    return rgb


@pytest.mark.parametrize("size", [(20, 40), (33, 50), (5, 31)])
def test_a_mixture_of_two_colours_gives_exactly_those(size: tuple[int, int]) -> None:
    trimap = split(*size, slice(10, 30))
    alpha = np.where(trimap == UNKNOWN, np.random.default_rng(0).random(size), trimap / 255)
    rgb = mixture(alpha)
    pairs = color_pairs(opaque(rgb), trimap)
    assert pairs is not None
    unknown = trimap == UNKNOWN
    for colors, color in ((pairs.foreground, RED), (pairs.background, BLUE)):
        assert colors.dtype == np.float32
        np.testing.assert_array_equal(colors, np.broadcast_to(color, (unknown.sum(), 3)).T)

    found, trust = projected(rgb[unknown].astype(np.float32).T, pairs.foreground, pairs.background)
    # Bytes are off by half a level in each channel, against 260 levels between the two colours.
    np.testing.assert_allclose(found, alpha[unknown], atol=0.5 * np.sqrt(3) / np.linalg.norm(RED - BLUE))
    assert trust.min() > 0.99


@pytest.mark.parametrize("missing", [FOREGROUND, BACKGROUND])
def test_without_one_side_there_are_no_pairs(missing: int) -> None:
    trimap = split(20, 40, slice(10, 30))
    trimap[trimap == missing] = UNKNOWN
    assert color_pairs(noise((20, 40, 4)), trimap) is None


def test_without_unknown_pixels_there_is_nothing_to_pair() -> None:
    assert color_pairs(noise((20, 40, 4)), split(20, 40, slice(20, 20))) is None


@pytest.mark.parametrize("size", [(40, 40), (48, 32), (1, 50), (17, 3)])
def test_unknown_pixels_are_found_in_every_corner_of_the_picture(size: tuple[int, int]) -> None:
    """All round the frame and in all corners, whether the cells end with it or before it."""
    height, width = size
    y, x = np.indices(size)
    trimap = np.full(size, UNKNOWN, dtype=np.uint8)
    trimap[height // 2, width // 2] = FOREGROUND
    trimap[height // 2, width // 2 - 1] = BACKGROUND
    rgb = np.dstack([y + 100, x + 100, np.full(size, 77)]).astype(np.uint8)
    pairs = color_pairs(opaque(rgb), trimap)
    assert pairs is not None
    for colors, side in ((pairs.foreground, FOREGROUND), (pairs.background, BACKGROUND)):
        assert (rgb[trimap == side] == colors.T).all()  # the only one there is


def test_the_same_picture_gives_the_same_pairs() -> None:
    rgb, trimap = soft(60, 70), split(60, 70, slice(20, 45))
    first, second = color_pairs(opaque(rgb), trimap), color_pairs(opaque(rgb), trimap.copy())
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first.foreground, second.foreground)
    np.testing.assert_array_equal(first.background, second.background)


def test_colours_come_from_the_rims_nearby() -> None:
    """A row of its own colours each 100 pixels: no pixel takes those of another."""
    y, _ = np.indices((400, 40))
    trimap = split(400, 40, slice(15, 25))
    rgb = np.zeros((400, 40, 3), dtype=np.uint8)
    rgb[..., 0] = np.where(trimap == FOREGROUND, 255, 128)
    rgb[..., 1] = y // 100 * 80
    pairs = color_pairs(opaque(rgb), trimap)
    assert pairs is not None
    unknown = trimap == UNKNOWN
    middle = np.abs(y[unknown] % 100 - 50) < 30
    for colors in (pairs.foreground, pairs.background):
        np.testing.assert_array_equal(colors[1, middle], rgb[unknown][middle, 1])


@pytest.mark.parametrize("seed", range(4))
def test_the_pair_taken_is_the_cheapest_that_the_search_meets(seed: int) -> None:
    """Against the cost of each pair by its definition, in double precision."""
    rng = np.random.default_rng(seed)
    colors, places = rng.uniform(0, 255, (30, 3)), rng.uniform(0, CELL_PX, (30, 2))
    sides = [(rng.uniform(0, 255, (CANDIDATES, 3)), rng.uniform(20, 60, (CANDIDATES, 2))) for _ in range(2)]
    (fore, fore_places), (back, back_places) = sides

    across = fore[:, np.newaxis] - back
    length = (across**2).sum(axis=2) + 1
    offset = colors[:, np.newaxis, np.newaxis] - back
    alpha = np.clip((offset * across).sum(axis=3) / length, 0, 1)
    misfit = offset - alpha[..., np.newaxis] * across
    # |I − B − αd|² where |d|² is one more than it is, as the projection has it.
    cost = ((misfit**2).sum(axis=3) + alpha**2) / samples.NOISE**2 + samples.ALIKE_COST / length
    for theirs, shape in ((fore_places, (30, CANDIDATES, 1)), (back_places, (30, 1, CANDIDATES))):
        distance = np.linalg.norm(places[:, np.newaxis] - theirs, axis=2)
        cost += (samples.FAR_COST * distance / distance.min(axis=1, keepdims=True)).reshape(shape)

    single = [[one.T[..., np.newaxis].astype(np.float32) for one in side] for side in sides]
    fores, backs = (samples._Candidates(*side) for side in single)
    pixels = colors.T.astype(np.float32), places.T.astype(np.float32)
    best = samples._best_pairs(*pixels, fores, backs, np.zeros(30, np.intp))
    pixel = np.arange(30)
    seeds = list(samples.SEEDS)
    of_seeds = cost[:, seeds][:, :, seeds].reshape(30, -1)
    fore = cost[pixel, :, np.array(seeds)[of_seeds.argmin(axis=1) % len(seeds)]].argmin(axis=1)
    # Costs of thousands in single precision: a pair may be taken that is worse by their rounding.
    np.testing.assert_allclose(cost[pixel, *best], cost[pixel, fore].min(axis=1), rtol=0, atol=0.01)
    assert (cost[pixel, *best] <= of_seeds.min(axis=1) + 0.01).all()


def test_projection_by_its_formula() -> None:
    rng = np.random.default_rng(0)
    colors, fore, back = rng.uniform(0, 255, (3, 500, 3))
    across = fore - back
    length = (across**2).sum(axis=1) + 1
    wanted = np.clip(((colors - back) * across).sum(axis=1) / length, 0, 1)
    misfit = ((colors - back - wanted[:, np.newaxis] * across) ** 2).sum(axis=1)
    deviation = 3 * samples.NOISE
    wanted_trust = np.exp(-misfit / (2 * deviation**2)) * np.minimum(np.sqrt(length) / (15 * samples.NOISE), 1)
    alpha, trust = projected(*(array.T.astype(np.float32) for array in (colors, fore, back)))
    np.testing.assert_allclose(alpha, wanted, atol=1e-5)
    np.testing.assert_allclose(trust, wanted_trust, atol=1e-5)


def test_trust_is_less_off_the_line_and_for_colours_that_are_alike() -> None:
    def trust_of(color: list[float], fore: list[float], back: list[float]) -> float:
        _, trust = projected(*(np.array([values], dtype=np.float32).T for values in (color, fore, back)))
        return float(trust[0])

    black, white = [0.0] * 3, [255.0] * 3
    assert trust_of([100] * 3, white, black) == 1
    assert trust_of([100, 110, 100], white, black) < 1
    assert trust_of([100, 200, 100], white, black) < 0.01
    assert trust_of([105] * 3, [110] * 3, [100] * 3) < 0.5
    assert trust_of([100] * 3, [100] * 3, [100] * 3) < 0.05


def test_a_pair_of_one_colour_divides_by_nothing() -> None:
    same = np.full((3, 4), 100, dtype=np.float32)
    alpha, _ = projected(same, same, same)
    np.testing.assert_array_equal(alpha, 0)


def test_what_was_given_is_left_as_it_was() -> None:
    rgba, trimap = opaque(soft(20, 40)), split(20, 40, slice(10, 30))
    for array in (rgba, trimap):
        array.setflags(write=False)
    pairs = color_pairs(rgba, trimap)
    assert pairs is not None
    arguments = [rgba[trimap == UNKNOWN, :3].T.astype(np.float32), pairs.foreground, pairs.background]
    before = [array.copy() for array in arguments]
    projected(*arguments)
    for argument, old in zip(arguments, before, strict=True):
        np.testing.assert_array_equal(argument, old)
