"""The step cache: a build step runs again only when something it depends on has changed.

A step is a name, the values and files it reads, and the files it writes. Its stamp, in `.cache/steps/`, holds
the hash of all it read, and size, time and SHA-256 of each file it wrote. The step is fresh while the first
still agrees and every output is what was written: a deleted, edited or added output is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any


class BuildError(Exception):
    """Something the person who started the build can act on; its text is the one line they see."""


class StepCache:
    """Runs steps in `root`, remembers them in `folder`, and says one line about each through `report`."""

    def __init__(self, root: Path, folder: Path, report: Callable[[str, str], None]) -> None:
        self.root = root
        self.folder = folder
        self.report = report

    def run(
        self,
        name: str,
        *,
        action: Callable[[], None],
        outputs: Callable[[], Iterable[Path]],
        files: Iterable[Path] = (),
        values: Mapping[str, Any] | None = None,
        note: Callable[[], str] = str,
    ) -> dict[str, str]:
        """Run `action` unless the step is fresh, and return the SHA-256 of each output by its path.

        `files` are files or folders whose contents the step reads, `values` anything else that shapes its
        result (JSON). `outputs` lists the files or folders written, asked before and after the run. `note`
        describes the result in a word or two, for the report.
        """
        key = self._key(files, values or {})
        stamp_path = self.folder / f"{name}.json"
        stamp = _read_stamp(stamp_path)
        if stamp is not None and stamp["key"] == key:
            current = self._fresh(stamp["outputs"], outputs)
            if current is not None:
                if current != stamp["outputs"]:
                    write_atomically(stamp_path, _dump({"key": key, "outputs": current}))
                self.report(name, _joined(note(), "cached"))
                return {path: entry["sha256"] for path, entry in current.items()}

        started = time.monotonic()
        stamp_path.unlink(missing_ok=True)  # an interrupted step leaves no stamp that calls it done
        action()
        written = {path: _entry(self.root / path) for path in self._list(outputs())}
        stamp_path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(stamp_path, _dump({"key": key, "outputs": written}))
        self.report(name, _joined(note(), f"built in {time.monotonic() - started:.1f} s"))
        return {path: entry["sha256"] for path, entry in written.items()}

    def _key(self, files: Iterable[Path], values: Mapping[str, Any]) -> str:
        """Hash what is read by content, never by time: two edits can fall in one tick of the clock."""
        contents = {path: sha256_file(self.root / path) for path in self._list(files)}
        return sha256_bytes(_dump({"files": contents, "values": values}))

    def _fresh(self, recorded: dict[str, Any], outputs: Callable[[], Iterable[Path]]) -> dict[str, Any] | None:
        """The outputs as they are now if they are what was recorded, else None."""
        try:
            present = self._list(outputs())
            if present != sorted(recorded):
                return None
            current = {}
            for path in present:
                status = (self.root / path).stat()
                entry = recorded[path]
                if [status.st_size, status.st_mtime_ns] != [entry["bytes"], entry["mtime_ns"]]:
                    entry = _entry(self.root / path)
                    if entry["sha256"] != recorded[path]["sha256"]:
                        return None
                current[path] = entry
        except (OSError, BuildError):
            return None
        return current

    def _list(self, paths: Iterable[Path]) -> list[str]:
        """Files below `paths`, relative to the root, sorted; a folder stands for all files inside it."""
        found: set[str] = set()
        for path in paths:
            inside = files_below(path) if path.is_dir() else [path]
            found.update(file.relative_to(self.root).as_posix() for file in inside)
        return sorted(found)


def files_below(folder: Path) -> list[Path]:
    """Every file in `folder` and below it, sorted; Python's own caches left out."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        found += [Path(parent) / name for name in names if name != ".DS_Store"]
    return sorted(found)


def sha256_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BuildError(f"{path} is missing") from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, then rename: no reader ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(data)
    partial.replace(path)


def human_bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"


def _entry(path: Path) -> dict[str, Any]:
    digest = sha256_file(path)
    status = path.stat()
    return {"bytes": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": digest}


def _read_stamp(path: Path) -> dict[str, Any] | None:
    try:
        stamp = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    valid = isinstance(stamp, dict) and isinstance(stamp.get("outputs"), dict) and "key" in stamp
    return stamp if valid else None


def _dump(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode()


def _joined(*words: str) -> str:
    return "  ".join(word for word in words if word)
