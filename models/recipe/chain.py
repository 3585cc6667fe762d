"""Nodes in a row, with their constants, under names of their own."""

from __future__ import annotations

from typing import Any

import onnx
from onnx import helper

from .graph import Array, Graph


class Chain:
    """Nodes and constants that lead to tensor `name`; in between, their names are `<name>:<number>`."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.graph, self.name = graph, name
        self.made: list[onnx.NodeProto] = []
        self._count = 0

    def constant(self, value: Array) -> str:
        name = self._fresh()
        self.graph.constants[name] = value
        return name

    def add(self, op_type: str, *inputs: str, **attributes: Any) -> str:
        output = self._fresh()
        self.made.append(helper.make_node(op_type, inputs, [output], **attributes))
        return output

    def end(self) -> None:
        """What was added last computes `name`."""
        self.made[-1].output[0] = self.name

    def _fresh(self) -> str:
        self._count += 1
        return f"{self.name}:{self._count}"
