"""Other sizes: against a Lanczos filter in double precision, premultiplied; and what must hold for any filter."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import RgbaU8
from gossamer.finish import Frame, frame_of, framed_alpha, framed_picture, framed_trimap
from gossamer.options import Options
from tests.unit.pictures import noise, soft

Reals = NDArray[np.float64]
LOBES = 3
# As seen on black, in levels: rounding to bytes once, and single precision.
TOLERANCE = 0.51


def lanczos(start: float, length: float, pixels: int, limit: int) -> Reals:
    """(pixels, limit) weights of a row's pixels in the resized row; rows that the photo ends are made to sum to 1."""
    scale = length / pixels
    centres = start + (np.arange(pixels) + 0.5) * scale
    distance = (np.arange(limit) + 0.5 - centres[:, np.newaxis]) / max(1, scale)
    weights: Reals = np.where(np.abs(distance) < LOBES, np.sinc(distance) * np.sinc(distance / LOBES), 0)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def reference(rgba: RgbaU8, frame: Frame) -> tuple[Reals, Reals]:
    """Alpha and premultiplied colour of 0 to 255, before anything is clipped. The frame lies inside the photo."""
    x, y, w, h = frame.box
    down, across = lanczos(y, h, frame.size[0], rgba.shape[0]), lanczos(x, w, frame.size[1], rgba.shape[1])
    weight = rgba[..., 3].astype(np.float64)
    planes = [weight, *(rgba[..., channel] * weight / 255 for channel in range(3))]
    alpha, *colors = (down @ plane @ across.T for plane in planes)
    return alpha, np.dstack(colors)


def smooth_cut_out(height: int, width: int, seed: int) -> RgbaU8:
    """Smooth colour and alpha of all levels, with an opaque and an empty part."""
    level = soft(height, width, seed + 1)[..., 0].astype(np.float64)
    alpha = np.clip((level - 100) * 4, 0, 255).astype(np.uint8)
    rgba = np.dstack([soft(height, width, seed), alpha])
    rgba[alpha == 0] = 0
    return rgba


@pytest.mark.parametrize("seed", range(24))
def test_it_is_a_premultiplied_lanczos_filter(seed: int) -> None:
    random = np.random.default_rng(seed)
    height, width = (int(value) for value in random.integers(20, 120, 2))
    rgba = smooth_cut_out(height, width, seed)
    x, y = float(random.uniform(0, width / 2)), float(random.uniform(0, height / 2))
    crop = (x, y, float(random.uniform(4, width - x)), float(random.uniform(4, height - y)))
    size = tuple(int(value) for value in random.integers(10, 150, 2))
    frame = Frame(crop, (size[0], size[1]))
    if max(crop[2] / size[1], crop[3] / size[0]) >= 6:
        return  # box reduction goes first
    result = framed_picture(rgba, frame)
    alpha, color = reference(rgba, frame)
    expected = np.clip(alpha, 0, 255)
    settled = (np.abs(result[..., 3] - expected) > TOLERANCE) & np.isin(result[..., 3], (0, 255))
    assert np.abs(alpha - result[..., 3])[settled].max(initial=0) < 32, "ringing, and no more than that"
    assert np.abs(result[..., 3] - expected)[~settled].max(initial=0) <= TOLERANCE
    visible = (result[..., 3] > 0) & ~settled & (alpha >= 1)
    straight = np.clip(255 * color[visible] / alpha[visible][:, np.newaxis], 0, 255)
    assert np.abs(result[..., :3][visible] - straight).max(initial=0) <= TOLERANCE
    np.testing.assert_array_equal(framed_alpha(rgba[..., 3], frame), result[..., 3])


def shrunk(rgba: RgbaU8, **options: Any) -> RgbaU8:
    return framed_picture(rgba, frame_of(Options(**options), rgba[..., 3]))


