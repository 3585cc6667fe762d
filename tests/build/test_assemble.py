"""dist/: the same bytes from the same inputs, whole or not at all, a hash for all that the workers load."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from web.build import headers
from web.build.assemble import (
    Tree,
    assemble,
    licence_texts,
    named_by_content,
    page_files,
    runtime_files,
    without_packages,
)
from web.build.headers import security_headers
from web.build.steps import BuildError, files_below

PYODIDE_LOCK: dict[str, Any] = {
    "info": {"version": "9.9.9", "arch": "wasm32"},
    "packages": {"scipy": {"depends": ["numpy"], "sha256": "s", "file_name": "scipy.whl"}},
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


def offline_tree(folder: Path) -> Tree:
    return {
        **small_tree(folder),
        "service-worker.js": b"const BUILD = ({ /* facts of the build */ });\n",
        "offline/worker/store.js": b"part",
        "offline/build.js": b"export const BUILD = '';\n",
        "page/app.js": b"app",
        "page/sample.jpg": b"sample",
        "demos/plain.html": b"demo",
    }


def offline_facts(dist: Path) -> dict[str, Any]:
    script = (dist / "service-worker.js").read_text()
    facts: dict[str, Any] = json.loads(script.removeprefix("const BUILD = (").removesuffix(");\n"))
    return facts


def asset_of(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_the_service_worker_knows_every_file_that_a_page_may_ask_for_and_no_other(tmp_path: Path) -> None:
    assemble(offline_tree(tmp_path / "a"), tmp_path / "dist", version="1")
    facts = offline_facts(tmp_path / "dist")
    assert sorted(facts["shell"]) == ["assets.json", "index.html", "offline/build.js", "page/app.js"]
    assert sorted(facts["kept"]) == [
        "LICENSES.txt",
        "demos/plain.html",
        "models/net-12345678.onnx",
        "page/sample.jpg",
        "runtime/pyodide-1/pyodide.wasm",
    ]
    for path, asset in {**facts["shell"], **facts["kept"]}.items():
        data = (tmp_path / "dist" / path).read_bytes()
        assert asset == asset_of(data)
    assert facts["whole"] == asset_of(b"".join((tmp_path / "dist" / path).read_bytes() for path in facts["shell"]))
    assert facts["headers"] == security_headers(isolation=True)


def test_page_and_service_worker_name_the_same_build(tmp_path: Path) -> None:
    assemble(offline_tree(tmp_path / "a"), tmp_path / "dist", version="1")
    build = json.loads((tmp_path / "dist/assets.json").read_bytes())["build"]
    assert offline_facts(tmp_path / "dist")["id"] == build
    assert (tmp_path / "dist/offline/build.js").read_text() == f"export const BUILD = '{build}';\n"


@pytest.mark.parametrize("path", ["index.html", "page/sample.jpg", "offline/worker/store.js", "demos/plain.html"])
def test_any_change_gives_another_service_worker(tmp_path: Path, path: str) -> None:
    scripts = []
    for number, text in enumerate((b"one", b"two", b"one")):
        assemble({**offline_tree(tmp_path / str(number)), path: text}, tmp_path / "dist", version="1")
        scripts.append((tmp_path / "dist/service-worker.js").read_bytes())
    assert scripts[0] == scripts[2]
    assert scripts[0] != scripts[1]


def test_who_may_embed_is_the_hosts_to_change_and_no_part_of_the_build(tmp_path: Path) -> None:
    for name, text in {"a": b'{"allow": []}', "b": b'{"allow": ["https://shop.example"]}'}.items():
        tree = {**offline_tree(tmp_path / name), "embed.html": b"engine", "embed.json": text}
        assemble(tree, tmp_path / f"dist-{name}", version="1")
    one, other = snapshot(tmp_path / "dist-a"), snapshot(tmp_path / "dist-b")
    assert {path for path in one if one[path] != other[path]} == {"_headers", "embed.json"}
    facts = offline_facts(tmp_path / "dist-b")
    assert "embed.json" not in {**facts["shell"], **facts["kept"]}
    assert "frame-ancestors 'self' *" in facts["pages"]["embed.html"]["Content-Security-Policy"]


def test_any_change_of_the_headers_gives_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = set()
    for name, policy in {"a": "no-referrer", "b": "same-origin"}.items():
        monkeypatch.setitem(headers._RULES["security"], "Referrer-Policy", policy)
        assemble(offline_tree(tmp_path / name), tmp_path / f"dist-{name}", version="1")
        builds.add(offline_facts(tmp_path / f"dist-{name}")["id"])
    assert len(builds) == 2


def test_a_service_worker_without_a_place_for_the_facts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"service-worker\.js has no single place"):
        assemble(
            {**offline_tree(tmp_path / "a"), "service-worker.js": b"lost"}, tmp_path / "dist", version="1"
        )


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


def test_the_lock_says_what_runtime_it_is_of_and_names_no_package() -> None:
    assert json.loads(without_packages(json.dumps(PYODIDE_LOCK).encode())) == {**PYODIDE_LOCK, "packages": {}}


def test_names_tell_the_bytes(tmp_path: Path) -> None:
    archive = tmp_path / "library.zip"
    archive.write_bytes(b"modules")
    digest = hashlib.sha256(b"modules").hexdigest()
    assert named_by_content("python", [archive]) == {f"python/library-{digest[:8]}.zip": archive}


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
        }
    }
    tree = runtime_files(pins, tmp_path)
    assert sorted(tree) == [
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
