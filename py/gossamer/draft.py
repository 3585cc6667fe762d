"""A matte that can still be changed: strokes edit its trimap, and only what they touch is solved again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from gossamer import compose, matting, trimap
from gossamer.arrays import UNKNOWN, AlphaU8, Mask, TrimapU8
from gossamer.decode import Notice, Photo
from gossamer.memory import within_memory
from gossamer.segment import Finding
from gossamer.trimap import Stroke

__all__ = ["LOW_MEMORY", "Draft", "Patch"]

RESOLVED_PX = 32
"""A stroke is felt this far beyond what it touches: unknown pixels within are solved again, others stay."""
CONTEXT_PX = 64
"""And this far beyond that, known pixels lend their colours."""


LOW_MEMORY = Notice(
    "low-memory",
    "Memory was short, so this photo was cut out less finely. Close other tabs or programs, and try again.",
)


@dataclass(frozen=True)
class Patch:
    """What strokes change: a window of a draft, as it is afterwards.

    Parameters
    ----------
    rows, columns
        Of the photo.
    trimap, alpha : (height, width) uint8
        Of the window.
    """

    rows: slice
    columns: slice
    trimap: TrimapU8
    alpha: AlphaU8


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
    timings
        Milliseconds by stage, of those that led to it.
    was_short
        Whether memory did not do for the matte as it should be.
    """

    photo: Photo
    trimap: TrimapU8
    alpha: AlphaU8
    prior: matting.Prior | None
    finding: Finding | None
    timings: dict[str, float] = field(default_factory=dict)
    was_short: bool = False

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a person should know of it."""
        found = self.finding.notices if self.finding else ()
        was_short = self.was_short or (self.finding is not None and self.finding.was_short)
        return (*self.photo.notices, *found, *((LOW_MEMORY,) if was_short else ()))

    @property
    def band_width(self) -> float:
        """Mean width of the unknown band in the photo's pixels."""
        return trimap.band_width(self.trimap)

    @property
    def visible_alpha(self) -> AlphaU8:
        """(height, width): the matte as a file has it, no more than what was visible of the photo before."""
        own = self.photo.alpha_u8
        return self.alpha if own is None else compose.limit_to(self.alpha, own)

    def repaired(self, strokes: Sequence[Stroke]) -> "Draft":
        """The draft with strokes drawn into its trimap; this one stays as it was, so that undo is to go back to it.

        See `patch`; `gossamer.editor.Editor` does the same in place.
        """
        patch = self.patch(strokes)
        if patch is None:
            return self
        edited, alpha = self.trimap.copy(), self.alpha.copy()
        edited[patch.rows, patch.columns] = patch.trimap
        alpha[patch.rows, patch.columns] = patch.alpha
        return replace(self, trimap=edited, alpha=alpha)

    def patch(self, strokes: Sequence[Stroke]) -> Patch | None:
        """What strokes drawn into the trimap change; None if they touch nothing.

        Unknown pixels near a stroke are solved again from the photo's own pixels, all others keep their alpha to the
        byte. Under ``keep`` alpha becomes 255, under ``erase`` 0. Raises `InvalidOption` for what is no stroke.
        """
        edited = self.trimap.copy()
        touched = trimap.draw_strokes(edited, strokes)
        if not touched.any():
            return None
        rows, columns = (_span(np.logical_or.reduce(touched, axis=axis)) for axis in (1, 0))
        return Patch(rows, columns, *self._solved(rows, columns, edited[rows, columns], touched[rows, columns]))

    def _solved(self, rows: slice, columns: slice, part: TrimapU8, here: Mask) -> tuple[TrimapU8, AlphaU8]:
        """The window with what is unknown in and near ``here`` solved again, and what became certain written."""
        open_again = trimap.grown(here, RESOLVED_PX) & (part == UNKNOWN)
        known = np.where(here & (part != UNKNOWN), part, self.alpha[rows, columns])
        local = np.where((part == UNKNOWN) & ~open_again, np.uint8(matting.SETTLED), part)
        prior = None
        if self.prior is not None:
            prior = self.prior.window(rows, columns, *self.trimap.shape)
            prior.weight[here] = 0  # a person has spoken
        alpha, _ = within_memory(
            lambda most: matting.refined_alpha_u8(self.photo.rgba[rows, columns], local, prior, known, most),
            matting.MOST_UNKNOWN,
        )
        return part, alpha


def _span(any_of: Mask) -> slice:
    """From the first to the last, and the pixels around them that matter."""
    first, last = (int(index) for index in np.flatnonzero(any_of)[[0, -1]])
    around = RESOLVED_PX + CONTEXT_PX
    return slice(max(0, first - around), min(len(any_of), last + 1 + around))
