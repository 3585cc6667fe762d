"""Small operations on an ONNX graph, shared by the steps of the recipe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

Array = NDArray[Any]
Float = NDArray[np.float64]


class Graph:
    """A view of one ONNX graph with its constants and the links between its nodes.

    Constants (initialisers and `Constant` nodes alike) are held in `constants` by name and written
    back by `to_model`. Nodes stay in topological order: steps replace nodes in place.
    """

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.constants: dict[str, Array] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer
        }
        self.nodes: list[onnx.NodeProto] = []
        for node in model.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                self.nodes.append(node)

    @property
    def outputs(self) -> list[str]:
        return [output.name for output in self.model.graph.output]

    def producer(self, name: str) -> onnx.NodeProto:
        """The node that computes tensor `name`. Raises `KeyError` for an input or a constant."""
        for node in self.nodes:
            if name in node.output:
                return node
        raise KeyError(name)

    def consumers(self, name: str) -> list[onnx.NodeProto]:
        return [node for node in self.nodes if name in node.input]

    def replace(self, old: Iterable[onnx.NodeProto], new: Iterable[onnx.NodeProto]) -> None:
        """Put `new` where the last of `old` stood, and remove `old`."""
        gone = {id(node) for node in old}
        last = max(index for index, node in enumerate(self.nodes) if id(node) in gone)
        before = [node for node in self.nodes[:last] if id(node) not in gone]
        after = [node for node in self.nodes[last + 1 :] if id(node) not in gone]
        self.nodes = [*before, *new, *after]

    def drop_unused(self) -> None:
        """Remove nodes and constants that no output needs."""
        needed = set(self.outputs)
        kept: list[onnx.NodeProto] = []
        for node in reversed(self.nodes):
            if needed.intersection(node.output):
                kept.append(node)
                needed.update(node.input)
        self.nodes = kept[::-1]
        self.constants = {name: value for name, value in self.constants.items() if name in needed}

    def share_equal_constants(self) -> None:
        """Let equal constants be one: exporters repeat the bounds of every Clip and Slice."""
        first: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        alias: dict[str, str] = {}
        for name, value in self.constants.items():
            alias[name] = first.setdefault((value.dtype.str, value.shape, value.tobytes()), name)
        for node in self.nodes:
            node.input[:] = [alias.get(name, name) for name in node.input]
        self.constants = {name: self.constants[name] for name in first.values()}

    def to_bytes(self) -> bytes:
        """The model as one self-contained file; the same graph gives the same bytes."""
        graph = self.model.graph
        del graph.node[:], graph.initializer[:], graph.value_info[:]
        graph.node.extend(self.nodes)
        graph.initializer.extend(
            numpy_helper.from_array(value, name) for name, value in self.constants.items()
        )
        for node in graph.node:
            node.ClearField("name")
            node.ClearField("doc_string")
        onnx.checker.check_model(self.model, full_check=True)
        data: bytes = self.model.SerializeToString(deterministic=True)
        return data


def attribute(node: onnx.NodeProto, name: str, default: Any = None) -> Any:
    for candidate in node.attribute:
        if candidate.name == name:
            return onnx.helper.get_attribute_value(candidate)
    return default
