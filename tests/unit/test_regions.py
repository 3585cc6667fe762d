"""Connected regions, against a flood fill."""

from itertools import cycle

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.regions import Mask, label, largest_region


def flood_fill(mask: Mask) -> tuple[NDArray[np.int32], int]:
    """The plain way: start at every pixel not yet numbered, by rows, and walk."""
    labels = np.zeros(mask.shape, dtype=np.int32)
    count = 0
    for start in zip(*np.nonzero(mask), strict=True):
        if labels[start]:
            continue
        count += 1
        labels[start] = count
        waiting = [start]
        while waiting:
            y, x = waiting.pop()
            for place in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                inside = 0 <= place[0] < mask.shape[0] and 0 <= place[1] < mask.shape[1]
                if inside and mask[place] and not labels[place]:
                    labels[place] = count
                    waiting.append(place)
    return labels, count


def drawn(*rows: str) -> Mask:
    """A mask from text: ``#`` is inside."""
    return np.array([[character == "#" for character in row] for row in rows])


def spiral(side: int) -> Mask:
    """One line, a pixel wide, that winds inwards with a pixel's gap: its ends meet only by way of all its runs."""
    mask = np.zeros((side, side), dtype=np.bool_)
    lengths = [side - 1, *(length for length in range(side - 1, 0, -2) for _ in range(2))]
    y = x = 0
    mask[y, x] = True
    for length, (down, right) in zip(lengths, cycle([(0, 1), (1, 0), (0, -1), (-1, 0)]), strict=False):
        for _ in range(length):
            y, x = y + down, x + right
            mask[y, x] = True
    return mask


@pytest.mark.parametrize("density", [0.02, 0.3, 0.5, 0.59, 0.7, 0.98])
@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (37, 53)])
def test_noise_is_labelled_as_by_a_flood_fill(shape: tuple[int, int], density: float) -> None:
    for seed in range(5):
        mask = np.random.default_rng(seed).random(shape) < density
        labels, count = label(mask)
        wanted, wanted_count = flood_fill(mask)
        assert labels.dtype == np.int32
        assert count == wanted_count
        np.testing.assert_array_equal(labels, wanted)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["#.", ".#"], [[1, 0], [0, 2]]),  # corners do not connect
        (["#.#", "###"], [[1, 0, 1], [1, 1, 1]]),  # two that meet below are one
        (["..#", "#.#", "###"], [[0, 0, 1], [1, 0, 1], [1, 1, 1]]),
        (["##.", "..#", "##."], [[1, 1, 0], [0, 0, 2], [3, 3, 0]]),
        (["..#", "#.."], [[0, 0, 1], [2, 0, 0]]),  # the end of a row is no neighbour of the next one's start
    ],
)
def test_worked_by_hand(rows: list[str], wanted: list[list[int]]) -> None:
    labels, count = label(drawn(*rows))
    np.testing.assert_array_equal(labels, wanted)
    assert count == max(map(max, wanted))


def test_winding_regions_are_one() -> None:
    comb = np.zeros((40, 41), dtype=np.bool_)
    comb[:, ::2] = True
    teeth = comb.copy()
    teeth[-1] = True  # teeth that only meet in the last row
    snake = comb.copy()
    snake[0, 1::4] = snake[-1, 3::4] = True  # one line that turns at every edge
    for mask in (teeth, snake, spiral(41)):
        assert label(mask)[1] == flood_fill(mask)[1] == 1
        np.testing.assert_array_equal(largest_region(mask), mask)
    assert label(comb)[1] == 21


def test_a_checkerboard_has_no_neighbours() -> None:
    mask = np.indices((24, 31)).sum(axis=0) % 2 == 0
    assert label(mask)[1] == np.count_nonzero(mask) == 372  # half of 24 × 31


def test_nothing_and_everything() -> None:
    for shape in ((5, 7), (0, 7), (5, 0)):
        nothing = np.zeros(shape, dtype=np.bool_)
        labels, count = label(nothing)
        assert count == 0
        assert not labels.any()
        assert not largest_region(nothing).any()
        assert largest_region(nothing).shape == shape
    everything = np.ones((5, 7), dtype=np.bool_)
    assert label(everything)[1] == 1
    assert largest_region(everything).all()


def test_views_are_read_as_they_show() -> None:
    whole = np.random.default_rng(1).random((60, 80)) < 0.5
    for view in (whole.T, whole[::2, ::3], whole[::-1, ::-1], np.asfortranarray(whole)):
        before = view.copy()
        np.testing.assert_array_equal(label(view)[0], flood_fill(view)[0])
        np.testing.assert_array_equal(view, before)


def test_the_largest_region_and_the_first_of_equal_ones() -> None:
    mask = drawn("##.#", "...#", "#..#", "##..")
    np.testing.assert_array_equal(largest_region(mask), drawn("...#", "...#", "...#", "...."))


def test_the_largest_region_has_the_most_pixels_of_all() -> None:
    for seed in range(10):
        mask = np.random.default_rng(seed).random((30, 40)) < 0.6
        labels, count = flood_fill(mask)
        sizes = [np.count_nonzero(labels == number) for number in range(1, count + 1)]
        largest = largest_region(mask)
        assert largest.dtype == np.bool_
        np.testing.assert_array_equal(largest, labels == 1 + sizes.index(max(sizes)))
