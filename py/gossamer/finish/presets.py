"""Sizes that others ask for: marketplaces, profiles, passports. The page reads the same file, `presets.json`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gossamer.finish.subject_box import PixelBox
from gossamer.options import Box

__all__ = ["Preset", "presets"]

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Preset:
    """What a result must be like for one purpose.

    Parameters
    ----------
    kind
        ``product`` and ``profile`` are cropped to the subject, ``document`` to the head.
    background
        As CSS writes it, or None.
    pixels
        (width, height); documents have ``size`` and ``dpi`` instead.
    margin
        Around the subject, as a share of its longer side.
    size
        (width, height) in millimetres.
    head
        Least and greatest height from chin to crown in millimetres.
    top
        Room above the head in millimetres: ours, within what is asked for.
    eyes
        Least and greatest height of the eyes above the lower edge in millimetres, where there is a rule.
    dpi
        Pixels per inch of a document.
    """

    kind: Literal["product", "profile", "document"]
    background: str | None
    pixels: tuple[int, int] = (0, 0)
    margin: float = 0
    size: tuple[float, float] = (0, 0)
    head: tuple[float, float] = (0, 0)
    top: float = 0
    eyes: tuple[float, float] | None = None
    dpi: float | None = None

    def pixels_at(self, dpi: float | None = None) -> tuple[int, int]:
        """(width, height) of the result, of a document at any number of pixels per inch."""
        dpi = dpi or self.dpi
        if self.kind != "document" or dpi is None:
            return self.pixels
        width, height = (round(side * dpi / MM_PER_INCH) for side in self.size)
        return width, height

    def placed(self, head: PixelBox, photo_height: int) -> Box:
        """The frame of a document around a head, both in the photo's pixels.

        The head is as high as the middle of what is allowed; higher, up to the most that is allowed, where the frame
        would else end below the photo.
        """
        x, y, width, height = head
        least, most = self.head
        room = (photo_height - y) / (self.size[1] - self.top)
        scale = max(height / most, min(height / ((least + most) / 2), room))
        wide, high = (side * scale for side in self.size)
        return x + (width - wide) / 2, y - self.top * scale, wide, high


@cache
def presets() -> dict[str, Preset]:
    """All presets by name."""
    document = json.loads(Path(__file__).with_name("presets.json").read_text(encoding="utf-8"))
    return {name: Preset(**_tuples(fields)) for name, fields in document["presets"].items()}


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
