"""The synthetic scenes are what they say: reproducible, consistent, and exact where a formula knows the answer."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND
from tests.unit.scenes import ALL, Scene
from tests.unit.scenes.blur import BOX, LENS, moved_box
from tests.unit.scenes.edges import Ramp, ramp_geometry
from tests.unit.scenes.hair import HAIRS
from tests.unit.scenes.scene import SHAPE, Field, dilated, trimap_of
from tests.unit.scenes.shapes import SAMPLES, climb, interval, strands, strands_coverage
from tests.unit.scenes.thin import HUB, RIM, ROW, WHEEL, spokes_geometry

SEED = 7
every_scene = pytest.mark.parametrize("name", ALL)


@cache
def made(name: str) -> Scene:
    return ALL[name](SEED)


def arrays(scene: Scene) -> list[NDArray[np.generic]]:
    return [scene.image, scene.alpha, scene.foreground, scene.background, scene.trimap]


@every_scene
def test_a_seed_makes_a_scene_to_the_byte_and_another_seed_another(name: str) -> None:
    assert [a.tobytes() for a in arrays(ALL[name](SEED))] == [a.tobytes() for a in arrays(made(name))]
    other = ALL[name](SEED + 1)
    for own, others in ((made(name).image, other.image), (made(name).foreground, other.foreground)):
        assert (own != others).any(axis=2).mean() > 0.5


@every_scene
def test_shapes_types_and_ranges(name: str) -> None:
    scene = made(name)
    assert scene.name == name
    assert [array.shape for array in arrays(scene)] == [(*SHAPE, 3), SHAPE, (*SHAPE, 3), (*SHAPE, 3), SHAPE]
    assert [array.dtype for array in arrays(scene)] == [np.uint8, np.float32, np.float32, np.float32, np.uint8]
    assert scene.alpha.min() == 0
    assert 0.5 < scene.alpha.max() <= 1
    for colors in (scene.foreground, scene.background):
        assert 0 <= colors.min() < colors.max() <= 255
    assert not any(array.flags.writeable for array in arrays(scene))


@every_scene
def test_the_picture_is_made_of_its_parts(name: str) -> None:
    scene = made(name)
    alpha = scene.alpha.astype(np.float64)[..., np.newaxis]
    exact = alpha * scene.foreground + (1 - alpha) * scene.background
    assert np.abs(scene.image - exact).max() <= 0.5


@every_scene
def test_both_colours_are_textured_wherever_they_are_hidden(name: str) -> None:
    scene = made(name)
    for colors, hidden in ((scene.foreground, scene.alpha == 0), (scene.background, scene.alpha > 0.5)):
        assert (colors[hidden].std(axis=0) > 1).all()


@every_scene
def test_the_trimap_says_nothing_false_and_leaves_something_to_find_out(name: str) -> None:
    scene = made(name)
    assert (scene.alpha[scene.trimap == FOREGROUND] == 1).all()
    assert (scene.alpha[scene.trimap == BACKGROUND] == 0).all()
    assert scene.unknown[(scene.alpha > 0) & (scene.alpha < 1)].all()
    assert 0.01 < scene.unknown.mean() < 0.5


def test_the_trimaps_band_is_as_wide_as_stated() -> None:
    alpha = np.zeros((9, 12), np.float32)
    alpha[:, 7:] = 1
    alpha[4, 6] = 0.5
    for band in range(4):
        unknown = np.zeros(alpha.shape, bool)
        unknown[4 - band : 5 + band, 6 - band : 7 + band] = True
        expected = np.where(unknown, 128, alpha * 255)
        np.testing.assert_array_equal(trimap_of(alpha, band), expected)
        np.testing.assert_array_equal(dilated(alpha == 0.5, band), unknown)


@every_scene
def test_over_another_colour_only_the_subject_stays(name: str) -> None:
    scene, color = made(name), (255, 0, 40)
    result = scene.over(color)
    np.testing.assert_array_equal(result[scene.alpha == 1], scene.foreground[scene.alpha == 1])
    assert (result[scene.alpha == 0] == color).all()
    # The difference of two composites shows alpha, whatever the colours.
    shown = scene.over((100, 0, 0)) - scene.over((0, 0, 0))
    np.testing.assert_allclose(shown[..., 0], 100 * (1 - scene.alpha), atol=1e-4)


@pytest.mark.parametrize("patch", ramp_geometry(), ids=str)
def test_ramps_climb_evenly(patch: Ramp) -> None:
    alpha = made("ramp").alpha[patch.rows, patch.columns]
    lines, first = (alpha.T, patch.rows.start) if patch.downward else (alpha, patch.columns.start)
    assert (lines == lines[0]).all()
    centers = (np.arange(lines.shape[1]) + first + 0.5 - patch.start) / patch.width
    # Pixels wholly on the slope hold its value at their middle; the bend is in the others.
    slope = np.abs(centers - 0.5) <= 0.5 - 0.5 / patch.width
    assert slope.sum() in (patch.width - 1, patch.width)
    np.testing.assert_allclose(lines[0, slope], centers[slope], atol=1e-6)
    assert lines[0].sum() == pytest.approx(lines.shape[1] - (patch.start - first) - patch.width / 2, abs=1e-4)


def test_one_row_is_one_row() -> None:
    alpha = made("one_row").alpha
    assert np.flatnonzero(alpha.any(axis=1)).tolist() == [ROW]
    assert (alpha[ROW] == 1).sum() == 112
    assert alpha.sum() == pytest.approx(136)
    assert (made("one_row").trimap[ROW] == FOREGROUND).sum() > 100


def below(offset: Field, first: float, second: float) -> Field:
    """The area of a unit square around the origin on one side of a line: ``offset`` along (first, second)."""
    a, b = abs(first), abs(second)
    s = offset + (a + b) / 2
    corners = [np.maximum(s - corner, 0) ** 2 for corner in (0, a, b, a + b)]
    area: Field = (corners[0] - corners[1] - corners[2] + corners[3]) / (2 * a * b)
    return area


def test_spokes_cover_what_geometry_says() -> None:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    y, x = y - WHEEL[0], x - WHEEL[1]
    expected = np.zeros(SHAPE)
    for angle, width in zip(*spokes_geometry(SEED), strict=True):
        sine, cosine = np.sin(angle), np.cos(angle)
        aside = x * sine - y * cosine
        strip = below(width / 2 - aside, sine, cosine) - below(-width / 2 - aside, sine, cosine)
        expected += strip * (x * cosine + y * sine > 0)
    between = np.abs(np.hypot(y, x) - (HUB + RIM) / 2) < (RIM - HUB) / 2 - 2
    errors = np.abs(made("spokes").alpha - expected)[between]
    # A straight edge between two lines of samples is off by at most one of them, and by far less on average.
    assert errors.max() < 0.8 / SAMPLES
    assert errors.mean() < 0.03 / SAMPLES


def test_strands_cover_their_length_times_their_width() -> None:
    ends = np.array([[[20.3, 30.1], [60.7, 90.4]]])
    length = np.hypot(40.4, 60.3)
    straight = np.linspace(ends[:, 0], ends[:, 1], 9, axis=1)
    even = strands_coverage(straight, np.full((1, 9), 0.8))
    assert even.sum() == pytest.approx(1.6 * length + np.pi * 0.8**2, rel=0.01)
    tapering = strands_coverage(straight, np.linspace(1.5, 0.5, 9)[np.newaxis])
    assert tapering.sum() == pytest.approx(2 * length + np.pi / 2 * (1.5**2 + 0.5**2), rel=0.01)
    outside = straight + np.array((200, 300))
    assert strands_coverage(outside, np.full((1, 9), 0.8)).sum() == 0


def test_strands_are_as_long_as_asked_however_they_curve() -> None:
    lengths = np.array([10.0, 40.0])
    headings, bend, wave = np.array([[0, 2], [0, 1.5], [0, 0.4]])
    points = strands(np.zeros((2, 2)), headings, lengths, bend, wave, steps=12)
    moves = np.diff(points, axis=1)
    np.testing.assert_allclose(np.hypot(moves[..., 0], moves[..., 1]).sum(axis=1), lengths)
    np.testing.assert_allclose(points[0, -1], (0, 10))


def test_the_hair_has_many_strands() -> None:
    assert HAIRS >= 120
    alpha = made("hair_bright_sky").alpha
    around = np.linspace(1.05 * np.pi, 1.95 * np.pi, 2000)
    row, column = (112 + 62 * np.sin(around)).astype(int), (100 + 62 * np.cos(around)).astype(int)
    crossed = np.count_nonzero(np.diff((alpha[row, column] > 0.3).astype(int)) == 1)
    assert crossed > 25


@pytest.mark.parametrize("motion", [(0, 24), (0, -80), (18, 0)])
def test_a_box_that_moves_straight_is_a_trapezoid(motion: tuple[float, float]) -> None:
    alpha, _ = moved_box(BOX, motion)
    top, left, bottom, right = BOX
    sides = [(top, bottom, abs(motion[0])), (left, right, abs(motion[1]))]
    profiles = [trapezoid(start, end, way, size) for (start, end, way), size in zip(sides, SHAPE, strict=True)]
    # The exposure is a sum of instants: exact up to half of one instant's way.
    np.testing.assert_allclose(alpha, np.outer(*profiles), atol=0.01)
    assert alpha.sum() == pytest.approx((bottom - top) * (right - left))


def trapezoid(start: float, end: float, way: float, size: int) -> Field:
    """For how much of the time each pixel of a line is covered."""
    if way == 0:
        return interval(start, end, size)
    center = np.arange(size) + 0.5
    steps = np.minimum((center - start) / way + 0.5, (end - center) / way + 0.5)
    shares: Field = np.clip(steps, 0, min(1, (end - start) / way))
    return shares


def test_blurs_keep_all_light() -> None:
    flower = np.pi * (44**2 + 12**2 / 2)  # the area within 44 + 12 cos 6θ
    assert made("defocus").alpha.sum(dtype=np.float64) == pytest.approx(flower, rel=1e-3)
    box = (BOX[2] - BOX[0]) * (BOX[3] - BOX[1])
    assert made("motion_blur").alpha.sum(dtype=np.float64) == pytest.approx(box, rel=1e-5)


def test_defocus_is_as_wide_as_the_lens() -> None:
    alpha = made("defocus").alpha
    soft = (alpha > 0) & (alpha < 1)
    # Around a straight edge it is two radii; where the flower's edge curves, a little more or less.
    assert not dilated(alpha == 1, int(2 * LENS) - 3)[alpha == 0].any()
    assert dilated(alpha == 1, 2 * int(np.ceil(LENS)) + 8)[soft].all()


def test_smoke_hides_nothing_whole() -> None:
    scene = made("smoke")
    assert scene.alpha.max() < 1
    assert not (scene.trimap == FOREGROUND).any()


def test_low_contrast_is_low() -> None:
    scene = made("low_contrast")
    difference = np.abs((scene.foreground - scene.background).mean(axis=(0, 1)))
    assert ((difference > 9) & (difference < 15)).all()
    assert (scene.foreground.std(axis=(0, 1)) > 2).all()


def test_climbing_and_covering_in_fractions_of_a_pixel() -> None:
    np.testing.assert_allclose(climb(1.5, 1, 4), [0, 0.125, 0.875, 1])
    np.testing.assert_allclose(climb(1, 4, 6), [0, 0.125, 0.375, 0.625, 0.875, 1])
    np.testing.assert_allclose(interval(0.75, 2.5, 4), [0.25, 1, 0.5, 0])
    np.testing.assert_allclose(interval(1.25, 1.5, 3), [0, 0.25, 0])
    np.testing.assert_allclose(interval(-3.0, 1.0, 2), [1, 0])
