"""Presets: sizes as they are published, and documents framed so that the head is as high as it must be."""

import numpy as np
import pytest

from gossamer.finish import head_box, presets, subject_box
from gossamer.options import Options, parse_color

DOCUMENTS = {name: preset for name, preset in presets().items() if preset.kind == "document"}
# Published in pixels too, at 300 per inch.
PUBLISHED = {
    "marketplace-2000": (2000, 2000),
    "marketplace-1600": (1600, 1600),
    "profile-400": (400, 400),
    "profile-1080": (1080, 1080),
    "passport-eu": (413, 531),
    "passport-us": (600, 600),
    "passport-uk": (413, 531),
    "passport-in": (413, 531),
    "visa-in": (600, 600),
    "passport-ca": (591, 827),
    "passport-cn": (390, 567),
    "passport-jp": (413, 531),
}


def test_there_are_no_others() -> None:
    assert presets().keys() == PUBLISHED.keys()


@pytest.mark.parametrize("name", PUBLISHED)
def test_sizes(name: str) -> None:
    preset = presets()[name]
    width, height = preset.pixels_at()
    assert (width, height) == PUBLISHED[name]
    color = parse_color(preset.background) if preset.background else None
    assert Options(crop="subject", margin=preset.margin, width=width, height=height, background=color)


def test_a_document_has_more_pixels_at_more_dpi_and_others_do_not() -> None:
    assert presets()["passport-eu"].pixels_at(600) == (827, 1063)
    assert presets()["profile-400"].pixels_at(600) == (400, 400)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_consistent(name: str) -> None:
    preset = DOCUMENTS[name]
    least, most = preset.head
    assert 0 < least < most < preset.size[1] - preset.top
    if preset.eyes is not None:  # half-way down a head
        eyes = preset.size[1] - preset.top - (least + most) / 4
        assert preset.eyes[0] <= eyes <= preset.eyes[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_head_is_as_high_as_it_must_be(name: str) -> None:
    preset = DOCUMENTS[name]
    x, y, width, height = preset.placed((300, 200, 150, 200), 2000)
    scale = height / preset.size[1]
    assert width / preset.size[0] == pytest.approx(scale)
    assert 200 / scale == pytest.approx(sum(preset.head) / 2)
    assert (200 - y) / scale == pytest.approx(preset.top)
    assert x + width / 2 == 375


def test_a_frame_that_would_end_below_the_photo_comes_closer_as_far_as_it_may() -> None:
    preset = DOCUMENTS["passport-eu"]
    _, y, _, height = preset.placed((300, 100, 150, 200), 338)
    assert y + height == pytest.approx(338)
    assert preset.head[0] < 200 / height * 45 < preset.head[1]
    _, _, _, height = preset.placed((300, 100, 150, 200), 310)
    assert 200 / height * 45 == pytest.approx(preset.head[1])


def person(neck: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A round head of 120 × 160 pixels, a neck, shoulders, and a body to the lower edge."""
    y, x = np.mgrid[:600, :500]
    head = ((x - 250) / 60) ** 2 + ((y - 180) / 80) ** 2 <= 1
    throat = (np.abs(x - 250) < 35) & (y > 180) & (y < 280 + neck)
    body = (y > 255 + neck) & (np.abs(x - 250) < np.minimum(180, 40 + (y - 255 - neck) * 3))
    return np.where(head | throat | body, np.uint8(255), np.uint8(0))


@pytest.mark.parametrize("neck", [0, 10, 30])
def test_a_head_is_found(neck: int) -> None:
    x, y, width, height = head_box(person(neck)) or (0, 0, 0, 0)
    assert abs(x - 190) <= 6
    assert abs(width - 120) <= 12
    assert abs(y - 100) <= 3
    assert abs(height - 160) <= 20


def test_where_there_is_no_head_there_is_a_box_and_where_there_is_nothing_none() -> None:
    alpha = np.zeros((80, 90), dtype=np.uint8)
    assert head_box(alpha) is None
    alpha[20:70, 5:80] = 60  # faint
    assert head_box(alpha) == subject_box(alpha)
    alpha[20:70, 5:80] = 255
    assert head_box(alpha) == (5, 20, 75, 50)
    alpha[...] = 0
    alpha[79, 89] = 255
    assert head_box(alpha) == (89, 79, 1, 1)
