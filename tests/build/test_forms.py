"""What the browser puts together of a form and a shipped file computes what the shipped file does, to the bit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from numpy.typing import NDArray

from web.build import tools
from web.build.project import Project

ROOT = Path(__file__).parents[2]
MAKE = """
import { readFileSync, writeFileSync } from 'node:fs';
import { floatModel } from './web/workers/inference/form.js';
const [form, shipped, made] = process.argv.slice(1);
const bytes = (path) => new Uint8Array(readFileSync(path));
writeFileSync(made, floatModel(bytes(form), bytes(shipped), 'open'));
"""


@pytest.mark.parametrize("name", ["modnet", "u2netp"])
def test_with_float_weights_a_network_gives_the_same(tmp_path: Path, name: str) -> None:
    project = Project(ROOT)
    entry = project.models[name]
    shipped, form = (project.cache / "models" / entry[field]["name"] for field in ("file", "wasm"))
    made = tmp_path / "made.onnx"
    node, _ = tools.require_node()
    words = [node, "--input-type=module", "--eval", MAKE, form, shipped, made]
    subprocess.run([str(word) for word in words], cwd=ROOT, check=True)
    photo = np.random.default_rng(3).standard_normal((1, 3, 96, 64), dtype=np.float32)
    np.testing.assert_array_equal(_run(made, entry, photo), _run(shipped, entry, photo))
    assert {node.op_type for node in onnx.load(made).graph.node}.isdisjoint({"DequantizeLinear", "BitShift"})


def _run(path: Path, entry: dict[str, dict[str, str]], photo: NDArray[np.float32]) -> NDArray[np.float32]:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    output: NDArray[np.float32]
    (output,) = session.run([entry["output"]["name"]], {entry["input"]["name"]: photo})
    return output
