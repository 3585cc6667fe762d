"""What is no usable picture is refused, with the right error and before it can do harm."""

import contextlib
import io
import warnings

import numpy as np
import pytest
from PIL import Image

from gossamer.decode import MAX_FILE_BYTES, MAX_PIXELS, decode, photo_from_pixels
from gossamer.decode import read as read_module
from gossamer.decode.limits import check_size
from gossamer.errors import (
    DamagedInput,
    EmptyInput,
    GossamerError,
    InputError,
    InputTooLarge,
    InvalidOption,
    UnknownFormat,
)
from tests.unit.fakes import run
from tests.unit.pictures import declared, noise, saved, with_segments

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
SIGNATURE_BYTES = 12
"""From here on each format's beginning can be told."""


def files() -> dict[str, bytes]:
    pixels = noise((20, 30, 3))
    return {name: saved(pixels, name) for name in FORMATS}


def test_an_empty_file() -> None:
    with pytest.raises(EmptyInput):
        run(decode(b""))


@pytest.mark.parametrize("data", [b"some text\n" * 9, bytes(100), b"%PDF-1.7\n", b"<svg></svg>", b"GIF", b"\xff"])
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        run(decode(data))


@pytest.mark.parametrize("tag", [{254: 1}, {50706: b"\x01\x04\x00\x00"}])
def test_a_raw_file_built_like_a_tiff_is_not_taken_for_its_preview(tag: dict[int, object]) -> None:
    with pytest.raises(UnknownFormat, match="raw file"):
        run(decode(saved(noise((16, 16, 3)), "TIFF", tiffinfo=tag)))


@pytest.mark.parametrize("format", ["PPM", "ICO", "TGA", "PCX", "SGI", "DDS"])
def test_formats_that_nobody_asked_for_stay_closed(format: str) -> None:
    with pytest.raises(UnknownFormat):
        run(decode(saved(noise((16, 16, 3)), format)))


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_cut_off_anywhere_is_damaged(format: str) -> None:
    data = files()[format]
    # Behind the last pixel there may be padding that nobody needs.
    for cut in range(SIGNATURE_BYTES + 1, len(data) - SIGNATURE_BYTES, max(1, len(data) // 50)):
        with pytest.raises(DamagedInput):
            run(decode(data[:cut]))


def test_a_jpeg_cut_off_before_or_in_its_scan_or_without_its_end() -> None:
    data = saved(noise((40, 40, 3)), "JPEG")
    scan = data.index(b"\xff\xda")
    for cut in (scan, scan + 1, scan + 3, scan + 12, (scan + len(data)) // 2, len(data) - 2, len(data) - 1):
        with pytest.raises(DamagedInput, match=r"JPEG|decoded|beginning"):
            run(decode(data[:cut]))


@pytest.mark.parametrize("format", FORMATS)
def test_a_huge_declared_size_is_refused_before_decoding(format: str) -> None:
    width, height = (16_383, 16_000) if format == "WEBP" else (30_000, 30_000)
    data = declared(format, width, height)
    assert len(data) < 3000
    with pytest.raises(InputTooLarge) as caught:
        run(decode(data))
    assert f"{width} × {height}" in caught.value.message
    assert "100 megapixels" in caught.value.message


def test_the_limit_itself_is_allowed() -> None:
    side = int(MAX_PIXELS**0.5)
    assert side * side == MAX_PIXELS
    check_size(side, side)
    with pytest.raises(InputTooLarge):
        check_size(side + 1, side)


def test_a_file_of_too_many_bytes_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(noise((4, 4, 3)), "PNG")
    assert len(data) < MAX_FILE_BYTES
    monkeypatch.setattr(read_module, "MAX_FILE_BYTES", len(data) - 1)
    with pytest.raises(InputTooLarge, match="MB"):
        run(decode(data))


@pytest.mark.parametrize("format", FORMATS)
def test_noise_in_a_file_raises_nothing_but_our_errors(format: str) -> None:
    data = files()[format]
    rng = np.random.default_rng(FORMATS.index(format))
    for _ in range(60):
        broken = bytearray(data)
        for at in rng.integers(0, len(data), rng.integers(1, 12)):
            broken[at] = rng.integers(256)
        if rng.random() < 0.3:
            del broken[rng.integers(1, len(broken)) :]
        try:
            photo = run(decode(bytes(broken)))
        except InputError:
            continue
        assert photo.rgba.shape == (*photo.size, 4)


def test_noise_in_the_header_raises_nothing_but_our_errors() -> None:
    rng = np.random.default_rng(7)
    for data in files().values():
        for _ in range(20):
            broken = bytearray(data)
            broken[rng.integers(4, 64)] = rng.integers(256)
            try:
                run(decode(bytes(broken)))
            except InputError:
                continue


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_damaged_metadata_is_no_reason_to_refuse_a_photo(format: str) -> None:
    pixels = noise((8, 10, 3))
    junk = b"Exif\0\0not a TIFF header"
    data = saved(pixels, format, exif=junk)
    assert run(decode(data)).size == (8, 10)


def test_pillows_own_limit_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    good = saved(noise((4, 4, 3)), "PNG")
    for limit in (Image.MAX_IMAGE_PIXELS, 1234):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        for data in (good, good[:40], declared("PNG", 30_000, 30_000), b"text"):
            with contextlib.suppress(GossamerError):
                run(decode(data))
            assert limit == Image.MAX_IMAGE_PIXELS


def test_pillows_warnings_stay_inside() -> None:
    odd = with_segments(saved(noise((8, 8, 3)), "JPEG"), (0xE2, b"MPF\0garbage"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run(decode(odd)).size == (8, 8)


def test_memory_errors_are_left_to_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Image, "open", exhausted)
    with pytest.raises(MemoryError):
        run(decode(b"\xff\xd8"))


class TestPixels:
    """`photo_from_pixels`: somebody else decoded."""

    def test_writable_bytes_are_used_not_copied(self) -> None:
        data = bytearray(noise((2, 3, 4)).tobytes())
        photo = photo_from_pixels(data, 3, 2)
        photo.rgba[0, 0, 0] ^= 255
        assert data[0] == photo.rgba[0, 0, 0]
        assert photo.size == (2, 3)

    def test_read_only_bytes_are_copied(self) -> None:
        assert photo_from_pixels(bytes(24), 3, 2).rgba.flags.writeable

    def test_an_array_of_rows_is_as_good_as_a_row_of_bytes(self) -> None:
        pixels = noise((2, 3, 4))
        np.testing.assert_array_equal(photo_from_pixels(pixels.data, 3, 2).rgba, pixels)

    def test_alpha_is_noticed(self) -> None:
        assert not photo_from_pixels(b"\xff" * 24, 3, 2).has_alpha
        assert photo_from_pixels(b"\xfe" * 24, 3, 2).has_alpha

    @pytest.mark.parametrize(("size", "width", "height"), [(23, 3, 2), (25, 3, 2), (0, 0, 0), (24, -3, -2)])
    def test_other_sizes_are_refused(self, size: int, width: int, height: int) -> None:
        with pytest.raises(InvalidOption):
            photo_from_pixels(bytes(size), width, height)

    def test_too_many_are_refused(self) -> None:
        with pytest.raises(InputTooLarge):
            photo_from_pixels(io.BytesIO().getbuffer(), 20_000, 20_000)
