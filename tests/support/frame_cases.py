"""Frames as Python computes them, of random photos, subjects and wishes: one JSON list, for the page's own to match.

    python frame_cases.py COUNT
"""

import json
import sys
from dataclasses import asdict
from typing import Any

import numpy as np

from gossamer.errors import GossamerError
from gossamer.finish import frame_of, presets
from gossamer.options import Options


def main(count: int) -> None:
    random = np.random.default_rng(5)
    frames = [case for _ in range(count) if (case := frame_case(random)) is not None]
    documents = [document_case(random, name) for name, preset in presets().items() if preset.kind == "document"]
    json.dump({"frames": frames, "documents": documents}, sys.stdout)


def frame_case(random: np.random.Generator) -> dict[str, Any] | None:
    width, height = (int(side) for side in random.integers(20, 200, 2))
    x, y = int(random.integers(0, width - 8)), int(random.integers(0, height - 8))
    w, h = int(random.integers(8, width - x + 1)), int(random.integers(8, height - y + 1))
    alpha = np.zeros((height, width), dtype=np.uint8)
    alpha[y : y + h, x : x + w] = 255
    options: dict[str, Any] = {"crop": [None, "subject", random_box(random)][random.integers(3)]}
    if options["crop"] == "subject":
        options["margin"] = float(random.random())
    if random.random() < 0.4:
        options["aspect"] = float(random.uniform(0.3, 3))
    elif random.random() < 0.5:
        options |= {"width": int(random.integers(1, 500)), "height": int(random.integers(1, 500))}
    if random.random() < 0.3 and "height" not in options:
        options[("width", "height")[random.integers(2)]] = int(random.integers(1, 500))
    try:
        frame = frame_of(Options(**options), alpha)
    except GossamerError:  # beside the photo
        return None
    found = {"box": frame.box, "size": frame.size}
    return {"photo": [width, height], "subject": [x, y, w, h], "framing": options, **found}


def random_box(random: np.random.Generator) -> list[float]:
    return [float(value) for value in random.uniform((-50, -50, 1, 1), (100, 100, 200, 200))]


def document_case(random: np.random.Generator, name: str) -> dict[str, Any]:
    preset = presets()[name]
    head = tuple(int(value) for value in random.integers((0, 0, 50, 80), (400, 500, 300, 400)))
    x, y, width, height = head
    box = preset.placed((x, y, width, height), 1000)
    asked = {key: value for key, value in asdict(preset).items() if value is not None}
    return {"preset": asked, "head": head, "box": box, "pixels": preset.pixels_at(600)}


if __name__ == "__main__":
    main(int(sys.argv[1]))
