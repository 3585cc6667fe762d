"""Stage 3: what is surely foreground, what is surely background, and the unknown band between them."""

from gossamer.trimap.band import band_width
from gossamer.trimap.estimate import Guess, enlarged, estimate_trimap
from gossamer.trimap.given import given_trimap, grey_of
from gossamer.trimap.morphology import grown
from gossamer.trimap.strokes import Stroke, draw_strokes

__all__ = [
    "Guess",
    "Stroke",
    "band_width",
    "draw_strokes",
    "enlarged",
    "estimate_trimap",
    "given_trimap",
    "grey_of",
    "grown",
]
