"""What a HEIF container says, and what is done with it: made box by box, since no encoder runs everywhere."""

import struct

import numpy as np
import pytest

from gossamer.arrays import RgbaU8
from gossamer.decode import Photo, decode
from gossamer.decode.color_profile import profile_of_primaries
from gossamer.decode.heif import bare_heif, brands
from gossamer.errors import DamagedInput, DecoderUnavailable, InputTooLarge, UnknownFormat
from tests.unit import fakes

PROFILE = struct.pack(">I", 200) + bytes(12) + b"RGB XYZ " + bytes(176)
INKS = PROFILE.replace(b"RGB ", b"CMYK")
SRGB, DISPLAY_P3, UNKNOWN = 1, 12, 2
SRGB_CURVE, PQ = 13, 16


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def size(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">II", width, height))


def named(primaries: int, transfer: int = SRGB_CURVE) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, 6, 0x80))


def embedded(profile: bytes) -> bytes:
    return box(b"colr", b"prof", profile)


def container(*properties: bytes, brand: bytes = b"heic", item: int = 7, numbers: bytes | None = None) -> bytes:
    """A file whose main picture, item 7, has these properties; another picture has the first."""
    own = bytes(range(1, len(properties) + 1)) if numbers is None else numbers
    table = full(b"ipma", struct.pack(">IHBBHB", 2, 3, 1, 0x81, item, len(own)), own)
    return box(b"ftyp", brand, bytes(4), b"mif1", brand) + full(
        b"meta",
        full(b"hdlr", bytes(20)),
        full(b"pitm", struct.pack(">H", 7)),
        box(b"iprp", box(b"ipco", *properties), table),
    )


def run(data: bytes, pixels: RgbaU8 | None = None, *, deep: bool = False) -> tuple[Photo, list[tuple[bytes, str]]]:
    """Decode with a platform that returns ``pixels``; also what it was handed."""
    asked: list[tuple[bytes, str]] = []

    async def platform(bare: bytes, media_type: str) -> RgbaU8:
        asked.append((bare, media_type))
        return np.full((3, 4, 4), 255, dtype=np.uint8) if pixels is None else pixels

    return fakes.run(decode(data, None, platform, deep=deep)), asked


@pytest.mark.parametrize(
    ("brand", "media_type"),
    [(b"heic", "image/heic"), (b"heix", "image/heic"), (b"mif1", "image/heic"), (b"avif", "image/avif")],
)
def test_it_is_known_by_its_brand(brand: bytes, media_type: str) -> None:
    found = bare_heif(container(size(4, 3), brand=brand))
    assert found is not None
    assert (found.media_type, found.width, found.height, found.icc_profile) == (media_type, 4, 3, None)


def test_the_size_is_that_of_the_main_picture() -> None:
    found = bare_heif(container(size(9, 9), size(4, 3), numbers=b"\x82"))  # essential, which is no part of the number
    assert found is not None
    assert (found.width, found.height) == (4, 3)


def test_long_tables_are_read() -> None:
    table = full(b"ipma", struct.pack(">IIBH", 1, 7, 1, 0x8001), version=1, flags=1)
    properties = box(b"iprp", box(b"ipco", size(4, 3)), table)
    data = box(b"ftyp", b"heic", bytes(4)) + full(
        b"meta", full(b"pitm", struct.pack(">I", 7), version=1), properties
    )
    found = bare_heif(data)
    assert found is not None
    assert (found.width, found.height) == (4, 3)


def test_an_embedded_profile_is_hidden_from_the_decoder_and_kept() -> None:
    data = container(size(4, 3), embedded(PROFILE))
    photo, [(bare, _)] = run(data)
    assert photo.icc_profile == PROFILE
    assert len(bare) == len(data)
    assert bare == data.replace(b"colr", b"free")


def test_a_profile_of_inks_is_hidden_and_not_kept() -> None:
    photo, [(bare, _)] = run(container(size(4, 3), embedded(INKS)))
    assert photo.icc_profile is None
    assert b"colr" not in bare


