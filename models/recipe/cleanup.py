"""Exact rewrites: the cleaned graph computes what the published one computes, up to float rounding."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper

from .graph import Float, Graph, attribute


def raise_opset(graph: Graph) -> None:
    """From opset 11 to 13, the first whose DequantizeLinear takes a scale for each channel.

    Of the operators in these networks only Unsqueeze changed its form: its axes became an input.
    """
    (opset,) = graph.model.opset_import
    if opset.version != 11:
        raise ValueError(f"the graph has opset {opset.version}, not 11")
    opset.version = 13
    for index, node in enumerate(graph.nodes):
        if node.op_type == "Unsqueeze":
            axes = np.array(attribute(node, "axes"), dtype=np.int64)
            graph.constants[f"{node.output[0]}:axes"] = axes
            graph.nodes[index] = helper.make_node(
                "Unsqueeze", [node.input[0], f"{node.output[0]}:axes"], [node.output[0]]
            )


def keep_output(graph: Graph, name: str) -> None:
    """Drop every graph output but `name`, and all that only the others needed."""
    outputs = graph.model.graph.output
    kept = [output for output in outputs if output.name == name]
    if not kept:
        raise ValueError(f"the graph has no output {name!r}")
    del outputs[:]
    outputs.extend(kept)
    graph.drop_unused()


def free_size(graph: Graph) -> None:
    """Let the network take pictures of any size, where only the declared shapes held it to one."""
    for value in [*graph.model.graph.input, *graph.model.graph.output]:
        dims = value.type.tensor_type.shape.dim
        for dim, name in zip(dims, ("", "", "height", "width"), strict=True):
            if name:
                dim.dim_param = name


def fold_batch_norm(graph: Graph) -> None:
    """Fold each BatchNormalization into the Conv before it.

    MODNet's IBNorm slices a Conv's channels in two and batch-normalises the first half; the affine map
    then goes into that half of the Conv's filters, and the slice stays.
    """
    for norm in [node for node in graph.nodes if node.op_type == "BatchNormalization"]:
        source = graph.producer(norm.input[0])
        conv, first, count = source, 0, None
        if source.op_type == "Slice":
            starts, ends, axes = (graph.constants[name].tolist() for name in source.input[1:4])
            if axes != [1] or graph.constants[source.input[4]].tolist() != [1]:
                raise ValueError("a BatchNormalization follows a Slice that is not a run of channels")
            conv, first, count = graph.producer(source.input[0]), starts[0], ends[0] - starts[0]
        if conv.op_type != "Conv":
            raise ValueError(f"a BatchNormalization follows {conv.op_type}, not Conv")
        scale, offset = _affine(graph, norm)
        span = slice(first, first + (len(scale) if count is None else count))
        weight = graph.constants[conv.input[1]].astype(np.float64)
        bias = graph.constants[conv.input[2]].astype(np.float64)
        weight[span] *= scale[:, None, None, None]
        bias[span] = bias[span] * scale + offset
        graph.constants[conv.input[1]] = weight.astype(np.float32)
        graph.constants[conv.input[2]] = bias.astype(np.float32)
        for consumer in graph.consumers(norm.output[0]):
            consumer.input[:] = [norm.input[0] if x == norm.output[0] else x for x in consumer.input]
        graph.nodes.remove(norm)
    graph.drop_unused()


def squeeze_excite_as_conv(graph: Graph) -> None:
    """Write Reshape → MatMul → Relu → MatMul → Sigmoid → Reshape → Expand as two 1×1 Convs.

    Leaves the graph without shape arithmetic, and the gate multiplies by broadcasting instead of
    being expanded to full size first.
    """
    for pool in [node for node in graph.nodes if node.op_type == "GlobalAveragePool"]:
        chain = [pool]
        for op_type in ("Reshape", "MatMul", "Relu", "MatMul", "Sigmoid", "Reshape", "Expand", "Mul"):
            (following,) = graph.consumers(chain[-1].output[0])
            if following.op_type != op_type:
                raise ValueError(f"squeeze-excite: expected {op_type}, found {following.op_type}")
            chain.append(following)
        _, squeeze, relu, excite, sigmoid, _, _, gate = chain[1:]
        for matmul in (squeeze, excite):
            graph.constants[matmul.input[1]] = graph.constants[matmul.input[1]].T[:, :, None, None].copy()
        features = pool.input[0]
        graph.replace(
            chain[1:],
            [
                helper.make_node("Conv", [pool.output[0], squeeze.input[1]], [squeeze.output[0]]),
                relu,
                helper.make_node("Conv", [relu.output[0], excite.input[1]], [excite.output[0]]),
                sigmoid,
                helper.make_node("Mul", [features, sigmoid.output[0]], [gate.output[0]]),
            ],
        )
    graph.drop_unused()


def _affine(graph: Graph, norm: onnx.NodeProto) -> tuple[Float, Float]:
    """Scale and offset, float64 of shape (channels,), that a BatchNormalization applies at inference."""
    gamma, beta, mean, variance = (graph.constants[x].astype(np.float64) for x in norm.input[1:5])
    epsilon: float = attribute(norm, "epsilon", 1e-5)
    scale = gamma / np.sqrt(variance + epsilon)
    return scale, beta - mean * scale
