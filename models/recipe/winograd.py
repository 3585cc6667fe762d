"""Convs by fewer multiplications: the rewritten graph computes the same, up to float rounding.

ONNX Runtime computes a Conv tap by tap. In WebAssembly, where it multiplies four numbers at a time, the wide
Convs of a matting network are nearly all of its time. A Toom-Cook scheme (`toom_cook.py`) needs n products for m
neighbouring results instead of m × taps; its additions are made by small Convs and MatMuls with constant matrices.
Weights go into the scheme once, when ONNX Runtime folds constants at load.

All handle a Conv of stride 1 with a square, odd kernel, padded to keep its size, for any width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx

from .chain import Chain
from .graph import Array, Graph, attribute
from .toom_cook import ONE, Scheme, scheme


@dataclass(frozen=True)
class _Conv:
    node: onnx.NodeProto
    outputs: int
    """channels"""
    inputs: int
    """channels"""
    size: int
    """of the kernel"""

    @property
    def pad(self) -> int:
        return self.size // 2


def by_rows(graph: Graph, name: str, rows: int) -> None:
    """Let the Conv that computes `name` make `rows` rows at a time; the height must be a multiple of `rows`.

    Sums along x stay as they are, which leaves all copies in whole rows. 8 rows of a 3×3 kernel take 10 × 3
    products where there were 8 × 9.
    """
    conv, chain = _read(graph, name), Chain(graph, name)
    using, (image, weight, bias) = scheme(rows, conv.size), conv.node.input
    count = len(using.of_weights)

    by_tap = chain.add("Reshape", chain.add("Transpose", weight, perm=[2, 0, 1, 3]), _shape(chain, conv.size, -1))
    kernels = chain.add("MatMul", _matrix(chain, using.of_weights), by_tap)
    kernels = chain.add("Reshape", kernels, _shape(chain, count * conv.outputs, conv.inputs, 1, conv.size))
    before, after = ONE * conv.outputs, (count - 1 - ONE) * conv.outputs
    biases = chain.add("Pad", bias, _shape(chain, before, after))

    mixed = chain.add("Transpose", _mix_rows(chain, image, conv, using), perm=[1, 0, 2, 3])
    mixed = chain.add("Reshape", mixed, _shape(chain, 1, count * conv.inputs, -1, 0))
    beside = [0, conv.pad, 0, conv.pad]
    products = chain.add("Conv", mixed, kernels, biases, group=count, kernel_shape=[1, conv.size], pads=beside)

    # As 1 × n × (channels and rows) × width, so that one small Conv turns products to rows.
    products = chain.add("Reshape", products, _shape(chain, 1, count, -1, 0))
    unmix = _matrix(chain, using.from_products[:, :, None, None])
    made = chain.add("Transpose", chain.add("Conv", products, unmix, kernel_shape=[1, 1]), perm=[0, 2, 1, 3])
    chain.add("Reshape", made, _shape(chain, 1, conv.outputs, -1, 0))
    chain.end()
    graph.replace([conv.node], chain.made)


def by_tiles(graph: Graph, name: str, side: int) -> None:
    """Let the Conv that computes `name` make tiles of side × side at a time, of a picture of any height and width.

    4 × 4 results of a 5×5 kernel take 8 × 8 products where there were 16 × 25. Pays for kernels with many taps or
    channels: inputs swell by (8 / 4)².
    """
    conv, chain = _read(graph, name), Chain(graph, name)
    using, (image, weight, bias) = scheme(side, conv.size), conv.node.input
    count = len(using.of_weights)
    both = np.kron(using.of_weights, using.of_weights)
    both = both.reshape(count, count, -1).swapaxes(0, 1).reshape(count**2, -1)  # x before y, as in the products

    taps = chain.add("Reshape", weight, _shape(chain, conv.outputs * conv.inputs, conv.size**2))
    kernels = chain.add("MatMul", _matrix(chain, both), chain.add("Transpose", taps, perm=[1, 0]))
    kernels = chain.add("Reshape", kernels, _shape(chain, count**2, conv.outputs, conv.inputs))

    mixed = _mix_rows(chain, image, conv, using)
    mixed = chain.add("Reshape", mixed, _shape(chain, conv.inputs, 1, -1, 0))
    across = _matrix(chain, using.of_inputs[:, None, None, :])
    tiles = _sliding(chain, mixed, across, [1, count], [1, side], [0, conv.pad, 0, _beyond(conv, side)])
    mixed = chain.add("Reshape", tiles, _shape(chain, conv.inputs, count**2, -1))
    products = chain.add("MatMul", kernels, chain.add("Transpose", mixed, perm=[1, 0, 2]))

    unmix = _matrix(chain, using.from_products)
    columns = chain.add("MatMul", unmix, chain.add("Reshape", products, _shape(chain, count, count, -1)))
    made = chain.add("MatMul", unmix, chain.add("Transpose", columns, perm=[1, 0, 2]))
    made = chain.add("Reshape", made, _grid(chain, tiles, side**2 * conv.outputs))
    made = _cropped(chain, chain.add("DepthToSpace", made, blocksize=side), image)
    chain.add("Add", made, chain.add("Reshape", bias, _shape(chain, 1, -1, 1, 1)))
    chain.end()
    graph.replace([conv.node], chain.made)


def _read(graph: Graph, name: str) -> _Conv:
    """Raises `ValueError` unless `name` is computed by a Conv of the kind that can be rewritten."""
    node = graph.producer(name)
    outputs, inputs, height, width = graph.constants[node.input[1]].shape if node.op_type == "Conv" else (0, 0, 0, 0)
    kept = {"strides": [1, 1], "dilations": [1, 1], "group": 1, "pads": [height // 2] * 4}
    if height != width or height % 2 == 0 or any(attribute(node, key, value) != value for key, value in kept.items()):
        raise ValueError(f"{name} is not computed by a Conv of stride 1 that keeps the size")
    return _Conv(node, outputs, inputs, height)


def _mix_rows(chain: Chain, image: str, conv: _Conv, using: Scheme) -> str:
    """(1, c, h, w) to (c, n, h / m, w): what the products take of each run of n rows, every m rows."""
    step, count = using.from_products.shape
    single = chain.add("Reshape", image, _shape(chain, conv.inputs, 1, -1, 0))
    down = _matrix(chain, using.of_inputs[:, None, :, None])
    return _sliding(chain, single, down, [count, 1], [step, 1], [conv.pad, 0, _beyond(conv, step), 0])


def _beyond(conv: _Conv, step: int) -> int:
    """Zeros below or to the right: enough for the last tile to be whole, whatever the size."""
    return conv.pad + step - 1


def _sliding(chain: Chain, image: str, matrix: str, kernel: list[int], strides: list[int], pads: list[int]) -> str:
    return chain.add("Conv", image, matrix, kernel_shape=kernel, strides=strides, pads=pads)


def _grid(chain: Chain, tiles: str, channels: int) -> str:
    """The shape (1, channels, rows of tiles, tiles in a row), as those of `tiles` (…, tiles in a row)."""
    across = chain.add("Gather", chain.add("Shape", tiles), _shape(chain, 3))
    return chain.add("Concat", _shape(chain, 1, channels, -1), across, axis=0)


def _cropped(chain: Chain, image: str, like: str) -> str:
    """`image` without the rows and columns that `like` does not have."""
    axes = _shape(chain, 2, 3)
    size = chain.add("Gather", chain.add("Shape", like), axes)
    return chain.add("Slice", image, _shape(chain, 0, 0), size, axes)


def _shape(chain: Chain, *numbers: int) -> str:
    return chain.constant(np.array(numbers, dtype=np.int64))


def _matrix(chain: Chain, values: Array) -> str:
    return chain.constant(values.astype(np.float32))
