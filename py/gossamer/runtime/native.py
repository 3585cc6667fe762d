"""CPython with ONNX Runtime: the command line and scripts."""

import hashlib
import importlib.util
import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from gossamer.arrays import RgbaU8, TensorF32
from gossamer.errors import InferenceFailed, ModelUnavailable, OutOfMemory
from gossamer.manifest import Manifest
from gossamer.runtime.native_heif import decode_heif

__all__ = ["NativeRuntime", "find_models"]

MODELS_VARIABLE = "GOSSAMER_MODELS"
MODELS_PACKAGE = "gossamer_models"
# ONNX Runtime has no error of its own for a failed allocation.
NO_MEMORY = re.compile(r"bad_?\s?alloc|alloc\w* fail|fail\w* to alloc|out of memory", re.IGNORECASE)


def find_models() -> Path:
    """The folder with ``manifest.json`` and the weights: ``$GOSSAMER_MODELS``, else the gossamer-models package."""
    named = os.environ.get(MODELS_VARIABLE)
    if named:
        return Path(named)
    spec = importlib.util.find_spec(MODELS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"The network's weights are not installed (no package {MODELS_PACKAGE}).")
    return Path(spec.submodule_search_locations[0])


class NativeRuntime:
    """Networks on ONNX Runtime's CPU provider; each is checked and loaded on its first use and kept.

    Parameters
    ----------
    models
        Folder with ``manifest.json`` and the weights; `find_models` looks for it if left out.
    threads
        Threads within an operator; None lets ONNX Runtime take every core.
    """

    def __init__(self, models: Path | None = None, *, threads: int | None = None) -> None:
        self._folder = find_models() if models is None else models
        self._threads = threads
        self._sessions: dict[str, Any] = {}
        try:
            self.manifest = Manifest.from_json((self._folder / "manifest.json").read_bytes())
        except OSError as error:
            raise ModelUnavailable(f"There is no readable manifest.json in {self._folder}.") from error

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        """Run one network; see `gossamer.runtime.base.Runtime.infer`."""
        entry = self.manifest[model]
        session = self._session(model)
        try:
            (output,) = session.run([entry.output_name], {entry.input_name: tensor})
        except Exception as error:  # ONNX Runtime raises its own unexported classes
            failure = OutOfMemory if NO_MEMORY.search(str(error)) else InferenceFailed
            raise failure(f"The network {model} failed: {error}.", stage="segment") from error
        return np.asarray(output, dtype=np.float32)

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:  # noqa: ARG002
        """Leave JPEGs to Pillow, whose libjpeg-turbo is the reference here."""
        return None

    async def decode_heif(self, data: bytes, media_type: str) -> RgbaU8:
        """Decode with what is installed; see `gossamer.runtime.base.Runtime.decode_heif`."""
        return decode_heif(data, media_type)

    def _session(self, model: str) -> Any:
        if model not in self._sessions:
            self._sessions[model] = self._load(model)
        return self._sessions[model]

    def _load(self, model: str) -> Any:
        try:
            import onnxruntime as ort  # noqa: PLC0415 - optional
        except ImportError as error:
            raise ModelUnavailable("ONNX Runtime is not installed: pip install 'gossamer[native]'.") from error
        entry = self.manifest[model]
        try:
            weights = (self._folder / entry.file).read_bytes()
        except OSError as error:
            raise ModelUnavailable(f"The weights {entry.file} are not in {self._folder}.") from error
        if hashlib.sha256(weights).hexdigest() != entry.sha256:
            raise ModelUnavailable(f"The weights {entry.file} are damaged: their SHA-256 is not the pinned one.")
        options = ort.SessionOptions()
        # The weights are stored as integers: make them floats once, at load, rather than for every photo.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        if self._threads is not None:
            options.intra_op_num_threads = self._threads
        return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
