"""For each unknown pixel, the pair of a foreground and a background colour that explains it best.

Sampling as in Gastal and Oliveira, "Shared Sampling for Real-Time Alpha Matting" (2010): pixels of a small cell share
candidates from the rims of what is known nearby, and each pixel takes the pair that lies best on a line with its own
colour. With the pair comes an alpha of its own, by projection: what no smoothness along colour lines can tell, such
as what shows in a hole that nothing known touches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

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
# The search for the best pair starts from the best one of these: a third of the pairs tried, mattes as good.
SEEDS = (0, 2, 5, 8, 11, 14)
# One standard deviation of what noise, blur and the grain of a surface do to a colour, in levels.
NOISE = 4.0
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
    colors = colors_at(rgba, pixels)
    places = np.stack(np.divmod(pixels, unknown.shape[1])).astype(np.float32)
    corners, cells = _cells(places)
    foreground, background = (rim.candidates(corners) for rim in rims)
    fore, back = _best_pairs(colors, places, foreground, background, cells)
    return ColorPairs(foreground.colors[:, fore, cells], background.colors[:, back, cells])


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
    colors: Floats  # (3, CANDIDATES, cells)
    places: Floats  # (2, CANDIDATES, cells) row and column


class _Rim:
    """Known pixels next to unknown ones."""

    def __init__(self, rgba: RgbaU8, where: Mask) -> None:
        pixels = np.flatnonzero(where)
        self.places = np.stack(np.divmod(pixels, where.shape[1])).astype(np.float32)
        self.colors = colors_at(rgba, pixels)

    def candidates(self, corners: Floats) -> _Candidates:
        """Those for some cells, by their corners: (2, cells), row and column."""
        chosen = np.stack([self._nearest(*(corner + CELL_PX / 2)) for corner in corners.T], axis=1)
        return _Candidates(self.colors[:, chosen], self.places[:, chosen])

    def _nearest(self, row: np.float32, column: np.float32) -> Indices:
        distance = np.square(self.places[0] - row)
        distance += np.square(self.places[1] - column)
        reach = min(REACH, len(distance))
        nearest = np.flatnonzero(distance <= np.partition(distance, reach - 1)[reach - 1])
        # Ties by reading order, at the end of the reach too, so that every platform takes the same.
        nearest = nearest[np.argsort(distance[nearest], kind="stable")]
        return nearest[(RANKS * (reach - 1)).astype(np.int64)]


def _best_pairs(
    colors: Floats, places: Floats, foreground: _Candidates, background: _Candidates, cells: Indices
) -> tuple[Indices, Indices]:
    """For each of n pixels, in one of the cells each, which candidates are its best pair: the best of a few first,
    then the best foreground for that background, then the best background for that foreground.

    A pair at a time for all pixels: long arrays are what array arithmetic is fast at. Colours are whole numbers, and
    so are their products, exactly, up to 2²⁴: every platform finds the same pair.
    """
    costs = _Costs(colors, places, foreground, background, cells)
    seeds = np.array([(fore, back) for fore in SEEDS for back in SEEDS])
    best = _least(costs.of(*costs.pair(fore, back)) for fore, back in seeds)
    back = seeds[best, 1]
    own = costs.chosen(costs.back, back)
    fore = _least(costs.of(costs.fore[:, each], own, costs.place(each, back)) for each in range(CANDIDATES))
    own = costs.chosen(costs.fore, fore)
    back = _least(costs.of(own, costs.back[:, each], costs.place(fore, each)) for each in range(CANDIDATES))
    return fore, back


class _Costs:
    """What it costs n pixels to be explained by a pair of their cell's candidates, in `NOISE`², less |I|².

    Attributes
    ----------
    fore, back : (2, CANDIDATES, n) float32
        Of each candidate and pixel the product of their colours, and what the candidate costs alone.
    """

    def __init__(
        self, colors: Floats, places: Floats, foreground: _Candidates, background: _Candidates, cells: Indices
    ) -> None:
        self._cells, self._pixels = cells, np.arange(len(cells))
        across = foreground.colors[:, :, np.newaxis] - background.colors[:, np.newaxis]
        # Of each pair and cell, flat: |F − B|², and B·(F − B).
        self._length = (_dot(across, across) + np.float32(1)).ravel()
        self._shift = _dot(background.colors[:, np.newaxis], across).ravel()
        self.fore, self.back = (
            np.stack([[_dot(color[:, cells], colors) for color in side.colors.swapaxes(0, 1)],
                      _farness(places, side, cells)]) for side in (foreground, background)
        )  # fmt: skip
        own = _dot(background.colors, background.colors)
        for index in range(CANDIDATES):  # the rest of |I − B|²
            self.back[1, index] += own[index][cells] - np.float32(2) * self.back[0, index]

    def of(self, fore: Floats, back: Floats, place: Indices) -> Floats:
        """(n,) by a pair's rows of `fore` and `back`, (2, n), and its `place`.

        With d = F − B, r = (I − B)·d and r̂ that one clipped to [0, |d|²], |I − B − α̂d|² = |I − B|² + r̂(r̂ − 2r)/|d|².
        """
        length = self._length[place]
        along = fore[0] - back[0]
        along -= self._shift[place]
        cost: Floats = np.minimum(np.maximum(along, 0), length)
        along += along
        np.subtract(cost, along, out=along)
        cost *= along
        cost += np.float32(ALIKE_COST * NOISE**2)
        cost /= length
        cost += fore[1]
        cost += back[1]
        return cost

    def pair(self, fore: int, back: int) -> tuple[Floats, Floats, Indices]:
        """What `of` takes, of one pair for all pixels."""
        return self.fore[:, fore], self.back[:, back], self.place(fore, back)

    def place(self, fore: Indices | int, back: Indices | int) -> Indices:
        """Where each pixel's pair is among those of all cells."""
        cells = len(self._length) // CANDIDATES**2
        return (fore * CANDIDATES + back) * cells + self._cells

    def chosen(self, side: Floats, which: Indices) -> Floats:
        """(2, n): the rows of `fore` or `back` that each pixel has chosen."""
        place = which * len(self._pixels) + self._pixels
        return np.stack([rows.ravel()[place] for rows in side])


