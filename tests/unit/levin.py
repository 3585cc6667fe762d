"""The matting Laplacian as a matrix, by plain loops in double precision: what products are checked against."""

import numpy as np
from numpy.typing import NDArray

from gossamer.arrays import RgbU8

__all__ = ["dense_laplacian"]


def dense_laplacian(rgb: RgbU8, epsilon: float) -> NDArray[np.float64]:
    """(n, n) of Levin, Lischinski and Weiss (2008), equation 12, for all n pixels in reading order.

    Twice a sum over every other window of 3 × 3 pixels, as on a chessboard, with mean μ and covariance Σ::

        Lᵢⱼ = 2 Σ δᵢⱼ − 1/9 (1 + (Iᵢ − μ)ᵀ (Σ + ε/9)⁻¹ (Iⱼ − μ))
    """
    height, width = rgb.shape[:2]
    number = np.arange(height * width).reshape(height, width)
    colors = rgb.reshape(height * width, -1)[:, :3] / 255
    matrix = np.zeros((height * width, height * width))
    for top in range(height - 2):
        for left in range(top % 2, width - 2, 2):
            members = number[top : top + 3, left : left + 3].ravel()
            apart = colors[members] - colors[members].mean(axis=0)
            covariance = apart.T @ apart / 9
            inverse = np.linalg.inv(covariance + epsilon / 9 * np.eye(3))
            for i in range(9):
                for j in range(9):
                    matrix[members[i], members[j]] += 2 * ((i == j) - (1 + apart[i] @ inverse @ apart[j]) / 9)
    return matrix
