"""The matting Laplacian of Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting" (PAMI
2008), for the unknown pixels alone and without ever being written down as a matrix.

In a window of 3 × 3 pixels colours are taken to lie near a line, so that alpha is an affine function of colour,
α = a·I + b (equation 10). What alpha deviates from the best such function, summed over windows, is αᵀLα. For one
window of n = 9 pixels, with Σ the covariance of its colours and μ their mean (equation 12)::

    Lα = α − (1/n)(Σα) − (1/n)(I − μ)ᵀ (Σ + ε/n)⁻¹ (I − μ) α = α − (1/n) (1ᵀ1 + WᵀW) α

where W has three rows: the colours made white by a Cholesky factor of Σ + ε/n. Only W is kept, one plane for each of
its elements: products are then a few passes over long arrays, which NumPy is good at.

Windows overlap so much that every other one is enough, as on the squares of one colour of a chessboard, each counted
twice: half of the work, and mattes are as good (docs/decisions/0015-python-stages.md).
"""

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import Mask, RgbaU8, colors_at
from gossamer.matting.windows import WINDOW, ColorSpread, around

__all__ = ["MattingLaplacian"]

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

# Each window stands for itself and for one that was left out.
TWICE = np.float32(2)
# Of a window's members, those on squares of its own colour, and those on the other.
SAME, OTHER = slice(0, None, 2), slice(1, None, 2)
# Keeps windows of one colour solvable. Ten times the usual 1e-5 or less: the noise of 8 bits is not followed, and
# the system is sound in single precision. docs/decisions/0007-matting.md
EPSILON = 1e-4


class MattingLaplacian:
    """L, restricted to the rows of the unknown pixels.

    Parameters
    ----------
    rgba : (height, width, 4) uint8, C-contiguous
        The picture; the fourth channel is ignored.
    unknown : (height, width) bool
        Which pixels to solve for. The windows that touch them lie wholly inside the picture, so that a picture of
        less than 3 pixels in a direction has none.

    Attributes
    ----------
    pixels : (n,) int32
        The unknown pixels as flat indices. Vectors of this class are in the same order: first the pixels whose row
        and column are both even or both odd, then the others.
    diagonal : (n,) float32
        L's own.
    """

    def __init__(self, rgba: RgbaU8, unknown: Mask) -> None:
        height, width = unknown.shape
        pixels = np.flatnonzero(unknown).astype(np.int32)
        other = ((pixels // width + pixels % width) & 1).astype(bool)
        self.pixels: Indices = np.concatenate([pixels[~other], pixels[other]])
        self._kinds = slice(0, np.count_nonzero(~other)), slice(np.count_nonzero(~other), None)
        centers = _touching_windows(unknown)
        self._members = around(width)[:, np.newaxis] + centers
        self._white = _whitened(rgba, self._members)

        # Which window has a pixel as its k-th member? Only a frame of one pixel more around the picture makes the
        # question safe to ask at its edges; there, and where there is no window, the answer is the first, empty one.
        number = np.zeros((height + 2) * (width + 2), dtype=np.int32)
        number[_framed(centers, width)] = np.arange(1, len(centers) + 1, dtype=np.int32)
        self._windows = [
            number[_framed(self.pixels[kind], width) - around(width + 2)[members, np.newaxis]]
            for kind, members in zip(self._kinds, (SAME, OTHER), strict=True)
        ]
        # Alpha of the unknown pixels, and, at the first place, 0 for all others.
        position = np.zeros(height * width, dtype=np.int32)
        position[self.pixels] = np.arange(1, len(self.pixels) + 1, dtype=np.int32)
        self._positions: Indices = position[self._members]
        self._alpha = np.zeros(len(self.pixels) + 1, dtype=np.float32)
        self._said = np.zeros((WINDOW, len(centers) + 1), dtype=np.float32)  # the first, empty window says nothing
        counts = [np.count_nonzero(windows, axis=0) for windows in self._windows]
        self._count = np.concatenate(counts).astype(np.float32) * TWICE
        np.einsum("ckn,ckn->kn", self._white, self._white, out=self._said[:, 1:])
        self._said[:, 1:] += TWICE / WINDOW
        self.diagonal: Floats = self._count - self._gathered()

    def times(self, alpha: Floats) -> Floats:
        """Lα for alpha of the unknown pixels, all others 0. (n,) in and out."""
        self._alpha[1:] = alpha
        product = self._count * alpha
        product -= self._fitted(self._alpha[self._positions])
        return product

    def pull(self, known: Floats) -> Floats:
        """−Lα for alpha of the known pixels: what draws the unknown ones.

        Parameters
        ----------
        known : (height, width) float32
            Alpha of the known pixels, and 0 for the unknown ones.
        """
        return self._fitted(known.ravel()[self._members])

    def _fitted(self, members: Floats) -> Floats:
        """What the windows make of their members' alpha, summed for each unknown pixel."""
        slopes = np.einsum("ckn,kn->cn", self._white, members)
        np.einsum("ckn,cn->kn", self._white, slopes, out=self._said[:, 1:])
        self._said[:, 1:] += members.sum(axis=0) * (TWICE / WINDOW)
        return self._gathered()

    def _gathered(self) -> Floats:
        """The sum of what each window says of its members, over the windows of each unknown pixel."""
        total = np.zeros(len(self.pixels), dtype=np.float32)
        for kind, members, windows in zip(self._kinds, (SAME, OTHER), self._windows, strict=True):
            part = total[kind]
            for said, where in zip(self._said[members], windows, strict=True):
                part += said[where]  # not take(), which in WebAssembly is ten times slower
        return total


def _framed(pixels: Indices, width: int) -> Indices:
    """Flat indices in the same picture with a frame of one pixel around it."""
    return pixels + 2 * (pixels // width) + (width + 3)


def _touching_windows(unknown: Mask) -> Indices:
    """Centres of every other window inside the picture, of those that have an unknown member."""
    rows = unknown[:-2] | unknown[1:-1] | unknown[2:]
    inside = np.zeros_like(unknown)
    inside[1:-1, 1:-1] = rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]
    inside[::2, 1::2] = inside[1::2, ::2] = False
    return np.flatnonzero(inside).astype(np.int32)


def _whitened(rgba: RgbaU8, members: Indices) -> Floats:
    """W of each window, times √(2/9) so that its square counts twice and is a mean: (3, 9, windows)."""
    color = colors_at(rgba, members)
    color *= np.float32(1 / 255)
    color -= color.mean(axis=1, keepdims=True)
    ColorSpread.of(color, np.float32(EPSILON / WINDOW)).whiten(color)
    color *= np.sqrt(TWICE / WINDOW)
    return color
