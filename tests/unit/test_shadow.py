"""Shadows: where they lie, where there is none, and that they are composited by the textbook."""

from typing import Any

import numpy as np
import pytest

from gossamer.arrays import AlphaU8, RgbaU8
from gossamer.finish import Frame, ShadowLayer, cast_shadow, shadow_layer, subject_box
from gossamer.options import Shadow
from tests.unit.pictures import noise

HEIGHT, WIDTH = 300, 400
WHOLE = Frame((0, 0, WIDTH, HEIGHT), (HEIGHT, WIDTH))


def matte(*boxes: tuple[int, int, int, int]) -> AlphaU8:
    """Opaque in boxes of x, y, width and height."""
    alpha = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    for x, y, w, h in boxes:
        alpha[y : y + h, x : x + w] = 255
    return alpha


def ball() -> AlphaU8:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.where(np.hypot(x - 200, y - 140) < 100, np.uint8(255), np.uint8(0))


TABLE = matte((100, 100, 200, 30), (100, 130, 20, 110), (280, 130, 20, 110))
BOX = matte((120, 60, 160, 180))
STANDING = {"a box": BOX, "a table": TABLE, "a ball": ball()}


def made(alpha: AlphaU8, **shadow: float) -> ShadowLayer:
    layer = shadow_layer(alpha, Shadow(**shadow))
    assert layer is not None
    return layer


def cast(alpha: AlphaU8, frame: Frame = WHOLE, **shadow: float) -> AlphaU8:
    """What a shadow alone gives, beside the subject: its opacity."""
    rgba = np.zeros((*frame.size, 4), dtype=np.uint8)
    cast_shadow(rgba, alpha, Shadow(**shadow), frame)
    return rgba[..., 3]


