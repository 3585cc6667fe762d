"""Which part of the photo is shown, and at which size."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gossamer.arrays import AlphaU8
from gossamer.errors import InvalidOption, OutputTooLarge
from gossamer.finish import Frame, frame_of, framed, framed_alpha, framed_picture, framed_trimap
from gossamer.options import Options
from tests.unit.pictures import noise

HEIGHT, WIDTH = 300, 400
SUBJECT = (100, 50, 120, 200)  # x, y, width, height


def matte() -> AlphaU8:
    alpha = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    x, y, w, h = SUBJECT
    alpha[y : y + h, x : x + w] = 255
    return alpha


def frame(**options: Any) -> Frame:
    return frame_of(Options(**options), matte())


@pytest.mark.parametrize(
    ("options", "box", "size"),
    [
        ({}, (0, 0, 400, 300), (300, 400)),
        ({"crop": "subject"}, SUBJECT, (200, 120)),
        ({"crop": "subject", "margin": 0.05}, (90, 40, 140, 220), (220, 140)),
        ({"crop": "subject", "margin": 1}, (-100, -150, 520, 600), (600, 520)),
        ({"crop": "subject", "aspect": 1}, (60, 50, 200, 200), (200, 200)),
        ({"crop": "subject", "aspect": 0.5}, (100, 30, 120, 240), (240, 120)),
        ({"crop": (-20, 10, 30, 40)}, (-20, 10, 30, 40), (40, 30)),
        ({"crop": (10.3, 10.6, 30.2, 40)}, (10, 11, 30, 40), (40, 30)),
        ({"aspect": 1}, (0, -50, 400, 400), (400, 400)),
        ({"width": 200}, (0, 0, 400, 300), (150, 200)),
        ({"height": 75}, (0, 0, 400, 300), (75, 100)),
        ({"crop": "subject", "width": 60}, SUBJECT, (100, 60)),
        ({"crop": "subject", "width": 60, "height": 60}, (60, 50, 200, 200), (60, 60)),
        ({"crop": "subject", "width": 2000, "height": 500}, (-240, 50, 800, 200), (500, 2000)),
    ],
)
def test_frames(options: dict[str, Any], box: tuple[float, ...], size: tuple[int, int]) -> None:
    found = frame(**options)
    assert found.box == pytest.approx(box)
    assert found.size == size
    assert found.resampled == ("width" in options or "height" in options)


@pytest.mark.parametrize("seed", range(100))
def test_a_frame_grows_about_its_middle_and_never_squeezes(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = (int(value) for value in random.integers(-100, 250, 2))
    w, h = (int(value) for value in random.integers(160, 500, 2))
    width, height = (int(value) for value in random.integers(1, 900, 2))
    found = frame(crop=(x, y, w, h), width=width, height=height)
    assert found.size == (height, width)
    left, top, wide, high = map(Fraction, found.box)
    assert abs(wide * height - high * width) < Fraction(1, 10**6)  # of the size's aspect
    assert wide >= w
    assert high >= h
    assert min(wide - w, high - h) == 0
    assert float(left + wide / 2) == pytest.approx(x + w / 2)
    assert float(top + high / 2) == pytest.approx(y + h / 2)


@pytest.mark.parametrize(
    ("subject", "options", "box"),
    [
        ((100, 200, 100, 100), {"margin": 0.1}, (90, 190, 120, 110)),
        ((100, 200, 100, 100), {"aspect": 0.5}, (100, 100, 100, 200)),
        ((0, 50, 100, 200), {"aspect": 1}, (0, 50, 200, 200)),
        ((300, 50, 100, 200), {"aspect": 1, "margin": 0.1}, (160, 30, 240, 240)),
        ((0, 100, 400, 100), {"aspect": 1}, (0, -50, 400, 400)),
    ],
)
def test_where_the_photo_cuts_the_subject_off_it_stays_at_the_edge(
    subject: tuple[int, int, int, int], options: dict[str, Any], box: tuple[float, ...]
) -> None:
    alpha = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    x, y, w, h = subject
    alpha[y : y + h, x : x + w] = 255
    assert frame_of(Options(crop="subject", **options), alpha).box == pytest.approx(box)


def test_where_there_is_no_subject_the_photo_is_it() -> None:
    nothing = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    assert frame_of(Options(crop="subject"), nothing).box == (0, 0, WIDTH, HEIGHT)


@pytest.mark.parametrize("crop", [(400, 0, 10, 10), (0, 300, 10, 10), (-10, 0, 10, 10), (0, -9, 400, 9)])
def test_a_crop_beside_the_photo_is_refused(crop: tuple[int, ...]) -> None:
    with pytest.raises(InvalidOption, match="beside the photo of 400 × 300"):
        frame(crop=crop)


@pytest.mark.parametrize("options", [{"crop": (-1, -1, 1e6, 1e6)}, {"crop": (0, 0, 1e6, 1e6), "width": 10}])
def test_frames_have_a_limit(options: dict[str, Any]) -> None:
    with pytest.raises(OutputTooLarge, match="1,000,000 megapixels"):
        frame(**options)
    assert frame(aspect=100).size == (300, 30_000)


@pytest.mark.parametrize("seed", range(60))
def test_a_crop_is_the_photos_own_pixels_and_zeros_beyond(seed: int) -> None:
    random = np.random.default_rng(seed)
    height, width = (int(value) for value in random.integers(1, 40, 2))
    rgba = noise((height, width, 4), seed)
    rgba[rgba[..., 3] < 60] = 0
    x, y = int(random.integers(-20, width)), int(random.integers(-20, height))
    w, h = int(random.integers(max(1, 1 - x), 60)), int(random.integers(max(1, 1 - y), 60))
    found = frame_of(Options(crop=(x, y, w, h)), rgba[..., 3])

    expected = np.zeros((h, w, 4), dtype=np.uint8)
    for row in range(h):
        for column in range(w):
            if 0 <= y + row < height and 0 <= x + column < width:
                expected[row, column] = rgba[y + row, x + column]
    cut = framed_picture(rgba, found)
    np.testing.assert_array_equal(cut, expected)
    assert cut.flags.c_contiguous
    np.testing.assert_array_equal(framed_alpha(rgba[..., 3], found), expected[..., 3])
    np.testing.assert_array_equal(framed_trimap(rgba[..., 3], found), expected[..., 3])
    deep = rgba.astype(np.uint16)[..., :3] * 257
    np.testing.assert_array_equal(framed(deep, found), expected.astype(np.uint16)[..., :3] * 257)


def test_the_whole_photo_is_passed_on_as_it_is() -> None:
    rgba = noise((HEIGHT, WIDTH, 4))
    assert framed_picture(rgba, frame()) is rgba
    assert framed_picture(rgba, frame(width=WIDTH, height=HEIGHT)) is rgba
    assert framed_alpha(rgba[..., 0], frame()).base is rgba
