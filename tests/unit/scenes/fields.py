"""Colours and textures that fill a picture: smooth ones, and what makes them hard."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from tests.unit.scenes.scene import SHAPE, Field

__all__ = ["between", "grid", "noise", "octaves", "painted", "stripes"]


def grid(shape: tuple[int, int] = SHAPE) -> tuple[Field, Field]:
    """The centres of all pixels, y as (height, 1) and x as (1, width): a pixel covers [i, i + 1)."""
    height, width = shape
    return np.arange(0.5, height)[:, np.newaxis], np.arange(0.5, width)[np.newaxis]


def noise(rng: np.random.Generator, cell: float, shape: tuple[int, int] = SHAPE) -> Field:
    """Smooth noise with hills about ``cell`` pixels apart: (height, width) float64, about −1 to 1."""
    height, width = shape
    rows, columns = (int(size / cell) + 2 for size in shape)
    hills = Image.fromarray(rng.uniform(-1, 1, (rows, columns)).astype(np.float32))
    # A window of the grid, not all of it, so that the cells are square whatever the picture's sides.
    box = (0.5, 0.5, 0.5 + width / cell, 0.5 + height / cell)
    smooth = hills.resize((width, height), Image.Resampling.BICUBIC, box=box)
    return np.asarray(smooth).astype(np.float64)


def octaves(rng: np.random.Generator, cell: float, count: int, shape: tuple[int, int] = SHAPE) -> Field:
    """Noise on several scales, each half as wide and half as strong as the one before: about −1 to 1."""
    layers = [noise(rng, cell / 2**octave, shape) / 2**octave for octave in range(count)]
    total: Field = np.sum(layers, axis=0) / (2 - 2.0 ** (1 - count))
    return total


def stripes(period: float, angle: float, phase: float = 0, shape: tuple[int, int] = SHAPE) -> Field:
    """Soft stripes, ``period`` pixels apart, across the direction ``angle`` (radians): −1 to 1."""
    y, x = grid(shape)
    waves: Field = np.sin(2 * np.pi / period * (x * np.cos(angle) + y * np.sin(angle)) + phase)
    return waves


def painted(color: Sequence[float], *layers: tuple[Field, Sequence[float]]) -> Field:
    """A colour, and patterns (height, width) that each pull it along a direction: (height, width, 3), unclipped."""
    colors: Field = np.sum([pattern[..., np.newaxis] * np.asarray(way) for pattern, way in layers], axis=0)
    colors += np.asarray(color)
    return colors


def between(first: Sequence[float], second: Sequence[float], share: Field) -> Field:
    """From the one colour to the other as ``share`` (height, width) goes from 0 to 1: (height, width, 3)."""
    part = np.clip(share, 0, 1)[..., np.newaxis]
    return np.asarray(first) * (1 - part) + np.asarray(second) * part
