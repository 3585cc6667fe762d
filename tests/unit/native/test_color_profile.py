"""Profiles made for named primaries, read by Little CMS."""

import io

import pytest
from PIL import Image, ImageCms

from gossamer.decode.color_profile import profile_of_primaries

P3_COLUMNS = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""XYZ of red, green and blue in the profile "Display P3" that Apple's devices embed."""


def opened(number: int) -> ImageCms.ImageCmsProfile:
    data = profile_of_primaries(number)
    assert data is not None
    return ImageCms.getOpenProfile(io.BytesIO(data))


def converted(color: tuple[int, int, int], number: int) -> tuple[int, ...]:
    pixel = Image.new("RGB", (1, 1), color)
    result = ImageCms.profileToProfile(pixel, opened(number), ImageCms.createProfile("sRGB"))
    assert result is not None
    value = result.getpixel((0, 0))
    assert isinstance(value, tuple)
    return tuple(int(level) for level in value)


def test_display_p3_is_that_of_the_devices() -> None:
    profile = opened(12).profile
    for got, wanted in zip(
        (profile.red_colorant, profile.green_colorant, profile.blue_colorant), P3_COLUMNS, strict=True
    ):
        assert got is not None
        assert got[0] == pytest.approx(wanted, abs=2e-4)


@pytest.mark.parametrize("number", [9, 12])
def test_grey_stays_grey(number: int) -> None:
    for level in (0, 1, 64, 128, 254, 255):
        assert converted((level, level, level), number) == pytest.approx((level,) * 3, abs=1)


def test_a_colour_within_srgb_is_that_colour() -> None:
    # By the matrices of CSS Color 4: color(display-p3 0.7843 0.5882 0.3922).
    assert converted((200, 150, 100), 12) == pytest.approx((209, 147, 91), abs=1)


@pytest.mark.parametrize("number", [0, 1, 2, 11, 999])
def test_others_need_none(number: int) -> None:
    assert profile_of_primaries(number) is None
