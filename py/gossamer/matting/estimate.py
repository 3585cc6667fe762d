"""Alpha in the unknown band, at the photo's own resolution, for the price of the band."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaF32, AlphaU8, RgbU8, TrimapU8, alpha_to_u8
from gossamer.errors import InvalidOption
from gossamer.matting.color_lines import ColorLines
from gossamer.matting.laplacian import MattingLaplacian
from gossamer.matting.reduced import Problem
from gossamer.matting.samples import color_pairs, projected
from gossamer.matting.solve import solve

__all__ = ["Prior", "estimate_alpha", "refined_alpha_u8", "require_trimap"]

Floats = NDArray[np.float32]

MOST_UNKNOWN = 100_000
"""Pixels solved for at once. A photo with more is halved until it has fewer; its own follow by colour lines."""
PAIR_WEIGHT = np.float32(0.2)
"""Of a fully trusted colour pair, against a Laplacian whose diagonal is about 8."""
NO_OPINION = np.float32(1e-5)
# Rows of the photo are finished in strips of about this many pixels, so that no float frame of it ever exists.
STRIP_PIXELS = 1 << 20


@dataclass(frozen=True)
class Prior:
    """What somebody else thinks of alpha, at any size of the same picture.

    Parameters
    ----------
    alpha : (h, w) float32
        In [0, 1].
    weight : (h, w) float32
        How much to listen, above 0; see `PAIR_WEIGHT`.
    """

    alpha: AlphaF32
    weight: Floats

    def window(self, rows: slice, columns: slice, height: int, width: int) -> "Prior":
        """The part for some rows and columns of a picture of ``height`` × ``width``, a value for each pixel."""
        h, w = self.alpha.shape
        box = (columns.start * w / width, rows.start * h / height, columns.stop * w / width, rows.stop * h / height)
        shape = (rows.stop - rows.start, columns.stop - columns.start)
        return Prior(_resized(self.alpha, shape, box), _resized(self.weight, shape, box))


def estimate_alpha(rgb: RgbU8, trimap: TrimapU8, prior: Prior | None = None) -> AlphaF32:
    """Solve alpha in the unknown band of a trimap.

    Parameters
    ----------
    rgb : (height, width, 3 or 4) uint8
        The photo, gamma-encoded as stored; a fourth channel is ignored.
    trimap : (height, width) uint8
        0 background, 128 unknown, 255 foreground.
    prior
        An opinion to weigh against what the colours say, if there is one.

    Returns
    -------
    (height, width) float32
        0 and 1 where the trimap is certain, in [0, 1] where it was unknown.

    Raises
    ------
    InvalidOption
        If the shapes don't agree or the trimap has other values.

    Notes
    -----
    Colour pairs (`gossamer.matting.samples`) give each unknown pixel an alpha of its own; the matting Laplacian
    (`gossamer.matting.laplacian`) spreads it along colour lines. docs/decisions/0007-matting.md has the comparison.
    """
    require_trimap(trimap, *rgb.shape[:2])
    alpha: AlphaF32 = (trimap == FOREGROUND).astype(np.float32)
    for rows, band, values in _solved(Problem(rgb, trimap, trimap), prior, MOST_UNKNOWN):
        alpha[rows][band] = values
    return alpha


def refined_alpha_u8(
    rgb: RgbU8,
    trimap: TrimapU8,
    prior: Prior | None = None,
    known: AlphaU8 | None = None,
    most_unknown: int | None = None,
) -> AlphaU8:
    """As `estimate_alpha`, rounded to bytes: a quarter of the memory.

    Parameters
    ----------
    rgb, trimap, prior
        As there; the trimap may hold `SETTLED` too.
    known : (height, width) uint8
        Alpha where the trimap is not unknown; the trimap itself if left out.
    most_unknown
        Pixels solved for at once, `MOST_UNKNOWN` if left out; fewer take less memory.
    """
    alpha = (trimap if known is None else known).copy()
    problem = Problem(rgb, trimap, alpha.copy() if known is None else known)
    for rows, band, values in _solved(problem, prior, MOST_UNKNOWN if most_unknown is None else most_unknown):
        alpha[rows][band] = alpha_to_u8(values)
    return alpha


def require_trimap(trimap: TrimapU8, height: int, width: int) -> None:
    """Raise `InvalidOption` unless this is a trimap of ``height`` × ``width`` pixels."""
    if trimap.shape != (height, width):
        raise InvalidOption(f"A trimap of shape {trimap.shape} doesn't fit a picture of {height} × {width} pixels.")
    if trimap.dtype != np.uint8 or np.bincount(trimap.ravel(), minlength=256)[
        [value for value in range(256) if value not in (BACKGROUND, UNKNOWN, FOREGROUND)]
    ].any():
        raise InvalidOption("A trimap is made of the bytes 0, 128 and 255 alone.")


def _solved(
    problem: Problem, prior: Prior | None, most_unknown: int
) -> Iterator[tuple[slice, NDArray[np.bool_], Floats]]:
    """Rows of the photo, the unknown pixels in them, and their alpha."""
    reduced, factor = problem, 1
    while np.count_nonzero(reduced.unknown) > most_unknown:
        reduced, factor = reduced.halved(), factor * 2
    unknown = reduced.unknown
    if not unknown.any():
        return
    alpha = reduced.known * np.float32(1 / 255)
    alpha[unknown] = _solve(reduced, alpha, prior)
    if factor == 1:
        yield slice(None), unknown, alpha[unknown]
        return
    lines = ColorLines.fit(reduced.rgb[..., :3], alpha, factor)
    height, width = problem.trimap.shape
    for top in range(0, height, max(1, STRIP_PIXELS // width)):
        strip = slice(top, top + max(1, STRIP_PIXELS // width))
        band = problem.trimap[strip] == UNKNOWN
        rows, columns = np.nonzero(band)
        yield strip, band, lines.alpha(problem.rgb[strip][band][:, :3], rows + top, columns)


def _solve(problem: Problem, known: AlphaF32, prior: Prior | None) -> Floats:
    """Alpha of the unknown pixels, in reading order."""
    unknown = problem.unknown
    target, weight = _by_color(problem)
    weight += NO_OPINION
    if prior is not None:
        opinion, heed = (_resized(values, unknown.shape)[unknown] for values in (prior.alpha, prior.weight))
        target = (weight * target + heed * opinion) / (weight + heed)
        weight += heed
    boundary = np.where(unknown, np.float32(0), known)
    return solve(MattingLaplacian(problem.rgb, unknown), boundary, target, weight)


def _by_color(problem: Problem) -> tuple[Floats, Floats]:
    """What the colour pairs say of each unknown pixel, and its weight. Pairs are sought at half the size: a quarter
    of the work, for hardly more error, as each pixel is projected with its own colour."""
    rows, columns = np.nonzero(problem.unknown)
    half = problem.halved()
    pairs = color_pairs(half.rgb[..., :3], half.trimap)
    if pairs is None:
        return np.full(len(rows), 0.5, dtype=np.float32), np.zeros(len(rows), dtype=np.float32)
    parents = rows // 2, columns // 2
    colors = problem.rgb[rows, columns, :3].astype(np.float32)
    alpha, trust = projected(colors, pairs.foreground[parents], pairs.background[parents])
    trust *= PAIR_WEIGHT
    return alpha, trust


def _resized(
    values: Floats, shape: tuple[int, ...], box: tuple[float, float, float, float] | None = None
) -> Floats:
    """In [0, 1]; ``box`` is left, top, right and bottom of the part wanted, in ``values``' own pixels."""
    resized = Image.fromarray(values).resize((shape[1], shape[0]), Image.Resampling.BICUBIC, box=box)
    clipped: Floats = np.clip(np.asarray(resized), 0, 1)
    return clipped
