"""HEIF containers made to keep a reader busy or to make it stumble: each ends in an error of ours or in the right
answer, and after few steps. Steps are lines of the reader's code that run, which no machine's speed changes."""

import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from gossamer.decode import Photo, heif
from gossamer.errors import DamagedInput
from tests.unit.test_heif import PROFILE, box, container, embedded, full, run, size

MOST_STEPS = 20 * heif.MOST_PARTS


class TooManySteps(BaseException):
    """Nothing that catches errors of a decoder may catch this."""


@contextmanager
def few_steps(most: int = MOST_STEPS) -> Iterator[None]:
    taken = 0

    def step(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal taken
        if frame.f_globals.get("__name__") != heif.__name__:
            return None
        taken += event == "line"
        if taken > most:
            raise TooManySteps
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        yield
    finally:
        sys.settrace(before)


def read(data: bytes) -> Photo | None:
    """A photo, or None where the file is refused as damaged; anything else fails the test."""
    with few_steps():
        try:
            return run(data)[0]
        except DamagedInput:
            return None


def file(*parts: bytes, meta: bytes = b"") -> bytes:
    """A HEIC file whose ``iprp`` box has these parts."""
    inside = full(b"pitm", struct.pack(">H", 7)) + box(b"iprp", *parts) + meta
    return box(b"ftyp", b"heic", bytes(4)) + full(b"meta", inside)


def table(*entries: bytes, count: int | None = None, **kind: int) -> bytes:
    return full(b"ipma", struct.pack(">I", len(entries) if count is None else count), *entries, **kind)


def entry(numbers: bytes, item: int = 7) -> bytes:
    return struct.pack(">HB", item, len(numbers)) + numbers


def pixi(*bits: int) -> bytes:
    return full(b"pixi", bytes([len(bits), *bits]))


def test_the_counter_counts() -> None:
    with pytest.raises(TooManySteps), few_steps(20):
        run(container(size(4, 3)))


def test_a_property_named_again_counts_once() -> None:
    data = container(size(4, 3), embedded(PROFILE), pixi(8, 8, 8), numbers=b"\x01\x02\x03" * 20)
    with few_steps(1000):
        photo, [(bare, _)] = run(data)
    assert photo.icc_profile == PROFILE
    assert bare == data.replace(b"colr", b"free")


def test_the_first_of_two_sizes_counts_in_whatever_order_they_are_stored() -> None:
    found = heif.bare_heif(container(size(9, 9), size(4, 3), numbers=b"\x02\x01\x02"))
    assert found is not None
    assert (found.width, found.height) == (4, 3)


@pytest.mark.parametrize("item", [7, 8])
@pytest.mark.parametrize(("tables", "entries"), [(1, 20_000), (20_000, 1), (200, 100), (64, 1)])
def test_references_without_end(item: int, tables: int, entries: int) -> None:
    many = table(*[entry(b"\x01\x02" * 127, item)] * entries) * tables
    shared = box(b"ipco", size(4, 3), full(b"pixi", b"\xff" * 1_000_000))
    photo = read(file(shared, table(entry(b"\x01")), many))
    assert (photo is not None) == (item == 8 and tables == 64)  # few, and another picture's


def test_a_picture_may_have_many_properties_but_not_any_number() -> None:
    sizes = [size(4, 3)] * 65
    assert read(container(*sizes[:64])) is not None
    assert read(container(*sizes)) is None


def test_other_pictures_may_have_any_number() -> None:
    others = [entry(b"\x01" * 255, item) for item in range(1000, 3000)]
    assert read(file(box(b"ipco", size(4, 3)), table(*others, entry(b"\x01")))) is not None


@pytest.mark.parametrize("room", range(8))
def test_a_table_without_a_whole_head_at_the_end_of_the_file(room: int) -> None:
    assert read(file(box(b"ipco", size(4, 3)), box(b"ipma", bytes(room)))) is None


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("flags", [0, 1])
def test_an_entry_that_reaches_beyond_its_table(version: int, flags: int) -> None:
    item = struct.pack(">I" if version else ">H", 7)
    number = b"\0\x01" if flags else b"\x01"
    behind = box(b"free", b"\x01" * 400)  # where a reader that doesn't look would go on
    for count in (2, 255):
        short = table(item + bytes([count]) + number, version=version, flags=flags)
        assert read(file(box(b"ipco", size(4, 3)), short, behind)) is None
    whole = table(item + b"\x01" + number, count=0xFFFFFFFF, version=version, flags=flags)
    assert read(file(box(b"ipco", size(4, 3)), whole, behind)) is not None


@pytest.mark.parametrize("place", ["file", "meta", "iprp", "ipco"])
def test_boxes_without_end(place: str) -> None:
    many = box(b"free") * 200_000
    inside = {where: many if where == place else b"" for where in ("file", "meta", "iprp", "ipco")}
    data = file(box(b"ipco", size(4, 3), inside["ipco"]), inside["iprp"], table(entry(b"\x01")), meta=inside["meta"])
    assert read(data[:20] + inside["file"] + data[20:]) is None


def test_boxes_are_counted_all_together() -> None:
    many = box(b"free") * 9000
    assert read(file(box(b"ipco", size(4, 3), many), table(entry(b"\x01")), many)) is not None
    assert read(file(box(b"ipco", size(4, 3), many), table(entry(b"\x01")), many, meta=many)) is None


def test_boxes_within_boxes() -> None:
    nested = b""
    for _ in range(5000):
        nested = box(b"iprp", nested)
    assert read(file(box(b"ipco", size(4, 3)), table(entry(b"\x01")), nested)) is not None
    assert read(file(nested)) is None


def long_box(kind: bytes, body: bytes, length: int | None = None) -> bytes:
    """A box whose length has 64 bits."""
    return struct.pack(">I4sQ", 1, kind, 16 + len(body) if length is None else length) + body


def test_lengths_of_64_bits_are_read() -> None:
    data = file(long_box(b"ipco", size(4, 3)), long_box(b"ipma", table(entry(b"\x01"))[8:]))
    found = heif.bare_heif(data)
    assert found is not None
    assert (found.width, found.height) == (4, 3)


@pytest.mark.parametrize("length", [0, 1, 8, 15, 17, 1 << 31, (1 << 63) - 1, (1 << 64) - 16, (1 << 64) - 1])
def test_lengths_of_64_bits_may_be_anything(length: int) -> None:
    liar = long_box(b"ipco", size(4, 3), length)
    assert read(file(liar, table(entry(b"\x01")))) is None
    assert read(box(b"ftyp", b"heic", bytes(4)) + liar) is None


def test_a_box_that_ends_within_its_length_of_64_bits() -> None:
    for cut in range(16):
        assert read(file(long_box(b"ipco", b"")[:cut])) is None


@pytest.mark.parametrize("kind", [b"pitm", b"ispe", b"pixi", b"colr", b"ipma", b"iprp", b"ipco"])
def test_a_part_without_room_for_what_it_holds(kind: bytes) -> None:
    whole = container(size(4, 3), pixi(8, 8, 8), embedded(PROFILE))
    at = whole.index(kind) - 4
    length = int.from_bytes(whole[at : at + 4])
    for shorter in range(8, length):
        photo = read(whole[:at] + struct.pack(">I", shorter) + whole[at + 4 :])
        assert photo is None or photo.rgba.shape == (3, 4, 4)


def test_of_the_depths_of_channels_only_those_that_can_be_count() -> None:
    for bits, most in (((8, 10, 8), 10), ((8,) * 4 + (16,), 8), ((), 8)):
        found = heif.bare_heif(container(size(4, 3), pixi(*bits)))
        assert found is not None
        assert found.bits == (max(bits[:4]) if bits else 8) == most
    cut = full(b"pixi", b"\x03\x0a")  # one of three, then something else
    found = heif.bare_heif(container(size(4, 3), cut, embedded(PROFILE)))
    assert found is not None
    assert found.bits == 10
