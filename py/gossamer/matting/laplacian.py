"""The matting Laplacian of Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting" (PAMI
2008), for the unknown pixels alone and without ever being written down as a matrix.

In a window of 3 × 3 pixels colours are taken to lie near a line, so that alpha is an affine function of colour,
α = a·I + b (equation 10). What alpha deviates from the best such function, summed over all windows, is αᵀLα. For one
window of n = 9 pixels, with Σ the covariance of its colours and μ their mean (equation 12)::

    Lα = α − (1/n)(Σα) − (1/n)(I − μ)ᵀ (Σ + ε/n)⁻¹ (I − μ) α = α − (1/n) WᵀW α

where W has a row of ones and the three rows of the colours made white by a Cholesky factor of Σ + ε/n. Only W is
kept, one plane for each of its elements: products are then a few passes over long arrays, which NumPy is good at.
"""

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import Mask, RgbU8

__all__ = ["MattingLaplacian"]

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

WINDOW = 9
# Keeps windows of one colour solvable. Ten times the usual 1e-5 or less: the noise of 8 bits is not followed, and
# the system is sound in single precision. docs/decisions/0007-matting.md
EPSILON = 1e-4


class MattingLaplacian:
    """L, restricted to the rows of the unknown pixels.

    Parameters
    ----------
    rgb : (height, width, 3) uint8
        The picture.
    unknown : (height, width) bool
        Which pixels to solve for. The windows that touch them lie wholly inside the picture, so that a picture of
        less than 3 pixels in a direction has none.

    Attributes
    ----------
    pixels : (n,) int32
        The unknown pixels as flat indices, in reading order. Vectors of this class are in the same order.
    diagonal : (n,) float32
        L's own.
    """

    def __init__(self, rgb: RgbU8, unknown: Mask) -> None:
        height, width = unknown.shape
        self.pixels: Indices = np.flatnonzero(unknown).astype(np.int32)
        self._around = _around(width)
        centers = _touching_windows(unknown)
        self._members = self._around[:, np.newaxis] + centers
        self._white = _whitened(rgb, self._members)

        # Which window has a pixel as its k-th member? Only a frame of one pixel more around the picture makes the
        # question safe to ask at its edges; there, and where there is no window, the answer is the last, empty one.
        number = np.full((height + 2) * (width + 2), len(centers), dtype=np.int32)
        number[_framed(centers, width)] = np.arange(len(centers), dtype=np.int32)
        self._windows: Indices = number[_framed(self.pixels, width) - _around(width + 2)[:, np.newaxis]]

        # Alpha of the unknown pixels, and 0 for all others.
        position = np.full(height * width, len(self.pixels), dtype=np.int32)
        position[self.pixels] = np.arange(len(self.pixels), dtype=np.int32)
        self._positions: Indices = position[self._members]
        self._said = np.zeros((WINDOW, len(centers) + 1), dtype=np.float32)  # the last, empty window says nothing
        self._count = (self._windows < len(centers)).sum(axis=0, dtype=np.int32).astype(np.float32)
        self.diagonal: Floats = self._count - self._gather(np.einsum("ckn,ckn->kn", self._white, self._white))

    def times(self, alpha: Floats) -> Floats:
        """Lα for alpha of the unknown pixels, all others 0. (n,) in and out."""
        return self._product(np.append(alpha, np.float32(0))[self._positions], alpha)

    def pull(self, known: NDArray[np.float32]) -> Floats:
        """−Lα for alpha of the known pixels: what draws the unknown ones.

        Parameters
        ----------
        known : (height, width) float32
            Alpha of the known pixels, and 0 for the unknown ones.
        """
        return -self._product(known.ravel()[self._members], np.float32(0))

    def _product(self, members: Floats, own: Floats | np.float32) -> Floats:
        projected = np.einsum("ckn,kn->cn", self._white, members)
        product: Floats = self._count * own - self._gather(np.einsum("ckn,cn->kn", self._white, projected))
        return product

    def _gather(self, values: Floats) -> Floats:
        """Sum what each window says of its members, a ninth of it, over the windows of each unknown pixel."""
        self._said[:, :-1] = values
        total = np.zeros(len(self.pixels), dtype=np.float32)
        for said, windows in zip(self._said, self._windows, strict=True):
            total += said[windows]  # not take(), which in WebAssembly is eight times slower
        total /= WINDOW
        return total


def _around(width: int) -> Indices:
    """Offsets of the 3 × 3 pixels around one, in a picture of ``width``."""
    return np.array([dy * width + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)], dtype=np.int32)


def _framed(pixels: Indices, width: int) -> Indices:
    """Flat indices in the same picture with a frame of one pixel around it."""
    return pixels + 2 * (pixels // width) + (width + 3)


def _touching_windows(unknown: Mask) -> Indices:
    """Centres of all windows inside the picture that have an unknown member."""
    rows = unknown[:-2] | unknown[1:-1] | unknown[2:]
    centers = rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]
    inside = np.zeros_like(unknown)
    inside[1:-1, 1:-1] = centers
    return np.flatnonzero(inside).astype(np.int32)


def _whitened(rgb: RgbU8, members: Indices) -> Floats:
    """W of each window: (4, 9, windows), the last plane of ones."""
    white = np.ones((4, *members.shape), dtype=np.float32)
    for channel in range(3):
        plane = np.ascontiguousarray(rgb[..., channel]).ravel()
        np.multiply(plane[members], np.float32(1 / 255), out=white[channel])
    color = white[:3]
    color -= color.mean(axis=1, keepdims=True)

    def covariance(first: int, second: int) -> Floats:
        product: Floats = np.einsum("kn,kn->n", color[first], color[second])
        return product / np.float32(WINDOW)

    (rr, gr, br, gg, bg, bb) = (covariance(i, j) for i, j in ((0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)))
    shift = np.float32(EPSILON / WINDOW)
    # Cholesky's factor of a 3 × 3 matrix by hand, and the colours freed of it row by row.
    first = np.sqrt(rr + shift)
    gr, br = gr / first, br / first
    second = np.sqrt(np.maximum(gg + shift - gr * gr, shift))
    bg = (bg - br * gr) / second
    third = np.sqrt(np.maximum(bb + shift - br * br - bg * bg, shift))
    color[0] /= first
    color[1] -= gr * color[0]
    color[1] /= second
    color[2] -= br * color[0]
    color[2] -= bg * color[1]
    color[2] /= third
    return white
