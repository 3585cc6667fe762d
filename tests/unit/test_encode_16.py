"""PNGs of 16 bits a channel, read back by a reader written here after the specification, and by Pillow."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.decode import Photo, decode
from gossamer.encode import encode_picture, encode_picture_u16, join_u16
from tests.unit.fakes import run
from tests.unit.pictures import icc_profile, noise, opened

Values = NDArray[np.uint16]

PIXEL = np.zeros((1, 1, 4), dtype=np.uint8)
PLAIN = Photo(PIXEL)
RICH = Photo(PIXEL, icc_profile=icc_profile(b"RGB "), dpi=(300, 150))


def noise16(*shape: int, seed: int = 0) -> Values:
    return np.random.default_rng(seed).integers(0, 65536, shape, dtype=np.uint16)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, body) of a PNG's chunks, their checksums checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    position = 8
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        assert struct.unpack_from(">I", data, position + 8 + length)[0] == zlib.crc32(name + body)
        yield name, body
        position += 12 + length


def pixels_of(data: bytes) -> Values:
    """(height, width, 4) of a PNG of 16-bit RGBA whose rows have filter none or sub."""
    parts = list(chunks(data))
    assert parts[0][0] == b"IHDR"
    assert parts[-1] == (b"IEND", b"")
    width, height, *kind = struct.unpack(">IIBBBBB", parts[0][1])
    assert kind == [16, 6, 0, 0, 0]
    bodies = [body for name, body in parts if name == b"IDAT"]
    assert all(bodies)
    stream = zlib.decompressobj()
    lines = np.frombuffer(stream.decompress(b"".join(bodies)), dtype=np.uint8).reshape(height, 1 + 8 * width)
    assert stream.eof
    assert not stream.unused_data
    stored = lines[:, 1:].reshape(height, width, 8)
    assert set(lines[:, 0]) <= {0, 1}
    summed = np.cumsum(stored, axis=1, dtype=np.uint8)  # modulo 256, as the filter has it
    unfiltered = np.where(lines[:, 0, np.newaxis, np.newaxis] == 1, summed, stored)
    return np.ascontiguousarray(unfiltered).view(">u2").astype(np.uint16)


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (37, 53), (400, 300), (2, 70_000), (70_000, 1)])
def test_every_bit_is_written(size: tuple[int, int]) -> None:
    rgba = noise16(*size, 4)
    before = rgba.copy()
    np.testing.assert_array_equal(pixels_of(encode_picture_u16(rgba, PLAIN)), before)
    np.testing.assert_array_equal(rgba, before)


def test_every_value_is_written() -> None:
    rgba = np.repeat(np.arange(65536, dtype=np.uint16).reshape(256, 256, 1), 4, axis=2)
    np.testing.assert_array_equal(pixels_of(encode_picture_u16(rgba, PLAIN)), rgba)


def test_a_part_of_a_larger_array_is_written_as_well() -> None:
    rgba = noise16(20, 30, 4)[3:17:2, ::-1]
    np.testing.assert_array_equal(pixels_of(encode_picture_u16(rgba, PLAIN)), rgba)


def test_pillow_reads_the_high_bytes() -> None:
    rgba = noise16(37, 53, 4)
    image = opened(encode_picture_u16(rgba, RICH))
    assert (image.format, image.mode) == ("PNG", "RGBA")
    np.testing.assert_array_equal(np.asarray(image), rgba >> 8)
    assert image.info["icc_profile"] == RICH.icc_profile
    # PNG states whole pixels a metre.
    assert image.info["dpi"] == pytest.approx((300, 150), abs=0.0127)


def test_our_own_decoder_reads_it_back() -> None:
    rgba = noise16(37, 53, 4)
    photo = run(decode(encode_picture_u16(rgba, RICH), deep=True))
    np.testing.assert_array_equal(photo.rgb_u16, rgba[..., :3])
    np.testing.assert_array_equal(photo.rgba, rgba >> 8)
    assert photo.icc_profile == RICH.icc_profile


PROFILES = [None, RICH.icc_profile, b"IDATIEND" * 40, np.random.default_rng(2).bytes(70_000)]


@pytest.mark.parametrize("profile", PROFILES, ids=["none", "small", "odd", "large"])
@pytest.mark.parametrize("dpi", [None, (300, 150), (72.009, 72.009)])
def test_all_but_the_pixels_is_as_in_8_bits(profile: bytes | None, dpi: tuple[float, float] | None) -> None:
    photo = Photo(PIXEL, icc_profile=profile, dpi=dpi)
    eight, sixteen = (
        [chunk for chunk in chunks(data) if chunk[0] not in (b"IHDR", b"IDAT")]
        for data in (encode_picture(noise((5, 6, 4)), photo, "png"), encode_picture_u16(noise16(5, 6, 4), photo))
    )
    assert sixteen == eight
    wanted = [b"iCCP"] * (profile is not None) + [b"pHYs"] * (dpi is not None) + [b"IEND"]
    assert [name for name, _ in sixteen] == wanted


def test_what_is_empty_takes_little_room() -> None:
    assert len(encode_picture_u16(np.zeros((1000, 1000, 4), dtype=np.uint16), PLAIN)) < 8_000_000 / 100


class TestJoin:
    def test_untouched_colour_gets_its_16_bits_back(self) -> None:
        deep = noise16(9, 8, 3)
        rgba = np.dstack([deep >> 8, np.full((9, 8), 255)]).astype(np.uint8)
        joined = join_u16(deep, rgba)
        assert joined.dtype == np.uint16
        np.testing.assert_array_equal(joined[..., :3], deep)
        np.testing.assert_array_equal(joined[..., 3], 65535)

    def test_every_pixel_by_the_rule(self) -> None:
        """Against the rule in plain integers, on a picture where all its cases occur, at every alpha."""
        deep = noise16(16, 64, 3)
        rgba = np.dstack([deep >> 8, noise((16, 64))]).astype(np.uint8)
        rgba.reshape(-1, 4)[:256, 3] = np.arange(256)
        changed = np.random.default_rng(3).random((16, 64, 3)) < 0.2
        rgba[..., :3] ^= changed.astype(np.uint8)
        before = rgba.copy()
        joined = join_u16(deep, rgba)
        np.testing.assert_array_equal(rgba, before)
        for place in np.ndindex(16, 64):
            *colour, alpha = (int(value) for value in rgba[place])
            mine = [int(value) for value in deep[place]]
            if [value // 256 for value in mine] != colour:
                mine = [value * 257 for value in colour]
            assert joined[place].tolist() == ([*mine, alpha * 257] if alpha else [0, 0, 0, 0])

    def test_one_changed_channel_changes_the_colour(self) -> None:
        deep = np.array([[[0x1234, 0x5678, 0x9ABC]]], dtype=np.uint16)
        rgba = np.array([[[0x12, 0x57, 0x9A, 255]]], dtype=np.uint8)
        np.testing.assert_array_equal(join_u16(deep, rgba), [[[0x1212, 0x5757, 0x9A9A, 0xFFFF]]])

    def test_large_pictures_are_whole(self) -> None:
        deep = noise16(500, 300, 3)  # more pixels than are put together at a time
        rgba = np.dstack([deep >> 8, np.full((500, 300), 1)]).astype(np.uint8)
        np.testing.assert_array_equal(join_u16(deep, rgba), np.dstack([deep, np.full((500, 300), 257)]))
