"""Exif orientation, density and colour profile."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageOps

from gossamer.decode import decode
from tests.unit.fakes import run
from tests.unit.pictures import exif, icc_profile, noise, opened, saved, soft, with_segments

# A picture of two rows and three columns as it is stored, and how each orientation shows it (Exif 2.32, tag 0x0112).
STORED = [[1, 2, 3], [4, 5, 6]]
SHOWN = {
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
}
FORMATS = [("JPEG", {}), ("PNG", {}), ("WEBP", {"lossless": True})]


@pytest.mark.parametrize("orientation", SHOWN)
def test_every_pixel_goes_where_it_belongs(orientation: int) -> None:
    data = saved(np.array(STORED, dtype=np.uint8), "PNG", exif=exif(orientation))
    np.testing.assert_array_equal(run(decode(data)).rgb[..., 0], SHOWN[orientation])


@pytest.mark.parametrize("orientation", SHOWN)
@pytest.mark.parametrize(("format", "parameters"), FORMATS)
def test_orientation_is_applied_as_pillow_does(format: str, parameters: dict[str, bool], orientation: int) -> None:
    data = saved(soft(20, 33), format, exif=exif(orientation), **parameters)
    upright = ImageOps.exif_transpose(opened(data))
    photo = run(decode(data))
    np.testing.assert_array_equal(photo.rgb, np.asarray(upright.convert("RGB")))
    assert photo.rgba.flags.c_contiguous


@pytest.mark.parametrize("orientation", SHOWN)
def test_orientation_of_tiff_is_applied_once(orientation: int) -> None:
    data = saved(np.array(STORED, dtype=np.uint8), "TIFF", tiffinfo={0x0112: orientation})
    np.testing.assert_array_equal(run(decode(data)).rgb[..., 0], SHOWN[orientation])


@pytest.mark.parametrize("orientation", SHOWN)
def test_alpha_turns_with_its_picture(orientation: int) -> None:
    pixels = np.zeros((2, 3, 4), dtype=np.uint8)
    pixels[..., 3] = STORED
    photo = run(decode(saved(pixels, "PNG", exif=exif(orientation))))
    np.testing.assert_array_equal(photo.rgba[..., 3], SHOWN[orientation])


def orientation_entry(kind: int, count: int, value: bytes) -> bytes:
    """Exif with one tag, the orientation, of any TIFF type."""
    entry = struct.pack("<HHI", 0x0112, kind, count) + value.ljust(4, b"\0")
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + b"\0\0\0\0"


@pytest.mark.parametrize(
    ("kind", "count", "value"),
    [
        (3, 1, struct.pack("<H", 0)),
        (3, 1, struct.pack("<H", 9)),
        (3, 1, struct.pack("<H", 65535)),
        (2, 2, b"6"),
        (7, 4, b"\x06\0\0\0"),
        (8, 1, struct.pack("<h", -6)),
        (11, 1, struct.pack("<f", float("nan"))),
    ],
)
def test_an_orientation_that_is_none_counts_as_upright(kind: int, count: int, value: bytes) -> None:
    data = saved(soft(20, 33), "JPEG", dpi=(72, 144), exif=orientation_entry(kind, count, value))
    photo = run(decode(data))
    np.testing.assert_array_equal(photo.rgb, np.asarray(opened(data)))
    assert photo.dpi == (72, 144)


@pytest.mark.parametrize("orientation", SHOWN)
def test_density_turns_with_its_picture(orientation: int) -> None:
    data = saved(soft(20, 33), "JPEG", dpi=(72, 144), exif=exif(orientation))
    assert run(decode(data)).dpi == ((72, 144) if orientation < 5 else (144, 72))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "BMP"])
def test_density_is_kept(format: str) -> None:
    dpi = run(decode(saved(soft(8, 8), format, dpi=(300, 300)))).dpi
    # PNG and BMP state whole pixels a metre, which is off by at most half of 0.0254.
    assert dpi == pytest.approx((300, 300), abs=0.0127)


@pytest.mark.parametrize("dpi", [(0, 0), (0, 300)])
def test_a_density_that_is_none_is_left_out(dpi: tuple[int, int]) -> None:
    assert run(decode(saved(soft(8, 8), "PNG", dpi=dpi))).dpi is None


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_an_rgb_profile_is_kept_to_the_byte(format: str) -> None:
    profile = icc_profile(b"RGB ")
    assert run(decode(saved(soft(8, 8), format, icc_profile=profile))).icc_profile == profile


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_grey_profile_is_wrong_for_what_is_written(format: str) -> None:
    data = saved(noise((8, 8)), format, icc_profile=icc_profile(b"GRAY"))
    assert run(decode(data)).icc_profile is None


def test_a_profile_of_inks_is_wrong_for_the_converted_colours() -> None:
    inks = Image.fromarray(soft(8, 8)).convert("CMYK")
    assert run(decode(saved(inks, "JPEG", icc_profile=icc_profile(b"CMYK")))).icc_profile is None


@pytest.mark.parametrize("profile", [b"", b"RGB ", b"\0" * 19])
def test_a_profile_that_is_none_is_left_out(profile: bytes) -> None:
    segment = (0xE2, b"ICC_PROFILE\0\x01\x01" + profile)
    assert run(decode(with_segments(saved(soft(8, 8), "JPEG"), segment))).icc_profile is None
