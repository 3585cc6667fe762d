"""Integer weights for the wire, float arithmetic at run time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper

from .graph import Graph

Float32 = NDArray[np.float32]
SMALL_TENSOR = 1024


def store_as_integers(graph: Graph) -> None:
    """Replace each Conv's weight by integers and a scale for each output channel.

    The graph restores the float weight as `Cast(integers) × scale`. Both inputs are constants, so every
    runtime that folds constants does this once, at load. `DequantizeLinear` says the same, but ONNX
    Runtime keeps it for the integer kernels unless a session option tells it not to.
    """
    restore = []
    for name in [node.input[1] for node in graph.nodes if node.op_type == "Conv"]:
        weight = graph.constants.get(name)
        if weight is None or weight.size < SMALL_TENSOR:
            continue
        integers, scale = quantise(weight.astype(np.float32))
        del graph.constants[name]
        graph.constants[f"{name}_int"] = integers
        graph.constants[f"{name}_scale"] = scale
        restore.append(helper.make_node("Cast", [f"{name}_int"], [f"{name}_float"], to=TensorProto.FLOAT))
        restore.append(helper.make_node("Mul", [f"{name}_float", f"{name}_scale"], [name]))
    graph.nodes = [*restore, *graph.nodes]


def quantise(weight: Float32) -> tuple[NDArray[np.int8], Float32]:
    """Symmetric int8 with one scale for each output channel.

    `weight`: float32 of shape (out, in, kh, kw). Returns int8 of the same shape in [-127, 127] and float32
    scales of shape (out, 1, 1, 1).
    """
    peak = np.abs(weight).max(axis=(1, 2, 3), keepdims=True).astype(np.float64)
    scale = (np.where(peak > 0, peak, 1.0) / 127).astype(np.float32)
    integers = np.clip(np.rint(weight / scale.astype(np.float64)), -127, 127).astype(np.int8)
    return integers, scale
