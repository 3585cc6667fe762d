"""A network's output becomes alpha, at the network's own size."""

import numpy as np

from gossamer.arrays import AlphaF32, TensorF32
from gossamer.manifest import Model
from gossamer.segment.network_input import NetworkInput

__all__ = ["network_alpha"]


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
