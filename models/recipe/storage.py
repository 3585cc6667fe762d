"""How integer weights lie in the file, and the nodes that make them float again.

Every path starts from constants, so a runtime that folds constants walks it once, when it loads the network,
and then computes in float32 as if the file had held floats. `Cast` and `Mul` stand where `DequantizeLinear`
might: ONNX Runtime keeps `DequantizeLinear` for its integer kernels, and runs it again for every picture,
unless a session option tells it not to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from .graph import Array, Graph
from .quantise import channel_scale, round_kernels

INT16_BELOW = 4096
"""Tensors with fewer weights are stored at 16 bits: next to nothing in bytes, and the early ones matter most."""

Integers = NDArray[np.int64]


def store_weights(graph: Graph, bits: Mapping[str, int], default: int) -> None:
    """Store the weights of every Conv as integers: weight = integer × scale of the output channel.

    `bits` gives 6, 12 or 16 by the name of the Conv's output; `default` is for all others. Tensors below
    `INT16_BELOW` always get 16. Raises `ValueError` for a name that no Conv computes.
    """
    convs = [node for node in graph.nodes if node.op_type == "Conv"]
    if unknown := set(bits) - {conv.output[0] for conv in convs}:
        raise ValueError(f"no Conv computes {sorted(unknown)}")
    restore: list[onnx.NodeProto] = []
    for conv in convs:
        name = conv.input[1]
        weight = graph.constants.pop(name).astype(np.float64)
        depth = 16 if weight.size < INT16_BELOW else bits.get(conv.output[0], default)
        scale = channel_scale(weight, depth)
        chain = _Chain(graph, name)
        integers = chain.integers(round_kernels(weight / scale, depth).astype(np.int64), depth)
        chain.add("Mul", integers, chain.constant(scale.astype(np.float32)))
        chain.made[-1].output[0] = name
        restore += chain.made
    graph.nodes = [*restore, *graph.nodes]


class _Chain:
    """Nodes and constants that lead to one weight; in between, their names are `<weight>:<number>`."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.graph, self.name = graph, name
        self.made: list[onnx.NodeProto] = []
        self.count = 0

    def constant(self, value: Array) -> str:
        name = self._fresh()
        self.graph.constants[name] = value
        return name

    def number(self, value: int) -> str:
        return self.constant(np.array(value, dtype=np.float32))

    def add(self, op_type: str, *inputs: str, **attributes: Any) -> str:
        output = self._fresh()
        self.made.append(helper.make_node(op_type, inputs, [output], **attributes))
        return output

    def integers(self, values: Integers, depth: int) -> str:
        """A float tensor of whole numbers: `values`, of `depth` bits with their sign."""
        if depth == 16:
            return self._cast(values.astype(np.int16))
        high, low = np.divmod(values, 16)
        if depth == 12:
            upper = self._cast(high.astype(np.int8))
        elif depth == 6:
            upper = self.add("Sub", self._packed(high + 2, base=4), self.number(2))
        else:
            raise ValueError(f"{self.name}: no storage for {depth} bits")
        return self.add("Add", self.add("Mul", upper, self.number(16)), self._packed(low, base=16))

    def _packed(self, digits: Integers, base: int) -> str:
        """Digits in [0, base), as many to a byte as fit: the lowest is of the first output channels, and so on."""
        count = 8 // int(base - 1).bit_length()
        if digits.shape[0] % count:
            raise ValueError(f"{self.name}: the output channels do not divide by {count}")
        groups = np.split(digits, count)
        rest = self._cast(sum(group * base**place for place, group in enumerate(groups)).astype(np.uint8))
        radix = self.number(base)
        unpacked = []
        for _ in range(count - 1):
            above = self.add("Floor", self.add("Div", rest, radix))
            unpacked.append(self.add("Sub", rest, self.add("Mul", above, radix)))
            rest = above
        return self.add("Concat", *unpacked, rest, axis=0)

    def _cast(self, integers: Array) -> str:
        return self.add("Cast", self.constant(integers), to=TensorProto.FLOAT)

    def _fresh(self) -> str:
        self.count += 1
        return f"{self.name}:{self.count}"
