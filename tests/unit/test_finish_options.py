"""Crop, size, density and shadow, as a caller may ask for them; and what is refused."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gossamer.errors import InvalidOption
from gossamer.options import LONGEST_SIDE, Options, Shadow

NO_NUMBERS: list[Any] = [math.nan, math.inf, -math.inf, True, "5", [5], 10**400, 10**5000, 1j]
GOOD: list[dict[str, Any]] = [
    {"crop": "subject"},
    {"crop": "subject", "margin": 0.05, "aspect": 0.8},
    {"crop": (-10, -20, 300, 400)},
    {"crop": [0.5, 0.25, 1, 1]},
    {"width": 1200},
    {"height": 1},
    {"width": LONGEST_SIDE, "height": 1, "dpi": 1},
    {"width": np.int64(413), "height": 531, "aspect": 35 / 45, "dpi": 300},
    {"margin": 0, "dpi": 72.5, "shadow": Shadow(0, 1)},
    {"depth": 16, "crop": (1, 2, 3, 4), "shadow": Shadow()},
]
BAD: list[tuple[dict[str, Any], str]] = [
    ({"crop": "face"}, "neither"),
    ({"crop": (1, 2, 3)}, "neither"),
    ({"crop": b"1234"}, "neither"),
    ({"crop": {"x": 1}}, "neither"),
    ({"crop": True}, "neither"),
    ({"crop": (0, 0, 0.5, 5)}, "crop's width .* from 1"),
    ({"crop": (0, 0, 5, -5)}, "crop's height"),
    ({"crop": (1e7, 0, 5, 5)}, "crop's x"),
    ({"margin": 0.1}, "for a crop to the subject"),
    ({"margin": 0.1, "crop": (0, 0, 9, 9)}, "for a crop to the subject"),
    ({"margin": -0.1, "crop": "subject"}, "margin"),
    ({"aspect": 0}, "aspect"),
    ({"width": 0}, "width 0 is not a whole number"),
    ({"width": 12.5}, "width"),
    ({"height": 65_536}, "height"),
    ({"width": 10_001, "height": 10_000}, "more than 100 megapixels"),
    ({"width": 1200, "height": 1200, "aspect": 0.8}, "another aspect"),
    ({"width": 100, "depth": 16}, "16 bits can be cropped"),
    ({"dpi": 0.5}, "dpi"),
    ({"shadow": 0.5}, "shadow"),
    ({"shadow": True}, "shadow"),
]


@pytest.mark.parametrize("options", GOOD, ids=str)
def test_takes(options: dict[str, Any]) -> None:
    assert Options(**options)


@pytest.mark.parametrize(("options", "message"), BAD, ids=[str(options) for options, _ in BAD])
def test_refuses(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidOption, match=message):
        Options(**options)


WITH_NUMBER: dict[str, Callable[[Any], object]] = {
    "margin": lambda value: Options(crop="subject", margin=value),
    "aspect": lambda value: Options(aspect=value),
    "width": lambda value: Options(width=value),
    "height": lambda value: Options(height=value),
    "dpi": lambda value: Options(dpi=value),
    "crop's y": lambda value: Options(crop=(0, value, 5, 5)),
    "shadow's strength": lambda value: Shadow(strength=value),
    "shadow's softness": lambda value: Shadow(softness=value),
}


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("option", WITH_NUMBER)
def test_refuses_what_is_no_number(option: str, value: Any) -> None:
    with pytest.raises(InvalidOption, match=f"The {option} .* is not a") as caught:
        WITH_NUMBER[option](value)
    assert len(str(caught.value)) < 200


def test_a_crop_is_kept_as_numbers() -> None:
    assert Options(crop=[1, np.int64(2), 3.5, 4]).crop == (1.0, 2.0, 3.5, 4.0)  # type: ignore[arg-type]


def test_sizes_may_miss_an_aspect_by_a_pixel() -> None:
    assert Options(width=413, height=531, aspect=35 / 45)
    with pytest.raises(InvalidOption, match="another aspect"):
        Options(width=413, height=540, aspect=35 / 45)
