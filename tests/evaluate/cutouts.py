"""Cut-outs of whole photos: made by the pipeline now, or stored as mattes before."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from gossamer import Result
from gossamer.arrays import AlphaU8, RgbaU8, RgbU8, alpha_to_u8
from gossamer.metrics import FloatsF64, composite_error, measure
from tests.evaluate.outcome import ColorErrors, Examine, Matte, Outcome
from tests.evaluate.photos import Photo, read_alpha, read_rgb

__all__ = ["BACKGROUNDS", "color_errors", "judge", "made_by", "stored_in", "with_alpha"]

BACKGROUNDS = {"white": (255, 255, 255), "black": (0, 0, 0), "green": (0, 255, 0)}
# True colours are known only where something of the foreground is seen; where nothing else is, they are the photo's.
MIXED_FROM = 0.05


def made_by(cut_out: Callable[..., Result], options: Mapping[str, Any]) -> Examine:
    """Judge what ``cut_out(path, **options)`` makes of a photo."""

    def examine(photo: Photo) -> tuple[Outcome, Matte]:
        start = time.perf_counter()
        result = cut_out(photo.path("image"), **options)
        timings = {"total": 1000 * (time.perf_counter() - start), **result.timings}
        with Image.open(io.BytesIO(result.data)) as image:
            rgba = np.array(image.convert("RGBA"))
        return judge(photo, result.alpha / 255, rgba, timings)

    return examine


def stored_in(folder: Path) -> Examine:
    """Judge the mattes in ``folder``, ``set__stem.png``, with the photos' own colours."""

    def examine(photo: Photo) -> tuple[Outcome, Matte]:
        alpha = read_alpha(folder / f"{photo.name}.png")
        return judge(photo, alpha, with_alpha(read_rgb(photo.path("image")), alpha), {})

    return examine


def judge(photo: Photo, alpha: FloatsF64, rgba: RgbaU8, timings: dict[str, float]) -> tuple[Outcome, Matte]:
    """Measure a cut-out against the photo's true matte, and its true colours where there are any."""
    truth = read_alpha(photo.path("alpha"))
    scores = measure(alpha, truth)
    colors = color_errors(photo, alpha, truth, rgba) if photo.path("fg").is_file() else {}
    outcome = Outcome(photo, (truth.shape[0], truth.shape[1]), scores["MAD"], scores, timings, colors)
    return outcome, Matte(alpha, truth, rgba)


def color_errors(photo: Photo, alpha: FloatsF64, truth: FloatsF64, rgba: RgbaU8) -> ColorErrors:
    """How far composites are from the true ones where 0.05 < α* < 1, in levels of 255.

    With the cut-out's colours, and with the photo's own, in which the old background is still mixed; the matte is the
    same in both.
    """
    mixed = (truth > MIXED_FROM) & (truth < 1)
    colors = {"own": read_rgb(photo.path("image")), "cut_out": rgba[..., :3]}
    true_color = read_rgb(photo.path("fg")) / 255

    def error(color: RgbU8, background: tuple[int, int, int]) -> float:
        behind = [value / 255 for value in background]
        return 255 * composite_error(color / 255, alpha, true_color, truth, behind, mixed)

    return {
        name: {whose: error(color, background) for whose, color in colors.items()}
        for name, background in BACKGROUNDS.items()
    }


def with_alpha(rgb: RgbU8, alpha: FloatsF64) -> RgbaU8:
    """Colours and a matte as one picture, (height, width, 4) uint8."""
    levels: AlphaU8 = alpha_to_u8(alpha.astype(np.float32))
    return np.dstack([rgb, levels])
