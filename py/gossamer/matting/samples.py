"""For each unknown pixel, the pair of a foreground and a background colour that explains it best.

Sampling as in Gastal and Oliveira, "Shared Sampling for Real-Time Alpha Matting" (2010): pixels of a small cell share
candidates from the rims of what is known nearby, and each pixel takes the pair that lies best on a line with its own
colour. With the pair comes an alpha of its own, by projection: what no smoothness along colour lines can tell, such
as what shows in a hole that nothing known touches.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, Mask, RgbaU8, TrimapU8, colors_at

__all__ = ["ColorPairs", "color_pairs", "projected"]

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

CELL_PX = 16
CANDIDATES = 16
# Candidates come from the nearest CANDIDATES² rim pixels, at ranks that grow faster than evenly: most from close by.
REACH = CANDIDATES**2
RANKS = np.linspace(0, 1, CANDIDATES) ** 1.5
# One standard deviation of what noise, blur and the grain of a surface do to a colour, in levels.
NOISE = 4.0
# Of candidates that are closer to each other, in levels, only the nearest stays: half of the work on most photos.
ALIKE = NOISE / 2
# What a pair costs, beside its misfit over NOISE²: by how many times each of its pixels is farther than the nearest
# candidate, and how close the two colours are to each other, where alpha means little.
FAR_COST = 0.3
ALIKE_COST = 800.0


@dataclass(frozen=True)
class ColorPairs:
    """Colours of the n unknown pixels of a picture, in reading order.

    Parameters
    ----------
    foreground, background : (3, n) float32
        0 to 255.
    """

    foreground: Floats
    background: Floats


def color_pairs(rgba: RgbaU8, trimap: TrimapU8) -> ColorPairs | None:
    """Find the best pair for each unknown pixel; None if nothing is known to be foreground, or background.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
        The fourth channel is ignored.
    trimap : (height, width) uint8
        0, 128 or 255.
    """
    unknown = trimap == UNKNOWN
    near = _next_to(unknown)
    rims = [_Rim(rgba, (trimap == side) & near) for side in (FOREGROUND, BACKGROUND)]
    if any(rim.colors.shape[1] == 0 for rim in rims):
        return None
    pixels = np.flatnonzero(unknown)
    pairs = ColorPairs(*(np.empty((3, len(pixels)), dtype=np.float32) for _ in rims))
    colors = colors_at(rgba, pixels)
    places = np.stack(np.divmod(pixels, unknown.shape[1])).astype(np.float32)
    for cell in _cells(places):
        foreground, background = (rim.candidates(places[:, cell[0]]) for rim in rims)
        fore, back = _best_pairs(colors[:, cell], places[:, cell], foreground, background)
        pairs.foreground[:, cell] = foreground.colors[:, fore]
        pairs.background[:, cell] = background.colors[:, back]
    return pairs


def projected(colors: Floats, foreground: Floats, background: Floats) -> tuple[Floats, Floats]:
    """Alpha of colours by their pairs, and how far to trust it.

    Parameters
    ----------
    colors, foreground, background : (3, n) float32
        0 to 255.

    Returns
    -------
    alpha : (n,) float32
        α = (I − B)·(F − B) / |F − B|², clipped to [0, 1].
    trust : (n,) float32
        0 to 1: less where the colour lies off the line from B to F, and where F and B are close together.
    """
    across = foreground - background
    offset = colors - background
    length = _dot(across, across)
    length += np.float32(1)
    alpha = np.clip(_dot(offset, across) / length, 0, 1)
    offset -= alpha * across
    trust = np.exp(_dot(offset, offset) * np.float32(-1 / (2 * (3 * NOISE) ** 2)))
    trust *= np.minimum(np.sqrt(length) * np.float32(1 / (15 * NOISE)), 1)
    return alpha, trust


@dataclass(frozen=True)
class _Candidates:
    colors: Floats  # (3, CANDIDATES)
    places: Floats  # (2, CANDIDATES) row and column


class _Rim:
    """Known pixels next to unknown ones."""

    def __init__(self, rgba: RgbaU8, where: Mask) -> None:
        pixels = np.flatnonzero(where)
        self.places = np.stack(np.divmod(pixels, where.shape[1])).astype(np.float32)
        self.colors = colors_at(rgba, pixels)

    def candidates(self, place: Floats) -> _Candidates:
        """Those for the cell that a (row, column) is in."""
        row, column = (float(at // CELL_PX) * CELL_PX + CELL_PX / 2 for at in place)
        distance = np.square(self.places[0] - np.float32(row))
        distance += np.square(self.places[1] - np.float32(column))
        reach = min(REACH, len(distance))
        nearest = np.flatnonzero(distance <= np.partition(distance, reach - 1)[reach - 1])
        # Ties by reading order, at the end of the reach too, so that every platform takes the same.
        nearest = nearest[np.argsort(distance[nearest], kind="stable")]
        chosen = nearest[(RANKS * (reach - 1)).astype(np.int64)]
        chosen = chosen[_distinct(self.colors[:, chosen])]
        return _Candidates(self.colors[:, chosen], self.places[:, chosen])


def _distinct(colors: Floats) -> Mask:
    """Which of the colours differ from all before them."""
    across = colors[:, np.newaxis] - colors[..., np.newaxis]
    alike = _dot(across, across) < np.float32(ALIKE**2)
    return ~np.tril(alike, -1).any(axis=1)


def _best_pairs(
    colors: Floats, places: Floats, foreground: _Candidates, background: _Candidates
) -> tuple[Indices, Indices]:
    """For each of n pixels the foreground and the background of its best pair, as indices of the candidates.

    Pairs along the first axis, pixels along the last: long rows are what array arithmetic is fast at. Colours are
    whole numbers, and so are their products, exactly, up to 2²⁴: which pair is best is the same on every platform.
    """
    of_fore, of_back = (
        _dot(side.colors[..., np.newaxis], colors[:, np.newaxis]) for side in (foreground, background)
    )
    back = background.colors[:, np.newaxis]
    across = foreground.colors[..., np.newaxis] - back
    length = (_dot(across, across) + np.float32(1))[..., np.newaxis]
    start = _dot(back, across)[..., np.newaxis]

    # With d = F − B, r = (I − B)·d and r̂ that one clipped to [0, |d|²], |I − B − α̂d|² = |I − B|² + r̂(r̂ − 2r)/|d|².
    along = of_fore[:, np.newaxis] - of_back
    along -= start
    cost = np.maximum(along, 0)
    np.minimum(cost, length, out=cost)
    along += along
    np.subtract(cost, along, out=along)
    cost *= along
    cost += np.float32(ALIKE_COST * NOISE**2)
    cost *= np.float32(NOISE**-2) / length
    cost += _farness(places, foreground)[:, np.newaxis]
    # |I − B|², but for |I|², which is the same for all pairs.
    from_back = _dot(background.colors, background.colors)[:, np.newaxis] - np.float32(2) * of_back
    cost += from_back * np.float32(NOISE**-2) + _farness(places, background)
    return np.divmod(cost.reshape(-1, len(colors[0])).argmin(axis=0), len(of_back))


def _dot(one: Floats, other: Floats) -> Floats:
    """Over three channels."""
    product: Floats = one[0] * other[0]
    product += one[1] * other[1]
    product += one[2] * other[2]
    return product


def _farness(places: Floats, candidates: _Candidates) -> Floats:
    """(CANDIDATES, n): how many times farther than the nearest, weighed. No pixel is on a rim, so none is at 0."""
    down, along = (places[axis] - candidates.places[axis][:, np.newaxis] for axis in (0, 1))
    distance = np.sqrt(down * down + along * along)
    weighed: Floats = distance * (np.float32(FAR_COST) / distance.min(axis=0))
    return weighed


def _next_to(mask: Mask) -> Mask:
    """The mask and its 8 neighbours."""
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def _cells(places: Floats) -> Iterator[Indices]:
    """The indices of the pixels in each cell that has any, in reading order."""
    row, column = (places // CELL_PX).astype(np.int32)
    cell = row * (column.max(initial=0) + 1) + column
    order = np.argsort(cell, kind="stable")
    starts = np.flatnonzero(np.diff(cell[order])) + 1
    yield from np.split(order, starts) if len(order) else ()
