#!/usr/bin/env python3
"""Compare what ships with the published fp32 network, on a folder of photos.

    measure.py --fp32 FILE --shipped FILE --photos DIR [--write-card]

Both networks see the same input, made by the pipeline's own code under the manifest's rule. The measure is
the mean absolute difference of alpha (0 to 1), at the network's size and after enlarging, as floats, to the
photo's own size: the limits hold for the latter. The status is 1 where a limit is broken. `--write-card` puts
the figures into the model's card. Needs onnx, onnxruntime and the
package `gossamer` (with NumPy and Pillow).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from PIL import Image, ImageOps

from gossamer.arrays import AlphaF32
from gossamer.decode import Photo, photo_from_pixels
from gossamer.manifest import Manifest, Model
from gossamer.segment.alpha import network_alpha
from gossamer.segment.network_input import network_input
from recipe.cleanup import free_size
from recipe.graph import Graph
from recipe.manifest import MANIFEST_PATH, sha256_hex

MEDIAN_LIMIT = 0.0015
WORST_LIMIT = 0.006
PHOTO_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}
NOT_PHOTOS = {"alpha", "fg", "trimap1", "trimap2"}
"""Folders of a matting data set that hold ground truth."""

CARDS = MANIFEST_PATH.parent / "cards"
MARKERS = ("<!-- fidelity: begin -->", "<!-- fidelity: end -->")


@dataclass(frozen=True)
class Difference:
    """Mean absolute difference of alpha for one photo."""

    photo: str
    at_network_size: float
    at_photo_size: float


def measure(fp32: Path, shipped: Path, photos: list[Path], model: Model) -> list[Difference]:
    # The published file may be declared for one size only, and pictures come in many.
    original = Graph(onnx.load(fp32))
    free_size(original)
    networks = [session(original.to_bytes()), session(shipped.read_bytes())]
    return [difference(networks, path, model) for path in photos]


def difference(networks: list[Any], path: Path, model: Model) -> Difference:
    photo = read_photo(path)
    source = network_input(photo, model.input, model.normalisation)
    alphas = [
        network_alpha(network.run([model.output_name], {model.input_name: source.tensor})[0], source, model)
        for network in networks
    ]
    enlarged = [enlarge(alpha, *photo.size) for alpha in alphas]
    return Difference(path.name, mean_difference(*alphas), mean_difference(*enlarged))


def read_photo(path: Path) -> Photo:
    with Image.open(path) as file:
        image = ImageOps.exif_transpose(file).convert("RGBA")
    return photo_from_pixels(image.tobytes(), *image.size)


def enlarge(alpha: AlphaF32, height: int, width: int) -> AlphaF32:
    """(height, width) float32 in [0, 1]: unrounded, so that differences below one byte level count."""
    image = Image.fromarray(alpha).resize((width, height), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image, dtype=np.float32), 0, 1)


def mean_difference(one: AlphaF32, other: AlphaF32) -> float:
    return float(np.mean(np.abs(one.astype(np.float64) - other)))


def session(network: bytes) -> Any:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def find_photos(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in PHOTO_SUFFIXES and path.parent.name not in NOT_PHOTOS
    )


def find_model(shipped: Path) -> Model:
    """The model of the manifest that the bytes of `shipped` belong to."""
    digest = sha256_hex(shipped.read_bytes())
    for model in Manifest.from_json(MANIFEST_PATH.read_bytes()).models.values():
        if model.sha256 == digest:
            return model
    raise SystemExit(f"measure: {shipped.name} is not a file that manifest.json pins")


def fidelity_table(rows: list[Difference], model: Model) -> str:
    lines = [
        f"| mean abs. difference of alpha, {len(rows)} photos | median | mean | worst |",
        "|---|---|---|---|",
    ]
    for label, values in (
        ("at the network's size", [row.at_network_size for row in rows]),
        ("at the photo's size", [row.at_photo_size for row in rows]),
    ):
        lines.append(f"| {label} | {np.median(values):.5f} | {np.mean(values):.5f} | {max(values):.5f} |")
    command = "python models/measure.py --fp32 FP32 --shipped SHIPPED --photos PHOTOS --write-card"
    return "\n".join(
        [*lines, "", f"`{model.file}`, onnxruntime {ort.__version__} on the CPU:", f"`{command}`"]
    )


def write_card(card: Path, table: str) -> None:
    """Put `table` between the markers of `card`."""
    text = card.read_text(encoding="utf-8")
    begin, end = MARKERS
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"measure: {card.name} has no fidelity markers")
    card.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compare a shipped network with its fp32 original.")
    parser.add_argument("--fp32", type=Path, required=True)
    parser.add_argument("--shipped", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True, help="searched with its subfolders")
    parser.add_argument("--write-card", action="store_true", help="put the figures into the model's card")
    args = parser.parse_args(argv)

    model = find_model(args.shipped)
    photos = find_photos(args.photos)
    if not photos:
        parser.error(f"no photos in {args.photos}")
    rows = measure(args.fp32, args.shipped, photos, model)
    for row in rows:
        print(f"{row.at_network_size:.5f}  {row.at_photo_size:.5f}  {row.photo}")
    table = fidelity_table(rows, model)
    print(f"\n{table}")
    if args.write_card:
        write_card(CARDS / f"{model.name}.md", table)
    values = [row.at_photo_size for row in rows]
    within = float(np.median(values)) <= MEDIAN_LIMIT and max(values) <= WORST_LIMIT
    print(f"\n{'within' if within else 'OUTSIDE'} the limits: median {MEDIAN_LIMIT}, worst {WORST_LIMIT}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
