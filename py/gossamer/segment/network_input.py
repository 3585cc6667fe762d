"""A photo of any size becomes the tensor a network wants: antialiased, aspect kept, normalised.

The rule comes from the model manifest; `docs/decisions/0002-network-input.md` has the measurements behind it.
"""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from gossamer.arrays import RgbU8, TensorF32
from gossamer.decode import Photo
from gossamer.manifest import InputRule, Normalisation

__all__ = ["FILTERS", "NetworkInput", "network_input", "picture_size"]

FILTERS = {
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
# Shown to the network where the photo is transparent: hidden colours there mean nothing.
TRANSPARENT_GREY = 127
# Box reduction leaves at least twice the pixels wanted to the filter; three times as fast from 12 MP.
REDUCING_GAP = 2.0


@dataclass(frozen=True)
class NetworkInput:
    """A tensor and the part of it that shows the photo.

    Parameters
    ----------
    tensor : (1, 3, h, w) float32
        Normalised RGB; h and w are multiples of the rule's ``multiple``.
    picture : (height, width)
        Size of the photo inside the tensor, from its upper left corner; the rest is padding.
    """

    tensor: TensorF32
    picture: tuple[int, int]


def network_input(
    photo: Photo, rule: InputRule, normalisation: Normalisation, *, mirrored: bool = False
) -> NetworkInput:
    """Shrink (or enlarge) ``photo`` as a network wants it, or its mirror image. Copies only at the network's size."""
    height, width = picture_size(*photo.size, rule)
    rgb = _resized(photo, height, width, rule)
    if mirrored:
        rgb = rgb[:, ::-1]
    if rule.fit != "round":
        multiple = rule.multiple
        below, right = -height % multiple, -width % multiple
        padding = ((0, below), (0, right), (0, 0))
        edge = rule.fit == "pad-edge"
        rgb = np.pad(rgb, padding, mode="edge") if edge else np.pad(rgb, padding, mode="symmetric")
    return NetworkInput(_normalised(rgb, normalisation), (height, width))


def picture_size(height: int, width: int, rule: InputRule) -> tuple[int, int]:
    """(height, width) at which a network sees a photo of ``height`` × ``width``.

    With ``fit`` "round" each side is rounded to the nearest multiple, else the aspect is kept to a pixel and padding
    fills up to the multiple.
    """
    if rule.rule == "fixed":
        return rule.size, rule.size
    if rule.rule == "long_side":
        measure: float = max(height, width)
    elif rule.rule == "short_side":
        measure = min(height, width)
    else:
        measure = math.sqrt(height * width)
    scale = min(max(measure, rule.size_min), rule.size) / measure
    if rule.long_side_max is not None:
        scale = min(scale, rule.long_side_max / max(height, width))
    unit = rule.multiple if rule.fit == "round" else 1
    return (
        max(unit, round(height * scale / unit) * unit),
        max(unit, round(width * scale / unit) * unit),
    )


def _resized(photo: Photo, height: int, width: int, rule: InputRule) -> RgbU8:
    mode = "RGBA" if photo.has_alpha else "RGBX"
    image = Image.frombuffer(mode, photo.size[::-1], photo.rgba, "raw", mode, 0, 1)
    if not photo.has_alpha:
        return np.asarray(_rows_first(image, width, height, FILTERS[rule.downscale]))[..., :3]
    # Premultiplied: hidden colours can't bleed into visible ones, and of I = αF + (1 − α)B only the end is missing.
    small = np.asarray(_rows_first(image.convert("RGBa"), width, height, FILTERS[rule.downscale]))
    grey = (TRANSPARENT_GREY * (255 - small[..., 3:].astype(np.uint16)) + 127) // 255
    return np.minimum(small[..., :3] + grey, 255).astype(np.uint8)


def _rows_first(image: Image.Image, width: int, height: int, filter: Image.Resampling) -> Image.Image:
    """Resize by whole-number box reduction, then along the rows, then along the columns.

    In one call Pillow chooses the order of the two itself, and its versions choose differently; 8 bits between them
    make that a difference of some levels (11 of 255 where bicubic overshoots and is clipped).
    """
    across = max(1, int(image.width / width / REDUCING_GAP))
    down = max(1, int(image.height / height / REDUCING_GAP))
    reach = (image.width / across, image.height / down)
    if (across, down) != (1, 1):
        image = image.reduce((across, down))
    image = image.resize((width, image.height), filter, box=(0, 0, reach[0], image.height))
    return image.resize((width, height), filter, box=(0, 0, width, reach[1]))


def _normalised(rgb: RgbU8, norm: Normalisation) -> TensorF32:
    """(1, 3, h, w) float32, contiguous: (value / divisor − mean) / std."""
    divisor = float(max(1, rgb.max())) if norm.divisor == "max" else norm.divisor
    mean, std = (np.array(values, dtype=np.float32)[:, np.newaxis, np.newaxis] for values in (norm.mean, norm.std))
    planes = np.ascontiguousarray(rgb.transpose(2, 0, 1)).astype(np.float32)
    planes *= 1 / (np.float32(divisor) * std)
    planes -= mean / std
    return planes[np.newaxis]
