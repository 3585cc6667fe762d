"""Every kind of pixel a file can hold becomes straight 8-bit RGBA."""

import struct

import numpy as np
import pytest
from PIL import Image

from gossamer.decode import Photo, decode
from tests.unit.fakes import run
from tests.unit.pictures import noise, opened, png, png_chunk, saved, soft

LOSSLESS = [("PNG", {}), ("WEBP", {"lossless": True, "exact": True}), ("BMP", {}), ("TIFF", {})]


def decoded(data: bytes) -> Photo:
    photo = run(decode(data))
    assert photo.rgba.dtype == np.uint8
    assert photo.rgba.shape == (*photo.size, 4)
    assert photo.rgba.flags.c_contiguous
    assert photo.rgba.flags.writeable
    assert photo.has_alpha == bool((photo.rgba[..., 3] != 255).any())
    assert (photo.alpha_u8 is None) == (not photo.has_alpha)
    return photo


@pytest.mark.parametrize(("format", "parameters"), LOSSLESS)
@pytest.mark.parametrize("size", [(1, 1), (7, 5), (500, 6000)])
def test_rgb_comes_through_unchanged(format: str, parameters: dict[str, bool], size: tuple[int, int]) -> None:
    pixels = soft(*size)
    photo = decoded(saved(pixels, format, **parameters))
    np.testing.assert_array_equal(photo.rgb, pixels)
    assert not photo.has_alpha
    assert photo.notices == ()


@pytest.mark.parametrize(("format", "parameters"), [LOSSLESS[0], LOSSLESS[1], LOSSLESS[3]])
def test_rgba_is_kept_hidden_colours_too(format: str, parameters: dict[str, bool]) -> None:
    pixels = noise((9, 11, 4))
    photo = decoded(saved(pixels, format, **parameters))
    np.testing.assert_array_equal(photo.rgba, pixels)
    assert photo.has_alpha


def test_an_alpha_channel_that_says_nothing_is_none() -> None:
    pixels = noise((4, 4, 4))
    pixels[..., 3] = 255
    assert not decoded(saved(pixels, "PNG")).has_alpha


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (500, 6000)])
def test_jpeg_is_what_pillow_decodes(size: tuple[int, int]) -> None:
    data = saved(soft(*size), "JPEG")
    np.testing.assert_array_equal(decoded(data).rgb, np.asarray(opened(data)))


def test_progressive_jpeg() -> None:
    data = saved(soft(40, 30), "JPEG", progressive=True)
    np.testing.assert_array_equal(decoded(data).rgb, np.asarray(opened(data)))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP"])
def test_grey(format: str) -> None:
    data = saved(soft(12, 10)[..., 0].copy(), format)
    grey = np.asarray(opened(data).convert("L"))
    np.testing.assert_array_equal(decoded(data).rgb, np.repeat(grey[..., np.newaxis], 3, axis=2))


def test_one_bit() -> None:
    bits = noise((9, 13)) > 127
    photo = decoded(saved(Image.fromarray(bits), "PNG"))
    np.testing.assert_array_equal(photo.rgb[..., 1], np.where(bits, 255, 0))


def test_grey_with_alpha() -> None:
    pixels = noise((9, 13, 2))
    photo = decoded(saved(Image.fromarray(pixels), "PNG"))
    np.testing.assert_array_equal(photo.rgba, pixels[..., [0, 0, 0, 1]])


def test_palette_without_and_with_transparency() -> None:
    colors = [(10, 20, 30), (40, 50, 60), (70, 80, 90)]
    rows = [bytes((0, 1, 2)), bytes((2, 1, 0))]
    palette = png_chunk(b"PLTE", b"".join(map(bytes, colors)))
    opaque = decoded(png(3, 2, 8, 3, rows, palette))
    np.testing.assert_array_equal(opaque.rgb, [colors, colors[::-1]])
    assert not opaque.has_alpha

    clear = decoded(png(3, 2, 8, 3, rows, palette, png_chunk(b"tRNS", bytes((0, 128)))))
    np.testing.assert_array_equal(clear.rgb, [colors, colors[::-1]])
    np.testing.assert_array_equal(clear.alpha_u8, [[0, 128, 255], [255, 128, 0]])


