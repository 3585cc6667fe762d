"""Exact rewrites of MODNet that ONNX Runtime's GPU backends need.

WebGL knows no int64, joins at most two tensors, and caches a shader by the shapes of its inputs alone. WebGPU
(1.30) computes a wrong Conv where the number of input channels is a multiple of 3, but not 3, and none of 4.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper

from .graph import Graph, attribute

TAPS = ":taps"
"""Ends the name of a weight that the recipe adds, and that no shipped file holds."""


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
