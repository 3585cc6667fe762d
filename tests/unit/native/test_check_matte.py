"""The matte that GPUs are checked against is what the shipped network makes of the input that they are given."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

ROOT = Path(__file__).parents[3]
MODELS = json.loads((ROOT / "models/manifest.json").read_bytes())["models"]


@pytest.mark.parametrize("name", [name for name, entry in MODELS.items() if "check" in entry])
def test_the_stored_matte_is_the_shipped_networks(name: str) -> None:
    entry = MODELS[name]
    check = entry["check"]
    size = check["size"]
    # Written out pixel by pixel: another way than that of models/expect.py, whose formula it has.
    picture = [
        [
            200 - 30 * c + 7 * x % 17 if 3 * (x - 32) ** 2 + (y - 36) ** 2 < 1220 else 60 + 20 * c + 6 * y % 13
            for x in range(size)
        ]
        for c in range(3)
        for y in range(size)
    ]
    tensor = (np.array(picture, dtype=np.float32) / 127.5 - 1).reshape(1, 3, size, size)
    session = ort.InferenceSession(ROOT / "dist/models" / entry["file"]["name"], providers=["CPUExecutionProvider"])
    (alpha,) = session.run([entry["output"]["name"]], {entry["input"]["name"]: tensor})
    stored = np.frombuffer((ROOT / "models/checks" / check["file"]["name"]).read_bytes(), np.uint8)
    # One level: ONNX Runtime sums floats in another order on each platform, which can tip a rounding.
    assert np.abs(alpha.reshape(-1) * 255 - stored).max() < 1.5
    soft = (stored > 25) & (stored < 230)
    assert soft.mean() > 0.15, "small errors would not show"
