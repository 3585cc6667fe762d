"""At which size a network sees a photo: cases worked by hand."""

from typing import Any

import numpy as np
import pytest

from gossamer.segment.network_input import picture_size
from tests.unit.fakes import model

Size = tuple[int, int]

# (rule, photo, network), sizes as (height, width). A scale is the rule's size over the side that it speaks of.
CASES: list[tuple[dict[str, Any], Size, Size]] = [
    ({"rule": "fixed", "size": 320}, (1, 1), (320, 320)),
    ({"rule": "fixed", "size": 320}, (500, 6000), (320, 320)),
    # long side 512: × 512/6000 makes 500 to 42.7, which lies nearer to 32 than to 64
    ({"rule": "long_side", "size": 512, "multiple": 32}, (500, 6000), (32, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32}, (6000, 500), (512, 32)),
    ({"rule": "long_side", "size": 512, "multiple": 32}, (1, 1), (512, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32}, (3000, 4000), (384, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32}, (1080, 1920), (288, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32}, (1, 60_000), (32, 512)),
    # never enlarged: a photo of 40 × 70 keeps its size, up to the multiple
    ({"rule": "long_side", "size": 512, "multiple": 32, "size_min": 0}, (40, 70), (32, 64)),
    ({"rule": "long_side", "size": 512, "multiple": 32, "size_min": 0}, (1, 1), (32, 32)),
    ({"rule": "long_side", "size": 512, "multiple": 32, "size_min": 0}, (3000, 4000), (384, 512)),
    # short side 512 alone would leave 500 × 6000 at 512 × 6144
    ({"rule": "short_side", "size": 512, "multiple": 32}, (500, 6000), (512, 6144)),
    ({"rule": "short_side", "size": 512, "multiple": 32, "long_side_max": 1024}, (500, 6000), (96, 1024)),
    ({"rule": "short_side", "size": 512, "multiple": 32, "long_side_max": 1024}, (3000, 4000), (512, 672)),
    ({"rule": "short_side", "size": 512, "multiple": 32}, (1, 1), (512, 512)),
    # area 512²: 3000 × 4000 is 443.4 × 591.2
    ({"rule": "area", "size": 512, "multiple": 32}, (3000, 4000), (448, 576)),
    ({"rule": "area", "size": 512, "multiple": 32}, (1, 1), (512, 512)),
    ({"rule": "area", "size": 512, "multiple": 32, "long_side_max": 768}, (500, 6000), (64, 768)),
    # between the two sizes a photo stays as it is; 300 × 280 is 289.8² and 100 × 120 is 109.5²
    ({"rule": "area", "size": 512, "size_min": 256, "multiple": 1}, (300, 280), (300, 280)),
    ({"rule": "area", "size": 512, "size_min": 256, "multiple": 1}, (100, 120), (234, 280)),
    # with padding the aspect is kept to a pixel
    ({"rule": "long_side", "size": 512, "multiple": 32, "fit": "pad-edge"}, (500, 6000), (43, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32, "fit": "pad-reflect"}, (1080, 1920), (288, 512)),
    ({"rule": "long_side", "size": 512, "multiple": 32, "fit": "pad-edge"}, (1, 60_000), (1, 512)),
    ({"rule": "area", "size": 512, "multiple": 32, "fit": "pad-edge"}, (3000, 4000), (443, 591)),
    ({"rule": "long_side", "size": 512, "fit": "pad-edge", "size_min": 0}, (41, 70), (41, 70)),
]


@pytest.mark.parametrize(("rule", "photo", "network"), CASES)
def test_cases_worked_by_hand(rule: dict[str, Any], photo: Size, network: Size) -> None:
    assert picture_size(*photo, model(**rule).input) == network


@pytest.mark.parametrize("rule", ["long_side", "short_side", "area", "fixed"])
@pytest.mark.parametrize("fit", ["round", "pad-edge"])
def test_every_photo_gets_a_usable_size(rule: str, fit: str) -> None:
    entry = model(rule=rule, fit=fit, size=256, multiple=32, long_side_max=512).input
    for height, width in np.random.default_rng(3).integers(1, 9000, (300, 2)):
        found = picture_size(int(height), int(width), entry)
        assert all(1 <= side <= 512 for side in found)
        if fit == "round":
            assert all(side % 32 == 0 for side in found)


def test_turning_the_photo_turns_the_size() -> None:
    rule = model(rule="long_side", size=512, multiple=32).input
    for height, width in np.random.default_rng(4).integers(1, 9000, (100, 2)).tolist():
        assert picture_size(height, width, rule) == picture_size(width, height, rule)[::-1]
