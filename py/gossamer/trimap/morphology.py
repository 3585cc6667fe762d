"""Masks grown and shrunk by a disc."""

from math import isqrt

import numpy as np

from gossamer.arrays import Mask

__all__ = ["grown", "shrunk"]


def grown(mask: Mask, radius: int) -> Mask:
    """All pixels no farther than ``radius`` pixels (Euclidean, between centres) from one of the mask. A new array.

    The whole mask is one number, a bit for each pixel: moving it is a shift, which is cheaper than moving an array.
    """
    height, width = mask.shape
    stride = width + radius  # columns beyond the edge, so that nothing grows into the next row
    padded = np.zeros((height, stride), dtype=bool)
    padded[:, :width] = mask
    bits = int.from_bytes(np.packbits(padded, bitorder="little").tobytes(), "little")
    result, reach = 0, 0
    wide = bits  # the mask grown along its rows alone, by `reach`
    for dy in range(radius, -1, -1):
        while reach < isqrt(radius * radius - dy * dy):
            reach += 1
            wide |= bits << reach | bits >> reach
        result |= wide << dy * stride | wide >> dy * stride
    size = height * stride
    packed = (result & ((1 << size) - 1)).to_bytes((size + 7) // 8, "little")
    flat = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=size, bitorder="little")
    return flat.reshape(height, stride)[:, :width].astype(bool)


def shrunk(mask: Mask, radius: int) -> Mask:
    """All pixels farther than ``radius`` from every pixel outside the mask. Beyond the edges the mask goes on."""
    return ~grown(~mask, radius)
