"""The data wheel: reproducible, and as installers want it."""

from __future__ import annotations

import base64
import csv
import hashlib
import zipfile
from pathlib import Path

from models.wheel import write_models_wheel


def make(folder: Path) -> Path:
    folder.mkdir()
    for name in ("manifest.json", "net-1.onnx", "LICENSE"):
        (folder / name).write_text(f"content of {name}")
    wheel = folder / "out" / "gossamer_models-1.0-py3-none-any.whl"
    write_models_wheel(wheel, "1.0", folder / "manifest.json", [folder / "net-1.onnx"], [folder / "LICENSE"])
    return wheel


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    assert make(tmp_path / "a").read_bytes() == make(tmp_path / "b").read_bytes()


def test_holds_the_models_beside_their_manifest(tmp_path: Path) -> None:
    with zipfile.ZipFile(make(tmp_path / "a")) as archive:
        assert archive.read("gossamer_models/net-1.onnx") == b"content of net-1.onnx"
        assert archive.read("gossamer_models/manifest.json") == b"content of manifest.json"
        assert "gossamer_models-1.0.dist-info/licenses/LICENSE" in archive.namelist()


def test_the_record_names_every_file_with_its_hash(tmp_path: Path) -> None:
    with zipfile.ZipFile(make(tmp_path / "a")) as archive:
        rows = list(csv.reader(archive.read("gossamer_models-1.0.dist-info/RECORD").decode().splitlines()))
        assert sorted(row[0] for row in rows) == sorted(archive.namelist())
        for name, digest, length in rows[:-1]:
            data = archive.read(name)
            wanted = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (digest, length) == (f"sha256={wanted}", str(len(data)))
        assert rows[-1] == ["gossamer_models-1.0.dist-info/RECORD", "", ""]
