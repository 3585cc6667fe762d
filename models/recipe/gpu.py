"""MODNet in the form that ONNX Runtime's GPU backends take: exact rewrites, and weights left in the shipped file.

WebGL knows no int64, joins at most two tensors, and caches a shader by the shapes of its inputs alone. WebGPU
(1.30) computes a wrong Conv where the number of input channels is a multiple of 3, but not 3, and none of 4. WebGL
folds no constants either, so that its file would hold fp32 weights, 26 MB. Instead a form says where in the shipped
file the integers of each weight lie, and the browser puts the same floats together that ONNX Runtime makes of them.
"""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from .graph import Array, Graph, attribute
from .manifest import RecipeError

TAPS = ":taps"
"""Ends the name of a weight that the recipe adds, and that no shipped file holds."""


def form_name(model: str, sha256: str) -> str:
    return f"{model}-gpu-{sha256[:8]}.json"


def split_instance_norms(graph: Graph) -> None:
    """IBNorm normalises the second half of a Conv's channels: give each half a Conv of its own, without any Slice."""
    for norm in [node for node in graph.nodes if node.op_type == "InstanceNormalization"]:
        conv = graph.producer(graph.producer(norm.input[0]).input[0])
        first, second = graph.consumers(conv.output[0])
        if {first.op_type, second.op_type, conv.op_type} != {"Slice", "Conv"} or attribute(conv, "group") != 1:
            raise ValueError("an InstanceNormalization does not normalise one half of a Conv")
        middle = int(graph.constants[second.input[1]][0])
        halves = [_half(graph, conv, first, slice(0, middle)), _half(graph, conv, second, slice(middle, None))]
        graph.replace([conv, first, second], halves)
    graph.drop_unused()


def _half(graph: Graph, conv: onnx.NodeProto, taken: onnx.NodeProto, channels: slice) -> onnx.NodeProto:
    inputs = []
    for name in conv.input[1:]:
        part = f"{name}[{channels.start}:]" if channels.stop is None else f"{name}[:{channels.stop}]"
        graph.constants[part] = graph.constants[name][channels]
        inputs.append(part)
    half = helper.make_node("Conv", [conv.input[0], *inputs], [taken.output[0]])
    half.attribute.extend(conv.attribute)
    return half


def resize_input_by_means(graph: Graph) -> None:
    """Bilinear halving is the mean of 2×2 pixels, quartering that of the middle 2×2 of each 4×4.

    The two would share a shader as Resize, for they have the same input; the second would get the first one's size.
    The quarter gets a fourth channel, of zeros: with it, what it is joined to has 100 channels rather than 99, and so
    have the Convs after that.
    """
    source = graph.model.graph.input[0].name
    for resize in [node for node in graph.consumers(source) if node.op_type == "Resize"]:
        scale = float(graph.constants[resize.input[2]][-1])
        if scale == 0.5:
            mean = helper.make_node("AveragePool", [source], resize.output, kernel_shape=[2, 2], strides=[2, 2])
        elif scale == 0.25:
            taps = np.zeros((4, 3, 4, 4), dtype=np.float32)
            for channel in range(3):
                taps[channel, channel, 1:3, 1:3] = 0.25
            graph.constants[f"{resize.output[0]}{TAPS}"] = taps
            inputs = [source, f"{resize.output[0]}{TAPS}"]
            mean = helper.make_node("Conv", inputs, resize.output, kernel_shape=[4, 4], strides=[4, 4])
            widen(graph, resize.output[0])
        else:
            raise ValueError(f"the input is resized by {scale}")
        graph.replace([resize], [mean])
    graph.drop_unused()


def widen(graph: Graph, name: str) -> None:
    """Give the Convs after a Concat that ends with tensor `name` one more channel of input, with weights of zero."""
    (concat,) = graph.consumers(name)
    if concat.op_type != "Concat" or concat.input[-1] != name:
        raise ValueError(f"{name} is not the end of a Concat")
    for conv in graph.consumers(concat.output[0]):
        if conv.op_type != "Conv":
            raise ValueError(f"{conv.op_type} follows the Concat of {name}")
        weight = graph.constants[conv.input[1]]
        graph.constants[conv.input[1]] = np.pad(weight, [(0, 0), (0, 1), (0, 0), (0, 0)])


def join_in_pairs(graph: Graph) -> None:
    """A Concat of three as two of two."""
    for concat in [node for node in graph.nodes if node.op_type == "Concat" and len(node.input) > 2]:
        axis, chain = attribute(concat, "axis"), []
        joined = concat.input[0]
        for index, name in enumerate(concat.input[1:], 2):
            output = concat.output[0] if index == len(concat.input) else f"{concat.output[0]}:{index}"
            chain.append(helper.make_node("Concat", [joined, name], [output], axis=axis))
            joined = output
        graph.replace([concat], chain)


def rewrite(graph: Graph) -> None:
    split_instance_norms(graph)
    resize_input_by_means(graph)
    join_in_pairs(graph)


def form(graph: Graph, shipped: bytes) -> bytes:
    """JSON: the graph without its Conv weights, and where in the `shipped` file their integers lie.

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
    names = [node.input[1] for node in graph.nodes if node.op_type == "Conv"]
    weights = [stored.place(name, graph.constants[name]) for name in names if not name.endswith(TAPS)]
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
