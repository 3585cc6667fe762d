"""Puts dist/ together: our pages, the runtimes, the wheel, the models, and the hashes that guard them.

The same inputs give the same bytes: names are sorted, nothing carries a date, every file has the same mode.
The tree is made beside dist/ and renamed into place: a build that fails leaves the former dist/ as it was.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from web.build.headers import allowed_origins, page_headers, security_headers, static_host_file
from web.build.steps import BuildError, files_below, sha256_bytes, sha256_file

PAGE_LEFT_OUT = ("build", "tests")
"""Folders of web/ that are not part of the page."""

HASHED_FOLDERS = ("runtime/", "python/", "models/")
"""What the workers load, and the page checks by hash before use."""

SERVICE_WORKER = "service-worker.js"
SERVICE_WORKER_PARTS = "offline/worker/"
FACTS_MARK = "{ /* facts of the build */ }"
"""In the service worker, where the build writes what it knows."""

BUILD_MODULE = "offline/build.js"
"""Tells the page which build it is of."""

SHELL_SUFFIXES = (".html", ".css", ".js", ".json", ".svg", ".webmanifest")
SHELL_LEFT_OUT = (*HASHED_FOLDERS, "demos/")
EMBED_LIST = "embed.json"
"""Of the host, who may change it in dist/: no hash covers it, and it comes from the network each time."""

NOT_FETCHED = ("_headers", EMBED_LIST, SERVICE_WORKER)
"""What the service worker answers no page with; the browser keeps it and its parts in a place of its own."""

HASH_DIGITS = 8

Asset = dict[str, int | str]
"""`bytes` and `sha256` of a file."""

Tree = dict[str, Path | bytes]
"""The files of dist/ by their path there: a file to copy, or the bytes themselves."""


def assemble(
    tree: Mapping[str, Path | bytes],
    destination: Path,
    *,
    version: str,
    optional: Iterable[str] = (),
    compress: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write `tree` as `destination`, with `assets.json` and `_headers` made from it.

    The files of `optional` are not part of an offline copy, though kept once a page has fetched them. `compress` adds
    compressed copies to the folder; no list names them.
    """
    fresh = destination.with_name(destination.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for path, source in sorted(tree.items()):
            _write(fresh / path, bytes_of(source))
        embed = fresh / EMBED_LIST
        allowed = allowed_origins(embed.read_bytes()) if embed.is_file() else []
        _write(fresh / "_headers", static_host_file(tree, allowed).encode())
        _write_facts(fresh, version, optional)
        compress(fresh)
        for folder in [fresh, *(path for path in fresh.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        _swap(fresh, destination)
    except FileNotFoundError as error:
        raise BuildError(f"{error.filename} is missing") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def bytes_of(source: Path | bytes) -> bytes:
    """What a file of a tree holds."""
    return source.read_bytes() if isinstance(source, Path) else source


def page_files(web: Path) -> Tree:
    """Our own pages and modules: all of web/ but the build, the tests, what only the type checker reads."""
    tree: Tree = {}
    for path in files_below(web):
        inside = path.relative_to(web)
        checking_only = path.name.startswith("tsconfig") or path.name.endswith(".d.ts")
        if inside.parts[0] not in PAGE_LEFT_OUT and not checking_only and not path.name.startswith("."):
            tree[inside.as_posix()] = path
    return tree


def runtime_files(pins: Mapping[str, Any], node_modules: Path) -> Tree:
    """The runtimes from their npm packages, each in a folder that carries its version."""
    tree: Tree = {}
    for part in pins.values():
        package = node_modules / part["npm"]
        target = runtime_folder(package, part)
        for name in runtime_names(part):
            tree[f"{target}/{name}"] = package / part["folder"] / name
        if "lock" in part:
            tree[f"{target}/{part['lock']}"] = without_packages((package / part["lock"]).read_bytes())
    return tree


def named_by_content(folder: str, files: Iterable[Path]) -> Tree:
    """Files below ``folder``, with the start of their SHA-256 in their names, so that these tell the bytes."""
    return {f"{folder}/{path.stem}-{sha256_file(path)[:HASH_DIGITS]}{path.suffix}": path for path in files}


def without_packages(lock: bytes) -> bytes:
    """Pyodide's lock file without any package: ours do not come through its loader."""
    return _json({**json.loads(lock), "packages": {}})


def runtime_names(part: Mapping[str, Any]) -> list[str]:
    return [*part["files"], *part.get("optional", [])]


def runtime_folder(package: Path, part: Mapping[str, Any]) -> str:
    return f"runtime/{part['npm']}-{installed_version(package)}"


def optional_runtime_files(pins: Mapping[str, Any], node_modules: Path) -> list[str]:
    """Paths in dist/ of those runtime files that only some devices use."""
    return [
        f"{runtime_folder(node_modules / part['npm'], part)}/{name}"
        for part in pins.values()
        for name in part.get("optional", [])
    ]


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


def _write_facts(folder: Path, version: str, optional: Iterable[str]) -> None:
    """What only the whole tree tells, for the engine, for the page, and last for the service worker.

    One hash over all sources names the build, so that any change gives the browser another service worker; but for
    the list of who may embed, and for `_headers`, which has that list in it and else only the headers hashed here.
    """
    sources = {path: asset for path, asset in _listed(folder).items() if path not in (EMBED_LIST, "_headers")}
    hashes = {path: asset["sha256"] for path, asset in sources.items()}
    build = sha256_bytes(_json({"files": hashes, "headers": _offline_headers(sources)}))
    if (folder / BUILD_MODULE).is_file():
        _write(folder / BUILD_MODULE, f"export const BUILD = '{build}';\n".encode())
    files = {path: asset for path, asset in _listed(folder).items() if path.startswith(HASHED_FOLDERS)}
    _write(folder / "assets.json", _json({"version": version, "build": build, "files": files}))
    if (folder / SERVICE_WORKER).is_file():
        script = (folder / SERVICE_WORKER).read_text(encoding="utf-8")
        if script.count(FACTS_MARK) != 1:
            raise BuildError(f"{SERVICE_WORKER} has no single place for the facts of the build")
        facts = _offline_facts(build, folder, optional)
        _write(folder / SERVICE_WORKER, script.replace(FACTS_MARK, json.dumps(facts, sort_keys=True)).encode())


def _offline_facts(build: str, folder: Path, optional: Iterable[str]) -> dict[str, Any]:
    """What the service worker knows: web/offline/protocol.js describes it."""
    fetched = {
        path: asset
        for path, asset in _listed(folder).items()
        if path not in NOT_FETCHED and not path.startswith(SERVICE_WORKER_PARTS)
    }
    shell = {path for path in fetched if path.endswith(SHELL_SUFFIXES) and not path.startswith(SHELL_LEFT_OUT)}
    whole = b"".join((folder / path).read_bytes() for path in sorted(shell))
    return {
        "id": build,
        "shell": {path: asset for path, asset in fetched.items() if path in shell},
        "whole": {"bytes": len(whole), "sha256": sha256_bytes(whole)},
        "kept": {path: asset for path, asset in fetched.items() if path not in shell},
        "optional": sorted(optional),
        **_offline_headers(fetched),
    }


def _offline_headers(paths: Iterable[str]) -> dict[str, Any]:
    """The headers that the service worker adds. Who may embed is not among them: the page for that asks the list."""
    return {"headers": security_headers(isolation=True), "pages": page_headers(paths, ["*"])}


def _listed(folder: Path) -> dict[str, Asset]:
    """Every file below `folder` with its length and SHA-256."""
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256_file(path)}
        for path in files_below(folder)
    }


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
