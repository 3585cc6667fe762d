"""A contact sheet: what the numbers mean, to look at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from gossamer.arrays import alpha_to_u8
from gossamer.compose import over_color
from gossamer.metrics import FloatsF64
from tests.evaluate.outcome import Matte, Outcome
from tests.evaluate.photos import read_rgb

__all__ = ["row", "stack"]

SIDE, GAP, TEXT = 280, 8, 16
COLUMNS = 4
WIDTH = COLUMNS * (SIDE + GAP) + GAP
MAGENTA = (255, 0, 255)
PAPER, INK = (40, 40, 40), (240, 240, 240)


def row(outcome: Outcome, matte: Matte) -> Image.Image:
    """A photo, its matte, the cut-out on magenta and the absolute error (white is 1), below its name and MAD."""
    pictures = [
        read_rgb(outcome.photo.path("image")),
        _gray(matte.alpha),
        over_color(matte.rgba.copy(), MAGENTA)[..., :3],
        _gray(np.abs(matte.alpha - matte.truth)),
    ]
    thumbnails = [_thumbnail(picture) for picture in pictures]
    top = GAP + TEXT + GAP // 2
    image = Image.new("RGB", (WIDTH, top + max(thumbnail.height for thumbnail in thumbnails)), PAPER)
    label = f"{outcome.photo.name}   MAD {outcome.mad:.4f}"
    ImageDraw.Draw(image).text((GAP, GAP), label, fill=INK, font=ImageFont.load_default(size=TEXT - 2))
    for column, thumbnail in enumerate(thumbnails):
        image.paste(thumbnail, (GAP + column * (SIDE + GAP), top))
    return image


def stack(rows: Sequence[Image.Image]) -> Image.Image:
    """All rows, one below the other."""
    sheet = Image.new("RGB", (WIDTH, sum(one.height for one in rows) + GAP), PAPER)
    top = 0
    for one in rows:
        sheet.paste(one, (0, top))
        top += one.height
    return sheet


def _gray(values: FloatsF64) -> NDArray[np.uint8]:
    return alpha_to_u8(values.astype(np.float32))


def _thumbnail(pixels: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.thumbnail((SIDE, SIDE))
    return image