@pytest.mark.parametrize("alpha", STANDING.values(), ids=STANDING)
def test_it_lies_along_the_lower_edge_and_nowhere_else(alpha: AlphaU8) -> None:
    box = subject_box(alpha)
    assert box is not None
    opacity = cast(alpha).astype(int)
    rows = opacity.sum(axis=1)
    ground = box[1] + box[3]
    darkest = int(np.argmax(opacity.max(axis=1)))
    assert abs(darkest - ground) < 0.03 * box[3]
    assert rows[: ground - box[3] // 4].max() < 0.05 * rows.max(), "none up the sides, and none above"
    columns = opacity.sum(axis=0)
    middle = (columns * np.arange(WIDTH)).sum() / columns.sum()
    assert abs(middle - (box[0] + box[2] / 2)) < 2, "below its middle"


def test_a_table_touches_with_its_legs() -> None:
    opacity = cast(TABLE)[240:246].max(axis=0).astype(int)
    assert min(opacity[110], opacity[290]) > 1.6 * opacity[200]
    assert opacity[200] > 0, "and keeps some light off the ground between them"


def test_a_ball_touches_at_its_lowest_point() -> None:
    opacity = cast(ball())[241:246].max(axis=0).astype(int)
    assert np.argmax(opacity) == pytest.approx(200, abs=5)
    assert opacity[120] < opacity[200] / 3


@pytest.mark.parametrize(
    "boxes",
    [
        [(100, 150, 200, 150)],
        [(160, 60, 80, 100), (60, 160, 280, 140)],  # head and shoulders
        [(0, 100, 400, 200)],
    ],
)
def test_what_the_lower_edge_of_the_picture_cuts_off_casts_none(boxes: list[Any]) -> None:
    assert shadow_layer(matte(*boxes), Shadow()) is None
    assert cast(matte(*boxes)).max() == 0


def test_nothing_casts_none_and_no_strength_neither() -> None:
    assert shadow_layer(matte(), Shadow()) is None
    assert shadow_layer(BOX, Shadow(strength=0)) is None


def test_strength_darkens_and_softness_spreads() -> None:
    weak, strong = made(BOX, strength=0.2).opacity, made(BOX, strength=1).opacity
    assert weak.max() < strong.max() / 2
    assert strong.max() > 230
    crisp, soft = made(BOX, softness=0).box, made(BOX, softness=1).box
    assert crisp[2] < soft[2]
    assert crisp[3] < soft[3]


@pytest.mark.parametrize("alpha", STANDING.values(), ids=STANDING)
@pytest.mark.parametrize("softness", [0, 0.5, 1])
def test_a_layer_ends_in_nothing_on_all_sides(alpha: AlphaU8, softness: float) -> None:
    opacity = made(alpha, strength=1, softness=softness).opacity
    border = np.concatenate([opacity[0], opacity[-1], opacity[:, 0], opacity[:, -1]])
    assert border.max() <= 3  # of 255: three standard deviations out


def test_the_layer_is_small_and_lies_where_the_shadow_is_whatever_the_size() -> None:
    small = made(BOX)
    large = made(np.kron(BOX, np.ones((10, 10), dtype=np.uint8)))
    assert max(large.opacity.shape) < 600
    assert np.array(large.box) / 10 == pytest.approx(np.array(small.box), abs=3)


def test_it_is_the_same_shadow_at_every_size() -> None:
    whole = cast(BOX).astype(int)
    half = cast(BOX, Frame((0, 0, WIDTH, HEIGHT), (HEIGHT // 2, WIDTH // 2))).astype(int)
    means = whole.reshape(HEIGHT // 2, 2, WIDTH // 2, 2).mean(axis=(1, 3))
    assert np.abs(half - means).max() < 12
    moved = cast(BOX, Frame((50, -20, WIDTH, HEIGHT), (HEIGHT, WIDTH))).astype(int)
    np.testing.assert_array_equal(moved[20:, :-50], whole[:-20, 50:])


def test_a_frame_beside_the_shadow_has_none_of_it() -> None:
    assert cast(BOX, Frame((0, 0, 100, 40), (40, 100))).max() == 0


def over(rgba: RgbaU8, opacity: AlphaU8) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The textbook's over operator, straight alpha, onto black."""
    own, below = rgba[..., 3:] / 255, opacity[..., np.newaxis] / 255
    alpha = own + below * (1 - own)
    color = np.divide(rgba[..., :3] * own, alpha, out=np.zeros((*opacity.shape, 3)), where=alpha > 0)
    return np.concatenate([color, alpha * 255], axis=2)


def test_it_is_composited_below_the_subject() -> None:
    rgba = noise((HEIGHT, WIDTH, 4), seed=1)
    rgba[:, ::3, 3] = 255
    rgba[::4, :, 3] = 0
    rgba[rgba[..., 3] == 0] = 0
    before = rgba.copy()
    cast_shadow(rgba, BOX, Shadow(1, 1), WHOLE)
    opacity = cast(BOX, strength=1, softness=1)
    expected = over(before, opacity)
    assert np.abs(rgba[..., 3] - expected[..., 3]).max() <= 0.5001
    seen = rgba[..., :3] * (rgba[..., 3:] / 255.0) - before[..., :3] * (before[..., 3:] / 255.0)
    assert np.abs(seen).max() <= 1, "on black the subject looks as before"
    opaque, clear = before[..., 3] == 255, opacity == 0
    np.testing.assert_array_equal(rgba[opaque | clear], before[opaque | clear])
    assert (rgba[..., 3] >= before[..., 3]).all()
    assert (rgba[before[..., 3] == 0][:, :3] == 0).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (2, 2), (5, 4)])
@pytest.mark.parametrize("room", [0, 3])
def test_extreme_shapes(shape: tuple[int, int], room: int) -> None:
    alpha = np.pad(np.full(shape, 255, dtype=np.uint8), room)
    frame = Frame((0, 0, alpha.shape[1], alpha.shape[0]), alpha.shape)
    rgba = np.zeros((*alpha.shape, 4), dtype=np.uint8)
    cast_shadow(rgba, alpha, Shadow(1, 1), frame)
    assert (rgba[..., :3] == 0).all()


@pytest.mark.parametrize("seed", range(20))
def test_any_matte_will_do(seed: int) -> None:
    random = np.random.default_rng(seed)
    alpha = noise(random.integers(1, 80, 2).tolist(), seed)
    alpha[random.random(alpha.shape) < random.random()] = 0
    frame = Frame((-3, 2, 50.5, 40), (61, 33))
    rgba = noise((61, 33, 4), seed)
    before = rgba.copy()
    cast_shadow(rgba, alpha, Shadow(float(random.random()), float(random.random())), frame)
    opaque = before[..., 3] == 255
    np.testing.assert_array_equal(rgba[opaque], before[opaque])
    assert (rgba[..., 3] >= before[..., 3]).all()
