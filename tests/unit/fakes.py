"""Stand-ins behind the pipeline's one seam, and a way to run coroutines that works on CPython and in Pyodide."""

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np

from gossamer.arrays import RgbaU8, TensorF32
from gossamer.errors import DecoderUnavailable
from gossamer.manifest import Manifest, Model

__all__ = [
    "ROOT",
    "FakeRuntime",
    "Network",
    "bright",
    "everything",
    "manifest_document",
    "manifest_of",
    "model",
    "run",
]

T = TypeVar("T")
Network: TypeAlias = Callable[[TensorF32], TensorF32]

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
    """A manifest of two small networks: ``tiny`` for people and ``other`` for objects, which differ in name alone.

    ``changes`` replace fields of their sections.
    """
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
        "second_look": {"size": 24, "size_min": 24},
        "normalisation": {"divisor": 255, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]},
        "output": {"name": "out", "stretch": False, "edge_error": 0, "weight": 0.02},
    }
    for section in entry.values():
        section.update({name: value for name, value in changes.items() if name in section})
    rule = entry["input"]
    rule["size_min"] = changes.get("size_min", rule["size"])  # every small photo is enlarged, unless a test says not
    models = {"tiny": entry, "other": entry}
    return {"version": 2, "subjects": {"person": "tiny", "object": "other"}, "models": models}


def manifest_of(**changes: Any) -> Manifest:
    return Manifest.from_json(json.dumps(manifest_document(**changes)))


def model(**changes: Any) -> Model:
    return manifest_of(**changes)["tiny"]


def bright(tensor: TensorF32) -> TensorF32:
    """A network to which all that is lighter than mid-grey is the subject: in the mirror, too."""
    found: TensorF32 = (tensor.mean(axis=1, keepdims=True) > 0).astype(np.float32)
    return found


def everything(tensor: TensorF32) -> TensorF32:
    """A network to which the whole photo is the subject."""
    found: TensorF32 = np.ones_like(tensor[:, :1])
    return found


class FakeRuntime:
    """A `gossamer.runtime.Runtime` whose networks are Python functions: ``person`` is ``tiny``, ``thing`` ``other``.

    ``calls`` has the name of each network that ran, and "decode_jpeg", in their order.
    """

    def __init__(
        self,
        person: Network = bright,
        thing: Network = bright,
        *,
        pixels: RgbaU8 | None = None,
        **changes: Any,
    ) -> None:
        self.manifest = manifest_of(**changes)
        self.calls: list[str] = []
        self._networks = {"tiny": person, "other": thing}
        self._pixels = pixels

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        assert tensor.dtype == np.float32
        assert tensor.flags.c_contiguous
        self.calls.append(model)
        return self._networks[model](tensor)

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        assert data.startswith(b"\xff\xd8")
        assert width > 0
        assert height > 0
        self.calls.append("decode_jpeg")
        return self._pixels

    async def decode_heif(self, data: bytes, media_type: str) -> RgbaU8:
        raise DecoderUnavailable(f"{len(data)} bytes of {media_type} are not for this test.")