@pytest.mark.parametrize("width", [7, 40, 100, 333, 1000])
def test_one_colour_stays_that_colour_at_every_alpha(width: int) -> None:
    rgba = noise((180, 240, 4), seed=4)
    rgba[..., :3] = (200, 90, 17)
    rgba[rgba[..., 3] < 80] = 0
    result = shrunk(rgba, width=width)
    visible = result[..., 3] > 0
    assert visible.any()
    np.testing.assert_array_equal(np.unique(result[visible][:, :3], axis=0), [(200, 90, 17)])
    assert (result[~visible] == 0).all()


@pytest.mark.parametrize("width", [13, 60, 159, 161, 500])
def test_what_is_opaque_or_empty_stays_so(width: int) -> None:
    """Also beside an edge, where Lanczos rings."""
    alpha = np.zeros((120, 160), dtype=np.uint8)
    alpha[:, 80:] = 255
    rgba = np.dstack([noise((120, 160, 3)), alpha])
    result = shrunk(rgba, width=width)[..., 3]
    edge, reach = width / 2, max(1, width / 160)
    columns = np.arange(width) + 0.5
    assert (result[:, columns > edge + reach + 0.5] == 255).all()
    assert (result[:, columns < edge - reach - 0.5] == 0).all()
    assert shrunk(np.full((50, 70, 4), 255, np.uint8), width=width).min() == 255, "up to the photo's edges"


def test_no_dark_fringe_of_what_was_removed() -> None:
    rgba = np.zeros((90, 90, 4), dtype=np.uint8)
    rgba[20:70, 20:70] = 255  # white; all around it is black at alpha 0
    result = shrunk(rgba, width=31)
    assert ((result[..., 3] > 0) & (result[..., 3] < 255)).any()
    assert (result[result[..., 3] > 0][:, :3] == 255).all()


def test_beyond_the_photo_there_is_nothing_and_its_edge_is_one() -> None:
    rgba = np.full((40, 40, 4), 255, dtype=np.uint8)
    result = shrunk(rgba, crop=(-20, -20, 80, 80), width=40, height=40)
    assert (result[:8] == 0).all()
    assert (result[13:27, 13:27] == 255).all()
    assert (result[result[..., 3] > 0][:, :3] == 255).all()


def test_from_six_times_smaller_on_it_is_nearly_the_same() -> None:
    rgba = smooth_cut_out(700, 900, 5)
    frame = Frame((0, 0, 900, 700), (70, 90))
    alpha, color = reference(rgba, frame)
    result = framed_picture(rgba, frame).astype(np.float64)
    assert np.abs(result[..., 3] - np.clip(alpha, 0, 255)).max() < 3
    seen = result[..., :3] * result[..., 3:] / 255
    assert np.abs(seen - np.clip(color, 0, 255)).max() < 3


def test_a_binary_matte_stays_binary_and_a_trimap_one() -> None:
    alpha = (noise((60, 80)) > 128).astype(np.uint8) * 255
    options = Options(width=33, threshold=0.4)
    result = framed_alpha(alpha, frame_of(options, alpha))
    assert set(np.unique(result)) == {0, 255}
    picture = framed_picture(np.dstack([noise((60, 80, 3)), alpha]), frame_of(options, alpha))
    np.testing.assert_array_equal(picture[..., 3], result)
    regions = np.array([0, 128, 255], dtype=np.uint8)[noise((60, 80)) % 3]
    assert set(np.unique(framed_trimap(regions, Frame((3.5, -4, 50, 60), (91, 77))))) == {0, 128, 255}


def test_the_photo_is_left_as_it_was() -> None:
    rgba = smooth_cut_out(50, 60, 2)
    before = rgba.copy()
    shrunk(rgba, width=20)
    np.testing.assert_array_equal(rgba, before)


@pytest.mark.parametrize(("shape", "size"), [((1, 1), (50, 70)), ((1, 3000), (1, 1)), ((900, 2), (3, 800))])
def test_extreme_shapes(shape: tuple[int, int], size: tuple[int, int]) -> None:
    rgba = np.full((*shape, 4), 255, dtype=np.uint8)
    result = framed_picture(rgba, Frame((0, 0, shape[1], shape[0]), size))
    assert result.shape == (*size, 4)
    assert (result == 255).all()
