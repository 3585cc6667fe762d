"""Where the subject is, in whole pixels."""

from typing import TypeAlias

import numpy as np
from PIL import Image, ImageFilter

from gossamer.arrays import AlphaU8, Mask
from gossamer.regions import label

__all__ = ["PixelBox", "subject_box"]

PixelBox: TypeAlias = tuple[int, int, int, int]
"""x, y, width and height in the photo's pixels."""

VISIBLE = 13
"""From 5 % on alpha is something that a crop should not cut off."""
CELLS = 256
"""Regions are told apart in cells, this many along the longer side: what is two cells apart or less is one thing."""
SPECK_SHARE = 0.005
"""A region that holds less of the alpha than this, as a share of the largest one's, is no part of the subject."""


def subject_box(alpha: AlphaU8) -> PixelBox | None:
    """The smallest box around the subject, without stray specks that lie apart from it.

    Parameters
    ----------
    alpha : (height, width) uint8

    Returns
    -------
    (x, y, width, height) in pixels, or None if nothing is visible.
    """
    height, width = alpha.shape
    cell = -(-max(height, width) // CELLS)
    visible = alpha >= VISIBLE
    kept = _subject_cells(_reduced(alpha * visible, cell))
    if kept is None:
        return None
    # A cell more on each side: it may hold a hair's tip, too little to be seen in a cell's mean.
    top, left = (max(0, kept[axis].start - 1) * cell for axis in (0, 1))
    rows, columns = _extent(visible[top : (kept[0].stop + 1) * cell, left : (kept[1].stop + 1) * cell])
    return left + columns.start, top + rows.start, columns.stop - columns.start, rows.stop - rows.start


def _reduced(alpha: AlphaU8, cell: int) -> AlphaU8:
    """The mean of each cell; those at the right and lower edge may be smaller."""
    height, width = alpha.shape
    image = Image.frombuffer("L", (width, height), np.ascontiguousarray(alpha), "raw", "L", 0, 1)
    return np.asarray(image.reduce(cell) if cell > 1 else image)


def _subject_cells(cells: AlphaU8) -> tuple[slice, slice] | None:
    """The rows and columns of cells that hold the subject."""
    near = np.asarray(Image.fromarray(cells).filter(ImageFilter.MaxFilter(3))) > 0
    labels, count = label(near)
    if count == 0:
        return None
    weights = np.bincount(labels.ravel(), weights=cells.ravel())
    weights[0] = 0  # what lies in no region has no alpha
    large = weights >= SPECK_SHARE * weights.max()
    large[0] = False
    return _extent(large[labels] & (cells > 0))


def _extent(mask: Mask) -> tuple[slice, slice]:
    """The rows and columns from the first to the last of a mask that is not empty."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
