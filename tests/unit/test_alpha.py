"""A network's output becomes alpha at the photo's own resolution."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from gossamer.segment import NetworkInput, alpha, native_alpha_u8, network_alpha
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


SIZES = [(1, 1), (3, 500), (500, 3), (64, 64), (65, 63), (333, 777)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("upscale", ["bilinear", "bicubic", "lanczos"])
@pytest.mark.parametrize("level", [0, 1, 128, 254, 255])
def test_what_is_constant_stays_so(size: tuple[int, int], upscale: str, level: int) -> None:
    flat = np.full((32, 48), level / 255, dtype=np.float32)
    result = native_alpha_u8(flat, *size, model(upscale=upscale))
    assert result.dtype == np.uint8
    assert result.shape == size
    np.testing.assert_array_equal(result, level)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_ramp_rises_without_steps_back_and_spans_everything(axis: int) -> None:
    ramp = np.broadcast_to(np.linspace(0, 1, 40, dtype=np.float32)[:, np.newaxis], (40, 40))
    large = native_alpha_u8(np.ascontiguousarray(ramp if axis == 0 else ramp.T), 700, 700, model())
    steps = np.diff(large.astype(int), axis=axis)
    assert steps.min() >= 0
    assert steps.max() <= 1  # enlarged as float: 255 levels over 700 rows leave no step of two
    assert large.min() == 0
    assert large.max() == 255


@pytest.mark.parametrize("strip_pixels", [1, 700, 5000, 70_000])
@pytest.mark.parametrize("upscale", ["bilinear", "bicubic"])
def test_strips_are_the_whole(monkeypatch: pytest.MonkeyPatch, strip_pixels: int, upscale: str) -> None:
    values = np.random.default_rng(5).random((48, 64), dtype=np.float32)
    height, width = 301, 350
    resampling = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}[upscale]
    whole = np.asarray(Image.fromarray(values).resize((width, height), resampling), dtype=np.float64)
    monkeypatch.setattr(alpha, "STRIP_PIXELS", strip_pixels)
    strips = native_alpha_u8(values, height, width, model(upscale=upscale))
    # Half a level for rounding; the rest is Pillow's float32 box: 48 rows hold a place to 4e-6 of a row, and no
    # two rows differ by more than 255 levels (bicubic overshoots before it is clipped).
    assert np.abs(strips - np.clip(whole * 255, 0, 255)).max() <= 0.5 + 0.01


def test_a_small_photo_is_shrunk_to_not_sampled() -> None:
    board = (np.indices((64, 64)).sum(axis=0) % 2).astype(np.float32)
    np.testing.assert_allclose(native_alpha_u8(board, 4, 4, model()), 127.5, atol=8)  # the border cuts the kernel


@pytest.mark.parametrize("height", [1, 7, 49, 333, 1999, 2999, 4001, 10_007])
def test_no_height_reaches_beyond_the_last_row(monkeypatch: pytest.MonkeyPatch, height: int) -> None:
    monkeypatch.setattr(alpha, "STRIP_PIXELS", 97)
    for rows in (32, 288, 341, 512):
        result = native_alpha_u8(np.ones((rows, 2), dtype=np.float32), height, 1, model())
        np.testing.assert_array_equal(result, 255)
