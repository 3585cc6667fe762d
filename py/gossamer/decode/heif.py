"""HEIF containers (HEIC, AVIF): how large is the picture, what colours are meant, and what is left for a decoder.

Pillow reads neither everywhere, so pixels come from the platform (`HeifDecoder`): the browser, libheif, or a library
of CPython's. As with JPEGs, it is handed a *bare* file, whose colour profile is hidden, so that it can't convert
colours: what it returns are the photo's own values, and the profile travels to the output as that of any photo does.
Turning and mirroring are the container's, and every decoder does them; Exif's orientation says the same again, and
is not looked at. `docs/decisions/0011-heif.md` has the measurements.

The boxes are those of ISO/IEC 14496-12 and 23008-12.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gossamer.arrays import RgbaU8
from gossamer.decode.color_profile import profile_of_primaries
from gossamer.errors import DamagedInput

__all__ = ["BareHeif", "HeifDecoder", "bare_heif", "brands"]

AVIF = "image/avif"
HEIC = "image/heic"
HeifDecoder: TypeAlias = Callable[[bytes, str], Awaitable[RgbaU8]]
"""(bare file, media type) → (height, width, 4) uint8, upright, straight alpha; raises `InputError`,
`DecoderUnavailable`."""

AV1_BRANDS = frozenset((b"avif", b"avis"))
HEVC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"))
OTHER_BRANDS = frozenset((b"mif1", b"mif2", b"msf1"))
SEQUENCES = frozenset((b"avis", b"hevc", b"hevx", b"heis", b"msf1"))
# Far more than any photo has; a file of nothing else must not keep Python busy for minutes.
MOST_BRANDS = 64
MOST_PARTS = 20_000  # boxes and entries of tables, all together
MOST_PROPERTIES = 64  # of one picture
MOST_CHANNELS = 4

# Of ITU-T H.273: what the numbers in a `colr` box of type `nclx` mean.
SRGB_PRIMARIES, SRGB_TRANSFER = 1, 13
SDR_TRANSFERS = frozenset((1, 2, 6, 13, 14, 15))
HDR_TRANSFERS = frozenset((16, 18))  # PQ and HLG


class _Box(NamedTuple):
    kind: bytes
    start: int  # of the whole box, its length included
    body: int
    end: int


@dataclass(frozen=True)
class BareHeif:
    """What a container says about its main picture, and the container without its colour profile.

    Parameters
    ----------
    media_type
        ``image/heic`` or ``image/avif``.
    width, height
        As declared, before it is turned. A decoder may return less (cropped), never more.
    icc_profile
        The embedded profile, or one of the primaries that are named instead; None for sRGB.
    bits
        The most that any channel has.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    icc_profile: bytes | None
    bits: int
    is_sequence: bool
    is_hdr: bool


