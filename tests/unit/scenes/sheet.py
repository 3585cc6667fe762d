"""One picture of all scenes, for people to look at."""

import numpy as np
from PIL import Image, ImageDraw

from gossamer.arrays import AlphaF32, AlphaU8, RgbU8, alpha_to_u8
from tests.unit.scenes.scene import SHAPE, Scene
from tests.unit.scenes.score import solved

__all__ = ["contact_sheet"]

MAGENTA = (255, 0, 255)
GAP, LABEL = 4, 12


def contact_sheet(scenes: list[Scene]) -> Image.Image:
    """A row a scene: the picture, trimap, true alpha, truth on magenta; then the alpha found and its cut-out."""
    rows = [_tiles(scene) for scene in scenes]
    height, width = SHAPE
    size = (len(rows[0]) * (width + GAP), len(rows) * (height + LABEL + GAP))
    sheet = Image.new("RGB", size, (32, 32, 32))
    draw = ImageDraw.Draw(sheet)
    for index, (scene, tiles) in enumerate(zip(scenes, rows, strict=True)):
        top = index * (height + LABEL + GAP)
        draw.text((2, top), scene.name, fill=(255, 255, 255))
        for column, tile in enumerate(tiles):
            sheet.paste(Image.fromarray(tile), (column * (width + GAP), top + LABEL))
    return sheet


def _tiles(scene: Scene) -> list[RgbU8]:
    cut_out = solved(scene)
    true = [_grey(alpha_to_u8(scene.alpha)), _rounded(scene.over(MAGENTA))]
    found = [_grey(alpha_to_u8(cut_out.alpha)), _rounded(cut_out.over(MAGENTA))]
    return [scene.image, _grey(scene.trimap), *true, *found]


def _grey(plane: AlphaU8) -> RgbU8:
    return np.repeat(plane[..., np.newaxis], 3, axis=-1)


def _rounded(colors: AlphaF32) -> RgbU8:
    return np.rint(np.clip(colors, 0, 255)).astype(np.uint8)
