"""Alpha in the unknown band, at the photo's own resolution, for the price of the band."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import (
    BACKGROUND,
    FOREGROUND,
    UNKNOWN,
    AlphaF32,
    AlphaU8,
    RgbU8,
    TrimapU8,
    alpha_to_u8,
    colors_at,
)
from gossamer.errors import InvalidOption
from gossamer.matting.color_lines import ColorLines, between
from gossamer.matting.laplacian import MattingLaplacian
from gossamer.matting.reduced import Problem
from gossamer.matting.samples import ColorPairs, color_pairs, projected
from gossamer.matting.solve import solve, without_haze

__all__ = ["Prior", "estimate_alpha", "refined_alpha_u8", "require_trimap"]

Floats = NDArray[np.float32]

MOST_UNKNOWN = 100_000
"""Pixels solved for at once. A photo with more is halved until it has fewer; its own follow by colour lines."""
PAIR_WEIGHT = np.float32(0.2)
"""Of a fully trusted colour pair, against a Laplacian whose diagonal is about 8."""
NO_OPINION = np.float32(1e-5)
# Colour lines take this many of the photo's pixels at once, so that no float frame of it ever exists.
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
    problem = Problem.of(rgb, trimap, trimap)
    alpha: AlphaF32 = (problem.trimap == FOREGROUND).astype(np.float32)
    for pixels, values in _solved(problem, prior, MOST_UNKNOWN):
        alpha.reshape(-1)[pixels] = values
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
    problem = Problem.of(rgb, trimap, alpha.copy() if known is None else known)
    for pixels, values in _solved(problem, prior, MOST_UNKNOWN if most_unknown is None else most_unknown):
        alpha.reshape(-1)[pixels] = alpha_to_u8(values)
    return alpha


def require_trimap(trimap: TrimapU8, height: int, width: int) -> None:
    """Raise `InvalidOption` unless this is a trimap of ``height`` × ``width`` pixels."""
    if trimap.shape != (height, width):
        raise InvalidOption(f"A trimap of shape {trimap.shape} doesn't fit a picture of {height} × {width} pixels.")
    if (
        trimap.dtype != np.uint8
        or np.bincount(trimap.ravel(), minlength=256)[
            [value for value in range(256) if value not in (BACKGROUND, UNKNOWN, FOREGROUND)]
        ].any()
    ):
        raise InvalidOption("A trimap is made of the bytes 0, 128 and 255 alone.")


def _solved(
    problem: Problem, prior: Prior | None, most_unknown: int
) -> Iterator[tuple[NDArray[np.int32], Floats]]:
    """Unknown pixels of the photo, as flat indices, and their alpha."""
    reduced, factor = problem, 1
    while np.count_nonzero(reduced.unknown) > most_unknown:
        reduced, factor = reduced.halved(), factor * 2
    unknown = reduced.unknown
    if not unknown.any():
        return
    alpha = _alpha(reduced, prior)
    if factor == 1:
        pixels = np.flatnonzero(unknown).astype(np.int32)
        yield pixels, alpha.ravel()[pixels]
        return
    lines = ColorLines.fit(reduced.rgba, alpha, factor)
    width = np.int32(problem.trimap.shape[1])
    trimap = problem.trimap.ravel()
    for start in range(0, trimap.size, STRIP_PIXELS):
        pixels = np.flatnonzero(trimap[start : start + STRIP_PIXELS] == UNKNOWN).astype(np.int32) + np.int32(start)
        yield pixels, lines.alpha(colors_at(problem.rgba, pixels), *np.divmod(pixels, width))


def _alpha(problem: Problem, prior: Prior | None) -> AlphaF32:
    """Alpha of all pixels. Pairs are sought at half the size: a quarter of the work, for hardly more error, as each
    pixel is projected with its own colour. What the Laplacian makes of them there is where the search starts here."""
    half = problem.halved()
    pairs = color_pairs(half.rgba, half.trimap)
    coarse = _System.of(half, pairs, half, prior)
    learnt = np.zeros(half.trimap.size, dtype=np.float32)
    learnt[coarse.laplacian.pixels] = coarse.solved() - coarse.target
    system = _System.of(problem, pairs, half, prior)
    alpha = problem.known * np.float32(1 / 255)
    solved = system.solved(system.target + learnt[system.parents])
    alpha.reshape(-1)[system.laplacian.pixels] = without_haze(solved)
    return alpha


@dataclass(frozen=True)
class _System:
    """What `solve` takes, and the pixel of the half-size picture that each unknown pixel is in."""

    laplacian: MattingLaplacian
    known: AlphaF32
    target: Floats
    weight: Floats
    parents: NDArray[np.int32]

    @classmethod
    def of(cls, problem: Problem, pairs: ColorPairs | None, half: Problem, prior: Prior | None) -> "_System":
        unknown = problem.unknown
        laplacian = MattingLaplacian(problem.rgba, unknown)
        rows, columns = np.divmod(laplacian.pixels, unknown.shape[1])
        scale = 1 if problem is half else 2
        parents = rows // scale * half.trimap.shape[1] + columns // scale
        if pairs is None:
            target, weight = (np.full(len(rows), value, dtype=np.float32) for value in (0.5, NO_OPINION))
        else:
            number = np.zeros(half.trimap.size, dtype=np.int32)
            pixels = np.flatnonzero(half.unknown)
            number[pixels] = np.arange(len(pixels), dtype=np.int32)
            found = number[parents]
            foreground, background = (
                np.stack([plane[found] for plane in side]) for side in (pairs.foreground, pairs.background)
            )
            target, weight = projected(colors_at(problem.rgba, laplacian.pixels), foreground, background)
            weight *= PAIR_WEIGHT
            weight += NO_OPINION
        if prior is not None:
            opinion, heed = (_sampled(values, rows, columns, unknown.shape) for values in (prior.alpha, prior.weight))
            target = (weight * target + heed * opinion) / (weight + heed)
            weight += heed
        known = problem.known * np.float32(1 / 255)
        known[unknown] = 0
        return cls(laplacian, known, target, weight, parents)

    def solved(self, start: Floats | None = None) -> Floats:
        return solve(self.laplacian, self.known, self.target, self.weight, start)


def _sampled(values: Floats, rows: NDArray[np.int32], columns: NDArray[np.int32], shape: tuple[int, ...]) -> Floats:
    """Values of another size of a picture at some pixels of one of ``shape``, interpolated linearly."""
    top, bottom, down = between(rows, values.shape[0], shape[0])
    left, right, along = between(columns, values.shape[1], shape[1])
    flat, width = values.ravel(), values.shape[1]
    top, bottom = top * width, bottom * width
    upper: Floats = flat[top + left]
    lower: Floats = flat[bottom + left]
    upper += (flat[top + right] - upper) * along
    lower += (flat[bottom + right] - lower) * along
    lower -= upper
    lower *= down
    upper += lower
    return upper


def _resized(values: Floats, shape: tuple[int, ...], box: tuple[float, float, float, float] | None = None) -> Floats:
    """In [0, 1]; ``box`` is left, top, right and bottom of the part wanted, in ``values``' own pixels."""
    resized = Image.fromarray(values).resize((shape[1], shape[0]), Image.Resampling.BICUBIC, box=box)
    clipped: Floats = np.clip(np.asarray(resized), 0, 1)
    return clipped
