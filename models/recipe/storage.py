"""How integer weights lie in the file, and the nodes that make them float again.

An integer is split in a high and a low part, so weight = high × (2ⁿ × scale) + low × scale: two
DequantizeLinear and an Add. Parts of 4 or 2 bits share bytes, and come apart by shifts. All of it starts from
constants: ONNX Runtime takes the bytes apart once, at load. DequantizeLinear it keeps by default, and runs it
for every picture; with the session option `session.disable_quant_qdq` = "1" it folds that too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray

from .chain import Chain
from .graph import Float, Graph
from .quantise import channel_scale, round_kernels

INT16_BELOW = 4096
"""Tensors with fewer weights are stored at 16 bits: next to nothing in bytes, and the early ones matter most."""

DEPTHS = {6: (4, 2), 12: (4, 8), 16: (8, 8)}
"""Bits of the low and of the high part."""

Integers = NDArray[np.int64]


def conv_weights(graph: Graph) -> dict[str, str]:
    """The names of the weights of every Conv, by the name of its output."""
    return {node.output[0]: node.input[1] for node in graph.nodes if node.op_type == "Conv"}


def store_weights(graph: Graph, weights: Mapping[str, str], bits: Mapping[str, int], default: int) -> None:
    """Store weights as integers: weight = integer × scale of the output channel.

    `weights` are those that `conv_weights` found, whatever has become of their Conv since. `bits` gives 6, 12
    or 16 by the name of the Conv's output; `default` is for all others. Tensors below `INT16_BELOW` always get
    16. Raises `ValueError` for a name that no Conv computes.
    """
    if unknown := set(bits) - set(weights):
        raise ValueError(f"no Conv computes {sorted(unknown)}")
    restore: list[onnx.NodeProto] = []
    for output, name in weights.items():
        weight = graph.constants.pop(name).astype(np.float64)
        depth = 16 if weight.size < INT16_BELOW else bits.get(output, default)
        scale = channel_scale(weight, depth)
        chain = _Restoring(graph, name)
        chain.weight(round_kernels(weight / scale, depth).astype(np.int64), scale, depth)
        restore += chain.made
    graph.nodes = [*restore, *graph.nodes]


class _Restoring(Chain):
    """Leads to one weight."""

    def weight(self, integers: Integers, scale: Float, depth: int) -> None:
        """Restore `integers` × `scale`; `depth` is the number of bits of an integer, with its sign."""
        if depth not in DEPTHS:
            raise ValueError(f"{self.name}: no storage for {depth} bits")
        low_bits, high_bits = DEPTHS[depth]
        high, low = np.divmod(integers, 2**low_bits)
        low_step = self.constant(scale.reshape(-1).astype(np.float32))
        high_step = self.add("Mul", low_step, self.constant(np.array(2**low_bits, dtype=np.float32)))
        parts = [self._signed(high, high_bits, high_step), self._unsigned(low, low_bits, low_step)]
        self.add("Add", *parts)
        self.end()

    def _signed(self, part: Integers, bits: int, step: str) -> str:
        if bits == 8:
            return self.add("DequantizeLinear", self.constant(part.astype(np.int8)), step, axis=0)
        middle = 2 ** (bits - 1)
        zero = self.constant(np.full(part.shape[0], middle, dtype=np.uint8))
        return self.add("DequantizeLinear", self._packed(part + middle, bits), step, zero, axis=0)

    def _unsigned(self, part: Integers, bits: int, step: str) -> str:
        stored = self.constant(part.astype(np.uint8)) if bits == 8 else self._packed(part, bits)
        return self.add("DequantizeLinear", stored, step, axis=0)

    def _packed(self, digits: Integers, bits: int) -> str:
        """As many digits to a byte as fit: the lowest is of the first output channels, and so on."""
        count = 8 // bits
        if digits.shape[0] % count:
            raise ValueError(f"{self.name}: the output channels do not divide by {count}")
        groups = np.split(digits, count)
        together = np.bitwise_or.reduce([group << bits * place for place, group in enumerate(groups)])
        joined = self.constant(together.astype(np.uint8))
        # Shifted left, a byte loses the digits above the wanted one; shifted right, those below it.
        unpacked = [
            self._shifted(self._shifted(joined, 8 - bits * (place + 1), "LEFT"), 8 - bits, "RIGHT")
            for place in range(count)
        ]
        return self.add("Concat", *unpacked, axis=0)

    def _shifted(self, source: str, by: int, direction: str) -> str:
        if by == 0:
            return source
        return self.add("BitShift", source, self.constant(np.array([by], dtype=np.uint8)), direction=direction)
