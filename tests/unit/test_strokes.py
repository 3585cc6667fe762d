"""Strokes of a brush, against the exact distance of each pixel from the line drawn."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, Mask, TrimapU8
from gossamer.errors import InvalidOption
from gossamer.trimap import Stroke, draw_strokes
from gossamer.trimap.strokes import FINEST, MOST_DOUBT_PX, StrokeKind

SHAPE = (60, 80)
ROUNDING = 1e-3  # pixels
KINDS: list[StrokeKind] = ["keep", "erase", "unsure"]
VALUES = {"keep": FOREGROUND, "erase": BACKGROUND, "unsure": UNKNOWN}

Points = list[tuple[float, float]]


def distance(points: Points) -> NDArray[np.float64]:
    """Of each pixel's centre from the line through ``points``."""
    y, x = np.indices(SHAPE) + 0.5
    nearest: NDArray[np.float64] = np.hypot(x - points[0][0], y - points[0][1])
    for (x0, y0), (x1, y1) in pairwise(points):
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        along = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / max(length, 1e-9), 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)))
    return nearest


def all_of(level: int) -> TrimapU8:
    return np.full(SHAPE, level, dtype=np.uint8)


def covered(points: Points, radius: float) -> Mask:
    """What an unsure stroke touches: it leaves no doubt around itself."""
    return draw_strokes(all_of(FOREGROUND), [Stroke("unsure", points, radius)])


LINES: list[Points] = [
    [(30.5, 20.5)],
    [(41.0, 33.0)],
    [(12.3, 45.8)],
    [(10.0, 30.0), (70.0, 30.0)],
    [(40.2, 5.0), (40.2, 55.0)],
    [(12.0, 10.0), (65.0, 48.0)],
    [(70.0, 8.0), (15.0, 20.0), (60.0, 50.0), (60.0, 50.0)],
    [(20.0, 20.0), (20.4, 20.2), (21.0, 20.9), (22.0, 21.5)],
]
OUTSIDE: list[Points] = [
    [(-3.0, 20.0)],
    [(40.0, -2.0), (40.0, 70.0)],
    [(-200.0, 15.0), (300.0, 40.0)],
    [(-5000.0, -5000.0), (5000.0, 5000.0)],
    [(79.9, 59.9), (500.0, 59.9)],
]


@pytest.mark.parametrize("points", LINES + OUTSIDE)
@pytest.mark.parametrize("radius", [0.2, 1, 2.5, 4, 10, 30.3])
def test_a_stroke_covers_what_is_nearer_than_its_radius(points: Points, radius: float) -> None:
    away, found = distance(points), covered(points, radius)
    assert found.dtype == bool
    assert found.shape == SHAPE
    radius = max(radius, FINEST)
    assert found[away <= radius - ROUNDING].all()
    assert not found[away > radius + ROUNDING].any()


@pytest.mark.parametrize("end", [(60.0, 40.0), (25.0, 55.0), (60.0, 10.0), (10.0, 50.0)])
def test_a_fine_brush_still_draws_a_line_without_gaps(end: tuple[float, float]) -> None:
    rows, columns = np.nonzero(covered([(10.0, 10.0), end], 0.01))
    assert set(rows) >= set(range(10, int(end[1])))
    assert set(columns) >= set(range(10, int(end[0])))


