"""What only CPython has: the real networks, files on disk, photos to cut out."""

from pathlib import Path

import pytest
import skimage

from gossamer.runtime.native import NativeRuntime, find_models


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of manifest and weights, as installed or as ``GOSSAMER_MODELS`` names it."""
    return find_models()


@pytest.fixture(scope="session")
def runtime(models: Path) -> NativeRuntime:
    """One for all tests: loading a network takes longer than running it. One thread, so that sums are the same."""
    return NativeRuntime(models, threads=1)


@pytest.fixture(scope="session")
def astronaut() -> Path:
    """A portrait of 512 × 512 (NASA, public domain) that scikit-image's wheel carries."""
    return Path(skimage.__file__).parent / "data/astronaut.png"
