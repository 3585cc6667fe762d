"""Files written and read back."""

from typing import Literal

import numpy as np
import pytest

from gossamer.decode import Photo
from gossamer.encode import MIME_TYPES, encode_alpha, encode_picture
from gossamer.errors import GossamerError
from tests.unit.pictures import icc_profile, noise, opened, soft

PLAIN = Photo(np.zeros((1, 1, 4), dtype=np.uint8))
RICH = Photo(PLAIN.rgba, icc_profile=icc_profile(b"RGB "), dpi=(300, 150))


def random_rgba() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Any colour under every alpha, 0 and 255 among them."""
    rgba = noise((64, 96, 4))
    rgba.reshape(-1, 4)[:256, 3] = np.arange(256)
    return rgba


def test_png_keeps_every_byte() -> None:
    rgba = random_rgba()
    before = rgba.copy()
    image = opened(encode_picture(rgba, PLAIN, "png"))
    assert image.format == "PNG"
    assert image.mode == "RGBA"
    np.testing.assert_array_equal(np.asarray(image), before)
    np.testing.assert_array_equal(rgba, before)


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (2, 2), (37, 53), (300, 401), (3, 70_001), (70_001, 1)])
def test_png_keeps_every_byte_of_every_shape(size: tuple[int, int]) -> None:
    rgba = noise((*size, 4))
    np.testing.assert_array_equal(np.asarray(opened(encode_picture(rgba, PLAIN, "png"))), rgba)


def test_webp_keeps_alpha_exactly_and_colour_nearly() -> None:
    rgba = np.dstack([soft(64, 96), random_rgba()[..., 3]])
    image = opened(encode_picture(rgba, PLAIN, "webp"))
    assert image.format == "WEBP"
    back = np.asarray(image.convert("RGBA"))
    np.testing.assert_array_equal(back[..., 3], rgba[..., 3])
    # Quality 90 on a soft picture is off by two or three levels; hidden colours blackened would be off by dozens.
    assert np.abs(back[..., :3].astype(int) - rgba[..., :3]).mean() < 4


def test_jpeg_is_opaque_and_takes_colour_as_it_is() -> None:
    rgba = np.dstack([soft(64, 96), random_rgba()[..., 3]])
    image = opened(encode_picture(rgba, PLAIN, "jpeg"))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    # Quality 92 without chroma subsampling, on a soft picture.
    assert np.abs(np.asarray(image).astype(int) - rgba[..., :3]).mean() < 3


def test_the_matte_is_a_grey_png() -> None:
    alpha = noise((64, 96))
    image = opened(encode_alpha(alpha))
    assert (image.format, image.mode) == ("PNG", "L")
    np.testing.assert_array_equal(np.asarray(image), alpha)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("type", ["png", "webp", "jpeg"])
def test_profile_and_density_travel(type: Literal["png", "webp", "jpeg"]) -> None:
    info = opened(encode_picture(random_rgba(), RICH, type)).info
    assert info["icc_profile"] == RICH.icc_profile
    if type != "webp":
        # PNG states whole pixels a metre.
        assert info["dpi"] == pytest.approx((300, 150), abs=0.0127)


@pytest.mark.parametrize("type", ["png", "webp", "jpeg"])
def test_nothing_is_made_up(type: Literal["png", "webp", "jpeg"]) -> None:
    info = opened(encode_picture(random_rgba(), PLAIN, type)).info
    assert "icc_profile" not in info
    assert info.get("dpi", (72, 72)) == (72, 72)
    assert "exif" not in info


@pytest.mark.parametrize("shape", [(1, 1), (1, 6000), (6000, 1)])
@pytest.mark.parametrize("type", ["png", "webp", "jpeg"])
def test_extreme_shapes(type: Literal["png", "webp", "jpeg"], shape: tuple[int, int]) -> None:
    assert opened(encode_picture(noise((*shape, 4)), PLAIN, type)).size == shape[::-1]


@pytest.mark.parametrize(("type", "width"), [("webp", 16_384), ("jpeg", 65_501)])
def test_sizes_that_a_format_cannot_hold_are_our_error(type: Literal["webp", "jpeg"], width: int) -> None:
    with pytest.raises(GossamerError, match=r"16383|65500|pixels"):
        encode_picture(np.zeros((1, width, 4), dtype=np.uint8), PLAIN, type)


def test_every_type_has_its_media_type() -> None:
    assert MIME_TYPES == {
        "png": "image/png",
        "webp": "image/webp",
        "jpeg": "image/jpeg",
        "alpha": "image/png",
        "trimap": "image/png",
    }
