"""Where a person's head is, told by the matte alone: a first guess for a passport photo, to be looked at."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import AlphaU8
from gossamer.finish.subject_box import PixelBox, subject_box

__all__ = ["head_box"]

ROWS = 256
"""Of the subject, in which the head is looked for, at most."""
SOLID = 128
"""Alpha of what counts: single hairs do not."""
HIGH = 1.3
"""A head from crown to chin, of its width with hair and ears."""
LOW = 0.7
"""With much hair it is no higher than this, before the shoulders begin."""
WIDENED = 0.93
"""They have begun when height over width has fallen so far."""


def head_box(alpha: AlphaU8) -> PixelBox | None:
    """A guess at the head, from crown to chin, of the person whose upper end the matte shows.

    From the crown down the outline is followed until it is as high as a head of that width; where shoulders, or long
    hair, come before that, it ends where they begin.

    Parameters
    ----------
    alpha : (height, width) uint8

    Returns
    -------
    (x, y, width, height) in pixels, or None if nothing is visible.
    """
    box = subject_box(alpha)
    if box is None:
        return None
    x, y, width, height = box
    step = -(-height // ROWS)
    subject = np.ascontiguousarray(alpha[y : y + height, x : x + width])
    image = Image.frombuffer("L", (width, height), subject, "raw", "L", 0, 1)
    solid = np.asarray(image.reduce(step) if step > 1 else image) >= SOLID
    rows = np.flatnonzero(solid.any(axis=1))
    if not len(rows):
        return box
    solid = solid[rows[0] :]
    left = np.minimum.accumulate(np.where(solid.any(axis=1), solid.argmax(axis=1), solid.shape[1]))
    right = np.maximum.accumulate(np.where(solid.any(axis=1), solid.shape[1] - solid[:, ::-1].argmax(axis=1), 0))
    last = _chin(np.arange(1, len(solid) + 1) / (right - left))
    top = int(rows[0]) * step
    return (
        x + int(left[last]) * step,
        y + top,
        min(width, int(right[last] - left[last]) * step),
        min(height - top, (last + 1) * step),
    )


def _chin(ratio: NDArray[np.float64]) -> int:
    """The row at which a head ends; ``ratio`` is, for each, the height down to it over the width so far."""
    tallest = len(ratio) // 20  # a pointed crown has any ratio: begin a few rows down
    for row in range(tallest, len(ratio)):
        if ratio[row] >= HIGH:
            return row
        if ratio[row] > ratio[tallest]:
            tallest = row
        elif ratio[row] < WIDENED * ratio[tallest] and ratio[tallest] > LOW:
            return tallest
    return tallest
