"""For each unknown pixel, the pair of a foreground and a background colour that explains it best.

Sampling as in Gastal and Oliveira, "Shared Sampling for Real-Time Alpha Matting" (2010): pixels of a small cell share
candidates from the rims of what is known nearby, and each pixel takes the pair that lies best on a line with its own
colour. With the pair comes an alpha of its own, by projection: what no smoothness along colour lines can tell, such
as what shows in a hole that nothing known touches.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, Mask, RgbU8, TrimapU8

__all__ = ["ColorPairs", "color_pairs", "projected"]

Floats = NDArray[np.float32]

CELL_PX = 16
CANDIDATES = 16
# Candidates come from the nearest CANDIDATES² rim pixels, at ranks that grow faster than evenly: most from close by.
REACH = CANDIDATES**2
RANKS = np.linspace(0, 1, CANDIDATES) ** 1.5
# One standard deviation of what noise, blur and the grain of a surface do to a colour, in levels.
NOISE = 4.0
# What a pair costs, beside its misfit over NOISE²: by how many times each of its pixels is farther than the nearest
# candidate, and how close the two colours are to each other, where alpha means little.
FAR_COST = 0.3
ALIKE_COST = 800.0


@dataclass(frozen=True)
class ColorPairs:
    """Colours for every pixel of a picture; where it is known, its own on its side and 0 on the other.

    Parameters
    ----------
    foreground, background : (height, width, 3) float32
        0 to 255.
    """

    foreground: Floats
    background: Floats


def color_pairs(rgb: RgbU8, trimap: TrimapU8) -> ColorPairs | None:
    """Find the best pair for each unknown pixel; None if nothing is known to be foreground, or background.

    Parameters
    ----------
    rgb : (height, width, 3) uint8
    trimap : (height, width) uint8
        0, 128 or 255.
    """
    unknown = trimap == UNKNOWN
    near = _next_to(unknown)
    rims = [_Rim(rgb, (trimap == side) & near) for side in (FOREGROUND, BACKGROUND)]
    if any(len(rim.colors) == 0 for rim in rims):
        return None
    pairs = ColorPairs(*(np.where((trimap == side)[..., np.newaxis], rgb, 0).astype(np.float32)
                         for side in (FOREGROUND, BACKGROUND)))  # fmt: skip
    for top, left in _cells(unknown):
        cell = slice(top, top + CELL_PX), slice(left, left + CELL_PX)
        places = np.argwhere(unknown[cell]).astype(np.float32)
        places += np.array((top, left), dtype=np.float32)
        foreground, background = (rim.candidates(top, left) for rim in rims)
        colors = rgb[cell][unknown[cell]].astype(np.float32)
        best = _best_pairs(colors, places, foreground, background)
        pairs.foreground[cell][unknown[cell]] = foreground.colors[best // CANDIDATES]
        pairs.background[cell][unknown[cell]] = background.colors[best % CANDIDATES]
    return pairs


def projected(colors: Floats, foreground: Floats, background: Floats) -> tuple[Floats, Floats]:
    """Alpha of colours by their pairs, and how far to trust it.

    Parameters
    ----------
    colors, foreground, background : (n, 3) float32
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
    length = np.einsum("nc,nc->n", across, across) + np.float32(1)
    alpha = np.clip(np.einsum("nc,nc->n", offset, across) / length, 0, 1)
    offset -= alpha[:, np.newaxis] * across
    misfit = np.einsum("nc,nc->n", offset, offset)
    trust = np.exp(misfit * np.float32(-1 / (2 * (3 * NOISE) ** 2)))
    trust *= np.minimum(np.sqrt(length) / np.float32(15 * NOISE), 1)
    return alpha, trust


@dataclass(frozen=True)
class _Candidates:
    colors: Floats  # (CANDIDATES, 3)
    places: Floats  # (CANDIDATES, 2) row and column


class _Rim:
    """Known pixels next to unknown ones."""

    def __init__(self, rgb: RgbU8, where: Mask) -> None:
        self.places = np.argwhere(where).astype(np.float32)
        self.colors = rgb[where].astype(np.float32)

    def candidates(self, top: int, left: int) -> _Candidates:
        """Those for the cell whose corner is at ``top`` and ``left``."""
        center = np.array((top + CELL_PX / 2, left + CELL_PX / 2), dtype=np.float32)
        distance = ((self.places - center) ** 2).sum(axis=1)
        reach = min(REACH, len(distance))
        nearest = np.flatnonzero(distance <= np.partition(distance, reach - 1)[reach - 1])
        # Ties by reading order, at the end of the reach too, so that every platform takes the same.
        nearest = nearest[np.argsort(distance[nearest], kind="stable")]
        chosen = nearest[(RANKS * (reach - 1)).astype(np.int64)]
        return _Candidates(self.colors[chosen], self.places[chosen])


def _best_pairs(
    colors: Floats, places: Floats, foreground: _Candidates, background: _Candidates
) -> NDArray[np.intp]:
    """For each of n pixels the number of its best pair: that of its foreground × `CANDIDATES` + its background's.

    Pairs along the first axis, pixels along the last: long rows are what array arithmetic is fast at.
    """
    middle = colors.mean(axis=0)  # small numbers: the differences of squares below are in single precision
    pixel, fore, back = (colors - middle).T, foreground.colors - middle, background.colors - middle
    across = (fore[:, np.newaxis] - back).reshape(-1, 3)
    length = _dot(across.T, across.T) + np.float32(1)
    start = _dot(np.tile(back, (CANDIDATES, 1)).T, across.T) / length

    alpha = _dot((across / length[:, np.newaxis]).T[..., np.newaxis], pixel[:, np.newaxis])
    alpha -= start[:, np.newaxis]
    # |I − B − α̂d|² = |I − B|² + ((α̂ − α)² − α²)|d|², where d = F − B and α̂ is α clipped.
    cost = np.clip(alpha, 0, 1)
    cost -= alpha
    cost *= cost
    alpha *= alpha
    cost -= alpha
    cost *= (length * np.float32(NOISE**-2))[:, np.newaxis]
    cost += (np.float32(ALIKE_COST) / length)[:, np.newaxis]
    by_side = cost.reshape(CANDIDATES, CANDIDATES, -1)
    by_side += _farness(places, foreground)[:, np.newaxis]
    from_back = sum(np.square(pixel[channel] - back[:, channel, np.newaxis]) for channel in range(3))
    by_side += from_back * np.float32(NOISE**-2) + _farness(places, background)
    best: NDArray[np.intp] = cost.argmin(axis=0)
    return best


def _dot(one: Floats, other: Floats) -> Floats:
    """Over three channels, by products and sums that are the same to the bit on every platform: which pair is best
    may hang on the last one."""
    product: Floats = one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
    return product


def _farness(places: Floats, candidates: _Candidates) -> Floats:
    """(CANDIDATES, n): how many times farther than the nearest, weighed. No pixel is on a rim, so none is at 0."""
    down, along = (places[:, axis] - candidates.places[:, axis, np.newaxis] for axis in (0, 1))
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


def _cells(unknown: Mask) -> list[tuple[int, int]]:
    """Top and left of each cell with an unknown pixel."""
    rows = np.logical_or.reduceat(unknown, np.arange(0, unknown.shape[0], CELL_PX), axis=0)
    cells = np.logical_or.reduceat(rows, np.arange(0, unknown.shape[1], CELL_PX), axis=1)
    return [(int(y) * CELL_PX, int(x) * CELL_PX) for y, x in np.argwhere(cells)]
