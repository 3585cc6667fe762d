"""The snapshot that Python starts from: the same whenever and wherever it is made, with nothing of the machine in it.

That it works is what every test in a browser shows.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from web.build.products import PYTHON_LIBRARY
from web.build.project import Project
from web.build.tools import require_node

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "web/build/snapshot.mjs"


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="module")
def again(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once more, from files in another place."""
    folder = tmp_path_factory.mktemp("snapshot")
    pyodide = shutil.copytree(project.pyodide_lock.parent, folder / "pyodide")
    library = shutil.copy(project.bytecode / PYTHON_LIBRARY, folder / "library.tar")
    node, _ = require_node()
    subprocess.run([node, SCRIPT, pyodide, library, folder / "out"], check=True, cwd=folder)
    return folder / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_library_gives_the_same_bytes(project: Project, again: Path) -> None:
    first, second = (contents(folder) for folder in (project.snapshot, again))
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []


def test_nothing_of_the_machine_is_in_it(project: Project) -> None:
    memory = (project.snapshot / "snapshot.bin").read_bytes()
    for trace in (ROOT, SCRIPT.name):
        assert str(trace).encode() not in memory


def test_the_runs_are_in_order_within_the_memory_and_as_long_as_the_file(project: Project) -> None:
    facts = json.loads((project.snapshot / "snapshot.json").read_text())
    file = (project.snapshot / "snapshot.bin").read_bytes()
    ends = struct.unpack_from(f"<{2 * facts['runs']}I", file)
    assert list(ends) == sorted(set(ends))
    assert ends[-1] <= facts["memory"]
    assert sum(ends[1::2]) - sum(ends[::2]) == len(file) - 4 * len(ends)


def test_what_is_imported_later_is_a_small_part(project: Project) -> None:
    """More would mean that the modules in the memory were not recognised as such."""
    late, library = project.snapshot / "late.tar", project.bytecode / PYTHON_LIBRARY
    assert late.stat().st_size < library.stat().st_size / 10
