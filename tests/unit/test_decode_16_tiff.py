"""TIFFs of 16 bits a channel, written by hand after the specification, read back to the bit."""

import struct
import zlib
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.decode import Photo, decode
from tests.unit.fakes import run
from tests.unit.pictures import saved

Values = NDArray[np.uint16]
Order = Literal["<", ">"]

GREY, RGB, INKS = 1, 2, 5
RAW, DEFLATE = 1, 8
DIFFERENCES = 2
TOGETHER, PLANES = 1, 2
UNSPECIFIED, PREMULTIPLIED, STRAIGHT = 0, 1, 2
SHORT, LONG = (3, "H"), (4, "I")


def noise16(*shape: int, seed: int = 0) -> Values:
    return np.random.default_rng(seed).integers(0, 65536, shape, dtype=np.uint16)


def tiff16(
    pixels: Values,
    order: Order = "<",
    *,
    photometric: int = RGB,
    compression: int = RAW,
    predictor: int = 1,
    planar: int = TOGETHER,
    extra: int | None = None,
    orientation: int = 1,
    strip_rows: int = 1000,
) -> bytes:
    """(height, width, channels) as a TIFF of strips."""
    height, width, channels = pixels.shape
    parts = [pixels] if planar == TOGETHER else np.split(pixels, channels, axis=2)
    if predictor == DIFFERENCES:
        parts = [np.concatenate([part[:, :1], np.diff(part, axis=1)], axis=1) for part in parts]
    strips = [part[top : top + strip_rows] for part in parts for top in range(0, height, strip_rows)]
    bodies = [strip.astype(f"{order}u2").tobytes() for strip in strips]
    if compression == DEFLATE:
        bodies = [zlib.compress(body) for body in bodies]
    tags = {
        256: (LONG, [width]),
        257: (LONG, [height]),
        258: (SHORT, [16] * channels),
        259: (SHORT, [compression]),
        262: (SHORT, [photometric]),
        274: (SHORT, [orientation]),
        277: (SHORT, [channels]),
        278: (LONG, [min(strip_rows, height)]),
        279: (LONG, [len(body) for body in bodies]),
        284: (SHORT, [planar]),
        317: (SHORT, [predictor]),
        339: (SHORT, [1] * channels),
    }
    if extra is not None:
        tags[338] = (SHORT, [extra])
    ends = np.cumsum([8, *(len(body) for body in bodies)])
    tags[273] = (LONG, [int(end) for end in ends[:-1]])
    return assembled(order, tags, b"".join(bodies))


def assembled(order: Order, tags: dict[int, tuple[tuple[int, str], list[int]]], body: bytes) -> bytes:
    """Header, pixels, values that fit no entry, and the one directory."""
    body += bytes(-len(body) % 4)
    entries = b""
    for tag, ((kind, code), values) in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}{code}", *values)
        if len(packed) > 4:
            place = struct.pack(f"{order}I", 8 + len(body))
            body += packed + bytes(-len(packed) % 4)
        else:
            place = packed.ljust(4, b"\0")
        entries += struct.pack(f"{order}HHI", tag, kind, len(values)) + place
    mark = b"II*\0" if order == "<" else b"MM\0*"
    directory = struct.pack(f"{order}H", len(tags)) + entries + bytes(4)
    return mark + struct.pack(f"{order}I", 8 + len(body)) + body + directory


def assert_exact(photo: Photo, colour: Values) -> None:
    deep = photo.rgb_u16
    assert deep is not None
    assert deep.dtype == np.uint16
    assert deep.dtype.isnative
    np.testing.assert_array_equal(deep, colour)
    np.testing.assert_array_equal(photo.rgb, colour >> 8)
    assert photo.notices == ()


def assert_in_8_bits(photo: Photo) -> None:
    assert photo.rgb_u16 is None
    assert photo.notices[-1].code == "eight-bit"
    assert "8 bits" in photo.notices[-1].message


