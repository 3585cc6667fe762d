"""Gossamer removes the background of photos.

On CPython::

    import gossamer

    result = gossamer.cut_out("photo.jpg")
    Path("photo.png").write_bytes(result.data)

    draft = gossamer.open_draft("photo.jpg")
    draft = draft.repaired([gossamer.Stroke("keep", [(310, 80), (340, 120)], radius=8)])
    result = gossamer.cut_out(draft)

The pipeline itself is `gossamer.pipeline.remove_background`; the command line is ``gossamer``.
"""

from gossamer.api import cut_out, open_draft
from gossamer.draft import Draft
from gossamer.errors import GossamerError
from gossamer.options import Options, Shadow
from gossamer.pipeline import Result
from gossamer.trimap import Stroke

__all__ = ["Draft", "GossamerError", "Options", "Result", "Shadow", "Stroke", "cut_out", "open_draft"]
