"""PNGs of 16 bits a channel, written by hand after the specification, read back to the bit."""

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import RgbaU8
from gossamer.decode import Photo, decode
from gossamer.errors import DamagedInput
from tests.unit.fakes import run
from tests.unit.pictures import exif, noise, png_chunk, saved, soft

Values = NDArray[np.uint16]

COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # by channels: grey, grey with alpha, RGB, RGBA
FILTERS = (0, 1, 2, 3, 4)  # none, sub, up, average, Paeth
# Where each of Adam7's passes starts, and its steps: (row, column, rows, columns).
ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
# A picture of two rows and three columns as it is stored, and how each orientation shows it (Exif 2.32, tag 0x0112).
STORED = [[1001, 2002, 3003], [4004, 5005, 6006]]
SHOWN = {
    1: [[1001, 2002, 3003], [4004, 5005, 6006]],
    2: [[3003, 2002, 1001], [6006, 5005, 4004]],
    3: [[6006, 5005, 4004], [3003, 2002, 1001]],
    4: [[4004, 5005, 6006], [1001, 2002, 3003]],
    5: [[1001, 4004], [2002, 5005], [3003, 6006]],
    6: [[4004, 1001], [5005, 2002], [6006, 3003]],
    7: [[6006, 3003], [5005, 2002], [4004, 1001]],
    8: [[3003, 6006], [2002, 5005], [1001, 4004]],
}


def noise16(*shape: int, seed: int = 0) -> Values:
    return np.random.default_rng(seed).integers(0, 65536, shape, dtype=np.uint16)


def png16(pixels: Values, *extra: bytes, filters: tuple[int, ...] = (0,), interlaced: bool = False) -> bytes:
    """(height, width, channels) as a PNG; the rows take ``filters`` in turns, ``extra`` chunks stand before them."""
    height, width, channels = pixels.shape
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    parts = (pixels[row::rows, column::columns] for row, column, rows, columns in passes)
    body = b"".join(line for part in parts if part.size for line in filtered(part, filters))
    header = struct.pack(">IIBBBBB", width, height, 16, COLOR_TYPES[channels], 0, 0, interlaced)
    chunks = [png_chunk(b"IHDR", header), *extra, png_chunk(b"IDAT", zlib.compress(body)), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def filtered(pixels: Values, filters: tuple[int, ...]) -> Iterator[bytes]:
    """PNG's filters of each row, in exact integers."""
    _, width, channels = pixels.shape
    step = 2 * channels
    above = np.zeros(width * step, dtype=int)
    for index, row in enumerate(pixels.astype(">u2")):
        line = np.frombuffer(row.tobytes(), dtype=np.uint8).astype(int)
        left, corner = (np.concatenate([np.zeros(step, dtype=int), values[:-step]]) for values in (line, above))
        kind = filters[index % len(filters)]
        predictions: list[Any] = [0, left, above, (left + above) // 2, paeth(left, above, corner)]
        yield bytes([kind]) + ((line - predictions[kind]) % 256).astype(np.uint8).tobytes()
        above = line


def paeth(left: NDArray[Any], above: NDArray[Any], corner: NDArray[Any]) -> NDArray[Any]:
    estimate = left + above - corner
    near_left, near_above, near_corner = (abs(estimate - value) for value in (left, above, corner))
    takes_left = (near_left <= near_above) & (near_left <= near_corner)
    return np.where(takes_left, left, np.where(near_above <= near_corner, above, corner))


def colour_of(pixels: Values) -> Values:
    return pixels[..., :3] if pixels.shape[2] > 2 else np.repeat(pixels[..., :1], 3, axis=2)


def assert_exact(photo: Photo, colour: Values) -> None:
    deep = photo.rgb_u16
    assert deep is not None
    assert deep.dtype == np.uint16
    assert deep.dtype.isnative
    assert deep.flags.c_contiguous
    np.testing.assert_array_equal(deep, colour)
    np.testing.assert_array_equal(photo.rgb, colour >> 8)
    assert photo.notices == ()


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (5, 2), (37, 53)])
@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_every_kind_is_read_to_the_bit(channels: int, size: tuple[int, int], interlaced: bool) -> None:
    pixels = noise16(*size, channels)
    data = png16(pixels, filters=FILTERS, interlaced=interlaced)
    assert_exact(run(decode(data, deep=True)), colour_of(pixels))


