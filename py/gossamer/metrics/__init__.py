"""How good a matte is: the errors of Rhemann et al., "A perceptually motivated online benchmark for image matting"
(CVPR 2009), and of composites made with it.

Every measure but `iou` is an error, 0 for a perfect matte. Sums (`sad`, `grad`, `conn`) are in thousands, as papers
give them; they grow with the size of the picture, so compare methods by them, not pictures.
"""

from gossamer.metrics.band import soft_band
from gossamer.metrics.color import composite_error
from gossamer.metrics.connectivity import conn
from gossamer.metrics.difference import iou, mad, mse, sad
from gossamer.metrics.gradient import grad
from gossamer.metrics.inputs import Floats, FloatsF64, Measure
from gossamer.metrics.report import COLUMNS, measure

__all__ = [
    "COLUMNS",
    "Floats",
    "FloatsF64",
    "Measure",
    "composite_error",
    "conn",
    "grad",
    "iou",
    "mad",
    "measure",
    "mse",
    "sad",
    "soft_band",
]
