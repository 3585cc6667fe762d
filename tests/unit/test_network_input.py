"""A photo becomes a tensor: antialiased, padded, on grey where it is transparent, normalised."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.decode import Photo, photo_from_pixels
from gossamer.segment import NetworkInput, network_input
from tests.unit.fakes import model
from tests.unit.pictures import noise, soft

# Product and difference in float32, of values up to 255 / 0.225 / 255: a few steps of 2⁻²³ around 4.
NORMALISED = 2e-6


def photo_of(rgb: NDArray[np.uint8], alpha: NDArray[np.uint8] | int = 255) -> Photo:
    rgba = np.dstack([rgb, np.broadcast_to(np.uint8(alpha), rgb.shape[:2])])
    return photo_from_pixels(rgba.tobytes(), rgb.shape[1], rgb.shape[0])


def input_of(photo: Photo, *, mirrored: bool = False, **changes: Any) -> NetworkInput:
    tiny = model(**changes)
    return network_input(photo, tiny.input, tiny.normalisation, mirrored=mirrored)


def seen(photo: Photo, *, mirrored: bool = False, **changes: Any) -> NDArray[np.float64]:
    """What the network sees, as (h, w, 3) levels 0 to 255."""
    changes = {"divisor": 1, "mean": [0, 0, 0], "std": [1, 1, 1], **changes}
    tensor = input_of(photo, mirrored=mirrored, **changes).tensor
    levels: NDArray[np.float64] = tensor[0].transpose(1, 2, 0).astype(np.float64)
    return levels


@pytest.mark.parametrize("divisor", [255, 1, "max"])
def test_normalisation_against_double_precision(divisor: float | str) -> None:
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    scale = 255 if divisor == 1 else 1
    rgb = noise((32, 24, 3)) // 2
    result = input_of(photo_of(rgb), divisor=divisor, mean=[m * scale for m in mean], std=[s * scale for s in std])
    level = rgb / (float(rgb.max()) if divisor == "max" else 255.0)
    wanted = ((level - mean) / std).transpose(2, 0, 1)[np.newaxis]
    assert result.tensor.dtype == np.float32
    assert result.tensor.shape == (1, 3, 32, 24)
    assert result.tensor.flags.c_contiguous
    assert result.picture == (32, 24)
    np.testing.assert_allclose(result.tensor, wanted, rtol=0, atol=NORMALISED)


def test_a_black_photo_has_no_largest_value_to_divide_by() -> None:
    black = photo_of(np.zeros((8, 8, 3), dtype=np.uint8))
    np.testing.assert_array_equal(seen(black, divisor="max"), 0)


@pytest.mark.parametrize("downscale", ["box", "bilinear", "bicubic", "lanczos"])
def test_a_checkerboard_shrinks_to_its_mean(downscale: str) -> None:
    board = (np.indices((512, 512)).sum(axis=0) % 2 * 255).astype(np.uint8)
    levels = seen(photo_of(np.dstack([board] * 3)), downscale=downscale)
    # 127.5 is the mean; bytes are rounded once by the box reduction and once by the filter. At the border the
    # kernel is cut off in the middle of a square, which tips the balance by a level or two.
    np.testing.assert_allclose(levels[2:-2, 2:-2], 127.5, atol=1)
    np.testing.assert_allclose(levels, 127.5, atol=3)


def test_shrinking_keeps_place_and_brightness() -> None:
    ramp = np.linspace(0, 255, 640).astype(np.uint8)
    levels = seen(photo_of(np.broadcast_to(ramp[:, np.newaxis, np.newaxis], (640, 320, 3))))
    # Each of 32 rows is the mean of the 20 it stands for: off by rounding and by what the two border rows lack.
    wanted = ramp.reshape(32, 20).mean(axis=1)
    np.testing.assert_allclose(levels[1:-1, :, 0], np.repeat(wanted[1:-1, np.newaxis], 16, axis=1), atol=1)


def test_channels_stay_apart() -> None:
    levels = seen(photo_of(np.broadcast_to(np.array([10, 100, 200], dtype=np.uint8), (90, 90, 3))))
    np.testing.assert_array_equal(levels, np.broadcast_to([10.0, 100.0, 200.0], (32, 32, 3)))


@pytest.mark.parametrize(("fit", "right"), [("pad-edge", [4, 4, 4]), ("pad-reflect", [4, 3, 2])])
def test_padding_goes_on_as_the_picture_ends(fit: str, right: list[int]) -> None:
    row = np.arange(5, dtype=np.uint8)
    photo = photo_of(np.broadcast_to(row[np.newaxis, :, np.newaxis], (32, 5, 3)))
    result = input_of(photo, fit=fit, divisor=1, mean=[0, 0, 0], std=[1, 1, 1])
    assert result.picture == (32, 5)
    assert result.tensor.shape == (1, 3, 32, 8)
    np.testing.assert_array_equal(result.tensor[0, 0, 7], [*row, *right])


def test_padding_may_be_wider_than_the_picture() -> None:
    photo = photo_of(noise((1, 32, 3)))
    result = input_of(photo, fit="pad-reflect")
    assert result.picture == (1, 32)
    assert result.tensor.shape == (1, 3, 8, 32)
    np.testing.assert_array_equal(result.tensor[0, :, 7], result.tensor[0, :, 0])


def test_a_transparent_photo_is_seen_on_grey() -> None:
    rgb, alpha = noise((32, 32, 3)), noise((32, 32), seed=1)
    levels = seen(photo_of(rgb, alpha))
    share = alpha[..., np.newaxis] / 255.0
    # Rounded once, at the photo's own size; premultiplied bytes may cost half a level more.
    np.testing.assert_allclose(levels, rgb * share + 127 * (1 - share), atol=1.01)


def test_hidden_colours_are_hidden_from_the_network_too() -> None:
    rgb = soft(200, 160)
    alpha = np.where(np.hypot(*np.indices((200, 160)) - 80) < 60, 255, 0).astype(np.uint8)
    wild = np.where(alpha[..., np.newaxis] > 0, rgb, noise((200, 160, 3)))
    plain = np.where(alpha[..., np.newaxis] > 0, rgb, 0).astype(np.uint8)
    np.testing.assert_array_equal(seen(photo_of(wild, alpha)), seen(photo_of(plain, alpha)))


@pytest.mark.parametrize("alpha", [255, 100])
@pytest.mark.parametrize("size", [(40, 40), (32, 32), (300, 401)])
def test_in_the_mirror_left_is_right(alpha: int, size: tuple[int, int]) -> None:
    rgb = soft(*size)
    mirrored = seen(photo_of(rgb, alpha), mirrored=True)
    np.testing.assert_array_equal(mirrored, seen(photo_of(rgb, alpha))[:, ::-1])
    # Rounding may fall to the other side, and an odd size is box-reduced from its other end.
    np.testing.assert_allclose(mirrored, seen(photo_of(np.ascontiguousarray(rgb[:, ::-1]), alpha)), atol=3)


@pytest.mark.parametrize("fit", ["pad-edge", "pad-reflect"])
def test_the_mirror_image_is_padded_on_the_right_as_well(fit: str) -> None:
    rgb = noise((32, 21, 3))
    result = input_of(photo_of(rgb), mirrored=True, fit=fit)
    assert result.picture == (32, 21)
    assert result.tensor.flags.c_contiguous
    np.testing.assert_array_equal(result.tensor, input_of(photo_of(rgb[:, ::-1]), fit=fit).tensor)


@pytest.mark.parametrize("alpha", [255, 100])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_photo_is_left_as_it_was(alpha: int, mirrored: bool) -> None:
    photo = photo_of(noise((40, 40, 3)), alpha)
    before = photo.rgba.copy()
    input_of(photo, mirrored=mirrored)
    np.testing.assert_array_equal(photo.rgba, before)