@pytest.mark.parametrize("filter", FILTERS)
@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_every_filter_is_undone(channels: int, filter: int) -> None:
    pixels = noise16(13, 17, channels, seed=filter)
    assert_exact(run(decode(png16(pixels, filters=(filter,)), deep=True)), colour_of(pixels))


@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_every_value_is_kept(channels: int) -> None:
    pixels = np.empty((256, 256, channels), dtype=np.uint16)
    pixels[...] = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1)
    assert_exact(run(decode(png16(pixels), deep=True)), colour_of(pixels))


@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_large_pictures_are_whole(channels: int) -> None:
    pixels = noise16(700, 450, channels)  # more pixels than are put together at a time
    assert_exact(run(decode(png16(pixels, filters=FILTERS), deep=True)), colour_of(pixels))


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("orientation", SHOWN)
def test_deep_colour_turns_with_its_picture(orientation: int, channels: int) -> None:
    pixels = np.empty((2, 3, channels), dtype=np.uint16)
    pixels[...] = np.array(STORED)[..., np.newaxis]
    tags = png_chunk(b"eXIf", exif(orientation).tobytes().removeprefix(b"Exif\0\0"))
    wanted = np.repeat(np.array(SHOWN[orientation], dtype=np.uint16)[..., np.newaxis], 3, axis=2)
    assert_exact(run(decode(png16(pixels, tags), deep=True)), wanted)


@pytest.mark.parametrize("channels", [2, 4])
def test_the_pictures_own_alpha_stays_in_8_bits(channels: int) -> None:
    pixels = noise16(6, 7, channels)
    photo = run(decode(png16(pixels), deep=True))
    assert photo.has_alpha
    np.testing.assert_array_equal(photo.alpha_u8, pixels[..., -1] >> 8)


def test_one_transparent_colour_takes_nothing_from_the_others() -> None:
    pixels = noise16(6, 7, 3)
    key = png_chunk(b"tRNS", struct.pack(">HHH", 1, 2, 3))
    assert_exact(run(decode(png16(pixels, key), deep=True)), pixels)


@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_who_does_not_ask_gets_the_same_8_bits_and_no_more(channels: int) -> None:
    data = png16(noise16(6, 7, channels))
    plain, deep = run(decode(data)), run(decode(data, deep=True))
    assert plain.rgb_u16 is None
    np.testing.assert_array_equal(plain.rgba, deep.rgba)
    assert plain.has_alpha == deep.has_alpha


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_picture_of_8_bits_has_no_more_and_nothing_to_say(format: str) -> None:
    photo = run(decode(saved(soft(9, 8), format), deep=True))
    assert photo.rgb_u16 is None
    assert photo.notices == ()


def test_a_jpeg_still_goes_to_the_platforms_decoder() -> None:
    pixels = noise((9, 8, 4))

    async def platform(_data: bytes, _width: int, _height: int) -> RgbaU8:
        return pixels

    photo = run(decode(saved(soft(9, 8), "JPEG"), platform, deep=True))
    np.testing.assert_array_equal(photo.rgba, pixels)
    assert photo.rgb_u16 is None


@pytest.mark.parametrize("channels", COLOR_TYPES)
def test_a_file_cut_off_is_damaged(channels: int) -> None:
    data = png16(noise16(20, 30, channels))
    for cut in range(40, len(data) - 12, len(data) // 9):
        with pytest.raises(DamagedInput):
            run(decode(data[:cut], deep=True))
