"""A network's output becomes alpha at the photo's own resolution.

Enlarged as float and rounded once at the end: enlarging bytes would leave steps of a whole level on soft edges.
"""

import numpy as np
from PIL import Image

from gossamer.arrays import AlphaF32, AlphaU8, TensorF32, alpha_to_u8
from gossamer.manifest import Model
from gossamer.segment.network_input import FILTERS, NetworkInput

__all__ = ["native_alpha_u8", "network_alpha"]

# Rows are done in strips of about this many pixels, so that float copies of a large photo never exist at once.
STRIP_PIXELS = 2_000_000


def network_alpha(output: TensorF32, source: NetworkInput, model: Model) -> AlphaF32:
    """The part of a network's output that shows the photo, as alpha in [0, 1] at the network's size.

    Parameters
    ----------
    output : (1, 1, h, w) float32
        As the runtime returned it.
    source
        The input it was made from; its padding is cut off.
    model
        Says whether the output has to be stretched to [0, 1] first.
    """
    height, width = source.picture
    alpha = np.nan_to_num(output[0, 0, :height, :width], nan=0.0)
    if model.stretch:
        low, high = float(alpha.min()), float(alpha.max())
        alpha = (alpha - np.float32(low)) / np.float32(max(high - low, 1e-6))
    return np.ascontiguousarray(np.clip(alpha, 0, 1), dtype=np.float32)


def native_alpha_u8(alpha: AlphaF32, height: int, width: int, model: Model) -> AlphaU8:
    """Resample ``alpha`` to ``height`` × ``width`` and round to bytes."""
    small = Image.fromarray(alpha)
    result = np.empty((height, width), dtype=np.uint8)
    rows = max(1, STRIP_PIXELS // width)
    scale = alpha.shape[0] / height
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        # The filter reaches beyond the box where the picture goes on, so that strips meet without a seam.
        box = (0.0, top * scale, float(alpha.shape[1]), bottom * scale)
        strip = small.resize((width, bottom - top), FILTERS[model.upscale], box=box)
        result[top:bottom] = alpha_to_u8(np.asarray(strip))
    return result
