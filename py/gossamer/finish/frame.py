"""Which part of the photo is the result, and how many pixels it has. `web/page/finish/geometry.js` says the same."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from gossamer.arrays import AlphaU8
from gossamer.errors import InvalidOption, OutputTooLarge
from gossamer.finish.subject_box import subject_box
from gossamer.options import MOST_PIXELS, Box, Options

__all__ = ["Frame", "frame_of"]

Hold: TypeAlias = tuple[float, float]
MIDDLE = 0.5


@dataclass(frozen=True)
class Frame:
    """A box in the photo's pixels, and the size of the result that shows it.

    Parameters
    ----------
    box
        x, y, width and height, from the photo's upper left corner; it may reach beyond the photo. Whole pixels where
        nothing is resampled.
    size
        (height, width) of the result.
    binary
        Whether alpha stays without levels in between when it is resampled.
    """

    box: Box
    size: tuple[int, int]
    binary: bool = False

    @property
    def resampled(self) -> bool:
        """Whether the result's pixels are others than the photo's."""
        x, y, width, height = self.box
        return (*self.size, x % 1, y % 1) != (height, width, 0, 0)


def frame_of(options: Options, alpha: AlphaU8) -> Frame:
    """The frame that ``crop``, ``margin``, ``aspect``, ``width`` and ``height`` ask for.

    Parameters
    ----------
    options
        A frame grows about its middle, to ``aspect`` or to that of ``width`` and ``height``. Where only one of these
        is given the other follows. Where none is given the frame becomes whole pixels. Where the photo's edge cuts
        the subject off, ``subject`` has no margin, and grows to the other side: a bust doesn't float.
    alpha : (height, width) uint8
        The matte, to find the subject in; where there is none, the whole photo is taken for it.

    Raises
    ------
    InvalidOption
        If the crop lies beside the photo.
    OutputTooLarge
        If the frame holds more pixels than a result may have.
    """
    height, width = alpha.shape
    box, hold = _cropped(options, alpha)
    if options.aspect is not None:
        box = _widened(box, options.aspect, hold)
    if options.width is not None and options.height is not None:
        box = _widened(box, options.width / options.height, hold)
    elif options.width is None and options.height is None:
        box = _whole(box)
    x, y, w, h = box
    if x >= width or y >= height or x + w <= 0 or y + h <= 0:
        raise InvalidOption(f"The crop lies beside the photo of {width} × {height} pixels.")
    if w * h > MOST_PIXELS:
        raise OutputTooLarge(
            f"The crop holds {w * h / 1e6:,.0f} megapixels; the limit is {MOST_PIXELS / 1e6:,.0f}."
        )
    return Frame(box, _size(options, w, h), options.threshold is not None)


def _cropped(options: Options, alpha: AlphaU8) -> tuple[Box, Hold]:
    height, width = alpha.shape
    whole: Box = (0, 0, width, height)
    if options.crop != "subject":
        return options.crop or whole, (MIDDLE, MIDDLE)
    x, y, w, h = subject_box(alpha) or whole
    margin = options.margin * max(w, h)
    left, right = (0 if cut else margin for cut in (x == 0, x + w == width))
    above, below = (0 if cut else margin for cut in (y == 0, y + h == height))
    hold = (_held(x == 0, x + w == width), _held(y == 0, y + h == height))
    return (x - left, y - above, w + left + right, h + above + below), hold


def _held(first: bool, last: bool) -> float:
    """Where a side stays as it grows, from its first end (0) to its last (1)."""
    return MIDDLE if first == last else float(last)


def _widened(box: Box, aspect: float, hold: Hold) -> Box:
    x, y, width, height = box
    wide, high = max(width, height * aspect), max(height, width / aspect)
    return x - (wide - width) * hold[0], y - (high - height) * hold[1], wide, high


def _whole(box: Box) -> Box:
    x, y, width, height = box
    wide, high = float(max(1, _rounded(width))), float(max(1, _rounded(height)))
    return float(_rounded(x + (width - wide) / 2)), float(_rounded(y + (height - high) / 2)), wide, high


def _size(options: Options, width: float, height: float) -> tuple[int, int]:
    """(height, width) of the result."""
    if options.width is not None and options.height is not None:
        return options.height, options.width
    if options.width is not None:
        return max(1, _rounded(options.width * height / width)), options.width
    if options.height is not None:
        return options.height, max(1, _rounded(options.height * width / height))
    return int(height), int(width)


def _rounded(value: float) -> int:
    """To the nearest whole number, halves upwards as in JavaScript."""
    return math.floor(value + 0.5)