def _least(costs: Iterable[Floats]) -> Indices:
    """For each of n pixels the number of the cost that is least, and first."""
    rows = iter(costs)
    least = next(rows)
    best = np.zeros(len(least), dtype=np.intp)
    for number, cost in enumerate(rows, start=1):
        better = cost < least
        np.copyto(least, cost, where=better)
        np.copyto(best, number, where=better)
    return best


def _dot(one: Floats, other: Floats) -> Floats:
    """Over three channels."""
    product: Floats = one[0] * other[0]
    product += one[1] * other[1]
    product += one[2] * other[2]
    return product


def _farness(places: Floats, candidates: _Candidates, cells: Indices) -> list[Floats]:
    """For each candidate (n,): how many times farther than the nearest it is, weighed in NOISE². No pixel is on a
    rim, so none is at 0."""
    distances = []
    for rows, columns in candidates.places.swapaxes(0, 1):
        down, along = places[0] - rows[cells], places[1] - columns[cells]
        distances.append(np.sqrt(down * down + along * along))
    scale = np.float32(FAR_COST * NOISE**2) / reduce(np.minimum, distances)
    return [distance * scale for distance in distances]


def _next_to(mask: Mask) -> Mask:
    """The mask and its 8 neighbours."""
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def _cells(places: Floats) -> tuple[Floats, Indices]:
    """The corners of the cells that have pixels, (2, cells), and which of them each pixel is in."""
    row, column = np.floor(places * np.float32(1 / CELL_PX)).astype(np.int32)
    across = int(column.max(initial=0)) + 1
    numbers, cells = np.unique(row * across + column, return_inverse=True)
    return np.stack(np.divmod(numbers, across)).astype(np.float32) * CELL_PX, cells