@pytest.mark.parametrize(
    "points", [[(-50.0, 20.0)], [(40.0, -90.0), (90.0, -90.0)], [(1e6, 1e6)], [(200.0, -50.0), (200.0, 300.0)]]
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_stroke_wholly_outside_changes_nothing(points: Points, kind: StrokeKind) -> None:
    trimap = all_of(FOREGROUND)
    assert not draw_strokes(trimap, [Stroke(kind, points, 4)]).any()
    assert (trimap == FOREGROUND).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (2, 3)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_brush_larger_than_the_picture_covers_all_of_it(size: tuple[int, int], kind: StrokeKind) -> None:
    trimap = np.zeros(size, dtype=np.uint8)
    assert draw_strokes(trimap, [Stroke(kind, [(0, 0)], 500.0)]).all()
    assert (trimap == VALUES[kind]).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", [BACKGROUND, UNKNOWN, FOREGROUND])
@pytest.mark.parametrize("points", [LINES[0], LINES[5], OUTSIDE[1]])
def test_what_is_under_it_is_as_it_says(kind: StrokeKind, level: int, points: Points) -> None:
    trimap = all_of(level)
    draw_strokes(trimap, [Stroke(kind, points, 5)])
    assert (trimap[covered(points, 5)] == VALUES[kind]).all()


@pytest.mark.parametrize(("kind", "level"), [("keep", BACKGROUND), ("erase", FOREGROUND)])
@pytest.mark.parametrize("radius", [3, 7, 11])
def test_around_a_contradiction_nothing_is_certain(kind: StrokeKind, level: int, radius: float) -> None:
    trimap = all_of(level)
    touched = draw_strokes(trimap, [Stroke(kind, [(40.0, 30.0)], radius)])
    under = covered([(40.0, 30.0)], radius)
    wide = min(max(2, math.ceil(radius)), MOST_DOUBT_PX)
    pixels = np.indices(SHAPE).reshape(2, -1, 1)
    squares = ((pixels - np.argwhere(under).T[:, np.newaxis]) ** 2).sum(axis=0).min(axis=1).reshape(SHAPE)
    near = squares <= wide**2
    np.testing.assert_array_equal(touched, near)
    np.testing.assert_array_equal(trimap, np.where(under, VALUES[kind], np.where(near, UNKNOWN, level)))


@pytest.mark.parametrize(("kind", "level"), [("keep", FOREGROUND), ("erase", BACKGROUND), ("unsure", BACKGROUND)])
def test_who_contradicts_nothing_raises_no_doubt(kind: StrokeKind, level: int) -> None:
    trimap = all_of(level)
    touched = draw_strokes(trimap, [Stroke(kind, LINES[5], 5)])
    np.testing.assert_array_equal(touched, covered(LINES[5], 5))
    assert (trimap[~touched] == level).all()


def test_doubt_stays_on_its_side_of_the_edge() -> None:
    trimap = all_of(FOREGROUND)
    trimap[:, 40:] = BACKGROUND
    draw_strokes(trimap, [Stroke("keep", [(45.0, 30.0)], 8)])
    assert (trimap[:, :40] == FOREGROUND).all()
    assert (trimap[30, 54:60] == UNKNOWN).all()


@pytest.mark.parametrize("seed", range(6))
def test_touched_is_what_changed_and_what_is_under_a_stroke(seed: int) -> None:
    rng = np.random.default_rng(seed)
    coarse = rng.choice(np.array([BACKGROUND, UNKNOWN, FOREGROUND], dtype=np.uint8), (6, 8))
    trimap = np.repeat(np.repeat(coarse, 10, axis=0), 10, axis=1)
    changed, under = np.zeros(SHAPE, dtype=bool), np.zeros(SHAPE, dtype=bool)
    strokes = []
    one_by_one = trimap.copy()
    for kind in rng.permutation(np.array(KINDS * 2)):
        points: Points = [(float(x), float(y)) for x, y in rng.uniform(-20, 90, (3, 2))]
        strokes.append(Stroke(kind, points, float(rng.uniform(0.5, 9))))
        before = one_by_one.copy()
        draw_strokes(one_by_one, strokes[-1:])
        changed |= before != one_by_one
        under |= covered(points, strokes[-1].radius)
    touched = draw_strokes(trimap, strokes)
    np.testing.assert_array_equal(touched, changed | under)
    np.testing.assert_array_equal(trimap, one_by_one)


def test_later_strokes_are_drawn_over_earlier_ones() -> None:
    keep, erase = Stroke("keep", [(40.0, 30.0)], 6), Stroke("erase", [(44.0, 30.0)], 6)
    both = covered(list(keep.points), 6) & covered(list(erase.points), 6)
    for strokes in ([keep, erase], [erase, keep]):
        trimap = all_of(UNKNOWN)
        draw_strokes(trimap, strokes)
        assert (trimap[both] == VALUES[strokes[-1].kind]).all()


def test_no_strokes_touch_nothing() -> None:
    trimap = all_of(UNKNOWN)
    assert not draw_strokes(trimap, []).any()
    assert (trimap == UNKNOWN).all()


@pytest.mark.parametrize(
    ("kind", "points", "radius", "message"),
    [
        ("paint", [(1, 2)], 3, "'paint' is none of keep, erase, unsure"),
        (None, [(1, 2)], 3, "None is none of keep"),
        ("keep", [(1, 2)], 0, "radius above 0, not 0"),
        ("keep", [(1, 2)], -1.5, "radius above 0"),
        ("keep", [(1, 2)], math.nan, "radius above 0"),
        ("keep", [(1, 2)], math.inf, "radius above 0"),
        ("keep", [(1, 2)], "wide", "radius above 0, not 'wide'"),
        ("keep", [], 3, "at least one point"),
        ("keep", [(1, 2, 3)], 3, "pairs of numbers"),
        ("keep", [(1,)], 3, "pairs of numbers"),
        ("keep", [(1, 2), (math.nan, 2)], 3, "pairs of numbers"),
        ("keep", [(1, math.inf)], 3, "pairs of numbers"),
    ],
)
def test_what_is_no_stroke_is_refused(kind: Any, points: Any, radius: Any, message: str) -> None:
    with pytest.raises(InvalidOption, match=message):
        Stroke(kind, points, radius)
