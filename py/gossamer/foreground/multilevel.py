"""Fast multi-level foreground estimation, Germer, Uelwer, Conrad and Harmeling (ICPR 2020), in the soft edge alone.

Of the colour of a soft pixel, I = αF + (1 − α)B, a part is the subject's and a part the old background's. F and B
minimise, over pixels i and their four neighbours j (equation 3)::

    Σᵢ |αᵢFᵢ + (1 − αᵢ)Bᵢ − Iᵢ|² + Σᵢⱼ (εᵣ + ω|αᵢ − αⱼ|) (|Fᵢ − Fⱼ|² + |Bᵢ − Bⱼ|²)

Solved coarse to fine: a level's answer is where the next one starts, so that a few rounds are enough on each. Only
soft pixels are unknown: an opaque pixel has its own colour for F, a transparent one for B, and neither says anything
of the other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import AlphaU8, Mask, RgbaU8, colors_at

__all__ = ["Level", "Solution", "coarse_to_fine"]

Floats = NDArray[np.float32]

REGULARISATION = np.float32(1e-5)  # εᵣ, with alpha and colour in [0, 1]
GRADIENT_WEIGHT = np.float32(1)  # ω
SMALL_PX = 16
"""Levels no longer than this on their longer side get more rounds, until colours have come all the way across."""
ROUNDS, ROUNDS_SMALL = 2, 10
SMALLEST_PX = 4
NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1))


@dataclass(frozen=True)
class Level:
    """A picture and its alpha at one size.

    Parameters
    ----------
    rgba : (h, w, 4) uint8, C-contiguous
        The fourth channel is ignored. With it a pixel is 32 bits, and moves as one number.
    alpha : (h, w) uint8
    soft : (h, w) bool
        The pixels to solve for: every one that is neither opaque nor transparent, and perhaps more.
    """

    rgba: RgbaU8
    alpha: AlphaU8
    soft: Mask

    @classmethod
    def of(cls, rgba: RgbaU8, alpha: AlphaU8) -> "Level":
        """The picture as it is."""
        return cls(rgba, alpha, (alpha != 0) & (alpha != 255))

    def halved(self) -> "Level":
        """Means of 2 × 2 pixels, soft where any of them was."""
        alpha = np.asarray(Image.fromarray(self.alpha).reduce(2))
        soft = np.asarray(Image.fromarray(self.soft.view(np.uint8) * np.uint8(255)).reduce(2)) != 0
        height, width = self.alpha.shape
        image = Image.frombuffer("RGBX", (width, height), self.rgba, "raw", "RGBX", 0, 1)
        return Level(np.asarray(image.reduce(2)), alpha, soft | ((alpha != 0) & (alpha != 255)))


class Solution:
    """F and B of the soft pixels of a level, and of the known pixels next to them.

    Colours are kept as planes, as gathering and weighing single numbers is several times faster than rows of three.

    Attributes
    ----------
    position : (h · w,) int32
        Where a pixel is in the planes below; 0 for a pixel that isn't. Soft pixels come first.
    foreground, background : (3, n) float32
        Colours from 0 to 1.
    """

    def __init__(self, level: Level, coarser: "Solution | None") -> None:
        height, width = level.soft.shape
        soft = np.flatnonzero(level.soft).astype(np.int32)
        # Pixels on squares of one colour of a chessboard have all their neighbours on the other.
        black = ((soft // width + soft % width) & 1).astype(bool)
        soft = np.concatenate([soft[~black], soft[black]])
        beside = np.flatnonzero(_with_neighbours(level.soft) & ~level.soft).astype(np.int32)
        pixels = np.concatenate([soft, beside])
        self.position = np.zeros(height * width, dtype=np.int32)
        self.position[pixels] = np.arange(len(pixels), dtype=np.int32)
        colors = colors_at(level.rgba, pixels)
        colors *= np.float32(1 / 255)
        alpha = level.alpha.ravel()[pixels] * np.float32(1 / 255)
        self.foreground, self.background = colors.copy(), colors.copy()
        rows, columns = np.divmod(soft, np.int32(width))
        n = len(soft)
        if coarser is None:
            for channel in range(3):
                self.foreground[channel, :n] = _mean(colors[channel], alpha)
                self.background[channel, :n] = _mean(colors[channel], 1 - alpha)
        else:
            parents = coarser.position[rows // 2 * ((width + 1) // 2) + columns // 2]
            for channel in range(3):
                self.foreground[channel, :n] = coarser.foreground[channel][parents]
                self.background[channel, :n] = coarser.background[channel][parents]

        # A known pixel's colour is F if it is opaque and B if it is transparent. It has no other.
        is_soft = np.arange(len(pixels)) < n
        pulls = [is_soft | (alpha == 1), is_soft | (alpha == 0)]
        neighbours, weights = [], []
        for dy, dx in NEIGHBOURS:
            inside = (rows + dy >= 0) & (rows + dy < height) & (columns + dx >= 0) & (columns + dx < width)
            neighbour = self.position[np.where(inside, soft + (dy * width + dx), soft)]
            slope = REGULARISATION + GRADIENT_WEIGHT * np.abs(alpha[:n] - alpha[neighbour])
            neighbours.append(neighbour)
            weights.append([slope * pull[neighbour] for pull in pulls])
        rounds = ROUNDS_SMALL if max(level.alpha.shape) <= SMALL_PX else ROUNDS
        whites = n - np.count_nonzero(black)
        equations = [
            _Equations.of(
                half,
                alpha[half],
                colors[:, half],
                [neighbour[half] for neighbour in neighbours],
                [[weight[half] for weight in both] for both in weights],
            )
            for half in (slice(0, whites), slice(whites, n))
        ]
        for channel in range(3):
            for _ in range(rounds):
                for part in equations:
                    part.improve(channel, self.foreground[channel], self.background[channel])


@dataclass(frozen=True)
class _Equations:
    """The 2 × 2 systems of the soft pixels on squares of one colour: their neighbours as they are, each is solved by
    Cramer's rule. The two colours in turns are Gauss and Seidel's method, which needs half of Jacobi's rounds."""

    place: slice  # in a solution's planes
    ff: Floats
    bb: Floats
    fb: Floats
    own: list[tuple[Floats, Floats]]  # by channel
    neighbours: list[NDArray[np.int32]]
    weights: list[list[Floats]]

    @classmethod
    def of(
        cls,
        place: slice,
        alpha: Floats,
        colors: Floats,
        neighbours: list[NDArray[np.int32]],
        weights: list[list[Floats]],
    ) -> "_Equations":
        rest: Floats = 1 - alpha
        # Each holds on to itself a little, too: else a pixel that nothing tells its F, or its B, would have none.
        ff: Floats = alpha * alpha + sum((weight for weight, _ in weights), REGULARISATION)
        bb: Floats = rest * rest + sum((weight for _, weight in weights), REGULARISATION)
        fb: Floats = alpha * rest
        determinant: Floats = ff * bb - fb * fb
        ff /= determinant
        bb /= determinant
        fb /= determinant
        own = [(alpha * color, rest * color) for color in colors]
        return cls(place, ff, bb, fb, own, neighbours, weights)

    def improve(self, channel: int, foreground: Floats, background: Floats) -> None:
        own_f, own_b = self.own[channel]
        soft_f, soft_b = foreground[self.place], background[self.place]
        f = own_f + REGULARISATION * soft_f
        b = own_b + REGULARISATION * soft_b
        for neighbour, (weight_f, weight_b) in zip(self.neighbours, self.weights, strict=True):
            f += weight_f * foreground[neighbour]
            b += weight_b * background[neighbour]
        np.clip(self.bb * f - self.fb * b, 0, 1, out=soft_f)
        np.clip(self.ff * b - self.fb * f, 0, 1, out=soft_b)


def coarse_to_fine(level: Level) -> Solution:
    """Solve a level, starting from the answer at half its size, and so on down to a few pixels."""
    coarser = coarse_to_fine(level.halved()) if max(level.alpha.shape) > SMALLEST_PX else None
    return Solution(level, coarser)


def _mean(plane: Floats, weight: Floats) -> float:
    """The mean, of what is wholly one thing more than of what is half of it."""
    cubed = weight**3
    return float((cubed * plane).sum()) / max(float(cubed.sum()), 1e-6)


def _with_neighbours(mask: Mask) -> Mask:
    result = mask.copy()
    result[1:] |= mask[:-1]
    result[:-1] |= mask[1:]
    result[:, 1:] |= mask[:, :-1]
    result[:, :-1] |= mask[:, 1:]
    return result
