"""Windows of 3 × 3 pixels, and how the colours of each spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["WINDOW", "ColorSpread", "around"]

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

WINDOW = 9


def around(width: int) -> Indices:
    """Offsets of the 3 × 3 pixels around one, in a picture of ``width``."""
    return np.array([dy * width + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)], dtype=np.int32)


@dataclass(frozen=True)
class ColorSpread:
    """Cholesky's factor C of each window's Σ + ridge, by hand: NumPy's solver of many small systems takes several
    times as long.

    Each of the six is (n,) float32. Named by the channels of their row and column.
    """

    rr: Floats
    gr: Floats
    br: Floats
    gg: Floats
    bg: Floats
    bb: Floats

    @classmethod
    def of(cls, colors: Floats, ridge: np.float32) -> "ColorSpread":
        """Of colours less their window's mean, (3, 9, n)."""

        def covariance(first: int, second: int) -> Floats:
            product: Floats = np.einsum("kn,kn->n", colors[first], colors[second])
            product *= np.float32(1 / WINDOW)
            return product

        (rr, gr, br, gg, bg, bb) = (covariance(*pair) for pair in ((0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)))
        rr = np.sqrt(rr + ridge)
        gr, br = gr / rr, br / rr
        gg = np.sqrt(np.maximum(gg + ridge - gr * gr, ridge))
        bg = (bg - br * gr) / gg
        bb = np.sqrt(np.maximum(bb + ridge - br * br - bg * bg, ridge))
        return cls(rr, gr, br, gg, bg, bb)

    def whiten(self, colors: Floats) -> None:
        """C⁻¹ of what has three channels, (3, …, n), in place."""
        red, green, blue = colors
        red /= self.rr
        green -= self.gr * red
        green /= self.gg
        blue -= self.br * red
        blue -= self.bg * green
        blue /= self.bb

    def solve(self, colors: Floats) -> None:
        """(Σ + ridge)⁻¹ of (3, n), in place."""
        self.whiten(colors)
        red, green, blue = colors
        blue /= self.bb
        green -= self.bg * blue
        green /= self.gg
        red -= self.gr * green
        red -= self.br * blue
        red /= self.rr
