"""Convs by fewer multiplications compute what the Convs did: one by one, and all of them in the published network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from models.recipe import winograd
from models.recipe.graph import Graph, attribute
from models.recipe.networks import clean_modnet, speed_up_modnet
from models.recipe.toom_cook import ONE, scheme
from web.build.project import Project

ROOT = Path(__file__).parents[2]

Array = NDArray[Any]
Rewrite = Callable[[Graph, str, int], None]


@pytest.mark.parametrize(("outputs", "taps"), [(2, 3), (4, 3), (8, 3), (2, 5), (4, 5)])
def test_a_scheme_gives_the_sums_of_products(outputs: int, taps: int) -> None:
    """Float64 throughout: the tolerance leaves four digits to rounding."""
    random = np.random.default_rng(7)
    using = scheme(outputs, taps)
    inputs, weights = random.standard_normal(outputs + taps - 1), random.standard_normal(taps)
    found = using.from_products @ ((using.of_weights @ weights) * (using.of_inputs @ inputs))
    np.testing.assert_allclose(found, np.correlate(inputs, weights, "valid"), atol=1e-12)
    np.testing.assert_array_equal(using.from_products[:, ONE], np.ones(outputs))


def test_a_scheme_with_too_few_points_is_refused() -> None:
    with pytest.raises(ValueError, match="need 11 points"):
        scheme(8, 5)


@pytest.mark.parametrize(
    ("rewrite", "step", "kernel", "size"),
    [
        (winograd.by_rows, 8, 3, (8, 1)),
        (winograd.by_rows, 8, 3, (24, 37)),
        (winograd.by_rows, 4, 5, (12, 9)),
        (winograd.by_tiles, 4, 5, (1, 1)),
        (winograd.by_tiles, 4, 5, (18, 22)),
        (winograd.by_tiles, 4, 5, (16, 31)),
        (winograd.by_tiles, 2, 3, (7, 8)),
    ],
)
def test_a_rewritten_conv_computes_the_same(rewrite: Rewrite, step: int, kernel: int, size: tuple[int, int]) -> None:
    """Against the sum's definition in float64. In float32, results of order 1 may be off by 1e-4."""
    random = np.random.default_rng(11)
    weights = random.standard_normal((6, 5, kernel, kernel)) / kernel
    bias, image = random.standard_normal(6), random.standard_normal((5, *size))
    graph = Graph(one_conv(weights, bias))
    rewrite(graph, "made", step)
    assert [kernel, kernel] not in [attribute(node, "kernel_shape") for node in graph.nodes]
    (found,) = run(graph.to_bytes(), "image", image[None])
    padded = np.pad(image, ((0, 0), (kernel // 2,) * 2, (kernel // 2,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kernel, kernel), axis=(1, 2))
    expected = np.einsum("oikl,ihwkl->ohw", weights, windows) + bias[:, None, None]
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize(
    "changes", [{"strides": [2, 2]}, {"pads": [0, 0, 0, 0]}, {"dilations": [2, 2]}, {"pads": [1, 1, 2, 2]}]
)
@pytest.mark.parametrize("rewrite", [winograd.by_rows, winograd.by_tiles])
def test_another_kind_of_conv_is_refused(rewrite: Rewrite, changes: dict[str, list[int]]) -> None:
    graph = Graph(one_conv(np.ones((2, 2, 3, 3)), np.ones(2), **changes))
    with pytest.raises(ValueError, match="made is not computed"):
        rewrite(graph, "made", 2)


@pytest.fixture(scope="module")
def published() -> onnx.ModelProto:
    """MODNet without its last sigmoid, which would hide differences where it is near 0 or 1."""
    project = Project(ROOT)
    model = onnx.load(project.original_model("modnet").path(project.store))
    model.graph.output[0].name = model.graph.node[-1].input[0]
    return model


@pytest.fixture(scope="module")
def networks(published: onnx.ModelProto) -> tuple[bytes, bytes]:
    graph = Graph(published)
    graph.drop_unused()
    plain = graph.to_bytes()
    clean_modnet(graph)
    speed_up_modnet(graph)
    return plain, graph.to_bytes()


@pytest.mark.parametrize("size", [(512, 512), (288, 544), (320, 256), (32, 1024)])
def test_the_rewritten_network_computes_what_the_published_one_does(
    networks: tuple[bytes, bytes], size: tuple[int, int]
) -> None:
    """Before weights are rounded, on noise over blocks. Logits reach ±30; float rounding moves the worst by
    about 1e-4, and a quarter of that in alpha.
    """
    random = np.random.default_rng(sum(size))
    blocks = random.standard_normal((1, 3, size[0] // 32, size[1] // 32)).repeat(32, axis=2).repeat(32, axis=3)
    image = np.clip(blocks / 2 + random.standard_normal((1, 3, *size)) / 10, -1, 1)
    expected, found = (run(model, "input", image) for model in networks)
    assert np.abs(expected).max() > 10
    np.testing.assert_allclose(found, expected, atol=1e-3)


def one_conv(weights: Array, bias: Array, **changes: list[int]) -> onnx.ModelProto:
    outputs, inputs, kernel, _ = weights.shape
    attributes: dict[str, Any] = {"kernel_shape": [kernel, kernel], "pads": [kernel // 2] * 4, **changes}
    constants = {"weights": weights, "bias": bias}
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", *constants], ["made"], **attributes)],
        "one",
        [helper.make_tensor_value_info("image", onnx.TensorProto.FLOAT, [1, inputs, "height", "width"])],
        [helper.make_tensor_value_info("made", onnx.TensorProto.FLOAT, [1, outputs, "rows", "columns"])],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def run(model: bytes, name: str, image: Array) -> Array:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {name: image.astype(np.float32)})
    return np.asarray(result)