def test_named_primaries_become_a_profile_and_the_coding_stays() -> None:
    photo, [(bare, _)] = run(container(size(4, 3), named(DISPLAY_P3)))
    assert photo.icc_profile == profile_of_primaries(DISPLAY_P3)
    assert bare == container(size(4, 3), named(SRGB))


@pytest.mark.parametrize("primaries", [SRGB, UNKNOWN])
def test_srgb_needs_no_profile(primaries: int) -> None:
    assert run(container(size(4, 3), named(primaries)))[0].icc_profile is None


def test_an_embedded_profile_counts_more_than_a_name() -> None:
    assert run(container(size(4, 3), named(DISPLAY_P3), embedded(PROFILE)))[0].icc_profile == PROFILE


def test_hdr_is_left_to_the_decoder_and_said() -> None:
    data = container(size(4, 3), named(9, PQ))
    photo, [(bare, _)] = run(data)
    assert bare == data
    assert [notice.code for notice in photo.notices] == ["hdr-flattened"]


def test_alpha_is_seen() -> None:
    pixels = np.full((3, 4, 4), 255, dtype=np.uint8)
    assert not run(container(size(4, 3)), pixels)[0].has_alpha
    pixels[1, 1, 3] = 254
    assert run(container(size(4, 3)), pixels)[0].has_alpha


def test_an_animation_is_said() -> None:
    photo, _ = run(container(size(4, 3), brand=b"avis"))
    assert [notice.code for notice in photo.notices] == ["first-frame"]


@pytest.mark.parametrize(("bits", "codes"), [(8, []), (10, ["eight-bit"])])
def test_more_than_eight_bits_are_said_where_they_are_asked_for(bits: int, codes: list[str]) -> None:
    data = container(size(4, 3), full(b"pixi", bytes([3, bits, bits, bits])))
    assert [notice.code for notice in run(data, deep=True)[0].notices] == codes
    assert run(data)[0].notices == ()


def test_a_large_picture_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(InputTooLarge, match="30000 × 30000"):
        fakes.run(decode(container(size(30_000, 30_000))))  # with no decoder to ask


def test_more_pixels_than_declared_are_refused() -> None:
    with pytest.raises(DamagedInput, match="larger"):
        run(container(size(2, 2)))


def test_without_a_decoder_it_says_so() -> None:
    with pytest.raises(DecoderUnavailable):
        fakes.run(decode(container(size(4, 3))))


@pytest.mark.parametrize("cut", range(12, len(container(size(4, 3)))))
def test_cut_anywhere_it_is_damaged(cut: int) -> None:
    with pytest.raises(DamagedInput):
        fakes.run(decode(container(size(4, 3))[:cut]))


def test_any_bytes_at_all_end_in_an_error_of_ours_or_a_photo() -> None:
    random = np.random.default_rng(4)
    whole = np.frombuffer(container(size(4, 3), embedded(PROFILE), named(12)), dtype=np.uint8)
    for _ in range(500):
        spoilt = whole.copy()
        spoilt[random.integers(12, len(whole), 6)] = random.integers(0, 256, 6)
        try:
            bare_heif(spoilt.tobytes())
        except DamagedInput:
            continue


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (box(b"ftyp", b"isom", bytes(4), b"mp41"), "video"),
        (box(b"ftyp", b"qt  ", bytes(4)), "video"),
        (box(b"ftyp", b"crx ", bytes(4), b"isom"), "raw file"),
        (b"FUJIFILMCCD-RAW 0201", "raw file"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?><svg width="9">', "SVG"),
        (b"\xff\x0a....", "JPEG XL"),
        (b"PK\x03\x04", "archive"),
        (b"a letter", "not a picture"),
    ],
)
def test_what_is_no_photo_is_named(data: bytes, words: str) -> None:
    with pytest.raises(UnknownFormat, match=words):
        fakes.run(decode(data))


def test_brands_of_anything_else_are_none() -> None:
    assert brands(b"\x89PNG\r\n\x1a\n") == frozenset()
    assert brands(b"") == frozenset()
