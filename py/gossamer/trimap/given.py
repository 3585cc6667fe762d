"""A trimap that the caller made."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, TrimapU8
from gossamer.decode import Photo
from gossamer.errors import InvalidOption

__all__ = ["given_trimap", "grey_of"]

# Trimaps are often grey by habit: 127 or 128, or saved as JPEG with noise around them.
TABLE = np.full(256, UNKNOWN, dtype=np.uint8)
TABLE[:6] = BACKGROUND
TABLE[250:] = FOREGROUND


def given_trimap(grey: NDArray[np.uint8], height: int, width: int) -> TrimapU8:
    """Take a grey picture as a trimap: black background, white foreground, all else unknown.

    Parameters
    ----------
    grey : (h, w) uint8
        Of the photo's aspect; of another size it is enlarged or reduced by the nearest pixel.
    height, width
        Of the photo.

    Raises
    ------
    InvalidOption
        If it has another shape than the photo.
    """
    if grey.ndim != 2 or grey.dtype != np.uint8 or 0 in grey.shape:
        raise InvalidOption("A trimap is a grey picture of one byte a pixel.")
    # Rounding a size may cost up to a pixel a side.
    if abs(grey.shape[0] * width - grey.shape[1] * height) > max(height, width, *grey.shape):
        raise InvalidOption(
            f"The trimap of {grey.shape[1]} × {grey.shape[0]} pixels has another shape than the photo of "
            f"{width} × {height}."
        )
    trimap = TABLE[grey]
    if trimap.shape != (height, width):
        trimap = np.array(Image.fromarray(trimap).resize((width, height), Image.Resampling.NEAREST))
    return trimap


def grey_of(photo: Photo) -> NDArray[np.uint8]:
    """The grey that `given_trimap` takes, of a picture file: (h, w) uint8, the mean of its three channels."""
    rgb = photo.rgb
    total = rgb[..., 0].astype(np.uint16)
    total += rgb[..., 1]
    total += rgb[..., 2]
    total += 1  # half of three, so that the division rounds
    return (total // 3).astype(np.uint8)
