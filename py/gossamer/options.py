"""What a caller may ask for, checked before any work is done."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from PIL import ImageColor

from gossamer.errors import InvalidOption

__all__ = ["Color", "Depth", "Options", "OutputType", "Subject", "parse_color"]

OutputType: TypeAlias = Literal["png", "webp", "jpeg", "alpha", "trimap"]
Subject: TypeAlias = Literal["auto", "person", "object"]
Depth: TypeAlias = Literal[8, 16]
Color: TypeAlias = tuple[int, int, int]

WHITE: Color = (255, 255, 255)


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
    if not all(0 <= channel <= 255 for channel in color):
        raise InvalidOption(f"The background {color} has a channel outside 0 to 255.")
    return color


def _one_of(what: str, value: object, kind: object) -> None:
    if value not in get_args(kind):
        known = ", ".join(map(str, get_args(kind)))
        raise InvalidOption(f"The {what} {value!r} is none of {known}.")


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
    """

    type: OutputType = "png"
    background: Color | None = None
    threshold: float | None = None
    subject: Subject = "auto"
    decontaminate: bool = True
    depth: Depth = 8

    def __post_init__(self) -> None:
        _one_of("output type", self.type, OutputType)
        _one_of("subject", self.subject, Subject)
        _one_of("depth", self.depth, Depth)
        if not isinstance(self.decontaminate, bool):
            raise InvalidOption(f"Decontaminate is on or off, not {self.decontaminate!r}.")
        if self.depth == 16 and (self.type != "png" or self.background is not None):
            raise InvalidOption("A depth of 16 bits is for transparent PNGs alone.")
        if self.threshold is not None and not (isinstance(self.threshold, int | float) and 0 < self.threshold <= 1):
            raise InvalidOption(f"The threshold {self.threshold!r} is not in (0, 1].")
        if self.background is not None:
            _checked(self.background)
        elif self.type == "jpeg":
            object.__setattr__(self, "background", WHITE)
