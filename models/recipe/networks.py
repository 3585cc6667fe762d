"""What is done to each network: first all that leaves its results as they are, then its weights."""

from __future__ import annotations

from collections.abc import Callable

from . import cleanup, gpu, winograd
from .graph import Graph
from .storage import conv_weights, store_weights

MODNET_SIX_BITS = ("671", "674", "692")
"""Outputs of the three largest Convs, 60 % of all weights and the least sensitive: the squeeze-excite pair and
the 5×5 Conv after it. The bits that they give up go to all others."""
MODNET_BY_TILES = ("692", "714", "947")
"""Outputs of the 5×5 Convs: with so many taps, tiles of 4×4 pay."""
MODNET_BY_ROWS = ("794", "817", "834", "851", "874", "891", "908", "925", "970", "993")
"""Outputs of the 3×3 Convs at full, half and quarter size; sides are multiples of 32, so 8 rows fit at each."""


def modnet(graph: Graph) -> None:
    store_weights(graph, modnet_wasm(graph), dict.fromkeys(MODNET_SIX_BITS, 6), default=12)


def modnet_wasm(graph: Graph) -> dict[str, str]:
    clean_modnet(graph)
    weights = conv_weights(graph)
    speed_up_modnet(graph)
    return weights


def clean_modnet(graph: Graph) -> None:
    cleanup.fold_batch_norm(graph)
    cleanup.squeeze_excite_as_conv(graph)
    cleanup.raise_opset(graph)


def speed_up_modnet(graph: Graph) -> None:
    for output in MODNET_BY_TILES:
        winograd.by_tiles(graph, output, 4)
    for output in MODNET_BY_ROWS:
        winograd.by_rows(graph, output, 8)


def u2netp(graph: Graph) -> None:
    store_weights(graph, u2netp_wasm(graph), {}, default=16)


def u2netp_wasm(graph: Graph) -> dict[str, str]:
    cleanup.keep_output(graph, "1959")
    cleanup.free_size(graph)
    cleanup.raise_opset(graph)
    return conv_weights(graph)


RECIPES: dict[str, Callable[[Graph], None]] = {"modnet": modnet, "u2netp": u2netp}


def modnet_gpu(graph: Graph) -> dict[str, str]:
    cleanup.fold_batch_norm(graph)
    cleanup.squeeze_excite_as_conv(graph)
    gpu.rewrite(graph)
    return {output: name for output, name in conv_weights(graph).items() if not name.endswith(gpu.TAPS)}


Form = Callable[[Graph], dict[str, str]]
"""Makes of the published graph one for a backend, and gives the names of the weights that the shipped file holds."""

FORMS: dict[str, dict[str, Form]] = {
    "modnet": {"wasm": modnet_wasm, "gpu": modnet_gpu},
    "u2netp": {"wasm": u2netp_wasm},
}
"""Of each network, for each kind of backend that runs it in a browser. The command line runs what ships as it is."""
