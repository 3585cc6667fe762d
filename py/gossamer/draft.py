"""A matte that can still be changed: strokes edit its trimap, and only what they touch is solved again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gossamer import matting, trimap
from gossamer.arrays import UNKNOWN, AlphaU8, Mask, TrimapU8
from gossamer.decode import Photo
from gossamer.segment import Finding
from gossamer.trimap import Stroke

__all__ = ["Draft"]

RESOLVED_PX = 32
"""A stroke is felt this far beyond what it touches: unknown pixels within are solved again, others stay."""
CONTEXT_PX = 64
"""And this far beyond that, known pixels lend their colours."""


@dataclass(frozen=True)
class Draft:
    """A photo, its trimap, and its matte before anything was made of them.

    Parameters
    ----------
    photo
        With its own colours.
    trimap : (height, width) uint8
        0, 128 or 255.
    alpha : (height, width) uint8
        The matte, at the photo's own resolution.
    prior
        What the network thought; None if a trimap was given instead.
    finding
        The subject as a network saw it, or None.
    band_width
        Mean width of the unknown band in the photo's pixels.
    """

    photo: Photo
    trimap: TrimapU8
    alpha: AlphaU8
    prior: matting.Prior | None
    finding: Finding | None
    band_width: float

    def repaired(self, strokes: Sequence[Stroke]) -> "Draft":
        """The draft with strokes drawn into its trimap; this one stays as it was, so that undo is to go back to it.

        Unknown pixels near a stroke are solved again from the photo's own pixels, all others keep their alpha to the
        byte. Under ``keep`` alpha becomes 255, under ``erase`` 0. Raises `InvalidOption` for what is no stroke.
        """
        edited, alpha = self.trimap.copy(), self.alpha.copy()
        touched = trimap.draw_strokes(edited, strokes)
        if touched.any():
            self._solve_again(edited, alpha, touched)
        return replace(self, trimap=edited, alpha=alpha, band_width=trimap.band_width(edited))

    def _solve_again(self, edited: TrimapU8, alpha: AlphaU8, touched: Mask) -> None:
        """Solve what is unknown in and near ``touched``; write it, and what became certain, into ``alpha``."""
        rows, columns = (_span(np.logical_or.reduce(touched, axis=axis)) for axis in (1, 0))
        part, here = edited[rows, columns], touched[rows, columns]
        open_again = trimap.grown(here, RESOLVED_PX) & (part == UNKNOWN)
        known = np.where(here & (part != UNKNOWN), part, alpha[rows, columns])
        local = np.where((part == UNKNOWN) & ~open_again, np.uint8(matting.SETTLED), part)
        prior = None
        if self.prior is not None:
            prior = self.prior.window(rows, columns, *edited.shape)
            prior.weight[here] = 0  # a person has spoken
        alpha[rows, columns] = matting.refined_alpha_u8(self.photo.rgba[rows, columns], local, prior, known)


def _span(any_of: Mask) -> slice:
    """From the first to the last, and the pixels around them that matter."""
    first, last = (int(index) for index in np.flatnonzero(any_of)[[0, -1]])
    around = RESOLVED_PX + CONTEXT_PX
    return slice(max(0, first - around), min(len(any_of), last + 1 + around))
