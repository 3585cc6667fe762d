"""Pack what the browser needs to run the unit tests: the tests, pytest, and what both read.

    python pack.py suite.zip

The archive holds ``project/``, the part of this repository that the tests look at, and ``packages/``, pytest and what
it requires, as they are installed beside this script's Python. What the page ships itself is left out.
"""

import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
CPYTHON_ONLY = "tests/unit/native"
PROJECT_FILES = ("pyproject.toml", "models/manifest.json", "tests/pyodide/run_suite.py")
SHIPPED = ("packaging",)


def main(archive: Path) -> None:
    browser = {"sys_platform": "emscripten", "python_version": "3.12", "extra": ""}
    environment = {name: str(value) for name, value in default_environment().items()} | browser
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in project_files():
            packed.write(path, Path("project", path.relative_to(ROOT)))
        for name in sorted(with_requirements("pytest", environment)):
            for path, inside in package_files(name):
                packed.write(path, Path("packages", inside))


def project_files() -> Iterator[Path]:
    yield from (ROOT / name for name in PROJECT_FILES)
    for path in sorted((ROOT / "tests/unit").rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(f"{CPYTHON_ONLY}/"):
            yield path


def with_requirements(name: str, environment: dict[str, str]) -> set[str]:
    """A package and all that it requires in the browser, but for what is there already."""
    found, open_names = set[str](), [name]
    while open_names:
        package = open_names.pop()
        if package in found or package in SHIPPED:
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
