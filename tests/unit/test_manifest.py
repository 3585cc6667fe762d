"""The model manifest: the real one, and the ways a wrong one is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gossamer.errors import ModelUnavailable
from gossamer.manifest import Kind, Manifest
from tests.unit.fakes import ROOT, manifest_document

REAL = ROOT / "models/manifest.json"
SUBJECTS: tuple[Kind, ...] = ("person", "object")


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
        assert model.second_look.size % model.second_look.multiple == 0
        assert all(deviation > 0 for deviation in model.normalisation.std)
        assert model.edge_error >= 0
        assert model.weight > 0
    assert {kind: manifest.for_subject(kind).name for kind in SUBJECTS} == document["subjects"]


def test_every_field_lands_where_it_belongs() -> None:
    changes: dict[str, Any] = {"mean": [0.1, 0.2, 0.3], "long_side_max": 99, "edge_error": 4, "weight": 0.07}
    model = Manifest.from_json(json.dumps(manifest_document(**changes)))["tiny"]
    assert (model.name, model.file, model.bytes, model.sha256) == ("tiny", "tiny.onnx", 3, "ab" * 32)
    assert (model.input_name, model.output_name) == ("in", "out")
    assert (model.input.rule, model.input.size, model.input.multiple) == ("long_side", 32, 8)
    assert (model.input.fit, model.input.size_min, model.input.long_side_max) == ("round", 32, 99)
    assert (model.input.downscale, model.stretch) == ("bilinear", False)
    assert (model.edge_error, model.weight) == (4, 0.07)
    assert (model.normalisation.divisor, model.normalisation.mean) == (255, (0.1, 0.2, 0.3))


def test_the_second_look_is_the_first_at_another_size() -> None:
    model = Manifest.from_json(json.dumps(manifest_document(long_side_max=99)))["tiny"]
    assert (model.second_look.size, model.second_look.size_min) == (24, 24)
    assert replace(model.second_look, size=32, size_min=32) == model.input


def test_each_kind_of_subject_has_its_network() -> None:
    manifest = Manifest.from_json(json.dumps(manifest_document()))
    assert [manifest.for_subject(kind).name for kind in SUBJECTS] == ["tiny", "other"]


def test_a_model_it_does_not_hold_is_refused_with_those_it_does() -> None:
    with pytest.raises(ModelUnavailable, match=r"'third'.*other, tiny"):
        Manifest.from_json(json.dumps(manifest_document()))["third"]


def test_a_subject_whose_network_is_not_there_is_refused_when_it_is_wanted() -> None:
    document = manifest_document()
    del document["models"]["other"]
    manifest = Manifest.from_json(json.dumps(document))
    assert manifest.for_subject("person").name == "tiny"
    with pytest.raises(ModelUnavailable, match=r"'other'.*tiny"):
        manifest.for_subject("object")


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_is_refused(version: int) -> None:
    with pytest.raises(ModelUnavailable, match=f"version {version}"):
        Manifest.from_json(json.dumps({**manifest_document(), "version": version}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        b"\xff\xfe\xff",
        "[]",
        "null",
        "{}",
        '{"version": 2}',
        '{"version": 2, "subjects": {"person": "tiny", "object": "tiny"}, "models": []}',
        '{"version": 2, "subjects": {"person": "tiny", "object": "tiny"}, "models": {"tiny": {}}}',
        '{"version": 2, "subjects": {"person": "tiny", "object": "tiny"}, "models": {"tiny": null}}',
        '{"version": 2, "subjects": {"person": "tiny"}, "models": {}}',
        '{"version": 2, "subjects": "tiny", "models": {}}',
        '{"version": 2, "models": {}}',
    ],
)
def test_what_is_no_manifest_is_refused(text: str | bytes) -> None:
    with pytest.raises(ModelUnavailable):
        Manifest.from_json(text)


@pytest.mark.parametrize("field", ["rule", "fit", "downscale"])
def test_a_rule_of_a_later_time_is_refused_rather_than_guessed(field: str) -> None:
    later: dict[str, Any] = {field: "of a later time"}
    with pytest.raises(ModelUnavailable):
        Manifest.from_json(json.dumps(manifest_document(**later)))
