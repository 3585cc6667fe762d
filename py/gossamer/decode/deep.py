"""Sixteen bits a channel, from files that have them.

Pillow has no mode for 16-bit colour: it keeps the high byte of each value. Which of the two bytes that is, its raw
mode says. So the same file is opened a second time and read as if its values were in the other byte order: the
library's own decoder, with all its filters, interlacing and compressions, then keeps the low bytes, and high and low
together are the values of the file. `docs/decisions/0005-sixteen-bit-colour.md` says what that was checked against.
"""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import RgbaU8, RgbU16
from gossamer.decode.raw_modes import has_planes, raw_modes, replace_raw_modes

__all__ = ["SIXTEEN_BIT_GREY", "deep_rgb", "is_deep"]

SIXTEEN_BIT_GREY = ("I;16", "I;16B", "I;16L", "I;16N", "I")
GREY_WITH_ALPHA = "LA;16B"
# N is the machine's own order, in which libtiff hands its values over.
OTHER_ORDER = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}
OTHER_BYTE = {
    f"{channels};16{order}": f"{channels};16{other}"
    for channels in ("RGB", "RGBX", "RGBA", "R", "G", "B", "A")
    for order, other in OTHER_ORDER.items()
}
STRIP_PIXELS = 1 << 18


def is_deep(image: Image.Image) -> bool:
    """Whether an image, opened and not yet loaded, has more than 8 bits a channel."""
    layouts = {raw_mode.partition(";")[2] for raw_mode in raw_modes(image)}
    return image.mode in (*SIXTEEN_BIT_GREY, "F") or not layouts.isdisjoint(("16B", "16L", "16N"))


def deep_rgb(image: Image.Image, rgba: RgbaU8) -> RgbU16 | None:
    """The colour of a picture in 16 bits, as it is stored.

    Parameters
    ----------
    image
        Opened anew and not loaded yet; it is loaded here, in another layout than its own.
    rgba : (height, width, 4) uint8
        The same picture in 8 bits, before it was turned upright. Its colour is the high byte of each value.

    Returns
    -------
    (height, width, 3) uint16 of 0 to 65535, or None if it can't be read in 16 bits: premultiplied, inks, floats.
    """
    layouts = raw_modes(image)
    if image.mode in SIXTEEN_BIT_GREY:
        return _grey(image, rgba)
    if layouts == {GREY_WITH_ALPHA}:
        return _grey_with_alpha(image, rgba)
    # Of separate planes libtiff gives the high bytes, whatever it is asked for.
    if layouts and layouts <= OTHER_BYTE.keys() and not (has_planes(image) and _by_libtiff(layouts)):
        return _colour(image, rgba)
    return None


def _by_libtiff(layouts: set[str]) -> bool:
    return any(layout.endswith("N") for layout in layouts)


def _grey(image: Image.Image, rgba: RgbaU8) -> RgbU16:
    deep = _empty(rgba)
    for rows, grey in _strips(image):
        deep[rows] = np.clip(grey, 0, 65535)[..., np.newaxis]
    return deep


def _grey_with_alpha(image: Image.Image, rgba: RgbaU8) -> RgbU16:
    """Its four bytes a pixel, read as if they were four channels: grey's high and low, alpha's high and low."""
    replace_raw_modes(image, lambda _: "RGBA")
    deep = _empty(rgba)
    for rows, four in _strips(image):
        deep[rows] = (four[..., 0].astype(np.uint16) << 8 | four[..., 1])[..., np.newaxis]
    return deep


def _colour(image: Image.Image, rgba: RgbaU8) -> RgbU16:
    replace_raw_modes(image, OTHER_BYTE.__getitem__)
    deep = _empty(rgba)
    for rows, low in _strips(image):
        np.left_shift(rgba[rows, :, :3], 8, out=deep[rows], dtype=np.uint16)
        deep[rows] |= low[..., :3]
    return deep


def _empty(rgba: RgbaU8) -> RgbU16:
    return np.empty((*rgba.shape[:2], 3), dtype=np.uint16)


def _strips(image: Image.Image) -> Iterator[tuple[slice, NDArray[Any]]]:
    """The loaded image some rows at a time: NumPy gets at Pillow's pixels by copying them."""
    image.load()
    width, height = image.size
    step = max(1, STRIP_PIXELS // width)
    for top in range(0, height, step):
        bottom = min(top + step, height)
        yield slice(top, bottom), np.asarray(image.crop((0, top, width, bottom)))
