"""The measures of a matte: cases worked by hand, and plain loops as an oracle."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer import metrics
from gossamer.metrics import composite_error, conn, grad, iou, mad, measure, mse, sad, soft_band

Floats = NDArray[np.float64]

ERRORS = [mad, mse, sad, grad, conn]


def matte(*rows: list[float]) -> Floats:
    return np.array(rows, dtype=np.float64)


def blurred(shape: tuple[int, int], seed: int) -> Floats:
    """Soft blobs in [0, 1], in levels of 255 as files hold them."""
    values = np.random.default_rng(seed).random(shape)
    for _ in range(3):
        values = (values + np.roll(values, 1, 0) + np.roll(values, 1, 1) + np.roll(values, -1, 0)) / 4
    low, high = values.min(), values.max()
    return np.asarray(np.round(np.clip(1.6 * (values - low) / (high - low) - 0.3, 0, 1) * 255) / 255)


def random_pair(seed: int, shape: tuple[int, int] = (17, 23)) -> tuple[Floats, Floats]:
    truth = blurred(shape, seed)
    return np.clip(truth + np.random.default_rng(seed + 100).normal(0, 0.15, shape), 0, 1), truth


# -- differences ---------------------------------------------------------------------------------------------------

ALPHA = matte([0.0, 0.5], [1.0, 1.0])
TRUTH = matte([0.0, 1.0], [1.0, 0.5])


def test_differences_worked_by_hand() -> None:
    # |α − α*| is 0, ½, 0, ½.
    assert mad(ALPHA, TRUTH) == 0.25
    assert mse(ALPHA, TRUTH) == 0.125
    assert sad(ALPHA, TRUTH) == 0.001
    # ≥ ½ are three pixels of either, and they are the same three.
    assert iou(ALPHA, TRUTH) == 1


def test_differences_in_a_region_worked_by_hand() -> None:
    right = np.array([[False, True], [False, True]])
    assert mad(ALPHA, TRUTH, right) == 0.5
    assert mse(ALPHA, TRUTH, right) == 0.25
    assert sad(ALPHA, TRUTH, right) == 0.001
    assert sad(ALPHA, TRUTH, ~right) == 0


def test_intersection_over_union_worked_by_hand() -> None:
    alpha, truth = matte([0.5, 0.9, 0.49, 0.0]), matte([0.0, 0.5, 0.5, 0.2])
    assert iou(alpha, truth) == 1 / 3  # of the first three pixels, the second is in both
    assert iou(alpha, truth, np.array([[False, True, False, True]])) == 1
    assert iou(np.zeros((2, 2)), np.zeros((2, 2))) == 1
    assert iou(np.ones((2, 2)), np.zeros((2, 2))) == 0


# -- gradient ------------------------------------------------------------------------------------------------------


def kernels() -> tuple[list[float], list[float]]:
    """Gaussian of σ = 1.4 and its derivative, both of norm 1. The density falls below 0.01 between 3 and 4."""
    gauss = [math.exp(-(x**2) / (2 * 1.4**2)) for x in range(-4, 5)]
    slope = [-x * value for x, value in zip(range(-4, 5), gauss, strict=True)]
    return [v / math.hypot(*gauss) for v in gauss], [v / math.hypot(*slope) for v in slope]


def plain_gradient(alpha: Floats) -> Floats:
    gauss, slope = kernels()
    height, width = alpha.shape
    result = np.zeros_like(alpha)
    for y in range(height):
        for x in range(width):
            across = down = 0.0
            for j in range(9):
                for i in range(9):
                    value = alpha[min(max(y + j - 4, 0), height - 1), min(max(x + i - 4, 0), width - 1)]
                    across += gauss[j] * slope[i] * value
                    down += slope[j] * gauss[i] * value
            result[y, x] = math.hypot(across, down)
    return result


def test_one_lonely_pixel_shows_the_norm_of_the_kernels() -> None:
    # Each of the two responses is the kernel itself, whose squares add up to 1: 1 + 1, in thousands.
    alpha = np.zeros((19, 19))
    alpha[9, 9] = 1
    assert grad(alpha, np.zeros((19, 19))) == pytest.approx(0.002, abs=1e-15)
    assert grad(alpha / 2, np.zeros((19, 19))) == pytest.approx(0.0005, abs=1e-15)  # (½)² of it


def test_a_slope_worked_by_hand() -> None:
    # On α = x/20 the derivative sees Σ x·x·g(x) / 20, and the smoothing kernel of the other direction Σ g. Away from
    # the left and right borders, where it is replicated, that is the gradient.
    gauss, slope = kernels()
    steepness = sum(gauss) * abs(sum(x * v for x, v in zip(range(-4, 5), slope, strict=True))) / 20
    alpha = np.tile(np.arange(21) / 20, (9, 1))
    inner = np.zeros((9, 21), dtype=np.bool_)
    inner[:, 4:-4] = True
    assert grad(alpha, np.zeros((9, 21)), inner) == pytest.approx(9 * 13 * steepness**2 / 1000)


@pytest.mark.parametrize("seed", range(3))
def test_gradient_against_plain_loops(seed: int) -> None:
    alpha, truth = random_pair(seed)
    error = (plain_gradient(alpha) - plain_gradient(truth)) ** 2
    assert grad(alpha, truth) == pytest.approx(error.sum() / 1000, rel=1e-12)
    band = soft_band(truth)
    assert grad(alpha, truth, band) == pytest.approx(error[band].sum() / 1000, rel=1e-12)


def test_gradients_are_blind_to_a_constant_and_to_transposition() -> None:
    alpha, truth = random_pair(5)
    assert grad(truth / 2 + 0.3, truth / 2) == pytest.approx(0, abs=1e-15)
    assert grad(alpha.T, truth.T) == pytest.approx(grad(alpha, truth))


# -- connectivity --------------------------------------------------------------------------------------------------


def plain_largest(mask: NDArray[np.bool_]) -> set[tuple[int, int]]:
    """The largest 4-connected region, the first by rows of equal ones."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    largest: set[tuple[int, int]] = set()
    for start in sorted(left):
        if start not in left:
            continue
        region, waiting = {start}, [start]
        while waiting:
            y, x = waiting.pop()
            new = {(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)} & left - region
            region |= new
            waiting += new
        left -= region
        largest = max(largest, region, key=len)
    return largest


