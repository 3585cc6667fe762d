"""ONNX Runtime with the real weights, and weights that are not the real ones."""

import asyncio
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from gossamer.errors import InferenceFailed, ModelUnavailable, OutOfMemory
from gossamer.manifest import Manifest
from gossamer.runtime.native import NativeRuntime, find_models


def tensor(side: int = 64, channels: int = 3) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(0).standard_normal((1, channels, side, side), dtype=np.float32)


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    """A folder with the network for people alone, to damage."""
    manifest = Manifest.from_json((models / "manifest.json").read_bytes())
    for name in ("manifest.json", manifest.for_subject("person").file):
        shutil.copy(models / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["modnet", "u2netp"])
def test_every_network_gives_alpha_of_its_inputs_size(runtime: NativeRuntime, name: str) -> None:
    entry = runtime.manifest[name]
    side = entry.input.size
    sent = tensor(side)
    before = sent.copy()
    output = asyncio.run(runtime.infer(name, sent))
    assert output.shape == (1, 1, side, side)
    assert output.dtype == np.float32
    assert output.min() >= 0
    assert output.max() <= 1 + 1e-6  # a sigmoid in fp32 may end one rounding above
    np.testing.assert_array_equal(sent, before)


def test_the_same_input_gives_the_same_output(runtime: NativeRuntime) -> None:
    first, second = (asyncio.run(runtime.infer("modnet", tensor())) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_jpegs_are_left_to_pillow(runtime: NativeRuntime) -> None:
    assert asyncio.run(runtime.decode_jpeg(b"\xff\xd8", 1, 1)) is None


def test_a_model_that_the_manifest_does_not_know(runtime: NativeRuntime) -> None:
    with pytest.raises(ModelUnavailable, match="modnet"):
        asyncio.run(runtime.infer("other", tensor()))


def test_an_input_that_the_network_cannot_take(runtime: NativeRuntime) -> None:
    with pytest.raises(InferenceFailed, match="modnet"):
        asyncio.run(runtime.infer("modnet", tensor(channels=4)))


@pytest.mark.parametrize(
    "message", ["std::bad_alloc", "bad allocation", "Failed to allocate memory for requested buffer of size 4194304"]
)
def test_an_allocation_that_fails(runtime: NativeRuntime, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def run(self, *_: object) -> None:
            raise RuntimeError(f"[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : {message}")

    monkeypatch.setitem(runtime._sessions, "modnet", Full())
    with pytest.raises(OutOfMemory, match="modnet") as caught:
        asyncio.run(runtime.infer("modnet", tensor()))
    assert caught.value.stage == "segment"


def test_weights_that_are_not_the_pinned_ones_are_never_run(copy: Path) -> None:
    (weights,) = copy.glob("*.onnx")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        asyncio.run(NativeRuntime(copy).infer("modnet", tensor()))


def test_weights_that_are_not_there(copy: Path) -> None:
    (weights,) = copy.glob("*.onnx")
    weights.unlink()
    with pytest.raises(ModelUnavailable, match=weights.name):
        asyncio.run(NativeRuntime(copy).infer("modnet", tensor()))


def test_weights_are_checked_once(copy: Path) -> None:
    runtime = NativeRuntime(copy, threads=1)
    first = asyncio.run(runtime.infer("modnet", tensor()))
    for weights in copy.glob("*.onnx"):
        weights.unlink()
    np.testing.assert_array_equal(asyncio.run(runtime.infer("modnet", tensor())), first)


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"manifest\.json"):
        NativeRuntime(tmp_path)


def test_a_manifest_of_a_later_time(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"version": 3}))
    with pytest.raises(ModelUnavailable, match="version 3"):
        NativeRuntime(tmp_path)


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOSSAMER_MODELS", str(tmp_path))
    assert find_models() == tmp_path


def test_without_variable_and_package_there_are_no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOSSAMER_MODELS", raising=False)
    monkeypatch.setattr("gossamer.runtime.native.MODELS_PACKAGE", "gossamer_models_elsewhere")
    with pytest.raises(ModelUnavailable, match="gossamer_models_elsewhere"):
        find_models()
