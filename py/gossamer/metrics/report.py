"""All measures of one matte at once."""

import numpy as np

from gossamer.metrics.band import soft_band
from gossamer.metrics.connectivity import conn
from gossamer.metrics.difference import iou, mad, mse, sad
from gossamer.metrics.gradient import gradient_error
from gossamer.metrics.inputs import Floats, pair, thousands_inside

__all__ = ["COLUMNS", "measure"]

COLUMNS = ("MAD", "MSE", "SAD", "Grad", "Conn", "MSE.s", "SAD.s", "Grad.s", "IoU")


def measure(alpha: Floats, truth: Floats) -> dict[str, float]:
    """All measures over the whole picture, and those named ``….s`` over the `soft_band` of the truth alone.

    Parameters
    ----------
    alpha, truth : (height, width) float
        Estimate and ground truth in [0, 1].

    Returns
    -------
    dict
        A value for each name in `COLUMNS`. Measures of the soft band are NaN for a hard matte, which has none.
    """
    alpha, truth = pair(alpha, truth)
    gradient = gradient_error(alpha, truth)
    values = {
        "MAD": mad(alpha, truth),
        "MSE": mse(alpha, truth),
        "SAD": sad(alpha, truth),
        "Grad": thousands_inside(gradient, None),
        "Conn": conn(alpha, truth),
        "IoU": iou(alpha, truth),
    }
    band = soft_band(truth)
    soft = np.any(band)
    values["MSE.s"] = mse(alpha, truth, band)
    values["SAD.s"] = sad(alpha, truth, band) if soft else float("nan")
    values["Grad.s"] = thousands_inside(gradient, band) if soft else float("nan")
    return {name: values[name] for name in COLUMNS}