def plain_conn(alpha: Floats, truth: Floats) -> Floats:
    result = np.zeros_like(truth)
    sources = [plain_largest((alpha >= k / 10) & (truth >= k / 10)) for k in range(1, 11)]
    for y, x in np.ndindex(*truth.shape):
        level = 0.0  # the highest threshold before the pixel first leaves the source
        for k, source in enumerate(sources, start=1):
            if (y, x) not in source:
                break
            level = k / 10
        distances = (float(alpha[y, x]) - level, float(truth[y, x]) - level)
        phi = [1 - (d if d >= 0.15 else 0) for d in distances]
        result[y, x] = abs(phi[0] - phi[1])
    return result


def test_a_speck_beside_the_subject_worked_by_hand() -> None:
    truth = matte([1, 1, 1, 0, 0])
    # The speck's level is 0 and its distance 0.9: φ = 0.1 against 1.
    assert conn(matte([1, 1, 1, 0, 0.9]), truth) == pytest.approx(0.0009)
    # A distance below 0.15 counts as none.
    assert conn(matte([1, 1, 1, 0, 0.1]), truth) == 0


def test_a_gap_within_the_subject_worked_by_hand() -> None:
    # Above ½ the source is the left half, the first of two equal ones; the rest has level ½. The gap's own φ is 1
    # against ½ of the truth; the right half's is ½ in both.
    assert conn(matte([1, 1, 0.5, 1, 1]), matte([1, 1, 1, 1, 1])) == pytest.approx(0.0005)


