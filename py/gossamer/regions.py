"""Connected regions of a mask, by whole runs of pixels: a million pixels are labelled in hundredths of a second.

A run is a maximal row of neighbouring pixels. Two runs touch where they lie in rows below each other and share a
column, so regions are 4-connected: by edges, not by corners.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mask", "label", "largest_region"]

Mask: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.signedinteger[Any]]


def label(mask: Mask) -> tuple[NDArray[np.int32], int]:
    """Number the 4-connected regions of a mask.

    Parameters
    ----------
    mask : (height, width) bool

    Returns
    -------
    labels : (height, width) int32
        0 outside the mask; inside it 1, 2, … in the order in which reading by rows first meets the regions.
    count
        How many regions there are.
    """
    starts, ends, stride = _runs(mask)
    root = _roots(len(starts), *_touching(starts, ends, stride))
    first = root == np.arange(len(root))
    number = np.cumsum(first, dtype=np.int32)[root]
    labels = np.zeros(mask.shape, dtype=np.int32)
    labels[mask] = np.repeat(number, ends - starts)
    return labels, int(np.count_nonzero(first))


def largest_region(mask: Mask) -> Mask:
    """The largest 4-connected region of a (height, width) bool mask, as a mask; of equal ones, the first by rows."""
    labels, count = label(mask)
    if count == 0:
        return np.zeros(mask.shape, dtype=np.bool_)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    largest: Mask = labels == sizes.argmax()
    return largest


def _runs(mask: Mask) -> tuple[Indices, Indices, int]:
    """Starts and ends (exclusive) of all runs by rows, as positions in the mask with a clear column on either side.

    Those columns keep runs of neighbouring rows apart. The third value is the width with them.
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded.ravel())
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), width + 2


def _touching(starts: Indices, ends: Indices, stride: int) -> tuple[Indices, Indices]:
    """All pairs (upper run, lower run) that touch: the lower ones of a run are neighbours in the list."""
    low = np.searchsorted(ends, starts + stride, side="right")
    high = np.searchsorted(starts, ends + stride, side="left")
    count = high - low
    upper = np.repeat(np.arange(len(starts)), count)
    before = np.cumsum(count) - count
    lower = np.arange(len(upper)) + np.repeat(low - before, count)
    return upper, lower


def _roots(count: int, left: Indices, right: Indices) -> Indices:
    """The lowest node of each node's component, in a graph of ``count`` nodes with edges ``left`` – ``right``.

    Each round hangs every root below the lowest root beside it, then makes all nodes point at their root. Edges
    whose ends have met are dropped, so that the rounds, of which there are few, become cheaper.
    """
    root = np.arange(count)
    while len(left):
        left, right = root[left], root[right]
        apart = left != right
        left, right = left[apart], right[apart]
        np.minimum.at(root, np.maximum(left, right), np.minimum(left, right))
        while not np.array_equal(root, above := root[root]):
            root = above
    return root
