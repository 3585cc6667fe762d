"""The solution of the matting system, against that of the same system written down and solved in one go."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import Mask, RgbU8
from gossamer.matting.laplacian import EPSILON, MattingLaplacian
from gossamer.matting.solve import HAZE, MOST_STEPS, solve, without_haze
from tests.unit.levin import dense_laplacian
from tests.unit.pictures import noise, opaque, soft

SHAPE = (9, 11)
LEVEL = 1 / 255
PICTURES = {"noise": noise((*SHAPE, 3)), "smooth": soft(*SHAPE, seed=2)}

Floats = NDArray[np.float32]


class System:
    """Random unknown pixels, boundary values and opinions for one picture."""

    def __init__(self, rgb: RgbU8, seed: int, weight: float) -> None:
        rng = np.random.default_rng(seed)
        self.rgb = rgb
        self.unknown: Mask = rng.random(SHAPE) < 0.6
        n = np.count_nonzero(self.unknown)
        self.known: Floats = np.where(self.unknown, 0, rng.integers(0, 2, SHAPE)).astype(np.float32)
        self.target: Floats = rng.random(n, dtype=np.float32)
        self.weight: Floats = (weight * rng.uniform(0.1, 1, n)).astype(np.float32)

    def solved(self, start: Floats | None = None) -> Floats:
        """In reading order, as all of this class; the haze cut away."""
        laplacian = MattingLaplacian(opaque(self.rgb), self.unknown)
        order = np.argsort(np.argsort(laplacian.pixels))  # of each of its pixels among all unknown ones
        place = np.argsort(order)
        target, weight = self.target[order], self.weight[order]
        alpha = solve(laplacian, self.known, target, weight, None if start is None else start[order])
        return without_haze(alpha[place])

    def exact(self) -> NDArray[np.float64]:
        """By elimination, with the haze at both ends cut away."""
        dense, inside = dense_laplacian(self.rgb, EPSILON), self.unknown.ravel()
        right = self.weight * self.target - dense[inside][:, ~inside] @ self.known[~self.unknown]
        alpha = np.linalg.solve(dense[inside][:, inside] + np.diag(self.weight), right)
        haze = float(HAZE)
        return np.clip((alpha - haze) / (1 - 2 * haze), 0, 1)


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("weight", [0.02, 0.2, 5])
@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_solution_of_the_dense_system(
    monkeypatch: pytest.MonkeyPatch, kind: str, weight: float, seed: int
) -> None:
    system = System(PICTURES[kind], seed, weight)
    alpha = system.solved()
    assert alpha.dtype == np.float32
    np.testing.assert_allclose(alpha, system.exact(), rtol=0, atol=8 * LEVEL)
    assert np.abs(alpha - system.exact()).mean() < 2 * LEVEL
    monkeypatch.setattr("gossamer.matting.solve.TOLERANCE", 1e-3)
    np.testing.assert_allclose(system.solved(), system.exact(), rtol=0, atol=2 * LEVEL)


@pytest.mark.parametrize("seed", range(3))
def test_the_answer_is_the_same_from_wherever_the_search_starts(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr("gossamer.matting.solve.TOLERANCE", 1e-3)
    system = System(PICTURES["smooth"], seed, 0.2)
    start = np.random.default_rng(seed).random(len(system.target), dtype=np.float32)
    np.testing.assert_allclose(system.solved(start), system.exact(), rtol=0, atol=2 * LEVEL)


def test_an_opinion_held_against_everything_is_taken_over() -> None:
    system = System(PICTURES["noise"], 1, 1e6)
    haze = float(HAZE)
    wanted = np.clip((system.target - haze) / (1 - 2 * haze), 0, 1)
    np.testing.assert_allclose(system.solved(), wanted, atol=1e-4)


@pytest.mark.parametrize("level", [0, 1])
def test_where_all_say_the_same_it_is_so(level: int) -> None:
    system = System(PICTURES["noise"], 2, 0.1)
    system.known[~system.unknown] = level
    system.target[:] = level
    np.testing.assert_array_equal(system.solved(), level)  # also for 0, where nothing pulls at all


def test_the_haze_that_grain_leaves_is_gone_and_the_middle_stays() -> None:
    system = System(PICTURES["noise"], 3, 1e6)
    system.target[:3] = (float(HAZE), 0.5, 1 - float(HAZE))
    np.testing.assert_allclose(system.solved()[:3], [0, 0.5, 1], atol=1e-4)


def test_what_was_given_is_left_as_it_was() -> None:
    system = System(PICTURES["noise"], 4, 0.1)
    for array in (system.known, system.target, system.weight):
        array.setflags(write=False)
    first = system.solved()
    np.testing.assert_array_equal(system.solved(), first)


def test_it_ends_however_hard_the_system() -> None:
    """Of one colour, and hardly an opinion: alpha would have to come all the way across."""
    counted: list[int] = []

    class Counting(MattingLaplacian):
        def times(self, alpha: Floats) -> Floats:
            counted.append(1)
            return super().times(alpha)

    unknown = np.ones((5, 300), dtype=bool)
    unknown[:, 0] = False
    known = (~unknown).astype(np.float32)
    n = np.count_nonzero(unknown)
    rgb = np.full((5, 300, 3), 99, dtype=np.uint8)
    alpha = solve(Counting(opaque(rgb), unknown), known, np.zeros(n, np.float32), np.full(n, 1e-5, np.float32))
    assert len(counted) <= MOST_STEPS + 1
    assert np.isfinite(alpha).all()