def test_regions_connect_by_edges_alone_worked_by_hand() -> None:
    # Three pixels, and one that touches them by a corner. Level 0, so φ = 0.5 against 0: were it part of the source,
    # its level would be ½ and φ = 1 against ½.
    truth = matte([1, 1, 1, 0], [0, 0, 0, 1])
    alpha = matte([1, 1, 1, 0], [0, 0, 0, 0.5])
    assert conn(alpha, truth) == pytest.approx(0.0005)
    # Alpha 0.1 tells them apart: φ = 1 against 0 for a corner, and level 0.1, φ = 1 against 0.1 for an edge.
    alpha[1, 3] = 0.1
    assert conn(alpha, truth) == pytest.approx(0.001)
    touching = matte([1, 1, 1, 0], [0, 0, 1, 0])
    alpha = matte([1, 1, 1, 0], [0, 0, 0.1, 0])
    assert conn(alpha, touching) == pytest.approx(0.0009)


@pytest.mark.parametrize("seed", range(6))
def test_connectivity_against_plain_loops(seed: int) -> None:
    alpha, truth = random_pair(seed)
    error = plain_conn(alpha, truth)
    assert conn(alpha, truth) == pytest.approx(error.sum() / 1000, rel=1e-12)
    band = soft_band(truth)
    assert conn(alpha, truth, band) == pytest.approx(error[band].sum() / 1000, rel=1e-12)


def test_connectivity_of_nothing_in_common() -> None:
    # All levels are 0: φ = 0 against 1 in both pixels.
    assert conn(matte([1, 0]), matte([0, 1])) == 0.002


# -- soft band -----------------------------------------------------------------------------------------------------


def test_the_band_around_one_pixel_is_a_disc_worked_by_hand() -> None:
    # 81 lattice points have x² + y² ≤ 25: the centre, 4 × 5 on the axes, 4 × 15 between them.
    truth = np.zeros((13, 13))
    truth[6, 6] = 0.5
    band = soft_band(truth)
    y, x = np.indices(truth.shape) - 6
    np.testing.assert_array_equal(band, x**2 + y**2 <= 25)
    assert np.count_nonzero(band) == 81
    # In a corner: the centre, 2 × 5 and 15.
    corner = np.zeros((13, 13))
    corner[0, 0] = 0.5
    assert np.count_nonzero(soft_band(corner)) == 26


def test_the_band_s_limits_are_not_soft_themselves() -> None:
    for hard in (0.0, 0.01, 0.99, 1.0):
        assert not soft_band(np.full((4, 4), hard)).any()
    for soft in (3 / 255, 252 / 255):
        assert soft_band(np.full((4, 4), soft)).all()


@pytest.mark.parametrize("shape", [(1, 1), (2, 30), (31, 19)])
def test_the_band_against_distances_of_all_pairs(shape: tuple[int, int]) -> None:
    truth = (np.random.default_rng(3).random(shape) < 0.01) * 0.5
    soft = np.argwhere(truth > 0)
    wanted = np.zeros(shape, dtype=np.bool_)
    for place in np.ndindex(*shape):
        wanted[place] = any(math.dist(place, other) <= 5 for other in soft)
    np.testing.assert_array_equal(soft_band(truth), wanted)


# -- composites ----------------------------------------------------------------------------------------------------


def test_composites_worked_by_hand() -> None:
    # Half red on white is (1, ½, ½), half black (½, ½, ½): they differ by ½ in one of three channels.
    red, black = np.array([[[1.0, 0, 0]]]), np.zeros((1, 1, 3))
    half = np.array([[0.5]])
    assert composite_error(red, half, black, half, (1, 1, 1)) == pytest.approx(1 / 6)
    # Opaque red against clear: on green (1, 0, 0) and (0, 1, 0).
    opaque, clear = np.ones((1, 1)), np.zeros((1, 1))
    assert composite_error(red, opaque, black, clear, (0, 1, 0)) == pytest.approx(2 / 3)
    # What is clear in both shows the background alone.
    assert composite_error(red, clear, black, clear, (0, 1, 0)) == 0


