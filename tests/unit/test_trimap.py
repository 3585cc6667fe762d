"""Trimaps: from what a network thinks, at every size, and as a caller made them."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaF32, Mask, TrimapU8
from gossamer.decode import decode
from gossamer.errors import InvalidOption
from gossamer.trimap import band_width, enlarged, estimate_trimap, given_trimap, grey_of
from gossamer.trimap.estimate import UNSEEN_WEIGHT
from gossamer.trimap.morphology import grown, shrunk
from tests.unit.fakes import run
from tests.unit.pictures import opened, saved

HEIGHT, WIDTH = 40, 60
LEVELS = np.array([BACKGROUND, UNKNOWN, FOREGROUND], dtype=np.uint8)


def guess(alpha: AlphaF32, second: AlphaF32 | None = None, *, edge_error: int = 0) -> TrimapU8:
    trimap = estimate_trimap(alpha, alpha if second is None else second, edge_error=edge_error, weight=0.02).trimap
    assert trimap.dtype == np.uint8
    assert set(np.unique(trimap)) <= {0, 128, 255}
    return trimap


def ramp(softness: float, middle: float = WIDTH / 2) -> AlphaF32:
    """From foreground on the left to background on the right, over ``softness`` pixels."""
    along = np.clip((middle - np.arange(WIDTH) - 0.5) / max(softness, 1e-6) + 0.5, 0, 1)
    return np.tile(along.astype(np.float32), (HEIGHT, 1))


def touch(trimap: TrimapU8) -> bool:
    """Whether certain pixels of the two kinds are neighbours."""
    levels = trimap.astype(int)
    return any((np.abs(np.diff(levels, axis=axis)) > UNKNOWN).any() for axis in (0, 1))


class TestEstimate:
    @pytest.mark.parametrize("softness", [0, 1, 1.5, 2])
    @pytest.mark.parametrize("middle", [30, 30.5])
    def test_a_hard_edge_has_a_thin_band(self, softness: float, middle: float) -> None:
        trimap = guess(ramp(softness, middle))
        assert 1 <= band_width(trimap) <= 3
        assert not touch(trimap)
        assert (trimap[:, :28] == FOREGROUND).all()
        assert (trimap[:, 33:] == BACKGROUND).all()

    @pytest.mark.parametrize("softness", [12, 20, 30])
    def test_a_soft_edge_has_a_band_as_wide_and_some_more(self, softness: int) -> None:
        trimap = guess(ramp(softness))
        # 0.1 to 0.9 of the slope, and three pixels on either side for what is finer than the network sees.
        assert band_width(trimap) == pytest.approx(0.8 * softness + 6, abs=2)
        assert (trimap[(ramp(softness) > 0.1) & (ramp(softness) < 0.9)] == UNKNOWN).all()

    def test_alpha_itself_decides_which_side_is_which(self) -> None:
        trimap = guess(ramp(0))
        np.testing.assert_array_equal(trimap == FOREGROUND, ramp(0) > 0.5)

    def test_where_two_looks_differ_nothing_is_certain(self) -> None:
        alpha, second = ramp(0), ramp(0)
        second[10:15, 40:44] = 0.6
        second[20:25, 5:9] = 0.15
        second[30:35, 40:44] = 0.15  # too little to matter
        trimap = guess(alpha, second)
        assert (trimap[10:15, 40:44] == UNKNOWN).all()
        assert (trimap[20:25, 5:9] == UNKNOWN).all()
        assert (trimap[30:35, 40:44] == BACKGROUND).all()

    @pytest.mark.parametrize("edge_error", [1, 2, 4])
    def test_an_edge_that_may_be_off_is_unknown_as_far(self, edge_error: int) -> None:
        before, after = guess(ramp(1)), guess(ramp(1), edge_error=edge_error)
        np.testing.assert_array_equal(after == UNKNOWN, brute_force(before == UNKNOWN, edge_error))
        assert (after[after != UNKNOWN] == before[after != UNKNOWN]).all()

    def test_random_networks_give_trimaps_whose_sides_are_apart(self) -> None:
        rng = np.random.default_rng(0)
        for _ in range(20):
            coarse = rng.random((5, 7), dtype=np.float32)
            alpha = np.asarray(Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
            hard = (alpha > 0.5).astype(np.float32)
            for shape in (alpha, hard, (rng.random((HEIGHT, WIDTH)) > 0.5).astype(np.float32)):
                assert not touch(guess(np.clip(shape, 0, 1)))

    @pytest.mark.parametrize(("level", "wanted"), [(0.0, BACKGROUND), (1.0, FOREGROUND), (0.4, UNKNOWN)])
    def test_all_of_one_kind(self, level: float, wanted: int) -> None:
        assert (guess(np.full((HEIGHT, WIDTH), level, dtype=np.float32)) == wanted).all()

    def test_the_network_counts_as_asked_where_it_is_soft_and_more_where_it_sees_nothing(self) -> None:
        alpha = ramp(10)
        weight = estimate_trimap(alpha, alpha, edge_error=2, weight=0.03).weight
        assert weight.dtype == np.float32
        np.testing.assert_allclose(weight[(alpha > 0.1) & (alpha < 0.9)], 0.03)
        np.testing.assert_allclose(weight[(alpha == 0) | (alpha == 1)], UNSEEN_WEIGHT)


class TestEnlarged:
    @pytest.mark.parametrize("size", [(40, 60), (41, 61), (97, 131), (400, 600), (64, 300), (30, 45), (17, 23)])
    @pytest.mark.parametrize("kind", ["smooth", "specks", "edges"])
    def test_sides_stay_apart(self, size: tuple[int, int], kind: str) -> None:
        rng = np.random.default_rng(1)
        for middle in range(25, 35):
            alpha = {
                "smooth": np.asarray(Image.fromarray(rng.random((5, 7), np.float32)).resize((WIDTH, HEIGHT))),
                "specks": (rng.random((HEIGHT, WIDTH)) > 0.5).astype(np.float32),
                "edges": ramp(0, middle),
            }[kind]
            result = enlarged(guess(alpha), *size)
            assert result.dtype == np.uint8
            assert result.shape == size
            assert result.flags.writeable
            assert set(np.unique(result)) <= {0, 128, 255}
            assert not touch(result)

    def test_at_its_own_size_it_is_a_copy(self) -> None:
        trimap = np.random.default_rng(0).choice(LEVELS, (HEIGHT, WIDTH))
        result = enlarged(trimap, HEIGHT, WIDTH)
        np.testing.assert_array_equal(result, trimap)
        result[:] = 0
        assert trimap.any()

    @pytest.mark.parametrize("factor", [2, 3, 8])
    def test_what_was_certain_stays_so_away_from_the_band(self, factor: int) -> None:
        trimap = guess(ramp(4))
        blocks = np.repeat(np.repeat(trimap, factor, axis=0), factor, axis=1)
        result = enlarged(trimap, HEIGHT * factor, WIDTH * factor)
        # Between the centres of a certain pixel and an unknown one, half the way: no farther than half a pixel.
        away = ~brute_force(np.diff(blocks.astype(int), axis=1, append=0) != 0, factor // 2 + 1)
        np.testing.assert_array_equal(result[away], blocks[away])
        assert band_width(result) == pytest.approx(band_width(trimap) * factor, abs=factor)


@pytest.mark.parametrize("width", [1, 2, 7, 20])
def test_the_width_of_bands_that_are_known(width: int) -> None:
    trimap = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    trimap[:, 20 : 20 + width], trimap[:, 20 + width :] = UNKNOWN, FOREGROUND
    assert band_width(trimap) == width
    assert band_width(np.ascontiguousarray(trimap.T)) == width
    trimap[:, 20 + width :] = BACKGROUND
    assert band_width(trimap) == width
    assert band_width(np.zeros_like(trimap)) == band_width(np.full_like(trimap, UNKNOWN)) == 0


def brute_force(mask: Mask, radius: int) -> Mask:
    """Grown by a disc: pixel by pixel."""
    y, x = np.indices(mask.shape)
    result = np.zeros_like(mask)
    for row, column in np.argwhere(mask):
        result |= (y - row) ** 2 + (x - column) ** 2 <= radius**2
    return result


@pytest.mark.parametrize("radius", [0, 1, 2, 3, 5, 12, 70])
@pytest.mark.parametrize("size", [(1, 1), (1, 30), (30, 1), (23, 31)])
def test_grown_and_shrunk_by_a_disc(radius: int, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(2)
    for share in (0.02, 0.5):
        mask = rng.random(size) < share
        before = mask.copy()
        np.testing.assert_array_equal(grown(mask, radius), brute_force(mask, radius))
        np.testing.assert_array_equal(shrunk(mask, radius), ~brute_force(~mask, radius))
        np.testing.assert_array_equal(mask, before)
    assert not np.shares_memory(grown(mask, 0), mask)


class TestGiven:
    def test_black_white_and_all_else(self) -> None:
        grey = np.arange(256, dtype=np.uint8)[np.newaxis]
        trimap = given_trimap(grey, 1, 256)
        wanted = np.select([grey <= 5, grey >= 250], [BACKGROUND, FOREGROUND], UNKNOWN)
        np.testing.assert_array_equal(trimap, wanted)
        assert trimap.dtype == np.uint8

    @pytest.mark.parametrize("size", [(40, 60), (20, 30), (80, 120), (41, 61), (200, 299), (1, 2)])
    def test_another_size_of_the_same_shape_is_taken_to_the_nearest_pixel(self, size: tuple[int, int]) -> None:
        grey = np.random.default_rng(0).choice(LEVELS, size)
        trimap = given_trimap(grey, HEIGHT, WIDTH)
        rows, columns = ((np.arange(n) * m + m // 2) // n for n, m in zip((HEIGHT, WIDTH), size, strict=True))
        assert trimap.shape == (HEIGHT, WIDTH)
        assert trimap.flags.writeable
        assert (trimap == grey[rows][:, columns]).mean() > 0.999  # where the middle falls between two, either
        trimap[:] = 7
        assert (grey != 7).all()

    @pytest.mark.parametrize("size", [(60, 40), (40, 40), (40, 66), (400, 650), (1, 300)])
    def test_another_shape_is_refused(self, size: tuple[int, int]) -> None:
        with pytest.raises(InvalidOption, match="another shape"):
            given_trimap(np.zeros(size, dtype=np.uint8), HEIGHT, WIDTH)

    @pytest.mark.parametrize(
        "grey",
        [np.zeros((40, 60, 3), np.uint8), np.zeros((40, 60)), np.zeros((40, 60), bool), np.zeros((0, 60), np.uint8)],
        ids=["colour", "float", "bool", "empty"],
    )
    def test_what_is_no_grey_picture_is_refused(self, grey: NDArray[Any]) -> None:
        with pytest.raises(InvalidOption, match="grey picture"):
            given_trimap(grey, HEIGHT, WIDTH)

    def test_a_jpeg_is_understood_despite_its_noise(self) -> None:
        clean = np.repeat(np.repeat(np.array([[0, 255, 128], [255, 127, 0]], np.uint8), 16, axis=0), 16, axis=1)
        noisy = np.asarray(opened(saved(clean, "JPEG", quality=90)).convert("L"))
        wanted = given_trimap(clean, *clean.shape)
        assert set(np.unique(wanted)) == {0, 128, 255}
        np.testing.assert_array_equal(given_trimap(noisy, *clean.shape), wanted)

    def test_any_picture_file_is_grey_by_the_mean_of_its_channels(self) -> None:
        colors = np.array([[[0, 0, 0], [255, 255, 255], [10, 20, 60], [1, 1, 0]]], dtype=np.uint8)
        grey = grey_of(run(decode(saved(colors, "PNG"))))
        np.testing.assert_array_equal(grey, [[0, 255, 30, 1]])
        assert grey.dtype == np.uint8
