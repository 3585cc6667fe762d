"""A soft shadow where the subject touches the ground, made from the matte alone.

Two pools of black: a close one, dark under the very points of contact, and a wide flat one around them, as the
subject keeps the light of the sky off the ground. What touches the ground is told by the subject's lower outline and
a cord drawn tight below it, from foot to foot:

* a point near the cord touches, one high above it (a belly between the legs) does not;
* where the cord is steep, or high above its lowest point, it follows the subject's side and not the ground;
* where the subject runs out of the picture's lower edge there is no ground to see.

Everything is computed at a few hundred pixels, whatever the photo has: the pools are soft.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import AlphaU8, RgbaU8
from gossamer.finish.frame import Frame
from gossamer.finish.subject_box import PixelBox, subject_box
from gossamer.options import Shadow

__all__ = ["ShadowLayer", "cast_shadow", "shadow_layer"]

Floats = NDArray[np.float32]

LONGER_SIDE = 256
"""Of the subject at which shadows are computed, in pixels, at most."""
SOLID = 96
"""Alpha that casts a shadow: thin hair does not."""
CLOSE, AWAY = 0.02, 0.12
"""How far above the cord still counts as touching, and as near; of the subject's size."""
STEEP = 0.55
"""A cord that rises so much, pixel by pixel, has left the ground."""
RISE = 0.22
"""So has one that is as high above its lowest point; of the subject's size."""
CUT_OFF = 0.5
"""If less of the contact than this is inside the picture, nothing stands on anything."""
FLATNESS = 0.09
"""Half the wide pool's height, of its width: the ground is seen at a low angle."""
DARK, DIM = 0.9, 0.6
"""Opacity of the close and the wide pool at full strength."""
SIGMAS = 3
"""A blurred pool ends this many standard deviations out."""


class ShadowLayer(NamedTuple):
    """A shadow, small, and where it belongs.

    Parameters
    ----------
    opacity : (h, w) uint8
        Of black, 0 to 255; 0 all around its edge. To be enlarged smoothly.
    box
        x, y, width and height in the photo's pixels; it may reach beyond the photo.
    """

    opacity: NDArray[np.uint8]
    box: PixelBox


class _Contact(NamedTuple):
    """What touches the ground, by columns; lengths in reduced pixels, y downwards."""

    outline: Floats  # the subject's lower edge
    cord: Floats
    touching: Floats  # 0 to 1
    near: Floats


