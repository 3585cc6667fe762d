"""Tests look at the package as it is installed. One installed before the sources changed would answer for them."""

from importlib.util import find_spec
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "py" / "gossamer"


def pytest_configure() -> None:
    found = find_spec("gossamer")
    if found is None or found.origin is None:
        return  # an import will say so
    installed = Path(found.origin).parent
    for source in sorted(SOURCES.rglob("*.py")):
        copy = installed / source.relative_to(SOURCES)
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            raise pytest.UsageError(f"{source} is not the one that is installed: run `python3 build.py test` first.")
