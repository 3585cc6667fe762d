"""What a caller may ask for, checked before any work is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from PIL import ImageColor

from gossamer.errors import InvalidOption

__all__ = [
    "MOST_PIXELS",
    "Box",
    "Color",
    "Crop",
    "Depth",
    "Options",
    "OutputType",
    "Shadow",
    "Subject",
    "parse_color",
]

OutputType: TypeAlias = Literal["png", "webp", "jpeg", "alpha", "trimap"]
Subject: TypeAlias = Literal["auto", "person", "object"]
Depth: TypeAlias = Literal[8, 16]
Color: TypeAlias = tuple[int, int, int]
Box: TypeAlias = tuple[float, float, float, float]
"""x, y, width and height in the photo's pixels, from its upper left corner."""
Crop: TypeAlias = Literal["subject"] | Box

WHITE: Color = (255, 255, 255)
MOST_PIXELS = 100_000_000
"""Of a result: as many as a photo may have."""
LONGEST_SIDE = 65_535
FARTHEST = 1_000_000
"""A crop may begin and end this many pixels from the photo's corner."""


def parse_color(text: str) -> Color:
    """Read an opaque colour as CSS writes it: ``white``, ``#fff``, ``rgb(0, 128, 0)``, ``hsl(120, 100%, 25%)``.

    Returns sRGB bytes (red, green, blue). Raises `InvalidOption` if it is no colour or has an alpha of its own.
    """
    try:
        channels = ImageColor.getrgb(text)
    except (AttributeError, TypeError, ValueError) as error:  # a browser may pass anything
        raise InvalidOption(f"The background {text!r} is not a colour.") from error
    if len(channels) != 3:
        raise InvalidOption(f"The background {text!r} must be opaque: leave its alpha out.")
    return _checked(channels)


def _checked(color: Color) -> Color:
    if not isinstance(color, Sequence) or isinstance(color, str | bytes) or len(color) != 3:
        raise InvalidOption(f"The background {_shown(color)} is not red, green and blue.")
    if not all(_is_whole(channel) and 0 <= channel <= 255 for channel in color):
        raise InvalidOption(f"The background {_shown(color)} has a channel that is no whole number from 0 to 255.")
    return color


def _one_of(what: str, value: object, kind: object) -> None:
    if value not in get_args(kind):
        known = ", ".join(map(str, get_args(kind)))
        raise InvalidOption(f"The {what} {value!r} is none of {known}.")


def _number(what: str, value: Any, low: float, high: float) -> None:
    if not (_is_number(value) and low <= value <= high):
        raise InvalidOption(f"The {what} {_shown(value)} is not a number from {low:,} to {high:,}.")


def _pixels(what: str, value: Any) -> None:
    if not (_is_whole(value) and 1 <= value <= LONGEST_SIDE):
        raise InvalidOption(f"The {what} {_shown(value)} is not a whole number of pixels from 1 to {LONGEST_SIDE:,}.")


def _is_number(value: object) -> bool:
    return _is_whole(value) or isinstance(value, float | np.floating)


def _is_whole(value: object) -> bool:
    """Whether this is a whole number; to Python, on and off are."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _box(crop: object) -> Box:
    if not isinstance(crop, Sequence) or isinstance(crop, str | bytes) or len(crop) != 4:
        raise InvalidOption(f"The crop {_shown(crop)} is neither \"subject\" nor x, y, width and height.")
    for name, value, low in zip(("x", "y", "width", "height"), crop, (-FARTHEST, -FARTHEST, 1, 1), strict=True):
        _number(f"crop's {name}", value, low, FARTHEST)
    x, y, width, height = map(float, crop)
    return x, y, width, height


def _shown(value: Any) -> str:
    """A value in a message. What a browser passes may be of any kind, and a number of any length."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        return "given"
    return text if len(text) <= 60 else f"{text[:57]}..."


@dataclass(frozen=True)
class Shadow:
    """A soft shadow where the subject touches the ground.

    Parameters
    ----------
    strength
        0 (none) to 1 (black at the line of contact).
    softness
        0 (close and crisp) to 1 (wide and diffuse).
    """

    strength: float = 0.5
    softness: float = 0.5

    def __post_init__(self) -> None:
        _number("shadow's strength", self.strength, 0, 1)
        _number("shadow's softness", self.softness, 0, 1)


