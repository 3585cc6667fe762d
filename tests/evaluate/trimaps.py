"""Mattes from given trimaps: how well the unknown band is solved, apart from how it is found."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import RgbU8
from gossamer.metrics import FloatsF64, conn, grad, mad, mse, sad
from tests.evaluate.cutouts import with_alpha
from tests.evaluate.outcome import Examine, Matte, Outcome
from tests.evaluate.photos import Photo, read_alpha, read_bytes, read_rgb

__all__ = ["Estimator", "closed_form", "given", "own"]

Estimator: TypeAlias = Callable[[RgbU8, NDArray[np.uint8]], NDArray[np.floating[Any]]]
"""From a photo (h, w, 3) and a trimap (h, w) of 0, 128 and 255 to alpha (h, w) in [0, 1]."""


def own() -> Estimator:
    """The pipeline's own."""
    estimator: Estimator = import_module("gossamer.matting").estimate_alpha
    return estimator


def closed_form() -> Estimator:
    """Closed-form matting (Levin et al., CVPR 2006) by PyMatting, which is no part of the test environment."""
    pymatting = import_module("pymatting")

    def estimate(rgb: RgbU8, trimap: NDArray[np.uint8]) -> NDArray[np.floating[Any]]:
        alpha: NDArray[np.floating[Any]] = pymatting.estimate_alpha_cf(rgb / 255, trimap / 255)
        return alpha

    return estimate


def given(kind: str, estimator: Estimator, rival: Estimator | None = None) -> Examine:
    """Judge the estimator inside the unknown band of trimaps ``set/kind/stem.png``.

    The rival solves the same ones in turn; its columns start with ``cf``, and ``cf time ×`` is how many times as long
    it took.
    """
    for function in filter(None, (estimator, rival)):
        _warm_up(function)

    def examine(photo: Photo) -> tuple[Outcome, Matte]:
        rgb, trimap = read_rgb(photo.path("image")), read_bytes(photo.path(kind))
        truth = read_alpha(photo.path("alpha"))
        unknown = (trimap > 0) & (trimap < 255)
        pixels = int(np.count_nonzero(unknown)) or 1

        alpha, seconds = _timed(estimator, rgb, trimap)
        scores = {
            "MSE‰": 1000 * mse(alpha, truth, unknown),
            "SAD": sad(alpha, truth, unknown),
            "Grad": grad(alpha, truth, unknown),
            "Conn": conn(alpha, truth, unknown),
            "px": float(pixels),
            "µs/px": 1e6 * seconds / pixels,
        }
        if rival is not None:
            other, other_seconds = _timed(rival, rgb, trimap)
            scores["cf MSE‰"] = 1000 * mse(other, truth, unknown)
            scores["cf µs/px"] = 1e6 * other_seconds / pixels
            scores["cf time ×"] = other_seconds / seconds
        size = (truth.shape[0], truth.shape[1])
        outcome = Outcome(photo, size, mad(alpha, truth), scores, {"total": 1000 * seconds})
        return outcome, Matte(alpha, truth, with_alpha(rgb, alpha))

    return examine


def _timed(estimator: Estimator, rgb: RgbU8, trimap: NDArray[np.uint8]) -> tuple[FloatsF64, float]:
    """Alpha, and the seconds it took."""
    start = time.perf_counter()
    alpha = estimator(rgb, trimap)
    seconds = time.perf_counter() - start
    return alpha.astype(np.float64), seconds


def _warm_up(estimator: Estimator) -> None:
    """Run once on a small picture, so that what is compiled or loaded on first use is not counted."""
    rgb = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    trimap = np.repeat(np.array([0, 128, 128, 255], dtype=np.uint8), 8)
    estimator(rgb, np.tile(trimap, (32, 1)))
