"""Bare JPEGs: only what pixels need, and the decoder of the platform that gets them."""

import numpy as np
import pytest
from PIL import Image

from gossamer.arrays import RgbaU8
from gossamer.decode import decode
from gossamer.decode.jpeg import bare_jpeg
from gossamer.errors import DamagedInput
from tests.unit.fakes import run
from tests.unit.pictures import exif, icc_profile, noise, opened, saved, soft, with_segments

THUMBNAIL = (0xE1, b"Exif\0\0\xff\xd8\xff\xda\0\0thumbnail\xff\xd9")


def variants() -> dict[str, bytes]:
    picture = soft(40, 56)
    inks = Image.fromarray(picture).convert("CMYK")
    return {
        "baseline 4:2:0": saved(picture, "JPEG", subsampling=2),
        "4:4:4": saved(picture, "JPEG", subsampling=0),
        "progressive": saved(picture, "JPEG", progressive=True),
        "optimised": saved(picture, "JPEG", optimize=True),
        "restart markers": saved(picture, "JPEG", restart_marker_blocks=2),
        "grey": saved(picture[..., 0].copy(), "JPEG"),
        "RGB as such": saved(picture, "JPEG", keep_rgb=True),
        "inks": saved(inks, "JPEG"),
    }


@pytest.mark.parametrize("name", variants())
def test_the_pixels_are_the_same(name: str) -> None:
    data = variants()[name]
    profile = (0xE2, b"ICC_PROFILE\0\x01\x01" + icc_profile(b"RGB "))
    dressed = with_segments(data, THUMBNAIL, profile, (0xFE, b"a comment"), (0xED, b"8BIM"))
    bare = bare_jpeg(dressed)
    np.testing.assert_array_equal(np.asarray(opened(bare.data)), np.asarray(opened(data)))
    assert bare.data == bare_jpeg(data).data
    assert bare.portable == (name != "inks")


def test_what_rotates_converts_or_tells_is_gone() -> None:
    data = saved(soft(16, 16), "JPEG", exif=exif(6), icc_profile=icc_profile(b"RGB "), comment=b"private")
    bare = opened(bare_jpeg(data).data)
    assert bare.getexif() == {}
    assert "icc_profile" not in bare.info
    assert "comment" not in bare.info
    assert bare.info["jfif"]


def test_adobes_marker_says_how_to_read_colour_and_stays() -> None:
    data = saved(Image.fromarray(soft(16, 16)).convert("CMYK"), "JPEG")
    assert opened(data).info["adobe_transform"] == opened(bare_jpeg(data).data).info["adobe_transform"]


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_picture() -> None:
    data = with_segments(saved(soft(16, 16), "JPEG"), THUMBNAIL)
    assert bare_jpeg(data).data.endswith(b"\xff\xd9")
    with pytest.raises(DamagedInput, match="cut off"):
        bare_jpeg(data[:-2])


def test_fill_bytes_before_markers() -> None:
    data = saved(soft(16, 16), "JPEG")
    filled = data[:2] + b"\xff\xff\xff" + data[2:]
    np.testing.assert_array_equal(np.asarray(opened(bare_jpeg(filled).data)), np.asarray(opened(data)))


def test_what_follows_the_end_is_cut() -> None:
    data = saved(soft(16, 16), "JPEG")
    assert bare_jpeg(data + b"a film behind the photo").data == bare_jpeg(data).data


def test_a_comment_between_scans_may_hold_anything() -> None:
    data = saved(soft(40, 56), "JPEG", progressive=True)
    second = data.index(b"\xff\xc4", data.index(b"\xff\xda"))  # a table before the second scan
    odd = data[:second] + b"\xff\xfe\0\x06ab\xff\xd9" + data[second:]
    np.testing.assert_array_equal(np.asarray(opened(bare_jpeg(odd).data)), np.asarray(opened(data)))


def test_twelve_bits_are_not_portable() -> None:
    data = bytearray(saved(soft(16, 16), "JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    assert not bare_jpeg(bytes(data)).portable


def test_every_cut_is_damage_and_nothing_else() -> None:
    data = saved(noise((16, 16, 3)), "JPEG")
    for cut in range(2, len(data)):
        with pytest.raises(DamagedInput):
            bare_jpeg(data[:cut])


class Platform:
    """A platform's decoder, which paints everything in one colour; or won't."""

    def __init__(self, color: int | None) -> None:
        self.color = color
        self.asked: list[tuple[bytes, int, int]] = []

    async def __call__(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        self.asked.append((data, width, height))
        if self.color is None:
            return None
        pixels = np.full((height, width, 4), 255, dtype=np.uint8)
        pixels[..., 0] = np.arange(width) + self.color
        return pixels


def test_the_platform_decodes_plain_jpegs_and_gets_them_bare() -> None:
    platform = Platform(100)
    data = saved(soft(16, 24), "JPEG", exif=exif(1))
    photo = run(decode(data, platform))
    assert platform.asked == [(bare_jpeg(data).data, 24, 16)]
    np.testing.assert_array_equal(photo.rgba[5, :, 0], np.arange(24) + 100)
    assert not photo.has_alpha


@pytest.mark.parametrize("orientation", [3, 6])
def test_what_the_platform_decodes_is_turned_upright_here(orientation: int) -> None:
    platform = Platform(100)
    photo = run(decode(saved(soft(16, 24), "JPEG", exif=exif(orientation)), platform))
    assert opened(platform.asked[0][0]).getexif() == {}
    line = photo.rgba[0, :, 0] if orientation == 3 else photo.rgba[:, 0, 0]
    np.testing.assert_array_equal(line, np.arange(24)[:: -1 if orientation == 3 else 1] + 100)
    assert photo.rgba.flags.c_contiguous


@pytest.mark.parametrize("name", variants())
def test_pillow_decodes_what_the_platform_wont(name: str) -> None:
    platform = Platform(None)
    data = variants()[name]
    photo = run(decode(data, platform))
    np.testing.assert_array_equal(photo.rgb, np.asarray(opened(data).convert("RGB")))
    assert len(platform.asked) == (0 if name == "inks" else 1)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_the_platform_is_not_asked_for_other_formats(format: str) -> None:
    platform = Platform(100)
    run(decode(saved(soft(8, 8), format), platform))
    assert platform.asked == []


def test_a_cut_off_jpeg_never_reaches_the_platform() -> None:
    platform = Platform(100)
    with pytest.raises(DamagedInput):
        run(decode(saved(soft(16, 16), "JPEG")[:-2], platform))
    assert platform.asked == []
