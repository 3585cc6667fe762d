"""A draft under a person's hands: strokes, undo and redo in place, and what a screen has to show of each."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gossamer import compose, foreground
from gossamer.arrays import AlphaU8, RgbaU8, TrimapU8
from gossamer.draft import Draft, Patch
from gossamer.trimap import Stroke

__all__ = ["Editor", "View"]

MOST_REMEMBERED_BYTES = 64_000_000
"""Older changes are forgotten, and can't be undone any more."""


@dataclass(frozen=True)
class View:
    """A window of the picture as it now is.

    Parameters
    ----------
    x, y
        Of its first pixel in the photo.
    pixels : (height, width, 4) uint8
        The cut-out: straight alpha, the subject's own colours.
    trimap : (height, width) uint8
        0, 128 or 255.
    """

    x: int
    y: int
    pixels: RgbaU8
    trimap: TrimapU8


class Editor:
    """Changes a draft in place.

    Undo gives back the very bytes of before, whatever solving them again would give. Only windows that changed are
    remembered, not whole mattes.

    Parameters
    ----------
    draft
        Its trimap and matte are written to.
    decontaminate
        Whether views have the subject's own colours in soft edges; see `gossamer.Options`.
    """

    def __init__(self, draft: Draft, *, decontaminate: bool = True) -> None:
        self.draft = draft
        self._decontaminate = decontaminate
        self._done: deque[Patch] = deque()  # what was there before, the last change last
        self._undone: list[Patch] = []

    @property
    def undoable(self) -> int:
        """How many changes can be undone."""
        return len(self._done)

    @property
    def redoable(self) -> int:
        """How many undone changes can be made again."""
        return len(self._undone)

    def repair(self, strokes: Sequence[Stroke]) -> View | None:
        """Draw strokes, as one change; None if they touch nothing. Raises as `Draft.patch` does."""
        patch = self.draft.patch(strokes)
        if patch is None:
            return None
        self._undone.clear()
        self._done.append(self._swapped(patch))
        while len(self._done) > 1 and sum(2 * change.alpha.size for change in self._done) > MOST_REMEMBERED_BYTES:
            self._done.popleft()
        return self.view(patch.rows, patch.columns)

    def undo(self) -> View | None:
        """Take the last change back; None if there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> View | None:
        """Make the change again that was undone last; None if there is none."""
        return self._step(self._undone, self._done)

    def view(self, rows: slice = slice(None), columns: slice = slice(None)) -> View:
        """The picture, or a window of it."""
        photo = self.draft.photo
        pixels: RgbaU8 = photo.rgba[rows, columns].copy()
        alpha: AlphaU8 = self.draft.alpha[rows, columns]
        if self._decontaminate:
            foreground.replace_soft_colors(pixels, alpha)
        if photo.alpha_u8 is not None:
            alpha = compose.limit_to(alpha, photo.alpha_u8[rows, columns])
        trimap = np.ascontiguousarray(self.draft.trimap[rows, columns])
        return View(columns.start or 0, rows.start or 0, compose.cut_out(pixels, alpha), trimap)

    def _step(self, source: "deque[Patch] | list[Patch]", target: "deque[Patch] | list[Patch]") -> View | None:
        if not source:
            return None
        patch = source.pop()
        target.append(self._swapped(patch))
        return self.view(patch.rows, patch.columns)

    def _swapped(self, patch: Patch) -> Patch:
        """Write a patch into the draft; what was there before comes back."""
        window = patch.rows, patch.columns
        before = Patch(*window, self.draft.trimap[window].copy(), self.draft.alpha[window].copy())
        self.draft.trimap[window] = patch.trimap
        self.draft.alpha[window] = patch.alpha
        return before
