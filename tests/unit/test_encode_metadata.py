"""What a photo's colours and size mean travels with it, from file to file; and colour comes through untouched."""

from typing import Any, Literal

import numpy as np
import pytest

from gossamer.arrays import RgbaU8
from gossamer.compose import cut_out
from gossamer.decode import Photo, decode
from gossamer.encode import encode_alpha, encode_picture
from tests.unit.fakes import run
from tests.unit.pictures import ORIENTATION, exif, icc_profile, noise, opened, saved, soft

Type = Literal["png", "webp", "jpeg"]

TYPES: list[Type] = ["png", "webp", "jpeg"]
LOSSLESS: dict[str, dict[str, Any]] = {"PNG": {}, "TIFF": {}, "WEBP": {"lossless": True, "exact": True}}
FORMATS: dict[str, dict[str, Any]] = {**LOSSLESS, "JPEG": {}}
# As short as a profile can be, and longer than one segment of a JPEG holds.
PROFILES = {"short": icc_profile(b"RGB "), "long": icc_profile(b"RGB ") + noise((150_000,), seed=5).tobytes()}


def from_file_to_file(data: bytes, type: Type) -> bytes:
    photo = run(decode(data))
    return encode_picture(cut_out(photo.rgba, noise(photo.size, seed=1)), photo, type)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_profile_travels_to_the_byte(format: str, type: Type, profile: str) -> None:
    data = saved(soft(9, 12), format, icc_profile=PROFILES[profile], **FORMATS[format])
    assert opened(from_file_to_file(data, type)).info["icc_profile"] == PROFILES[profile]


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("format", FORMATS)
def test_no_profile_and_no_density_are_made_up(format: str, type: Type) -> None:
    info = opened(from_file_to_file(saved(soft(9, 12), format, **FORMATS[format]), type)).info
    assert "icc_profile" not in info
    assert info.get("dpi", (72, 72)) == (72, 72)


@pytest.mark.parametrize("type", ["png", "jpeg"])
@pytest.mark.parametrize("format", ["PNG", "TIFF", "JPEG", "BMP"])
def test_density_travels(format: str, type: Type) -> None:
    data = saved(soft(9, 12), format, dpi=(300, 150))
    # PNG and BMP state whole pixels a metre, off by at most half of 0.0254 each way; JPEG whole pixels an inch.
    assert opened(from_file_to_file(data, type)).info["dpi"] == pytest.approx((300, 150), abs=0.0254)


def test_density_travels_in_the_exif_of_a_webp() -> None:
    tags = opened(from_file_to_file(saved(soft(9, 12), "JPEG", dpi=(300, 150)), "webp")).getexif()
    assert (tags[0x011A], tags[0x011B], tags[0x0128]) == (300, 150, 2)


@pytest.mark.parametrize("dpi", [(72, 72), (72.009, 96), (300, 150), (1200, 2400), (2, 65535)])
def test_density_from_png_to_png_is_the_same_to_the_byte(dpi: tuple[float, float]) -> None:
    data = saved(soft(9, 12), "PNG", dpi=dpi)
    stated = data[data.index(b"pHYs") :][:17]  # name, pixels a metre each way, unit, checksum
    assert stated in from_file_to_file(data, "png")


@pytest.mark.parametrize("type", ["png", "jpeg"])
def test_density_lies_the_way_the_picture_does(type: Type) -> None:
    data = saved(soft(9, 12), "JPEG", dpi=(300, 150), exif=exif(6))
    image = opened(from_file_to_file(data, type))
    assert image.size == (9, 12)
    assert image.info["dpi"] == pytest.approx((150, 300), abs=0.0127)


@pytest.mark.parametrize("type", TYPES)
def test_orientation_is_not_passed_on_once_applied(type: Type) -> None:
    image = opened(from_file_to_file(saved(soft(9, 12), "JPEG", exif=exif(6)), type))
    assert ORIENTATION not in image.getexif()
    assert set(image.getexif()) <= {0x011A, 0x011B, 0x0128}, "nothing but its density"


def test_the_matte_has_no_profile() -> None:
    assert "icc_profile" not in opened(encode_alpha(noise((9, 12)))).info


def every_alpha(height: int, width: int) -> RgbaU8:
    """Colour without any order over all alphas, the photo's own."""
    rgba = noise((height, width, 4), seed=7)
    rgba[..., 3].flat[:256] = np.arange(256)
    return rgba


@pytest.mark.parametrize("with_profile", [False, True])
@pytest.mark.parametrize("format", LOSSLESS)
def test_colour_is_kept_to_the_bit_at_every_alpha_but_0(format: str, with_profile: bool) -> None:
    """With a profile too: colours are passed on as stored, never converted."""
    extras = {"icc_profile": PROFILES["short"]} if with_profile else {}
    pixels, alpha = every_alpha(20, 30), every_alpha(20, 30)[..., 3].T.copy().reshape(20, 30)
    photo = run(decode(saved(pixels, format, **LOSSLESS[format], **extras)))
    back = np.asarray(opened(encode_picture(cut_out(photo.rgba, alpha), photo, "png")))
    np.testing.assert_array_equal(back[..., 3], alpha)
    np.testing.assert_array_equal(back[..., :3], np.where(alpha[..., np.newaxis] > 0, pixels[..., :3], 0))


def test_colour_of_a_jpeg_is_kept_as_it_is_decoded() -> None:
    data = saved(soft(40, 30), "JPEG", icc_profile=PROFILES["short"])
    photo: Photo = run(decode(data))
    alpha = np.full(photo.size, 255, dtype=np.uint8)
    back = opened(encode_picture(cut_out(photo.rgba, alpha), photo, "png"))
    np.testing.assert_array_equal(np.asarray(back.convert("RGB")), np.asarray(opened(data)))
