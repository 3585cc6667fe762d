"""Matrices of the Toom-Cook algorithm: several sums of products at once, by fewer multiplications.

Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, after Winograd; built as in
Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks", 2020.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

import numpy as np

from .graph import Float

HALF = Fraction(1, 2)
THREE_QUARTERS = Fraction(3, 4)
POINTS = (0, 1, -1, 2, -2, HALF, -HALF, THREE_QUARTERS, -THREE_QUARTERS)
"""Where the polynomials are evaluated, besides infinity. Of the sets tried, these lose the fewest digits."""


@dataclass(frozen=True)
class Scheme:
    """`outputs` neighbouring results of a filter with `taps` weights, from outputs + taps − 1 = n products.

    y = from_products @ ((of_weights @ g) * (of_inputs @ d)) is y[i] = Σ g[t] d[i + t], exactly. The product at
    `ONE` counts the same for every y.
    """

    of_inputs: Float
    """n × n"""
    of_weights: Float
    """n × taps"""
    from_products: Float
    """outputs × n"""


ONE = POINTS.index(1)


def scheme(outputs: int, taps: int) -> Scheme:
    """All float64, rounded once from exact fractions."""
    count = outputs + taps - 1
    points = [Fraction(point) for point in POINTS[: count - 1]]
    if len(points) != count - 1:
        raise ValueError(f"{outputs} outputs of {taps} taps need {count - 1} points; there are {len(POINTS)}")
    of_inputs, of_weights = np.zeros((count, count)), np.zeros((count, taps))
    from_products = np.zeros((outputs, count))
    for row, point in enumerate(points):
        others = [other for other in points if other != point]
        scale = prod(point - other for other in others)
        of_inputs[row, :-1] = _with_roots(others)
        of_weights[row] = [float(point**power / scale) for power in range(taps)]
        from_products[:, row] = [float(point**power) for power in range(outputs)]
    of_inputs[-1] = _with_roots(points)  # the point at infinity
    of_weights[-1, -1] = from_products[-1, -1] = 1
    return Scheme(of_inputs, of_weights, from_products)


def _with_roots(roots: Sequence[Fraction]) -> list[float]:
    """Coefficients of Π (x − root), the constant one first."""
    coefficients = [Fraction(1)]
    for root in roots:
        shifted, scaled = [Fraction(0), *coefficients], [-root * value for value in [*coefficients, Fraction(0)]]
        coefficients = [one + other for one, other in zip(shifted, scaled, strict=True)]
    return [float(value) for value in coefficients]
