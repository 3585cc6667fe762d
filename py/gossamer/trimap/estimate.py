"""A trimap from what a network thinks: its own alpha, and where its two looks at the photo disagree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaF32, TrimapU8
from gossamer.trimap.morphology import grown, shrunk

__all__ = ["Guess", "enlarged", "estimate_trimap"]

# Alpha beyond these is certain: what a network that is sure of a pixel gives it.
SURELY_BACKGROUND, SURELY_FOREGROUND = 0.1, 0.9
DISAGREEMENT = 0.2
"""Where two looks differ by more, nothing is certain."""
# Softness wider than twice the first, in network pixels, is hair, fur or glass: its ends reach beyond what the
# network sees of it, by the second.
HAIR_HALF_WIDTH, HAIR_REACH = 3, 3
UNSEEN_WEIGHT = 0.15
"""Of the network's alpha where it saw nothing soft: only clear colours may say otherwise."""


@dataclass(frozen=True)
class Guess:
    """A trimap at the network's size, and how much its alpha counts in the unknown band.

    Parameters
    ----------
    trimap : (h, w) uint8
        0, 128 or 255.
    weight : (h, w) float32
        For `gossamer.matting.Prior`.
    """

    trimap: TrimapU8
    weight: NDArray[np.float32]


def estimate_trimap(alpha: AlphaF32, second: AlphaF32, *, edge_error: int, weight: float) -> Guess:
    """Certain foreground, certain background, and the band between them, as wide as the edge is soft.

    Parameters
    ----------
    alpha, second : (h, w) float32
        A network's two looks at the photo, in [0, 1].
    edge_error
        By how many pixels the network's edges may be off.
    weight
        How much the network's alpha counts where it is soft.
    """
    inside = alpha > 0.5
    soft = (alpha > SURELY_BACKGROUND) & (alpha < SURELY_FOREGROUND)
    soft |= np.abs(alpha - second) > DISAGREEMENT
    unknown = soft | (grown(inside, 1) & ~inside)  # no certain pixels of the two kinds are neighbours
    unknown |= grown(shrunk(unknown, HAIR_HALF_WIDTH), HAIR_HALF_WIDTH + HAIR_REACH)
    unknown = grown(unknown, edge_error)
    trimap = np.where(unknown, np.uint8(UNKNOWN), np.where(inside, np.uint8(FOREGROUND), np.uint8(BACKGROUND)))
    return Guess(trimap, np.where(soft, np.float32(weight), np.float32(UNSEEN_WEIGHT)))


def enlarged(trimap: TrimapU8, height: int, width: int) -> TrimapU8:
    """A trimap at another size: (height, width) uint8, its edges as smooth as its own pixels are large.

    Interpolated as if it were alpha. What lies between certain background and certain foreground is unknown, which is
    what a trimap must say there anyhow.
    """
    levels = Image.fromarray(trimap).resize((width, height), Image.Resampling.BILINEAR)
    certain = UNKNOWN // 2
    table = [BACKGROUND if v < certain else FOREGROUND if v > 255 - certain else UNKNOWN for v in range(256)]
    resized = np.array(levels.point(table))
    if height < trimap.shape[0] or width < trimap.shape[1]:  # what lay between may be too thin to be left
        inside, outside = resized == FOREGROUND, resized == BACKGROUND
        resized[grown(inside, 1) & outside] = UNKNOWN
    return resized
