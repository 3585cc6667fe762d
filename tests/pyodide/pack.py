"""Pack what the browser needs to run the unit tests: the tests, pytest, and what both read.

    python pack.py suite.zip

The archive holds ``project/``, the part of this repository that the tests look at; ``packages/``, pytest and what it
requires, as they are installed beside this script's Python; and ``whole/``, Python's library and packages as they
were before the build left out what the page does not need. The tests do need some of that.
"""

import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from web.build.project import Project  # noqa: E402 - it is found there

CPYTHON_ONLY = "tests/unit/native"
PROJECT_FILES = ("pyproject.toml", "models/manifest.json", "tests/pyodide/run_suite.py", "tests/pyodide/whole.py")


def main(archive: Path) -> None:
    browser = {"sys_platform": "emscripten", "python_version": "3.12", "extra": ""}
    environment = {name: str(value) for name, value in default_environment().items()} | browser
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in project_files():
            packed.write(path, Path("project", path.relative_to(ROOT)))
        for name in sorted(with_requirements("pytest", environment)):
            for path, inside in package_files(name):
                packed.write(path, Path("packages", inside))
        for source in whole_archives():
            with zipfile.ZipFile(source) as opened:
                for inside in opened.namelist():
                    packed.writestr(f"whole/{inside}", opened.read(inside))


def whole_archives() -> list[Path]:
    project = Project(ROOT)
    return [
        project.python_library,
        *(part.path(project.store) for part in project.python_parts()),
        project.wheel,
    ]


def project_files() -> Iterator[Path]:
    yield from (ROOT / name for name in PROJECT_FILES)
    for path in sorted((ROOT / "tests/unit").rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(f"{CPYTHON_ONLY}/"):
            yield path


def with_requirements(name: str, environment: dict[str, str]) -> set[str]:
    """A package and all that it requires in the browser."""
    found, open_names = set[str](), [name]
    while open_names:
        package = open_names.pop()
        if package in found:
            continue
        found.add(package)
        wishes = map(Requirement, distribution(package).requires or ())
        open_names += [wish.name for wish in wishes if not wish.marker or wish.marker.evaluate(environment)]
    return found


def package_files(name: str) -> Iterator[tuple[Path, str]]:
    for file in distribution(name).files or ():
        inside = file.as_posix()
        if not inside.startswith("..") and "__pycache__" not in inside:
            yield Path(str(file.locate())), inside


if __name__ == "__main__":
    main(Path(sys.argv[1]))
