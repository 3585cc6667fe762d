"""Stand-ins behind the pipeline's one seam, and a way to run coroutines that works on CPython and in Pyodide."""

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from gossamer.arrays import RgbaU8, TensorF32
from gossamer.manifest import Manifest, Model

__all__ = ["ROOT", "FakeRuntime", "manifest_document", "manifest_of", "model", "run"]

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that waits for nothing outside itself, without an event loop: Pyodide's can't be blocked."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("the coroutine waits for something outside the test")


def manifest_document(**changes: Any) -> dict[str, Any]:
    """A manifest of one small network, ``tiny``. ``changes`` replace fields of its sections."""
    entry: dict[str, Any] = {
        "file": {"name": "tiny.onnx", "bytes": 3, "sha256": "ab" * 32},
        "input": {
            "name": "in",
            "rule": "long_side",
            "size": 32,
            "long_side_max": None,
            "multiple": 8,
            "fit": "round",
            "downscale": "bilinear",
        },
        "normalisation": {"divisor": 255, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]},
        "output": {"name": "out", "stretch": False, "upscale": "bilinear"},
    }
    for section in entry.values():
        section.update({name: value for name, value in changes.items() if name in section})
    rule = entry["input"]
    rule["size_min"] = changes.get("size_min", rule["size"])  # every small photo is enlarged, unless a test says not
    return {"version": 1, "default": "tiny", "models": {"tiny": entry}}


def manifest_of(**changes: Any) -> Manifest:
    return Manifest.from_json(json.dumps(manifest_document(**changes)))


def model(**changes: Any) -> Model:
    return manifest_of(**changes)["tiny"]


def left_half(tensor: TensorF32) -> TensorF32:
    """A network that finds a subject in the left half of every photo."""
    _, _, height, width = tensor.shape
    alpha = np.zeros((1, 1, height, width), dtype=np.float32)
    alpha[..., : width // 2] = 1
    return alpha


class FakeRuntime:
    """A `gossamer.runtime.Runtime` of one network, ``tiny``, that is a Python function."""

    def __init__(
        self,
        network: Callable[[TensorF32], TensorF32] = left_half,
        pixels: RgbaU8 | None = None,
        **changes: Any,
    ) -> None:
        self.manifest = manifest_of(**changes)
        self.calls: list[str] = []
        self._network = network
        self._pixels = pixels

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        assert model == "tiny"
        assert tensor.dtype == np.float32
        assert tensor.flags.c_contiguous
        self.calls.append("infer")
        return self._network(tensor)

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        assert data.startswith(b"\xff\xd8")
        assert width > 0
        assert height > 0
        self.calls.append("decode_jpeg")
        return self._pixels
