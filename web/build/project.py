"""What the build knows before it starts: where things lie, and what the sources pin."""

from __future__ import annotations

import fcntl
import json
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO

from web.build.parts import Carrier, Part, pyodide_parts
from web.build.steps import BuildError, StepCache


class Project:
    """A source tree, the folders of its products, and the cache of its steps."""

    def __init__(self, root: Path, *, report_to: TextIO = sys.stdout) -> None:
        self.root = root
        self.dist = root / "dist"
        self.node_modules = root / "node_modules"
        self.cache = root / ".cache"
        self.venv = self.cache / "venv"
        self.test_venv = self.cache / "venv-test"
        self.store = self.cache / "parts"
        self.wheels = self.cache / "wheels"
        self.bytecode = self.cache / "bytecode"
        self.snapshot = self.cache / "snapshot"
        self.declarations = self.cache / "declarations"
        self.report_to = report_to
        self.steps = StepCache(root, self.cache / "steps", self.report)

    def report(self, step: str, result: str) -> None:
        print(f"{step:<13} {result}", file=self.report_to, flush=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Wait for any other build of this tree to end: two at once would write over each other."""
        self.cache.mkdir(parents=True, exist_ok=True)
        with (self.cache / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @cached_property
    def version(self) -> str:
        """The one version, from pyproject.toml."""
        return str(tomllib.loads((self.root / "pyproject.toml").read_text())["project"]["version"])

    @cached_property
    def pins(self) -> dict[str, Any]:
        """The runtimes, and which of their files ship; the versions of their packages are in package.json."""
        return _read_json(self.root / "web/build/parts.json")

    @cached_property
    def models(self) -> dict[str, Any]:
        """The entries of the model manifest, by name."""
        return dict(_read_json(self.model_manifest)["models"])

    @property
    def model_manifest(self) -> Path:
        return self.root / "models/manifest.json"

    @property
    def wheel(self) -> Path:
        return self.wheels / f"gossamer-{self.version}-py3-none-any.whl"

    @property
    def models_wheel(self) -> Path:
        return self.wheels / f"gossamer_models-{self.version}-py3-none-any.whl"

    @property
    def pyodide_lock(self) -> Path:
        pyodide = self.pins["pyodide"]
        return self.node_modules.joinpath(pyodide["npm"], pyodide["lock"])

    @property
    def python_library(self) -> Path:
        pyodide = self.pins["pyodide"]
        return self.node_modules.joinpath(pyodide["npm"], pyodide["library"])

    def shipped_models(self) -> list[Path]:
        return [self.cache / "models" / entry["file"]["name"] for entry in self.models.values()]

    def forms(self, kind: str) -> list[Path]:
        """What makes of a shipped model one for `wasm` or for a `gpu`."""
        entries = self.models.values()
        return [self.cache / "models" / entry[kind]["name"] for entry in entries if kind in entry]

    def model_checks(self) -> list[Path]:
        """The mattes that a backend must reproduce."""
        entries = self.models.values()
        folder = self.root / "models/checks"
        return [folder / entry["check"]["file"]["name"] for entry in entries if "check" in entry]

    def legal_files(self) -> list[Path]:
        return [path for name in ("LICENSE", "NOTICE") if (path := self.root / name).is_file()]

    def python_parts(self) -> list[Part]:
        """Pyodide's own wheels; needs node_modules/."""
        return pyodide_parts(self.pins["pyodide"], self.pyodide_lock)

    def original_model(self, name: str) -> Part:
        """The published file of a model, as the manifest pins it."""
        source = self.models[name]["source"]
        carrier = Carrier(source["package"], source["version"], source["wheel"]["sha256"])
        return Part(carrier, source["member"], source["sha256"])


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BuildError(f"{path.name} cannot be read: {error}") from None