def test_composites_in_a_region() -> None:
    foreground = np.zeros((1, 2, 3))
    foreground[0, 1] = 0.6
    opaque = np.ones((1, 2))
    arguments = (foreground, opaque, np.zeros((1, 2, 3)), opaque, (0, 0, 0))
    assert composite_error(*arguments) == pytest.approx(0.3)
    assert composite_error(*arguments, np.array([[False, True]])) == pytest.approx(0.6)
    assert math.isnan(composite_error(*arguments, np.zeros((1, 2), dtype=np.bool_)))


# -- all -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("seed", range(3))
def test_errors_are_none_for_the_truth_and_some_for_all_else(error: metrics.Measure, seed: int) -> None:
    alpha, truth = random_pair(seed)
    assert error(truth, truth) == 0
    assert error(alpha, truth) > 0
    assert error(alpha, truth, np.ones(truth.shape, dtype=np.bool_)) == pytest.approx(error(alpha, truth))


@pytest.mark.parametrize("error", [sad, grad, conn])
def test_sums_over_parts_add_up(error: metrics.Measure) -> None:
    alpha, truth = random_pair(7)
    part = np.random.default_rng(7).random(truth.shape) < 0.3
    whole = error(alpha, truth)
    assert error(alpha, truth, part) + error(alpha, truth, ~part) == pytest.approx(whole)


def test_a_report_has_every_column_and_agrees_with_each_measure() -> None:
    alpha, truth = random_pair(8)
    truth[:, :12] = 1  # somewhere hard, so that the band is not everything
    band = soft_band(truth)
    assert 0 < np.count_nonzero(band) < band.size
    values = measure(alpha, truth)
    assert tuple(values) == metrics.COLUMNS
    assert values == {
        "MAD": mad(alpha, truth),
        "MSE": mse(alpha, truth),
        "SAD": sad(alpha, truth),
        "Grad": grad(alpha, truth),
        "Conn": conn(alpha, truth),
        "MSE.s": mse(alpha, truth, band),
        "SAD.s": sad(alpha, truth, band),
        "Grad.s": grad(alpha, truth, band),
        "IoU": iou(alpha, truth),
    }


def test_a_hard_matte_has_no_soft_measures() -> None:
    truth = np.zeros((8, 8))
    truth[:4] = 1
    values = measure(truth, truth)
    assert {name for name, value in values.items() if math.isnan(value)} == {"MSE.s", "SAD.s", "Grad.s"}


def test_over_no_pixels_means_are_no_number_and_sums_are_none() -> None:
    nowhere = np.zeros(TRUTH.shape, dtype=np.bool_)
    assert math.isnan(mad(ALPHA, TRUTH, nowhere))
    assert math.isnan(mse(ALPHA, TRUTH, nowhere))
    assert [error(ALPHA, TRUTH, nowhere) for error in (sad, grad, conn)] == [0, 0, 0]


@pytest.mark.parametrize("error", [*ERRORS, iou])
def test_bytes_and_unlike_sizes_are_refused(error: metrics.Measure) -> None:
    with pytest.raises(TypeError, match="not uint8"):
        error(np.zeros((2, 2), dtype=np.uint8), TRUTH)
    with pytest.raises(ValueError, match=r"\(2, 2\), not \(2, 3\)"):
        error(np.zeros((2, 3)), TRUTH)


def test_single_precision_is_measured_in_double() -> None:
    alpha, truth = random_pair(9, (60, 70))
    single = alpha.astype(np.float32)
    before = single.copy()
    assert measure(single, truth) == measure(single.astype(np.float64), truth)
    np.testing.assert_array_equal(single, before)
