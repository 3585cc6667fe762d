"""What is pinned in more than one place agrees, and what ships is what was pinned."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from web.build.project import Project
from web.build.steps import files_below, sha256_file

ROOT = Path(__file__).parents[2]
RUNTIMES = ("pyodide", "onnxruntime-web", "client-zip")


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="module")
def assets(project: Project) -> dict[str, Any]:
    return dict(json.loads((project.dist / "assets.json").read_bytes()))


def read(path: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / path).read_bytes()))


def test_every_npm_package_is_pinned_to_one_version_with_its_hash() -> None:
    package, lock = read("package.json"), read("package-lock.json")
    wanted = {**package["dependencies"], **package["devDependencies"]}
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for path, entry in lock["packages"].items():
        assert path == "" or entry["integrity"].startswith("sha512-")


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_the_runtime_that_ships_is_the_one_that_is_pinned(runtime: str, assets: dict[str, Any]) -> None:
    version = read("package.json")["dependencies"][runtime]
    assert read(f"node_modules/{runtime}/package.json")["version"] == version
    folders = {path.split("/")[1] for path in assets["files"] if path.startswith(f"runtime/{runtime}-")}
    assert folders == {f"{runtime}-{version}"}


def test_pyodides_lock_is_of_the_pinned_version_and_names_no_package() -> None:
    version = read("package.json")["dependencies"]["pyodide"]
    lock = read(f"dist/runtime/pyodide-{version}/pyodide-lock.json")
    whole = read("node_modules/pyodide/pyodide-lock.json")
    assert lock["info"] == whole["info"]
    assert lock["info"]["version"] == version
    assert lock["packages"] == {}


def test_the_models_that_ship_are_those_of_the_manifest(project: Project, assets: dict[str, Any]) -> None:
    shipped = {path: entry for path, entry in assets["files"].items() if path.startswith("models/")}
    del shipped["models/manifest.json"]
    pins = [entry["file"] for entry in project.models.values()]
    pins += [entry[kind] for kind in ("wasm", "gpu") for entry in project.models.values() if kind in entry]
    pins += [entry["check"]["file"] for entry in project.models.values() if "check" in entry]
    assert shipped == {f"models/{pin['name']}": {key: pin[key] for key in ("bytes", "sha256")} for pin in pins}


def test_what_only_gpus_need_is_no_part_of_an_offline_copy(project: Project) -> None:
    script = (project.dist / "service-worker.js").read_text()
    found = re.search(r'"optional": (\[[^\]]*\])', script)
    assert found
    optional = json.loads(found[1])
    assert any(path.endswith(".jspi.wasm") for path in optional)
    assert not any("threaded.wasm" in path or path.endswith(".onnx") for path in optional)
    for path in optional:
        assert (project.dist / path).is_file()
        assert (project.dist / path).stat().st_size < 25 * 2**20, "some hosts refuse larger files"


def test_the_version_has_one_home(project: Project, assets: dict[str, Any]) -> None:
    assert assets["version"] == project.version
    assert "version" not in read("package.json")


def test_assets_agree_with_the_files(project: Project, assets: dict[str, Any]) -> None:
    for path, entry in assets["files"].items():
        file = project.dist / path
        assert (file.stat().st_size, sha256_file(file)) == (entry["bytes"], entry["sha256"])


@pytest.mark.parametrize("name", ["requirements.build.lock", "requirements.test.lock", "package-lock.json"])
def test_locks_name_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", ["requirements.build.lock", "requirements.test.lock"])
def test_every_python_package_is_pinned_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert pinned
    for entry in pinned:
        assert re.match(r"[\w.-]+==\S+", entry)
        assert "--hash=sha256:" in entry


def test_both_python_locks_pin_the_same_versions() -> None:
    build, test = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.build.lock", "requirements.test.lock")
    )
    assert build.items() <= test.items()


def test_our_pages_load_nothing_from_another_host(project: Project) -> None:
    """Links that a person may follow (`<a href>`) are the only addresses; scripts and styles hold none.

    None but that of a host that can't exist, RFC 2606 sees to it, which the self-test tries to reach in vain.
    """
    namespaces = r"http://www\.w3\.org/\S+"
    nowhere = r"'https://elsewhere\.invalid/[\w-]+'"
    links = r"<a\s[^>]*href=\"https://[^>]*>"
    comments = r"/\*.*?\*/|(?m:^\s*//.*$)|<!--.*?-->"
    for path in files_below(project.dist):
        foreign = path.relative_to(project.dist).parts[0] in ("runtime", "models", "python")
        if path.suffix in (".html", ".js", ".mjs", ".css", ".svg", ".webmanifest") and not foreign:
            allowed = f"{comments}|{links}|{namespaces}|{nowhere}"
            text = re.sub(allowed, "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert not re.search(r"(https?|wss?):\\?/\\?/|(src|href)=\"//", text), path.name
