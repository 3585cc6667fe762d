"""How much of each pixel a shape covers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.unit.scenes.scene import SHAPE, Field

__all__ = ["SAMPLES", "climb", "coverage", "interval", "strands", "strands_coverage"]

SAMPLES = 8
"""Samples a pixel and direction: coverage comes in steps of 1/64."""
_AT_ONCE = 400_000  # samples, so that the arrays of one step stay in the cache

Inside = Callable[[Field, Field], NDArray[np.bool_]]
"""Which points belong to a shape, from y (n, 1) and x (1, m) in pixels: (n, m) bool."""


def coverage(inside: Inside, shape: tuple[int, int] = SHAPE) -> Field:
    """The share of each pixel's samples ``inside``: (height, width) float64, exactly 0 or 1 off the edge."""
    height, width = shape
    y = (np.arange(height * SAMPLES) + 0.5)[:, np.newaxis] / SAMPLES
    x = (np.arange(width * SAMPLES) + 0.5)[np.newaxis] / SAMPLES
    return _averaged(inside(y, x))


def interval(start: Field | float, end: Field | float, size: int) -> Field:
    """How much of each of ``size`` pixels in a line lies between two places: (…, size) float64, exact."""
    pixels = np.arange(size)
    first, last = (np.asarray(place)[..., np.newaxis] for place in (start, end))
    covered: Field = np.clip(np.minimum(last, pixels + 1) - np.maximum(first, pixels), 0, 1)
    return covered


def climb(start: float, length: float, size: int) -> Field:
    """The mean in each of ``size`` pixels of what climbs from 0 at ``start`` to 1 at ``start + length``: exact."""
    edges = np.clip((np.arange(size + 1) - start) / length, 0, None)
    # The area under the climb up to each edge: a parabola, then a line.
    area = length * np.where(edges < 1, edges**2 / 2, edges - 0.5)
    means: Field = np.clip(np.diff(area), 0, 1)
    return means


def strands(roots: Field, headings: Field, lengths: Field, bend: Field, wave: Field, steps: int) -> Field:
    """Curved lines, as points.

    Parameters
    ----------
    roots : (n, 2) float64
        Where each begins, y and x.
    headings, lengths, bend, wave : (n,) float64
        The direction at the root (radians, from x to y), the length in pixels, by how much the direction has turned
        at the tip, and how far it sways to and fro on the way.

    Returns
    -------
    (n, steps + 1, 2) float64
        y and x.
    """
    along = np.linspace(0, 1, steps)
    heading = headings[:, np.newaxis] + np.outer(bend, along) + np.outer(wave, np.sin(2 * np.pi * along))
    moves = np.stack([np.sin(heading), np.cos(heading)], axis=-1) * (lengths / steps)[:, np.newaxis, np.newaxis]
    start = roots[:, np.newaxis]
    return np.concatenate([start, start + np.cumsum(moves, axis=1)], axis=1)


def strands_coverage(points: Field, radii: Field, shape: tuple[int, int] = SHAPE) -> Field:
    """What many lines of changing width cover together.

    Parameters
    ----------
    points : (n, steps + 1, 2) float64
        y and x; parts outside the picture are left out.
    radii : (n, steps + 1) float64
        Half the width at each point.

    Returns
    -------
    (height, width) float64
    """
    hit = np.zeros((shape[0] * SAMPLES, shape[1] * SAMPLES), bool)
    start, end = (part.reshape(-1, 2) for part in (points[:, :-1], points[:, 1:]))
    thick, thin = (part.ravel() for part in (radii[:, :-1], radii[:, 1:]))
    reach = np.abs(end - start).max() + 2 * radii.max()
    window = int(np.ceil(reach * SAMPLES)) + 1
    step = max(1, _AT_ONCE // window**2)
    for first in range(0, len(start), step):
        part = slice(first, first + step)
        _mark(hit, start[part], end[part], thick[part], thin[part], window)
    return _averaged(hit)


def _mark(hit: NDArray[np.bool_], start: Field, end: Field, thick: Field, thin: Field, window: int) -> None:
    """Set the samples within a radius of the lines (n, 2) to (n, 2): each looks at its own square of samples."""
    corner = np.minimum(start, end) - np.maximum(thick, thin)[:, np.newaxis]
    cells = np.floor(corner * SAMPLES).astype(np.intp)[:, np.newaxis] + np.arange(window)[:, np.newaxis]
    rows, columns = cells[..., 0, np.newaxis], cells[:, np.newaxis, :, 1]
    place = (cells + 0.5) / SAMPLES - start[:, np.newaxis]
    y, x = place[..., 0, np.newaxis], place[:, np.newaxis, :, 1]
    dy, dx = (end - start).T[..., np.newaxis, np.newaxis]
    along = np.clip((y * dy + x * dx) / (dy**2 + dx**2), 0, 1)
    radius = thick[:, np.newaxis, np.newaxis] + along * (thin - thick)[:, np.newaxis, np.newaxis]
    near = (y - along * dy) ** 2 + (x - along * dx) ** 2 <= radius**2
    near &= (rows >= 0) & (rows < hit.shape[0]) & (columns >= 0) & (columns < hit.shape[1])
    of_line, row, column = np.nonzero(near)
    hit[cells[of_line, row, 0], cells[of_line, column, 1]] = True


def _averaged(hit: NDArray[np.bool_]) -> Field:
    """Samples to pixels."""
    height, width = (size // SAMPLES for size in hit.shape)
    counts = hit.reshape(height, SAMPLES, width, SAMPLES).sum(axis=(1, 3), dtype=np.int64)
    shares: Field = counts / SAMPLES**2
    return shares