COMPRESSIONS = [(RAW, 1), (DEFLATE, 1), (DEFLATE, DIFFERENCES)]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("compression", "predictor"), COMPRESSIONS)
@pytest.mark.parametrize("strip_rows", [1000, 10])
@pytest.mark.parametrize("channels", [3, 4])
def test_colour_is_read_to_the_bit(
    order: Order, compression: int, predictor: int, strip_rows: int, channels: int
) -> None:
    pixels = noise16(37, 53, channels)
    extra = STRAIGHT if channels == 4 else None
    storage = {"compression": compression, "predictor": predictor, "strip_rows": strip_rows}
    photo = run(decode(tiff16(pixels, order, extra=extra, **storage), deep=True))
    assert_exact(photo, pixels[..., :3])
    if channels == 4:
        np.testing.assert_array_equal(photo.alpha_u8, pixels[..., 3] >> 8)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("compression", "predictor"), COMPRESSIONS)
def test_grey_is_read_to_the_bit(order: Order, compression: int, predictor: int) -> None:
    pixels = noise16(37, 53, 1)
    data = tiff16(pixels, order, photometric=GREY, compression=compression, predictor=predictor)
    assert_exact(run(decode(data, deep=True)), np.repeat(pixels, 3, axis=2))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_fourth_channel_that_is_no_alpha_is_left_out(order: Order) -> None:
    pixels = noise16(9, 8, 4)
    photo = run(decode(tiff16(pixels, order, extra=UNSPECIFIED), deep=True))
    assert_exact(photo, pixels[..., :3])
    assert not photo.has_alpha


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("strip_rows", [1000, 10])
@pytest.mark.parametrize("channels", [3, 4])
def test_planes_are_put_together(order: Order, strip_rows: int, channels: int) -> None:
    pixels = noise16(37, 53, channels)
    extra = STRAIGHT if channels == 4 else None
    photo = run(decode(tiff16(pixels, order, planar=PLANES, extra=extra, strip_rows=strip_rows), deep=True))
    assert_exact(photo, pixels[..., :3])
    if channels == 4:
        np.testing.assert_array_equal(photo.alpha_u8, pixels[..., 3] >> 8)


def test_compressed_planes_are_read_in_8_bits() -> None:
    pixels = noise16(37, 53, 3)
    photo = run(decode(tiff16(pixels, planar=PLANES, compression=DEFLATE), deep=True))
    assert_in_8_bits(photo)
    np.testing.assert_array_equal(photo.rgb, pixels >> 8)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("compression", [RAW, DEFLATE])
def test_deep_colour_turns_with_its_picture(compression: int, orientation: int) -> None:
    pixels = noise16(5, 7, 3)
    photo = run(decode(tiff16(pixels, compression=compression, orientation=orientation), deep=True))
    upright = pixels.swapaxes(0, 1) if orientation >= 5 else pixels
    upright = upright[:, ::-1] if orientation in (2, 3, 6, 7) else upright
    assert_exact(photo, upright[::-1] if orientation in (3, 4, 7, 8) else upright)


def test_premultiplied_colour_is_read_in_8_bits() -> None:
    assert_in_8_bits(run(decode(tiff16(noise16(9, 8, 4), extra=PREMULTIPLIED), deep=True)))


def test_inks_are_read_in_8_bits() -> None:
    photo = run(decode(tiff16(noise16(9, 8, 4), photometric=INKS), deep=True))
    assert_in_8_bits(photo)
    assert photo.notices[0].code == "colour-converted"


def test_floats_are_read_in_8_bits() -> None:
    assert_in_8_bits(run(decode(saved(np.ones((4, 5), dtype=np.float32), "TIFF"), deep=True)))


def test_who_does_not_ask_is_told_nothing() -> None:
    for extra in (STRAIGHT, PREMULTIPLIED):
        photo = run(decode(tiff16(noise16(9, 8, 4), extra=extra)))
        assert photo.rgb_u16 is None
        assert photo.notices == ()
