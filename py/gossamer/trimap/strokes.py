"""Strokes of a brush: a person says what is foreground, what is background, and where to look again."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, Mask, TrimapU8
from gossamer.errors import InvalidOption
from gossamer.trimap.morphology import grown

__all__ = ["Stroke", "StrokeKind", "draw_strokes"]

StrokeKind: TypeAlias = Literal["keep", "erase", "unsure"]
SAYS: dict[StrokeKind, int] = {"keep": FOREGROUND, "erase": BACKGROUND, "unsure": UNKNOWN}
# A stroke of `keep` in certain background (or of `erase` in foreground) says that an edge runs nearby, and where is
# for the colours to tell: this far around it, as a multiple of its radius, nothing is certain any more.
DOUBT_AROUND = 1.0
FINEST, LARGEST = 0.71, 1e6
"""Pixels: a finer brush would slip between the centres of pixels, and no picture is larger."""
MOST_DOUBT_PX = 48


@dataclass(frozen=True)
class Stroke:
    """A line drawn with a round brush.

    Parameters
    ----------
    kind
        ``keep``: all under it is foreground; ``erase``: background; ``unsure``: to be solved.
    points
        (x, y) in the photo's pixels, the first pixel's corner at (0, 0); one point is a dot.
    radius
        Of the brush, in pixels, above 0.
    """

    kind: StrokeKind
    points: Sequence[tuple[float, float]]
    radius: float

    def __post_init__(self) -> None:
        if self.kind not in get_args(StrokeKind):
            raise InvalidOption(f"A stroke of {self.kind!r} is none of {', '.join(get_args(StrokeKind))}.")
        if not (isinstance(self.radius, int | float) and 0 < self.radius <= LARGEST):
            raise InvalidOption(f"A stroke needs a radius above 0, not {self.radius!r}.")
        if not self.points:
            raise InvalidOption("A stroke needs at least one point.")
        try:
            known = all(abs(x) <= LARGEST and abs(y) <= LARGEST for x, y in self.points)
        except (TypeError, ValueError):
            known = False
        if not known:
            raise InvalidOption("A stroke's points are pairs of numbers, x and y.")


def draw_strokes(trimap: TrimapU8, strokes: Sequence[Stroke]) -> Mask:
    """Draw strokes into a trimap, in place and in their order.

    Returns
    -------
    (height, width) bool
        What they touched: the pixels under them, and those around them that are certain no more.
    """
    touched = np.zeros(trimap.shape, dtype=bool)
    for stroke in strokes:
        covered, window = _covered(stroke, trimap.shape)
        part, seen = trimap[window], touched[window]
        if stroke.kind != "unsure":
            says = SAYS[stroke.kind]
            opposite = FOREGROUND + BACKGROUND - says
            doubt = grown(covered & (part == opposite), _doubt_px(stroke)) & (part == opposite)
            part[doubt] = UNKNOWN
            seen |= doubt
        part[covered] = SAYS[stroke.kind]
        seen |= covered
    return touched


def _doubt_px(stroke: Stroke) -> int:
    return min(max(2, math.ceil(DOUBT_AROUND * stroke.radius)), MOST_DOUBT_PX)


def _covered(stroke: Stroke, shape: tuple[int, ...]) -> tuple[Mask, tuple[slice, slice]]:
    """What the brush covers: pixels whose centre is no farther than its radius from the line; in a window of the
    picture with room for the doubt around it."""
    radius = max(stroke.radius, FINEST)
    window = _window(stroke.points, radius + _doubt_px(stroke), shape)
    rows, columns = window
    covered = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
    points = list(stroke.points)
    for start, end in zip(points, points[1:] or points, strict=False):
        part = _window((start, end), radius, shape)
        inside = tuple(slice(s.start - w.start, s.stop - w.start) for s, w in zip(part, window, strict=True))
        covered[inside] |= _distance(part, start, end) <= radius
    return covered, window


def _window(
    points: Sequence[tuple[float, float]], reach: float, shape: tuple[int, ...]
) -> tuple[slice, slice]:
    """Rows and columns no farther than ``reach`` from any of the points, as far as there are any."""
    xs, ys = zip(*points, strict=True)
    spans = []
    for values, length in zip((ys, xs), shape, strict=True):
        start, stop = (min(max(int(v), 0), length) for v in (min(values) - reach - 1, max(values) + reach + 2))
        spans.append(slice(start, stop))
    return spans[0], spans[1]


def _distance(
    window: tuple[slice, slice], start: tuple[float, float], end: tuple[float, float]
) -> NDArray[np.float64]:
    """From the centre of each pixel of a window to the nearest point of a line."""
    rows, columns = window
    y = np.arange(rows.start, rows.stop)[:, np.newaxis] + 0.5 - start[1]
    x = np.arange(columns.start, columns.stop) + 0.5 - start[0]
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x * along_x + along_y * along_y
    share = np.clip((x * along_x + y * along_y) / length, 0, 1) if length > 0 else np.zeros(np.broadcast(x, y).shape)
    return np.asarray(np.hypot(x - share * along_x, y - share * along_y))
