"""The model manifest: the real one, and the ways a wrong one is refused."""

import json
from typing import Any

import pytest

from gossamer.errors import ModelUnavailable
from gossamer.manifest import Manifest
from tests.unit.fakes import ROOT, manifest_document

REAL = ROOT / "models/manifest.json"


def test_the_shipped_manifest_is_understood() -> None:
    manifest = Manifest.from_json(REAL.read_bytes())
    document = json.loads(REAL.read_bytes())
    assert sorted(manifest.models) == sorted(document["models"])
    for name, model in manifest.models.items():
        entry = document["models"][name]
        assert (model.file, model.bytes, model.sha256) == tuple(
            entry["file"][key] for key in ("name", "bytes", "sha256")
        )
        assert model.sha256[:8] in model.file
        assert model.input.size % model.input.multiple == 0
        assert all(deviation > 0 for deviation in model.normalisation.std)
    assert manifest.default in manifest.models


def test_every_field_lands_where_it_belongs() -> None:
    model = Manifest.from_json(json.dumps(manifest_document(mean=[0.1, 0.2, 0.3], long_side_max=99)))["tiny"]
    assert (model.name, model.file, model.bytes, model.sha256) == ("tiny", "tiny.onnx", 3, "ab" * 32)
    assert (model.input_name, model.output_name) == ("in", "out")
    assert (model.input.rule, model.input.size, model.input.multiple) == ("long_side", 32, 8)
    assert (model.input.fit, model.input.size_min, model.input.long_side_max) == ("round", 32, 99)
    assert (model.input.downscale, model.upscale, model.stretch) == ("bilinear", "bilinear", False)
    assert (model.normalisation.divisor, model.normalisation.mean) == (255, (0.1, 0.2, 0.3))


def test_a_model_it_does_not_hold_is_refused_with_those_it_does() -> None:
    with pytest.raises(ModelUnavailable, match=r"'other'.*tiny"):
        Manifest.from_json(json.dumps(manifest_document()))["other"]


def test_another_version_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="version 2"):
        Manifest.from_json(json.dumps({**manifest_document(), "version": 2}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        b"\xff\xfe\xff",
        "[]",
        "null",
        "{}",
        '{"version": 1}',
        '{"version": 1, "default": "tiny", "models": []}',
        '{"version": 1, "default": "tiny", "models": {"tiny": {}}}',
        '{"version": 1, "default": "tiny", "models": {"tiny": null}}',
    ],
)
def test_what_is_no_manifest_is_refused(text: str | bytes) -> None:
    with pytest.raises(ModelUnavailable):
        Manifest.from_json(text)


@pytest.mark.parametrize("field", ["rule", "fit", "downscale", "upscale"])
def test_a_rule_of_a_later_time_is_refused_rather_than_guessed(field: str) -> None:
    later: dict[str, Any] = {field: "of a later time"}
    with pytest.raises(ModelUnavailable):
        Manifest.from_json(json.dumps(manifest_document(**later)))
