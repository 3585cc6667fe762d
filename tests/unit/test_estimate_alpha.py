"""Alpha in the unknown band: what stays as it was, what the colours say, and who is heard where they say nothing."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaF32, RgbU8, TrimapU8, alpha_to_u8
from gossamer.errors import InvalidOption
from gossamer.matting import SETTLED, Prior, estimate, estimate_alpha, refined_alpha_u8
from tests.unit.pictures import noise, soft
from tests.unit.scenes import ALL, Scene
from tests.unit.scenes.score import SEED, alpha_error

SHAPE = (60, 80)
LEVEL = 1 / 255


def ring(height: int, width: int) -> TrimapU8:
    """Foreground in the middle, background outside, and an unknown ring between."""
    y, x = np.indices((height, width))
    distance = np.hypot(y - height / 2, x - width / 2)
    inner, outer = min(height, width) / 5, min(height, width) / 2.5
    return np.select([distance < inner, distance < outer], [FOREGROUND, UNKNOWN], BACKGROUND).astype(np.uint8)


def prior_of(alpha: AlphaF32, weight: float) -> Prior:
    return Prior(alpha, np.full(alpha.shape, weight, dtype=np.float32))


def without_haze(alpha: AlphaF32) -> AlphaF32:
    clear: AlphaF32 = np.clip((alpha - np.float32(0.02)) / np.float32(0.96), 0, 1)
    return clear


SPECKS = np.random.default_rng(2).choice(np.array([BACKGROUND, UNKNOWN, FOREGROUND], dtype=np.uint8), SHAPE)


@pytest.mark.parametrize("trimap", [ring(*SHAPE), SPECKS], ids=["ring", "specks"])
@pytest.mark.parametrize("most", [200_000, 300])
def test_what_is_certain_stays_and_the_rest_is_in_range(
    monkeypatch: pytest.MonkeyPatch, trimap: TrimapU8, most: int
) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    alpha = estimate_alpha(noise((*SHAPE, 3)), trimap)
    assert alpha.dtype == np.float32
    assert alpha.shape == SHAPE
    np.testing.assert_array_equal(alpha[trimap == FOREGROUND], 1)
    np.testing.assert_array_equal(alpha[trimap == BACKGROUND], 0)
    assert ((alpha >= 0) & (alpha <= 1)).all()
    assert len(np.unique(alpha[trimap == UNKNOWN])) > 10


@pytest.mark.parametrize("most", [200_000, 300])
def test_views_and_read_only_arrays_of_three_or_four_channels_are_all_the_same(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    rgba, trimap = noise((*SHAPE, 4)), ring(*SHAPE)
    rgb = np.ascontiguousarray(rgba[..., :3])
    large, large_trimap = (np.repeat(array, 2, axis=1) for array in (rgb, trimap))
    large[:, ::-2], large_trimap[:, ::-2] = rgb, trimap
    for array in (rgb, rgba, trimap):
        array.setflags(write=False)
    prior = prior_of(np.linspace(0, 1, 20, dtype=np.float32).reshape(4, 5), 0.1)
    for opinion in (prior.alpha, prior.weight):
        opinion.setflags(write=False)
    wanted = estimate_alpha(rgb, trimap, prior)
    views = [(rgba, trimap), (rgba[..., :3], trimap), (large[:, ::-2], large_trimap[:, ::-2])]
    for picture, given in [*views, (np.asfortranarray(rgb), np.asfortranarray(trimap))]:
        np.testing.assert_array_equal(estimate_alpha(picture, given, prior), wanted)


@pytest.mark.parametrize(
    "trimap",
    [
        np.zeros((60, 81), np.uint8),
        np.zeros((80, 60), np.uint8),
        np.zeros((60, 80, 1), np.uint8),
        np.full(SHAPE, 127, np.uint8),
        np.full(SHAPE, SETTLED, np.uint8),
        np.full(SHAPE, 128, np.int64),
        np.full(SHAPE, 1.0),
    ],
    ids=["wide", "turned", "three axes", "127", "settled", "int64", "float"],
)
def test_what_is_no_trimap_of_this_picture_is_refused(trimap: NDArray[Any]) -> None:
    with pytest.raises(InvalidOption, match="trimap"):
        estimate_alpha(noise((*SHAPE, 3)), trimap)


@pytest.mark.parametrize("level", [BACKGROUND, FOREGROUND])
def test_without_unknown_pixels_there_is_nothing_to_solve(level: int) -> None:
    alpha = estimate_alpha(noise((*SHAPE, 3)), np.full(SHAPE, level, np.uint8))
    np.testing.assert_array_equal(alpha, level // 255)


@pytest.mark.parametrize("most", [200_000, 300])
def test_where_all_is_unknown_alpha_is_undecided(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    alpha = estimate_alpha(noise((*SHAPE, 3)), np.full(SHAPE, UNKNOWN, np.uint8))
    np.testing.assert_allclose(alpha, 0.5, atol=1e-3)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (2, 40), (40, 1), (40, 2), (3, 3)])
@pytest.mark.parametrize("most", [200_000, 1])
def test_thin_pictures(monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    trimap = np.full(size, UNKNOWN, np.uint8)
    trimap.ravel()[:1], trimap.ravel()[4:5] = BACKGROUND, FOREGROUND
    for given in (trimap, np.full(size, UNKNOWN, np.uint8)):
        alpha = estimate_alpha(noise((*size, 3)), given, prior_of(np.ones((3, 3), np.float32), 0.02))
        assert alpha.shape == size
        assert ((alpha >= 0) & (alpha <= 1)).all()
        np.testing.assert_array_equal(alpha[given == BACKGROUND], 0)


def scene(name: str) -> Scene:
    return ALL[name](SEED)


@pytest.mark.parametrize("name", ["hair_bright_sky", "defocus", "ramp"])
def test_solved_on_a_reduced_photo_it_is_nearly_the_same(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    made = scene(name)
    whole = estimate_alpha(made.image, made.trimap)
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", np.count_nonzero(made.unknown) // 2)
    halved = estimate_alpha(made.image, made.trimap)
    assert (whole != halved).any()
    assert np.abs(whole - halved)[made.unknown].mean() < 0.01
    assert alpha_error(made, halved) < 1  # thousandths of squares


def test_strips_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb, trimap = soft(*SHAPE), ring(*SHAPE)
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", 300)
    whole = estimate_alpha(rgb, trimap)
    for pixels in (1, 7 * SHAPE[1], 31 * SHAPE[1] + 5):
        monkeypatch.setattr(estimate, "STRIP_PIXELS", pixels)
        np.testing.assert_array_equal(estimate_alpha(rgb, trimap), whole)


@pytest.mark.parametrize("most", [200_000, 300])
def test_in_bytes_it_is_rounded(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    rgb, trimap = soft(*SHAPE), ring(*SHAPE)
    before = trimap.copy()
    rounded = refined_alpha_u8(rgb, trimap)
    assert rounded.dtype == np.uint8
    np.testing.assert_array_equal(rounded, alpha_to_u8(estimate_alpha(rgb, trimap)))
    np.testing.assert_array_equal(trimap, before)


@pytest.mark.parametrize("most", [200_000, 3000])
def test_what_is_settled_keeps_the_alpha_it_had(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_UNKNOWN", most)
    made = scene("ramp")
    exact = alpha_to_u8(made.alpha)
    trimap = made.trimap.copy()
    trimap[: made.trimap.shape[0] // 2][made.unknown[: made.trimap.shape[0] // 2]] = SETTLED
    before = exact.copy()
    alpha = refined_alpha_u8(made.image, trimap, None, exact)
    np.testing.assert_array_equal(exact, before)
    np.testing.assert_array_equal(alpha[trimap != UNKNOWN], exact[trimap != UNKNOWN])
    assert np.abs(alpha.astype(int) - exact)[trimap == UNKNOWN].mean() < 5


class TestPrior:
    GREY: RgbU8 = np.full((30, 40, 3), 120, dtype=np.uint8)
    RAMP: AlphaF32 = np.tile(np.clip((np.arange(40) - 9) / 21, 0, 1).astype(np.float32), (30, 1))

    @pytest.mark.parametrize("level", [0.2, 0.5, 0.9])
    def test_it_comes_back_where_nothing_is_known(self, level: float) -> None:
        constant = np.full((6, 8), level, dtype=np.float32)
        alpha = estimate_alpha(self.GREY, np.full((30, 40), UNKNOWN, np.uint8), prior_of(constant, 0.02))
        np.testing.assert_allclose(alpha, without_haze(constant)[0, 0], atol=LEVEL)

    @pytest.mark.parametrize("weight", [0.02, 0.15, 1])
    def test_it_comes_back_where_colours_say_nothing(self, weight: float) -> None:
        trimap = np.select([self.RAMP == 0, self.RAMP == 1], [BACKGROUND, FOREGROUND], UNKNOWN).astype(np.uint8)
        alpha = estimate_alpha(self.GREY, trimap, prior_of(self.RAMP, weight))
        unknown = trimap == UNKNOWN
        # Of two equal colours the projection is 0 with a sixtieth of a pair's weight, and that is heard a little.
        np.testing.assert_allclose(alpha[unknown], without_haze(self.RAMP)[unknown], atol=6 * LEVEL)

    def test_clear_colours_are_heard_above_it(self) -> None:
        made = scene("defocus")
        wrong = prior_of(1 - made.alpha, 0.02)
        assert alpha_error(made, estimate_alpha(made.image, made.trimap, wrong)) < 10
        right = estimate_alpha(made.image, made.trimap, prior_of(made.alpha, 0.02))
        assert alpha_error(made, right) < alpha_error(made, estimate_alpha(made.image, made.trimap))

    @pytest.mark.parametrize("size", [(20, 30), (300, 200), (97, 131)])
    @pytest.mark.parametrize(
        "window", [np.s_[10:50, 3:90], np.s_[0:97, 130:131], np.s_[40:97, 0:20], np.s_[0:97, 0:131]]
    )
    def test_a_window_is_a_crop_of_the_whole(self, size: tuple[int, int], window: tuple[slice, slice]) -> None:
        height, width = 97, 131
        rng = np.random.default_rng(0)
        prior = Prior(*(rng.random(size, dtype=np.float32) for _ in range(2)))
        whole = prior.window(slice(0, height), slice(0, width), height, width)
        part = prior.window(*window, height, width)
        # Pillow keeps the box's corners in single precision.
        np.testing.assert_allclose(part.alpha, whole.alpha[window], atol=1e-5)
        np.testing.assert_allclose(part.weight, whole.weight[window], atol=1e-5)
        part.weight[:] = 0  # its own memory, to write in
        assert prior.weight.any()
