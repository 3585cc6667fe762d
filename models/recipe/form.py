"""What makes of a shipped file one with float weights, for browsers.

A form is a graph without its weights, and says where in the shipped file the integers of each weight lie; the browser
puts the same floats together that ONNX Runtime makes of them. On WebAssembly it is faster at that than ONNX Runtime
(`docs/decisions/0017-start.md`). WebGL folds no constants at all, and its file would hold fp32 weights, 26 MB.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from .graph import Array, Graph
from .manifest import RecipeError


def form_name(model: str, kind: str, sha256: str) -> str:
    return f"{model}-{kind}-{sha256[:8]}.json"


def form(graph: Graph, names: Iterable[str], shipped: bytes) -> bytes:
    """JSON: the graph without the weights `names`, and where in the `shipped` file their integers lie.

    In base64: `head`, the fields of the model but for its graph; `graph`, the fields of the graph but for its ends;
    and the ends, its inputs and outputs, with sizes left `open`, which WebGPU takes, or written as 0, as WebGL wants.

    Each of `weights` has `name`, `dims`, `size` (values of a row that are stored; zeros follow), `from` (the first
    of its rows, which are output channels, among the `rows` that are stored), and the places of `scale` (float32 for
    each row) and of the integers' `high` and `low` parts (`offset`, `bits`). In float32,
    weight = high × (2^low.bits × scale) + low × scale. A byte holds 8 / bits digits, of which the lowest belongs to
    the first part of the rows, and so on; `high` is signed: two's complement in 8 bits, else its middle is 0.

    Raises `RecipeError` where the shipped file holds another weight than `graph`.
    """
    whole = graph.to_bytes()
    stored = _Stored(shipped)
    weights = [stored.place(name, graph.constants[name]) for name in names]
    placed = {weight["name"] for weight in weights}
    model = onnx.load_from_string(whole)
    del model.graph.initializer[:]
    model.graph.initializer.extend(
        numpy_helper.from_array(value, name) for name, value in graph.constants.items() if name not in placed
    )
    ends = onnx.GraphProto(input=model.graph.input, output=model.graph.output)
    parts: dict[str, Any] = {"open": onnx.GraphProto(), "zero": ends}
    parts["open"].CopyFrom(ends)
    for value in [*ends.input, *ends.output]:
        for dim in value.type.tensor_type.shape.dim:
            dim.dim_value = dim.dim_value  # what is open has none, which reads as 0
    for field in ("input", "output"):
        model.graph.ClearField(field)
    parts["graph"] = model.graph
    parts["head"] = head = onnx.ModelProto()
    head.CopyFrom(model)
    head.ClearField("graph")
    text = {
        name: base64.b64encode(part.SerializeToString(deterministic=True)).decode() for name, part in parts.items()
    }
    return json.dumps({**text, "weights": weights}, separators=(",", ":")).encode()


class _Stored:
    """The integer weights of a shipped file, as `storage.py` lays them down."""

    def __init__(self, shipped: bytes) -> None:
        self.bytes = shipped
        self.graph = Graph(onnx.load_from_string(shipped))

    def place(self, name: str, expected: Array) -> dict[str, Any]:
        source, _, span = name.partition("[")
        first = 0 if span[:1] in ("", ":") else int(span.split(":")[0])
        add = self.graph.producer(source)
        high, low = (self.graph.producer(part) for part in add.input)
        scale = self.graph.constants[low.input[1]]
        (high_part, high_bits), (low_part, low_bits) = self._part(high), self._part(low)
        found = {
            "name": name,
            "dims": list(expected.shape),
            "size": low_part.size * 8 // low_bits // len(scale),
            "from": first,
            "rows": len(scale),
            "scale": self._offset(scale),
            "high": {"offset": self._offset(high_part), "bits": high_bits},
            "low": {"offset": self._offset(low_part), "bits": low_bits},
        }
        step = scale[first : first + len(expected)].reshape(-1, 1, 1, 1)
        if np.any(np.abs(restored(self.bytes, found) - expected) > step):
            raise RecipeError(f"the shipped file holds another weight {name}")
        return found

    def _part(self, dequantize: onnx.NodeProto) -> tuple[Array, int]:
        """The packed bytes, and how many bits a digit has."""
        name = dequantize.input[0]
        if name in self.graph.constants:
            return self.graph.constants[name], 8
        node = self.graph.producer(name)
        bits = 8 // len(node.input)
        while name not in self.graph.constants:
            name = self.graph.producer(name).input[0]
        return self.graph.constants[name], bits

    def _offset(self, constant: Array) -> int:
        """Equal bytes anywhere in the file are as good."""
        return self.bytes.index(constant.tobytes())


def restored(shipped: bytes, place: dict[str, Any]) -> Array:
    """The float32 weight that a place describes; `web/workers/inference/form.js` does the same."""
    rows, dims, first = place["rows"], place["dims"], place["from"]
    size = place["size"]
    index = np.arange(first * size, (first + dims[0]) * size)
    scale = np.frombuffer(shipped, "<f4", rows, place["scale"])[index // size]
    high_bits, low_bits = place["high"]["bits"], place["low"]["bits"]
    high = _digits(shipped, place["high"], index, rows * size)
    middle = 2 ** (high_bits - 1)
    high = (high ^ middle) - middle if high_bits == 8 else high - middle
    low = _digits(shipped, place["low"], index, rows * size)
    steps = np.float32(2**low_bits) * scale
    rows_of_it = (high.astype(np.float32) * steps + low.astype(np.float32) * scale).reshape(dims[0], size)
    weight: Array = np.pad(rows_of_it, [(0, 0), (0, int(np.prod(dims[1:])) - size)]).reshape(dims)
    return weight


def _digits(shipped: bytes, part: dict[str, int], index: Array, total: int) -> Array:
    bits = part["bits"]
    group = total * bits // 8
    packed = np.frombuffer(shipped, np.uint8, group, part["offset"])[index % group]
    digits: Array = (packed.astype(np.int64) >> (bits * (index // group))) & (2**bits - 1)
    return digits