def brands(data: bytes) -> frozenset[bytes]:
    """The brands of an ISO base media file, whatever it holds; none if it is no such file."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4]), len(data), 16 + 4 * MOST_BRANDS)
    return frozenset([data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))])


def bare_heif(data: bytes) -> BareHeif | None:
    """Look at a file; None if its brands say that it is something else.

    Raises `DamagedInput` if it has no main picture of a known size.
    """
    found = brands(data)
    if not found & (AV1_BRANDS | HEVC_BRANDS | OTHER_BRANDS):
        return None
    properties = _properties_of_main_picture(data)
    sizes = [box for box in properties if box.kind == b"ispe"]
    if not sizes:
        raise DamagedInput("The file holds no picture whose size is known.")
    width, height = (_number(data, sizes[0], shift, 4) for shift in (4, 8))
    bare, icc_profile, is_hdr = _without_colours(data, properties)
    return BareHeif(
        data=bare,
        media_type=AVIF if found & AV1_BRANDS and not found & HEVC_BRANDS else HEIC,
        width=width,
        height=height,
        icc_profile=icc_profile,
        bits=_bits(data, properties),
        is_sequence=bool(found & SEQUENCES),
        is_hdr=is_hdr,
    )


def _bits(data: bytes, properties: list[_Box]) -> int:
    return max((bits for box in properties if box.kind == b"pixi" for bits in _channels(data, box)), default=8)


def _channels(data: bytes, box: _Box) -> bytes:
    """Bits of each channel, one a byte."""
    count, at = _number(data, box, 4, 1), box.body + 5
    return data[at : min(at + min(count, MOST_CHANNELS), box.end)]


def _without_colours(data: bytes, properties: list[_Box]) -> tuple[bytes, bytes | None, bool]:
    """The file with its main picture's profile hidden, the profile, and whether its brightness is for HDR screens.

    The file keeps its length, so that no offset in it changes: an embedded profile becomes free space; primaries that
    are named are replaced by those of sRGB, while the matrix and the range beside them, which belong to the coding,
    stay.
    """
    bare = bytearray(data)
    embedded: bytes | None = None
    named: bytes | None = None
    is_hdr = False
    for box in properties:
        if box.kind != b"colr":
            continue
        kind, at = data[box.body : box.body + 4], box.body + 4
        if kind in (b"prof", b"rICC"):
            embedded = data[at : box.end]
            bare[box.start + 4 : box.start + 8] = b"free"
        elif kind == b"nclx" and box.end - at >= 7:
            primaries, transfer = (int.from_bytes(data[at + shift : at + shift + 2]) for shift in (0, 2))
            profile = profile_of_primaries(primaries)
            is_hdr = transfer in HDR_TRANSFERS
            if transfer in SDR_TRANSFERS and (profile is not None or primaries in (SRGB_PRIMARIES, 2)):
                named = profile
                bare[at : at + 4] = SRGB_PRIMARIES.to_bytes(2) + SRGB_TRANSFER.to_bytes(2)
    if embedded is not None and embedded[16:20] in (b"RGB ", b"GRAY"):
        return bytes(bare), embedded, is_hdr
    return bytes(bare), named, is_hdr


def _properties_of_main_picture(data: bytes) -> list[_Box]:
    walk = _Walk(data)
    meta = _only(b"meta", walk.boxes(0, len(data)))
    inside = {box.kind: box for box in walk.boxes(meta.body + 4, meta.end)}
    for kind in (b"pitm", b"iprp"):
        if kind not in inside:
            raise DamagedInput("The file has no main picture.")
    main = inside[b"pitm"]
    item = _number(data, main, 4, 4 if _number(data, main, 0, 1) else 2)
    parts = list(walk.boxes(inside[b"iprp"].body, inside[b"iprp"].end))
    shared = _only(b"ipco", parts)
    properties = list(walk.boxes(shared.body, shared.end))
    numbers: list[int] = []
    for table in parts:
        if table.kind == b"ipma":
            for own in walk.associations(table, item):
                numbers += own
                if len(numbers) > MOST_PROPERTIES:
                    raise DamagedInput("The picture has more properties than any has.")
    return [properties[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(properties)]


class _Walk:
    """A look at the boxes of a file, which ends before it gets long, however they are laid out."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_PARTS

    def boxes(self, start: int, end: int) -> Iterator[_Box]:
        """The boxes side by side from ``start`` to ``end``; a box that reaches beyond it ends the list."""
        data = self._data
        while start + 8 <= end:
            self._count()
            length, body = int.from_bytes(data[start : start + 4]), start + 8
            if length == 1:
                length, body = int.from_bytes(data[body : body + 8]), body + 8
            elif length == 0:
                length = end - start
            if start + length < body or start + length > end:
                return
            yield _Box(data[start + 4 : start + 8], start, body, start + length)
            start += length

    def associations(self, table: _Box, item: int) -> Iterator[list[int]]:
        """The numbers of an item's properties, from each entry of a table that has any; an entry that reaches beyond
        the table ends it."""
        data = self._data
        version, has_long_numbers = _number(data, table, 0, 1), bool(_number(data, table, 3, 1) & 1)
        item_bytes, number_bytes = (4 if version >= 1 else 2), (2 if has_long_numbers else 1)
        essential = 0x8000 if has_long_numbers else 0x80
        at = table.body + 8
        for _ in range(_number(data, table, 4, 4)):
            numbers = at + item_bytes + 1
            if numbers > table.end:
                return
            self._count()
            owner, end = int.from_bytes(data[at : at + item_bytes]), numbers + data[numbers - 1] * number_bytes
            if end > table.end:
                return
            if owner == item:
                steps = range(numbers, end, number_bytes)
                yield [int.from_bytes(data[step : step + number_bytes]) & ~essential for step in steps]
            at = end

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise DamagedInput("The file has more parts than any picture has.")


def _only(kind: bytes, boxes: Iterable[_Box]) -> _Box:
    for box in boxes:
        if box.kind == kind:
            return box
    raise DamagedInput("Only the beginning of the picture is there, or it is broken.")


def _number(data: bytes, box: _Box, shift: int, size: int) -> int:
    """A whole number in a box, which has to have room for it."""
    at = box.body + shift
    if at + size > box.end:
        raise DamagedInput("A part of the file is cut off, or it is broken.")
    return int.from_bytes(data[at : at + size])
