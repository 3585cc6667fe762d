"""Which bytes of a file Pillow reads into which channel: the raw mode of each of an image's tiles.

An image that was opened and not yet loaded has *tiles* (one for a PNG; one for each strip, block or plane of an
uncompressed TIFF). Their raw mode, ``RGB;16B`` for instance, names the layout in the file: three channels of 16 bits,
high byte first. It may be replaced before loading.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from PIL import Image, ImageFile, TiffImagePlugin

__all__ = ["has_planes", "mend_planes", "raw_modes", "replace_raw_modes"]

SEPARATE_PLANES = 2


class _Tile(NamedTuple):
    """Named as newer versions of Pillow read it, and a tuple as older ones do."""

    codec_name: str
    extents: tuple[int, int, int, int] | None
    offset: int
    args: Any  # the raw mode, alone or as the first of several


def raw_modes(image: Image.Image) -> set[str]:
    """The raw modes of all tiles; none if ``image`` is loaded or its decoder has no such thing."""
    tiles = (_Tile(*tile) for tile in image.tile) if isinstance(image, ImageFile.ImageFile) else ()
    heads = (tile.args[0] if isinstance(tile.args, tuple) and tile.args else tile.args for tile in tiles)
    return {head for head in heads if isinstance(head, str)}


def replace_raw_modes(image: Image.Image, other: Callable[[str], str]) -> None:
    """Give every tile of an image, which must not be loaded yet, another raw mode."""
    file = cast(Any, image)
    tiles = (_Tile(*tile) for tile in file.tile)
    file.tile = [tile._replace(args=_other_head(tile.args, other)) for tile in tiles]


def _other_head(args: Any, other: Callable[[str], str]) -> Any:
    return other(args) if isinstance(args, str) else (other(args[0]), *args[1:])


def has_planes(image: Image.Image) -> bool:
    """Whether each channel is stored on its own, as a TIFF may have it."""
    return isinstance(image, TiffImagePlugin.TiffImageFile) and (
        image.tag_v2.get(TiffImagePlugin.PLANAR_CONFIGURATION) == SEPARATE_PLANES
    )


def mend_planes(image: Image.Image) -> None:
    """Read uncompressed planes of 16 bits as such: Pillow takes them for 8 and makes a wrong picture of them."""
    if not has_planes(image) or not raw_modes(image) <= {"R", "G", "B", "A"}:
        return
    tags = cast(TiffImagePlugin.TiffImageFile, image).tag_v2
    if set(tags.get(TiffImagePlugin.BITSPERSAMPLE, ())) == {16}:
        order = "L" if tags.prefix == b"II" else "B"
        replace_raw_modes(image, lambda channel: f"{channel};16{order}")
