"""What a caller may ask for, checked before any work is done."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from PIL import ImageColor

from gossamer.errors import InvalidOption

__all__ = ["Color", "Options", "OutputType", "parse_color"]

OutputType: TypeAlias = Literal["png", "webp", "jpeg", "alpha"]
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


@dataclass(frozen=True)
class Options:
    """How a cut-out is made and what is written.

    Parameters
    ----------
    type
        ``png`` and ``webp`` carry straight alpha, ``jpeg`` has none and so needs a background, ``alpha`` is the
        matte alone as a grey PNG.
    background
        Opaque sRGB colour to composite onto; None keeps the cut-out transparent (JPEG: white).
    threshold
        None keeps alpha soft. A number in (0, 1] makes it binary: opaque where alpha ≥ threshold.
    """

    type: OutputType = "png"
    background: Color | None = None
    threshold: float | None = None

    def __post_init__(self) -> None:
        if self.type not in get_args(OutputType):
            known = ", ".join(get_args(OutputType))
            raise InvalidOption(f"The output type {self.type!r} is none of {known}.")
        if self.threshold is not None and not (isinstance(self.threshold, int | float) and 0 < self.threshold <= 1):
            raise InvalidOption(f"The threshold {self.threshold!r} is not in (0, 1].")
        if self.background is not None:
            _checked(self.background)
        elif self.type == "jpeg":
            object.__setattr__(self, "background", WHITE)
