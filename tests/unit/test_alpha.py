"""A network's output becomes alpha at the network's own size."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gossamer.segment import NetworkInput, network_alpha
from tests.unit.fakes import model


def source(height: int, width: int) -> NetworkInput:
    return NetworkInput(np.zeros((1, 3, 64, 64), dtype=np.float32), (height, width))


def output(values: NDArray[Any]) -> NDArray[np.float32]:
    return values.astype(np.float32)[np.newaxis, np.newaxis]


def test_padding_is_cut_off() -> None:
    values = np.random.default_rng(0).random((64, 64))
    np.testing.assert_array_equal(
        network_alpha(output(values), source(30, 40), model()), values[:30, :40].astype(np.float32)
    )


def test_what_lies_outside_its_range_is_clipped() -> None:
    values = np.array([[-1.0, 0.5, 2.0, np.nan, np.inf, -np.inf]])
    np.testing.assert_array_equal(
        network_alpha(output(values), source(1, 6), model()), np.array([[0, 0.5, 1, 0, 1, 0]], dtype=np.float32)
    )


def test_a_saliency_map_is_stretched_over_what_shows_the_photo() -> None:
    values = np.full((4, 4), 9.0)
    values[:2, :2] = [[0.2, 0.3], [0.4, 0.6]]
    stretched = network_alpha(output(values), source(2, 2), model(stretch=True))
    np.testing.assert_allclose(stretched, [[0, 0.25], [0.5, 1]], atol=1e-6)  # float32 differences


def test_a_flat_saliency_map_holds_no_subject() -> None:
    flat = network_alpha(output(np.full((4, 4), 0.7)), source(4, 4), model(stretch=True))
    np.testing.assert_array_equal(flat, 0)


def test_the_output_of_the_network_is_left_as_it_was() -> None:
    values = output(np.array([[np.nan, 2.0], [0.1, -1.0]]))
    before = values.copy()
    for stretch in (False, True):
        network_alpha(values, source(2, 2), model(stretch=stretch))
    np.testing.assert_array_equal(values, before)
