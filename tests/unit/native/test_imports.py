"""Dependencies point one way: the package's imports, read from its source."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gossamer

PACKAGE = Path(gossamer.__file__).parent

# Each layer may import from the ones above it, and from its own folder.
LAYERS = [
    ("errors",),
    ("arrays",),
    ("options", "progress", "manifest", "memory", "regions"),
    ("runtime.base",),
    ("runtime",),
    ("decode", "segment", "trimap", "matting", "foreground", "compose", "finish", "encode", "metrics"),
    ("draft",),
    ("editor", "pipeline"),
    ("runtime.browser", "runtime.native"),
    ("api", "cli_finish"),
    ("batch",),
    ("cli_recipe",),
    ("cli_batch",),
    ("cli",),
    ("__main__", ""),
]
# Where a stage builds on another: photos start in `decode`.
BETWEEN_STAGES = {("segment", "decode"), ("trimap", "decode"), ("encode", "decode")}
ONLY_IN = {
    "js": {"runtime/browser.py"},
    "pyodide": {"runtime/browser.py"},
    "onnxruntime": {"runtime/native.py"},
    "pillow_heif": {"runtime/native_heif.py"},
    "tqdm": {"cli.py", "cli_batch.py"},
    "dask": {"batch/on_dask.py"},
    "distributed": {"batch/on_dask.py"},
}
FOREIGN = {"numpy", "PIL", *ONLY_IN}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module a source imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            module = node.module or ""
            names = (f"{module}.{alias.name}" for alias in node.names)
            yield from (name if is_module(name) else module for name in names)


def is_module(name: str) -> bool:
    path = PACKAGE.parent / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def layer(module: str) -> int:
    """The layer of ``gossamer.…``: by the longest name in the list that it starts with."""
    inside = module.removeprefix("gossamer").removeprefix(".")
    for depth in (2, 1):
        name = ".".join(inside.split(".")[:depth])
        for index, names in enumerate(LAYERS):
            if name in names:
                return index
    raise AssertionError(f"{module} has no layer yet: say where it belongs")


def module_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    return f"gossamer.{inside}".removesuffix(".__init__")


def folder(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_imports_point_upwards(path: Path) -> None:
    own = module_of(path)
    for other in imported(path):
        if not other.startswith("gossamer"):
            continue
        same_stage = folder(own) == folder(other) != "runtime"
        between = (folder(own), folder(other)) in BETWEEN_STAGES
        assert same_stage or between or layer(other) < layer(own), f"{own} imports {other}"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_only_the_runtimes_know_their_machine(path: Path) -> None:
    inside = path.relative_to(PACKAGE).as_posix()
    for other in imported(path):
        allowed = ONLY_IN.get(other.split(".")[0])
        assert allowed is None or inside in allowed, f"{inside} imports {other}"


def test_nothing_else_is_needed_than_declared() -> None:
    names = {name.split(".")[0] for path in sources() for name in imported(path)}
    assert names - set(sys.stdlib_module_names) <= {"gossamer", *FOREIGN}
