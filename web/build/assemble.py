"""Puts dist/ together: our pages, the runtimes, the wheel, the models, and the hashes that guard them.

The same inputs give the same bytes: names are sorted, nothing carries a date, every file has the same mode.
The tree is made beside dist/ and renamed into place: a build that fails leaves the former dist/ as it was.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from web.build.headers import allowed_origins, static_host_file
from web.build.parts import with_dependencies
from web.build.steps import BuildError, files_below, sha256_bytes, sha256_file

PAGE_LEFT_OUT = ("build", "tests")
"""Folders of web/ that are not part of the page."""

HASHED_FOLDERS = ("runtime/", "python/", "models/")
"""What the workers load, and the page checks by hash before use."""

Tree = dict[str, Path | bytes]
"""The files of dist/ by their path there: a file to copy, or the bytes themselves."""


def assemble(tree: Mapping[str, Path | bytes], destination: Path, *, version: str) -> None:
    """Write `tree` as `destination`, with `assets.json` and `_headers` made from it."""
    fresh = destination.with_name(destination.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for path, source in sorted(tree.items()):
            _write(fresh / path, source.read_bytes() if isinstance(source, Path) else source)
        embed = fresh / "embed.json"
        allowed = allowed_origins(embed.read_bytes()) if embed.is_file() else []
        _write(fresh / "_headers", static_host_file(tree, allowed).encode())
        _write(fresh / "assets.json", _assets(fresh, version))
        for folder in [fresh, *(path for path in fresh.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        _swap(fresh, destination)
    except FileNotFoundError as error:
        raise BuildError(f"{error.filename} is missing") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def page_files(web: Path) -> Tree:
    """Our own pages and modules: all of web/ but the build, the tests, what only the type checker reads."""
    tree: Tree = {}
    for path in files_below(web):
        inside = path.relative_to(web)
        checking_only = path.name.startswith("tsconfig") or path.name.endswith(".d.ts")
        if inside.parts[0] not in PAGE_LEFT_OUT and not checking_only and not path.name.startswith("."):
            tree[inside.as_posix()] = path
    return tree


def runtime_files(pins: Mapping[str, Any], node_modules: Path, wheels: list[Path]) -> Tree:
    """The two runtimes from their npm packages, each in a folder that carries its version.

    `wheels`, the packages that Pyodide's lock file names, lie beside it: there Pyodide looks for them.
    """
    tree: Tree = {}
    for part in pins.values():
        package = node_modules / part["npm"]
        target = f"runtime/{part['npm']}-{installed_version(package)}"
        for name in part["files"]:
            tree[f"{target}/{name}"] = package / part["folder"] / name
        if "lock" in part:
            lock = (package / part["lock"]).read_bytes()
            tree[f"{target}/{part['lock']}"] = trim_pyodide_lock(lock, part["packages"])
            tree |= {f"{target}/{wheel.name}": wheel for wheel in wheels}
    return tree


def trim_pyodide_lock(lock: bytes, names: list[str]) -> bytes:
    """Pyodide's lock file with only `names` and what they depend on, each entry as it was."""
    whole = json.loads(lock)
    kept = {name: whole["packages"][name] for name in with_dependencies(names, whole["packages"])}
    return _json({**whole, "packages": kept})


def installed_version(package: Path) -> str:
    """The version of a package in node_modules/."""
    return str(json.loads((package / "package.json").read_bytes())["version"])


def licence_texts(wheels: list[Path], extra: list[Path]) -> bytes:
    """One text with the licences of what ships: those inside `wheels`, and `extra` files for the rest."""
    blocks = [(path.stem, path.read_text(encoding="utf-8")) for path in extra]
    blocks += [block for wheel in wheels for block in _wheel_licences(wheel)]
    rule = "=" * 80
    return "\n".join(f"{rule}\n{title}\n{rule}\n\n{text.strip()}\n" for title, text in sorted(blocks)).encode()


def _wheel_licences(wheel: Path) -> Iterator[tuple[str, str]]:
    package = "-".join(wheel.name.split("-")[:2])
    with zipfile.ZipFile(wheel) as archive:
        for member in sorted(archive.namelist()):
            folder, _, name = member.rpartition("/")
            if ".dist-info" in folder and name.upper().startswith(("LICEN", "COPYING", "NOTICE")):
                yield f"{package}: {name}", archive.read(member).decode("utf-8")


def _assets(folder: Path, version: str) -> bytes:
    """`assets.json`: bytes and SHA-256 of each file the workers load, one hash over all of dist/."""
    hashes = {path.relative_to(folder).as_posix(): sha256_file(path) for path in files_below(folder)}
    files = {
        path: {"bytes": (folder / path).stat().st_size, "sha256": digest}
        for path, digest in hashes.items()
        if path.startswith(HASHED_FOLDERS)
    }
    return _json({"version": version, "build": sha256_bytes(_json(hashes)), "files": files})


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def _swap(fresh: Path, destination: Path) -> None:
    """Put `fresh` where `destination` is; the old tree is moved away first, and back if the rename fails."""
    old = destination.with_name(destination.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if destination.exists():
        destination.replace(old)
    try:
        fresh.replace(destination)
    except OSError:
        if old.exists():
            old.replace(destination)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
