"""What is found out about one photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from gossamer.arrays import RgbaU8
from gossamer.metrics import FloatsF64
from tests.evaluate.photos import Photo

__all__ = ["ColorErrors", "Examine", "Matte", "Outcome"]

ColorErrors: TypeAlias = dict[str, dict[str, float]]
"""By background: ``own`` and ``cut_out``, errors of composites in levels of 255."""


@dataclass(frozen=True)
class Matte:
    """What a photo became, and what it should have become.

    Parameters
    ----------
    alpha, truth : (height, width) float64
        The matte and the true one, in [0, 1].
    rgba : (height, width, 4) uint8
        The cut-out.
    """

    alpha: FloatsF64
    truth: FloatsF64
    rgba: RgbaU8


@dataclass(frozen=True)
class Outcome:
    """How good a matte is: the numbers alone, of which there may be many.

    Parameters
    ----------
    mad
        Mean absolute difference over the whole picture, whatever else is measured.
    scores
        Measures by column.
    timings
        Milliseconds by stage; ``total`` is all of it.
    """

    photo: Photo
    size: tuple[int, int]
    mad: float
    scores: dict[str, float]
    timings: dict[str, float] = field(default_factory=dict)
    colors: ColorErrors = field(default_factory=dict)


Examine: TypeAlias = Callable[[Photo], tuple[Outcome, Matte]]
