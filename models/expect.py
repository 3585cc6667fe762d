#!/usr/bin/env python3
"""Compute the matte that any backend must reproduce before it is trusted with photos, and pin it in the manifest.

    expect.py --shipped DIR

The input is a formula, so that only the output needs to be stored: one byte a pixel, 0 to 255, as ONNX Runtime's CPU
computes it. Run it after a change of the recipe. Needs onnxruntime and NumPy.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from recipe.manifest import MANIFEST_PATH, load_manifest, save_manifest, sha256_hex

CHECKS = MANIFEST_PATH.parent / "checks"
SIZE = 64
"""The smallest side at which MODNet finds anything; a GPU in software needs seconds for it."""
CHECKED = ("modnet",)
"""The networks that a GPU may run."""


def check_input(size: int = SIZE) -> NDArray[np.float32]:
    """(1, 3, size, size) float32 in [-1, 1]: a light disc on dark ground, both finely striped.

    `web/workers/inference/check.js` has the same formula. Of some hundred patterns tried this is one of those with
    most soft pixels: a fifth of the matte lies between 0.1 and 0.9, where small errors show.
    """
    y, x = np.mgrid[0:size, 0:size]
    inside = 3 * (x - 32) ** 2 + (y - 36) ** 2 < 1220
    planes = [np.where(inside, 200 - 30 * c + 7 * x % 17, 60 + 20 * c + 6 * y % 13) for c in range(3)]
    return (np.stack(planes)[None] / 127.5 - 1).astype(np.float32)


def expected(network: bytes, input_name: str, output_name: str) -> bytes:
    """The matte of `check_input`, row by row, one byte a pixel."""
    session = ort.InferenceSession(network, providers=["CPUExecutionProvider"])
    alpha = session.run([output_name], {input_name: check_input()})[0]
    matte: NDArray[np.uint8] = np.rint(np.clip(alpha, 0, 1) * 255).astype(np.uint8)
    return matte.tobytes()


def pin(name: str, entry: dict[str, Any], shipped: Path) -> Path:
    """Write the matte of one model, and its pin into `entry`."""
    network = (shipped / entry["file"]["name"]).read_bytes()
    matte = expected(network, entry["input"]["name"], entry["output"]["name"])
    digest = sha256_hex(matte)
    file_name = f"{name}-check-{digest[:8]}.bin"
    entry["check"] = {"size": SIZE, "file": {"name": file_name, "bytes": len(matte), "sha256": digest}}
    for old in CHECKS.glob(f"{name}-check-*.bin"):
        old.unlink()
    CHECKS.mkdir(exist_ok=True)
    target: Path = CHECKS / file_name
    target.write_bytes(matte)
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description="Compute the mattes that backends are checked against.")
    parser.add_argument("--shipped", type=Path, required=True, help="folder of the files that ship")
    args = parser.parse_args()
    manifest = load_manifest()
    for name in CHECKED:
        print(pin(name, manifest["models"][name], args.shipped))
    save_manifest(manifest)


if __name__ == "__main__":
    main()
