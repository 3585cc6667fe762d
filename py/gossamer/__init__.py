"""Gossamer removes the background of photos.

On CPython::

    import gossamer

    result = gossamer.cut_out("photo.jpg")
    Path("photo.png").write_bytes(result.data)

The pipeline itself is `gossamer.pipeline.remove_background`; the command line is ``gossamer``.
"""

from gossamer.api import cut_out
from gossamer.errors import GossamerError
from gossamer.options import Options
from gossamer.pipeline import Result

__all__ = ["GossamerError", "Options", "Result", "cut_out"]