def test_one_transparent_colour() -> None:
    rows = [bytes((1, 2, 3, 4, 5, 6))]
    photo = decoded(png(2, 1, 8, 2, rows, png_chunk(b"tRNS", struct.pack(">HHH", 1, 2, 3))))
    np.testing.assert_array_equal(photo.rgba, [[(1, 2, 3, 0), (4, 5, 6, 255)]])


@pytest.mark.parametrize("values", [(0x0000, 0xFFFF, 0x8000, 0x7FFF, 0x00FF, 0x0100)])
def test_sixteen_bit_grey_keeps_its_high_byte(values: tuple[int, ...]) -> None:
    photo = decoded(png(len(values), 1, 16, 0, [struct.pack(f">{len(values)}H", *values)]))
    np.testing.assert_array_equal(photo.rgb[0, :, 0], [value >> 8 for value in values])


@pytest.mark.parametrize(("color_type", "channels"), [(2, 3), (6, 4), (4, 2)])
def test_sixteen_bit_colour_keeps_its_high_byte(color_type: int, channels: int) -> None:
    values = noise((3, 4, channels, 2))  # the last axis: high and low byte
    photo = decoded(png(4, 3, 16, color_type, [row.tobytes() for row in values]))
    high = values[..., 0]
    wanted = high[..., [0, 0, 0, 1]] if channels == 2 else high
    np.testing.assert_array_equal(photo.rgba[..., : wanted.shape[2]], wanted)


def test_interlaced_png() -> None:
    # Adam7 of one pixel is that pixel.
    data = bytearray(png(1, 1, 8, 2, [b"\x01\x02\x03"]))
    data[28] = 1
    header = png_chunk(b"IHDR", bytes(data[16:29]))
    np.testing.assert_array_equal(decoded(bytes(data[:8]) + header + data[33:]).rgb, [[(1, 2, 3)]])


def test_inks_are_converted_and_said_to_be() -> None:
    inks = Image.fromarray(soft(16, 16)).convert("CMYK")
    data = saved(inks, "JPEG", quality=95)
    photo = decoded(data)
    np.testing.assert_array_equal(photo.rgb, np.asarray(opened(data).convert("RGB")))
    assert [notice.code for notice in photo.notices] == ["colour-converted"]
    # JPEG at quality 95 of a soft picture is off by few levels; inverted inks would be off by far more.
    assert np.abs(photo.rgb.astype(int) - np.asarray(inks.convert("RGB"))).mean() < 8


@pytest.mark.parametrize(
    ("format", "parameters"), [("GIF", {}), ("WEBP", {"lossless": True}), ("PNG", {}), ("TIFF", {})]
)
def test_of_several_frames_the_first_is_used_and_said_to_be(format: str, parameters: dict[str, bool]) -> None:
    frames = [Image.new("RGB", (8, 6), color) for color in ("red", "green", "blue")]
    data = saved(frames[0], format, save_all=True, append_images=frames[1:], **parameters)
    photo = decoded(data)
    assert {tuple(pixel) for pixel in photo.rgb.reshape(-1, 3)} == {(255, 0, 0)}
    (notice,) = photo.notices
    assert notice.code == "first-frame"
    assert "3 frames" in notice.message


def test_the_second_eye_of_an_mpo_is_nothing_to_speak_of() -> None:
    views = [Image.fromarray(soft(24, 32, seed)) for seed in (1, 2)]
    data = saved(views[0], "MPO", save_all=True, append_images=views[1:])
    photo = decoded(data)
    np.testing.assert_array_equal(photo.rgb, np.asarray(opened(saved(views[0], "JPEG"))))
    assert photo.notices == ()
