"""dist/: the same bytes from the same inputs, whole or not at all, a hash for all that the workers load."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from web.build.assemble import Tree, assemble, licence_texts, page_files, runtime_files, trim_pyodide_lock
from web.build.steps import BuildError, files_below

PYODIDE_LOCK: dict[str, Any] = {
    "info": {"version": "9.9.9", "arch": "wasm32"},
    "packages": {
        "micropip": {"depends": ["packaging"], "sha256": "m", "file_name": "micropip.whl"},
        "packaging": {"depends": [], "sha256": "p", "file_name": "packaging.whl"},
        "scipy": {"depends": ["numpy"], "sha256": "s", "file_name": "scipy.whl"},
    },
}


def small_tree(folder: Path) -> Tree:
    folder.mkdir()
    for name in ("index.html", "pyodide.wasm", "net.onnx"):
        (folder / name).write_text(f"content of {name}")
    return {
        "index.html": folder / "index.html",
        "runtime/pyodide-1/pyodide.wasm": folder / "pyodide.wasm",
        "models/net-12345678.onnx": folder / "net.onnx",
        "LICENSES.txt": b"licences",
    }


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Contents and mode of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in files_below(folder)
    }


def test_times_modes_and_order_of_the_sources_leave_no_trace(tmp_path: Path) -> None:
    first, second = small_tree(tmp_path / "a"), small_tree(tmp_path / "b")
    for source in second.values():
        if isinstance(source, Path):
            source.chmod(0o755)
            os.utime(source, (1, 1))
    assemble(first, tmp_path / "dist-a", version="1")
    assemble(dict(reversed(second.items())), tmp_path / "dist-b", version="1")
    assert snapshot(tmp_path / "dist-a") == snapshot(tmp_path / "dist-b")


def test_assets_list_exactly_what_the_workers_load(tmp_path: Path) -> None:
    tree = small_tree(tmp_path / "a")
    assemble(tree, tmp_path / "dist", version="1.2.3")
    assets = json.loads((tmp_path / "dist/assets.json").read_bytes())
    model = b"content of net.onnx"
    assert assets["version"] == "1.2.3"
    assert sorted(assets["files"]) == ["models/net-12345678.onnx", "runtime/pyodide-1/pyodide.wasm"]
    assert assets["files"]["models/net-12345678.onnx"] == {
        "bytes": len(model),
        "sha256": hashlib.sha256(model).hexdigest(),
    }


def test_the_build_hash_covers_the_pages_too(tmp_path: Path) -> None:
    builds = set()
    for number, text in enumerate(("one", "two", "one")):
        tree = {**small_tree(tmp_path / str(number)), "index.html": text.encode()}
        assemble(tree, tmp_path / "dist", version="1")
        builds.add(json.loads((tmp_path / "dist/assets.json").read_bytes())["build"])
    assert len(builds) == 2


def test_a_failed_build_leaves_the_former_dist_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    tree = small_tree(tmp_path / "a")
    assemble(tree, tmp_path / "dist", version="1")
    before = snapshot(tmp_path / "dist")
    with pytest.raises(BuildError, match=r"absent\.js is missing"):
        assemble({**tree, "z.js": tmp_path / "absent.js"}, tmp_path / "dist", version="2")
    assert snapshot(tmp_path / "dist") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "dist"]


def test_a_new_build_leaves_nothing_of_the_former_one(tmp_path: Path) -> None:
    tree = small_tree(tmp_path / "a")
    assemble({**tree, "old.js": b"old"}, tmp_path / "dist", version="1")
    assemble(tree, tmp_path / "dist", version="1")
    assert not (tmp_path / "dist/old.js").exists()


def test_pages_ship_without_what_only_the_build_and_the_checker_need(tmp_path: Path) -> None:
    shipped = ["index.html", "gossamer.js", "worker/engine.js", "icons/build.svg"]
    kept_back = ["build/serve.py", "tests/a.js", "tsconfig.json", "types/api.d.ts", ".eslintrc"]
    for name in [*shipped, *kept_back]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert sorted(page_files(tmp_path)) == sorted(shipped)


def test_the_trimmed_lock_keeps_its_entries_as_they_were() -> None:
    trimmed = json.loads(trim_pyodide_lock(json.dumps(PYODIDE_LOCK).encode(), ["micropip"]))
    assert trimmed["info"] == PYODIDE_LOCK["info"]
    assert sorted(trimmed["packages"]) == ["micropip", "packaging"]
    assert trimmed["packages"]["micropip"] == PYODIDE_LOCK["packages"]["micropip"]


def test_runtimes_lie_in_folders_that_carry_their_versions(tmp_path: Path) -> None:
    package = tmp_path / "pyodide"
    package.mkdir()
    (package / "package.json").write_text('{"version": "9.9.9"}')
    (package / "pyodide-lock.json").write_text(json.dumps(PYODIDE_LOCK))
    pins = {
        "pyodide": {
            "npm": "pyodide",
            "folder": "",
            "files": ["pyodide.mjs"],
            "lock": "pyodide-lock.json",
            "packages": ["packaging"],
        }
    }
    tree = runtime_files(pins, tmp_path, [tmp_path / "packaging.whl"])
    assert sorted(tree) == [
        "runtime/pyodide-9.9.9/packaging.whl",
        "runtime/pyodide-9.9.9/pyodide-lock.json",
        "runtime/pyodide-9.9.9/pyodide.mjs",
    ]


def test_licences_inside_wheels_reach_the_licence_text(tmp_path: Path) -> None:
    wheel = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thing-1.0.dist-info/LICENSE.txt", "Do as you like.")
        archive.writestr("thing/LICENSE", "of a file inside")
    extra = tmp_path / "runtime.txt"
    extra.write_text("Permission is granted.")
    text = licence_texts([wheel], [extra]).decode()
    assert "thing-1.0: LICENSE.txt" in text
    assert "Do as you like." in text
    assert "runtime\n" in text
    assert "of a file inside" not in text