def shadow_layer(alpha: AlphaU8, shadow: Shadow) -> ShadowLayer | None:
    """The shadow that a subject casts on the ground below it.

    Parameters
    ----------
    alpha : (height, width) uint8
        The matte in the photo's own frame.

    Returns
    -------
    None where nothing touches the ground: a subject that the picture's lower edge cuts off, such as a bust.
    """
    box = subject_box(alpha)
    if box is None or shadow.strength == 0:
        return None
    x, y, width, height = box
    step = -(-max(width, height) // LONGER_SIDE)
    subject = np.ascontiguousarray(alpha[y : y + height, x : x + width])
    image = Image.frombuffer("L", (width, height), subject, "raw", "L", 0, 1)
    solid = np.asarray(image.reduce(step) if step > 1 else image) >= SOLID
    cut_off = alpha.shape[0] - (y + height) < step
    contact = _contact(solid, cut_off=cut_off)
    if contact is None:
        return None
    opacity, (left, top) = _pools(contact, shadow)
    rows, columns = opacity.shape
    return ShadowLayer(opacity, (x + left * step, y + top * step, columns * step, rows * step))


def cast_shadow(rgba: RgbaU8, alpha: AlphaU8, shadow: Shadow, frame: Frame) -> None:
    """Composite a subject's shadow below it, in place: straight alpha over black. Opaque pixels stay as they are.

    Parameters
    ----------
    rgba : (height, width, 4) uint8
        The cut-out in the frame and its size.
    alpha : (height, width) uint8
        The matte in the photo's own frame.
    """
    layer = shadow_layer(alpha, shadow)
    if layer is None:
        return
    rows, columns, opacity = _in_frame(layer, frame)
    part = rgba[rows, columns]
    row, column = np.nonzero((opacity > 0) & (part[..., 3] < 255))
    pixels = part[row, column].astype(np.uint32)
    own, below = pixels[:, 3], opacity[row, column]
    joined = own + (below * (255 - own) + 127) // 255
    joined_or_1 = np.maximum(joined, 1)[:, np.newaxis]
    pixels[:, :3] = (pixels[:, :3] * own[:, np.newaxis] + joined_or_1 // 2) // joined_or_1
    pixels[:, 3] = joined
    part[row, column] = pixels


def _contact(solid: NDArray[np.bool_], *, cut_off: bool) -> _Contact | None:
    filled = np.flatnonzero(solid.any(axis=0))
    if not len(filled):
        return None
    height, width = solid.shape
    lowest = (height - np.argmax(solid[::-1], axis=0)).astype(np.float32)
    columns = np.arange(width)
    outline = np.interp(columns, filled, lowest[filled]).astype(np.float32)
    cord = _cord(filled, lowest[filled], columns)
    size = np.sqrt(height * width)
    above, slope, rise = cord - outline, np.gradient(cord) if width > 1 else 0 * cord, cord.max() - cord
    on_ground = np.exp(-((slope / STEEP) ** 2) - (rise / (RISE * size)) ** 2)
    on_ground[: filled[0]] = on_ground[filled[-1] + 1 :] = 0
    touching = on_ground * np.exp(-((above / (CLOSE * size + 1)) ** 2))
    if cut_off:
        inside = outline < height
        if touching[inside].sum() < CUT_OFF * touching.sum():
            return None
        on_ground, touching = on_ground * inside, touching * inside
    near = on_ground * np.exp(-above / (AWAY * size))
    return _Contact(outline, cord, *(part.astype(np.float32) for part in (touching, near)))


def _cord(x: NDArray[np.intp], y: Floats, columns: NDArray[np.intp]) -> Floats:
    """The convex hull of an outline, seen from below: the greatest y that a cord drawn tight has."""
    hull: list[tuple[float, float]] = []
    for point in zip(x.tolist(), y.tolist(), strict=True):
        while len(hull) > 1 and _turns_down(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    at, depth = zip(*hull, strict=True)
    cord: Floats = np.interp(columns, at, depth).astype(np.float32)
    return cord


def _turns_down(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether b lies above the line from a to c, or on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0


def _pools(contact: _Contact, shadow: Shadow) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """The opacity of both pools, and where its upper left corner lies."""
    strong = np.flatnonzero(contact.near > 0.3 * contact.near.max())
    first, last = float(strong[0]), float(strong[-1] + 1)
    extent = max(last - first, 4.0)
    close = max(0.9, (0.006 + 0.022 * shadow.softness) * extent)
    wide = (max(1.2, (0.02 + 0.1 * shadow.softness) * extent), max(1.0, (0.012 + 0.045 * shadow.softness) * extent))

    more = int(np.ceil(SIGMAS * max(wide[0], close))) + 1
    x = np.arange(-more, len(contact.cord) + more, dtype=np.float32)
    across = (x + 0.5 - (first + last) / 2) / (extent / 2)
    half = FLATNESS * extent * np.sqrt(np.clip(1 - across**2, 0, 1))
    cord, outline = (np.pad(line, more, mode="edge") for line in (contact.cord, contact.outline))
    touching, near = (np.pad(line, more) for line in (contact.touching, contact.near))

    deep = int(np.ceil(half.max() + SIGMAS * max(wide[1], close))) + 2
    top = int(np.floor(cord[near > 0.01].min())) - deep
    bottom = int(np.ceil(cord.max())) + deep
    y = np.arange(top, bottom, dtype=np.float32)[:, np.newaxis] + 0.5
    wide_pool = _peak_1(_blurred(near * np.clip(half + 0.5 - np.abs(y - cord), 0, 1), *wide))
    thin = max(0.6, 0.008 * extent)
    close_pool = _peak_1(_blurred(touching * np.clip(thin + 0.5 - np.abs(y - outline), 0, 1), close, close))
    light = (1 - DARK * shadow.strength * close_pool) * (1 - DIM * shadow.strength * wide_pool)
    return ((1 - light) * 255 + 0.5).astype(np.uint8), (-more, top)


def _blurred(pool: Floats, across: float, down: float) -> Floats:
    """By a Gaussian of these standard deviations; nothing lies beyond the edges."""
    return _blurred_rows(_blurred_rows(pool, across).T, down).T


def _blurred_rows(pool: Floats, sigma: float) -> Floats:
    reach = int(np.ceil(SIGMAS * sigma))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1, dtype=np.float32) / np.float32(sigma)) ** 2)
    taps /= taps.sum()
    padded = np.pad(pool, ((0, 0), (reach, reach)))
    result = np.zeros_like(pool)
    for shift, tap in enumerate(taps):
        result += tap * padded[:, shift : shift + pool.shape[1]]
    return result


def _peak_1(pool: Floats) -> Floats:
    peaked: Floats = pool / max(float(pool.max()), 1e-6)
    return peaked


def _in_frame(layer: ShadowLayer, frame: Frame) -> tuple[slice, slice, NDArray[np.uint8]]:
    """The rows and columns of the result that a shadow covers, and its opacity there."""
    (rows, down), (columns, across) = (
        _span(frame.box[axis], frame.box[axis + 2] / frame.size[1 - axis], frame.size[1 - axis], *span)
        for axis, span in (
            (1, (layer.box[1], layer.box[3], layer.opacity.shape[0])),
            (0, (layer.box[0], layer.box[2], layer.opacity.shape[1])),
        )
    )
    image = Image.fromarray(layer.opacity)
    size = (columns.stop - columns.start, rows.stop - rows.start)
    if 0 in size:
        return rows, columns, np.zeros(size[::-1], dtype=np.uint8)
    moved = image.transform(size, Image.Transform.AFFINE, (across[0], 0, across[1], 0, down[0], down[1]), _SMOOTH)
    return rows, columns, np.asarray(moved)


_SMOOTH = Image.Resampling.BILINEAR


def _span(
    frame_start: float, pixel: float, pixels: int, start: int, length: int, cells: int
) -> tuple[slice, tuple[float, float]]:
    """Which of the result's rows (or columns) a shadow covers, and how positions among them become the shadow's own.

    ``pixel`` is the length of one of the result's pixels in the photo.
    """
    first = min(max(0, int(np.floor((start - frame_start) / pixel))), pixels)
    last = max(first, min(pixels, int(np.ceil((start + length - frame_start) / pixel))))
    scale = cells / length
    return slice(first, last), (pixel * scale, (frame_start + first * pixel - start) * scale)
