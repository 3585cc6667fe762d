"""What a caller may ask for."""

from typing import Any

import numpy as np
import pytest

from gossamer.errors import InvalidOption
from gossamer.options import Options, Shadow, parse_color


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("white", (255, 255, 255)),
        ("#fff", (255, 255, 255)),
        ("#0a84ff", (10, 132, 255)),
        ("rgb(0, 128, 0)", (0, 128, 0)),
        ("rgb(100%, 0%, 50%)", (255, 0, 128)),
        ("hsl(120, 100%, 25%)", (0, 128, 0)),
    ],
)
def test_reads_colours_as_css_writes_them(text: str, color: tuple[int, int, int]) -> None:
    assert parse_color(text) == color


@pytest.mark.parametrize("text", ["", "whit", "#12", "rgb(1, 2)", "#ffff", "#11223344", "rgba(1, 2, 3, 0.5)"])
def test_refuses_what_is_no_opaque_colour(text: str) -> None:
    with pytest.raises(InvalidOption, match="background"):
        parse_color(text)


@pytest.mark.parametrize("text", ["rgb(300, 0, 0)", "rgb(200%, 0%, 0%)", "hsl(0, 200%, 50%)"])
def test_channels_outside_a_byte_are_refused_or_clipped(text: str) -> None:
    try:
        color = parse_color(text)
    except InvalidOption:
        return
    assert all(0 <= channel <= 255 for channel in color)


@pytest.mark.parametrize("background", [(256, 0, 0), (-1, 0, 0)])
def test_a_background_outside_a_byte_is_refused(background: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidOption):
        Options(background=background)


@pytest.mark.parametrize("background", [(True, 0, 0), (0, 0, False), (0.5, 0, 0), (1, 2), (1, 2, 3, 4), "white", 7])
def test_a_background_is_three_whole_numbers(background: Any) -> None:
    with pytest.raises(InvalidOption, match="background"):
        Options(background=background)


@pytest.mark.parametrize(
    "threshold", [0, -0.1, 1.0001, float("nan"), float("inf"), True, False, "0.5", np.True_, 10**400]
)
def test_refuses_thresholds_outside_their_range(threshold: Any) -> None:
    with pytest.raises(InvalidOption, match="threshold"):
        Options(threshold=threshold)


@pytest.mark.parametrize("threshold", [1e-9, 0.5, 1, None])
def test_takes_thresholds_inside_their_range(threshold: float | None) -> None:
    assert Options(threshold=threshold).threshold == threshold


@pytest.mark.parametrize(
    "options",
    [
        {"depth": True},
        {"crop": (True, 0, 9, 9)},
        {"crop": (0, 0, 9, True)},
        {"crop": "subject", "margin": True},
        {"aspect": True},
        {"width": True},
        {"height": True},
        {"dpi": True},
    ],
    ids=str,
)
def test_on_is_not_the_number_one(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption):
        Options(**options)


@pytest.mark.parametrize("part", ["strength", "softness"])
def test_on_is_no_part_of_a_shadow(part: str) -> None:
    with pytest.raises(InvalidOption, match=part):
        Shadow(**{part: True})


@pytest.mark.parametrize(
    ("option", "unknown", "known"),
    [
        ("type", "tiff", "png, webp, jpeg, alpha, trimap"),
        ("subject", "cat", "auto, person, object"),
        ("subject", None, "auto, person, object"),
        ("depth", 12, "8, 16"),
        ("depth", "16", "8, 16"),
    ],
)
def test_refuses_unknown_words_and_names_the_known(option: str, unknown: Any, known: str) -> None:
    with pytest.raises(InvalidOption, match=f"{unknown!r} is none of {known}"):
        Options(**{option: unknown})


@pytest.mark.parametrize("decontaminate", [None, 1, "no"])
def test_refuses_what_is_neither_on_nor_off(decontaminate: Any) -> None:
    with pytest.raises(InvalidOption, match="on or off"):
        Options(decontaminate=decontaminate)


@pytest.mark.parametrize("other", [{"type": "webp"}, {"type": "alpha"}, {"background": (1, 2, 3)}])
def test_sixteen_bits_are_for_transparent_pngs_alone(other: dict[str, Any]) -> None:
    assert Options(depth=16).type == "png"
    with pytest.raises(InvalidOption, match="16 bits"):
        Options(depth=16, **other)


def test_what_is_not_asked_for() -> None:
    assert Options() == Options(
        type="png", background=None, threshold=None, subject="auto", decontaminate=True, depth=8
    )


def test_jpeg_has_no_alpha_and_gets_a_white_background() -> None:
    assert Options(type="jpeg").background == (255, 255, 255)
    assert Options(type="jpeg", background=(1, 2, 3)).background == (1, 2, 3)
    assert Options(type="png").background is None
