"""The subject's own colours in soft edges: exact where they are known, and none of anybody else's business."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import AlphaF32, AlphaU8, RgbU8, alpha_to_u8
from gossamer.errors import InvalidOption
from gossamer.foreground import estimate, estimate_foreground, replace_soft_colors
from tests.unit.pictures import noise, soft
from tests.unit.scenes import ALL
from tests.unit.scenes.score import SEED

FORE, BACK = np.array([200, 60, 30]), np.array([20, 120, 220])


def ramp(shape: tuple[int, int], width: int, axis: int) -> AlphaU8:
    """Across the middle, ``width`` pixels wide."""
    size = shape[axis]
    along = np.clip((np.arange(size) - (size - width) / 2) / width, 0, 1)
    along = along if axis == 1 else along[:, np.newaxis]
    return alpha_to_u8(np.broadcast_to(along, shape).astype(np.float32))


def mixed(alpha: AlphaU8, fore: NDArray[np.int_] = FORE, back: NDArray[np.int_] = BACK) -> RgbU8:
    share = (alpha / 255)[..., np.newaxis]
    return np.rint(share * fore + (1 - share) * back).astype(np.uint8)


def is_soft(alpha: AlphaU8) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = (alpha != 0) & (alpha != 255)
    return mask


@pytest.mark.parametrize("most", [200_000, 100])
@pytest.mark.parametrize("channels", [3, 4])
def test_what_is_not_soft_keeps_its_colour_bit_for_bit(
    monkeypatch: pytest.MonkeyPatch, most: int, channels: int
) -> None:
    monkeypatch.setattr(estimate, "MOST_SOFT", most)
    rgb = noise((40, 60, channels))
    alpha = np.random.default_rng(1).choice(np.array([0, 77, 200, 255], np.uint8), (40, 60))
    colors = estimate_foreground(rgb, alpha)
    assert colors.dtype == np.uint8
    assert colors.shape == (40, 60, 3)
    assert colors.flags.c_contiguous
    np.testing.assert_array_equal(colors[~is_soft(alpha)], rgb[~is_soft(alpha)][:, :3])
    assert (colors[is_soft(alpha)] != rgb[is_soft(alpha)][:, :3]).any()


@pytest.mark.parametrize("width", [3, 10, 20])
@pytest.mark.parametrize(("shape", "axis"), [((40, 60), 1), ((60, 40), 0), ((41, 63), 1), ((150, 33), 0)])
def test_a_mixture_of_two_colours_gives_the_one_back(width: int, shape: tuple[int, int], axis: int) -> None:
    alpha = ramp(shape, width, axis)
    colors = estimate_foreground(mixed(alpha), alpha)
    errors = np.abs(colors.astype(int) - FORE)[alpha > 0]
    assert errors.max() <= 2
    assert (errors > 1).mean() <= 0.02


@pytest.mark.parametrize("divisor", [2, 6])
def test_on_a_reduced_photo_a_mixture_gives_it_back_too(monkeypatch: pytest.MonkeyPatch, divisor: int) -> None:
    alpha = ramp((80, 120), 40, 1)
    monkeypatch.setattr(estimate, "MOST_SOFT", np.count_nonzero(is_soft(alpha)) // divisor)
    colors = estimate_foreground(mixed(alpha), alpha)
    errors = np.abs(colors.astype(int) - FORE)[alpha > 0]
    assert errors.max() <= 6
    assert errors.mean() <= 1


def test_hair_loses_at_least_six_tenths_of_the_sky() -> None:
    scene = ALL["hair_bright_sky"](SEED)
    mixture = (scene.alpha > 0.02) & (scene.alpha < 0.98)
    before, after = (
        np.abs(colors - scene.foreground)[mixture].mean()
        for colors in (scene.image.astype(np.float64), estimate_foreground(scene.image, scene.alpha))
    )
    assert after <= 0.4 * before


@pytest.mark.parametrize("name", ["hair_bright_sky", "ramp", "defocus", "motion_blur"])
def test_on_a_reduced_photo_it_is_nearly_the_same(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    scene = ALL[name](SEED)
    alpha = alpha_to_u8(scene.alpha)
    whole = estimate_foreground(scene.image, alpha)
    monkeypatch.setattr(estimate, "MOST_SOFT", np.count_nonzero(is_soft(alpha)) // 2)
    halved = estimate_foreground(scene.image, alpha)
    assert (whole != halved).any()
    assert np.abs(whole.astype(int) - halved)[is_soft(alpha)].mean() < 3  # levels


def test_with_its_background_it_makes_the_photo_again() -> None:
    """A subject of two colours, half of it each: no blur of the two where they meet in a soft edge."""
    alpha = ramp((60, 60), 12, 1)
    fore = np.where(np.arange(60)[:, np.newaxis, np.newaxis] < 30, FORE, [40, 200, 60])
    colors = estimate_foreground(mixed(alpha, np.broadcast_to(fore, (60, 60, 3))), alpha)
    away = (np.abs(np.arange(60) - 29.5) > 6)[:, np.newaxis] & (alpha > 25)
    np.testing.assert_allclose(colors[away].astype(int), np.broadcast_to(fore, (60, 60, 3))[away], atol=4)


@pytest.mark.parametrize("level", [0, 255])
def test_without_soft_pixels_nothing_changes(level: int) -> None:
    rgb = noise((20, 30, 3))
    np.testing.assert_array_equal(estimate_foreground(rgb, np.full((20, 30), level, np.uint8)), rgb)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (2, 3), (40, 1), (20, 30), (33, 65)])
@pytest.mark.parametrize("most", [200_000, 5])
def test_where_all_is_soft_colours_are_the_photos_or_near(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], most: int
) -> None:
    monkeypatch.setattr(estimate, "MOST_SOFT", most)
    rgb = np.full((*size, 3), (90, 120, 40), np.uint8)
    colors = estimate_foreground(rgb, np.full(size, 128, np.uint8))
    np.testing.assert_allclose(colors.astype(int), rgb.astype(int), atol=1)  # nothing says otherwise
    assert estimate_foreground(noise((*size, 3)), noise(size)).shape == (*size, 3)


@pytest.mark.parametrize("most", [200_000, 100])
def test_alpha_may_be_bytes_or_floats(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_SOFT", most)
    rgb, alpha = soft(40, 60), ramp((40, 60), 20, 1)
    exact: AlphaF32 = alpha.astype(np.float32) / np.float32(255)
    wanted = estimate_foreground(rgb, alpha)
    for same in (exact, exact + np.float32(0.001)):  # the nearest level
        np.testing.assert_array_equal(estimate_foreground(rgb, same), wanted)


@pytest.mark.parametrize("most", [200_000, 100])
def test_views_and_read_only_arrays_are_all_the_same_and_stay_as_they_were(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(estimate, "MOST_SOFT", most)
    rgba, alpha = noise((40, 60, 4)), ramp((40, 60), 20, 1)
    rgb = np.ascontiguousarray(rgba[..., :3])
    for array in (rgba, rgb, alpha):
        array.setflags(write=False)
    before = rgba.copy(), alpha.copy()
    wanted = estimate_foreground(rgb, alpha)
    for picture, matte in [(rgba, alpha), (rgba[..., :3], alpha), (np.asfortranarray(rgb), np.asfortranarray(alpha))]:
        np.testing.assert_array_equal(estimate_foreground(picture, matte), wanted)
    np.testing.assert_array_equal(rgba, before[0])
    np.testing.assert_array_equal(alpha, before[1])


@pytest.mark.parametrize("most", [200_000, 100])
def test_in_place_only_soft_colours_are_written(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(estimate, "MOST_SOFT", most)
    rgba, alpha = noise((40, 60, 4)), ramp((40, 60), 20, 1)
    before, matte = rgba.copy(), alpha.copy()
    replace_soft_colors(rgba, alpha)
    np.testing.assert_array_equal(rgba[..., 3], before[..., 3])
    np.testing.assert_array_equal(rgba[~is_soft(alpha)], before[~is_soft(alpha)])
    np.testing.assert_array_equal(rgba[..., :3], estimate_foreground(before, alpha))
    np.testing.assert_array_equal(alpha, matte)


def test_strips_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb, alpha = soft(40, 60), noise((40, 60))
    monkeypatch.setattr(estimate, "MOST_SOFT", 500)
    whole = estimate_foreground(rgb, alpha)
    for pixels in (1, 7 * 60 + 3):
        monkeypatch.setattr(estimate, "STRIP_PIXELS", pixels)
        np.testing.assert_array_equal(estimate_foreground(rgb, alpha), whole)


def test_a_matte_of_another_size_is_refused() -> None:
    with pytest.raises(InvalidOption, match="doesn't fit"):
        estimate_foreground(noise((20, 30, 3)), np.zeros((30, 20), np.uint8))