@dataclass(frozen=True)
class Options:
    """How a cut-out is made and what is written.

    Parameters
    ----------
    type
        ``png`` and ``webp`` carry straight alpha, ``jpeg`` has none and so needs a background, ``alpha`` is the
        matte alone as a grey PNG, ``trimap`` what was certain (0 and 255) and what was solved (128).
    background
        Opaque sRGB colour to composite onto; None keeps the cut-out transparent (JPEG: white).
    threshold
        None keeps alpha soft. A number in (0, 1] makes it binary: opaque where alpha ≥ threshold.
    subject
        What to look for: a ``person``, an ``object`` (which may be an animal), or ``auto``.
    decontaminate
        Whether soft edges get the subject's own colour instead of the photo's, in which the old background still
        shows.
    depth
        Bits a channel of the file. 16 keeps the colour of a photo that has as many, in a transparent PNG.
    crop
        None keeps the photo's frame. ``subject`` is the box around the subject; or x, y, width and height in the
        photo's pixels, which may reach beyond the photo: nothing, or the background, is there.
    margin
        Around the subject's box, as a share (0 to 1) of its longer side.
    aspect
        Width over height. The frame grows to it, about its middle; nothing is squeezed.
    width, height
        Pixels of the result. One alone keeps the frame's aspect; to both the frame grows as to ``aspect``.
    dpi
        Pixels per inch that the file states; None passes the photo's own on.
    shadow
        Under the subject, and over the background. The matte is without it.
    """

    type: OutputType = "png"
    background: Color | None = None
    threshold: float | None = None
    subject: Subject = "auto"
    decontaminate: bool = True
    depth: Depth = 8
    crop: Crop | None = None
    margin: float = 0
    aspect: float | None = None
    width: int | None = None
    height: int | None = None
    dpi: float | None = None
    shadow: Shadow | None = None

    def __post_init__(self) -> None:
        _one_of("output type", self.type, OutputType)
        _one_of("subject", self.subject, Subject)
        _one_of("depth", self.depth, Depth)
        if not isinstance(self.decontaminate, bool):
            raise InvalidOption(f"Decontaminate is on or off, not {self.decontaminate!r}.")
        if self.depth == 16 and (self.type != "png" or self.background is not None):
            raise InvalidOption("A depth of 16 bits is for transparent PNGs alone.")
        if self.threshold is not None and not (_is_number(self.threshold) and 0 < self.threshold <= 1):
            raise InvalidOption(f"The threshold {_shown(self.threshold)} is not in (0, 1].")
        if self.background is not None:
            _checked(self.background)
        elif self.type == "jpeg":
            object.__setattr__(self, "background", WHITE)
        self._check_frame()
        self._check_size()

    def _check_frame(self) -> None:
        to_subject = isinstance(self.crop, str) and self.crop == "subject"
        if self.crop is not None and not to_subject:
            object.__setattr__(self, "crop", _box(self.crop))
        _number("margin", self.margin, 0, 1)
        if self.margin and not to_subject:
            raise InvalidOption("A margin is for a crop to the subject.")
        if self.aspect is not None:
            _number("aspect", self.aspect, 0.01, 100)

    def _check_size(self) -> None:
        for what, pixels in (("width", self.width), ("height", self.height)):
            if pixels is not None:
                _pixels(what, pixels)
        if self.width is not None and self.height is not None:
            self._check_both(self.width, self.height)
        if self.depth == 16 and (self.width is not None or self.height is not None):
            raise InvalidOption("A picture of 16 bits can be cropped, but not brought to another size.")
        if self.dpi is not None:
            _number("dpi", self.dpi, 1, LONGEST_SIDE)
        if self.shadow is not None and not isinstance(self.shadow, Shadow):
            raise InvalidOption(f"The shadow {_shown(self.shadow)} is no strength and softness.")

    def _check_both(self, width: int, height: int) -> None:
        if width * height > MOST_PIXELS:
            raise InvalidOption(f"{width} × {height} pixels are more than {MOST_PIXELS / 1e6:,.0f} megapixels.")
        # Whole pixels may miss an aspect by one.
        if self.aspect is not None and min(abs(height * self.aspect - width), abs(width / self.aspect - height)) > 1:
            raise InvalidOption(f"{width} × {height} pixels have another aspect than {self.aspect:g}.")
