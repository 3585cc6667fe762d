"""The model manifest, as the pipeline needs it: how each network wants its input and what its output means.

The manifest travels with the weights (``models/manifest.json``) and is the one home of these facts; nothing here
repeats a number from it.
"""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from gossamer.errors import ModelUnavailable

__all__ = ["InputRule", "Kind", "Manifest", "Model", "Normalisation"]

SUPPORTED_VERSION = 2
Rule: TypeAlias = Literal["long_side", "short_side", "area", "fixed"]
Fit: TypeAlias = Literal["round", "pad-edge", "pad-reflect"]
Kind: TypeAlias = Literal["person", "object"]
Filter: TypeAlias = Literal["box", "bilinear", "bicubic", "lanczos"]


@dataclass(frozen=True)
class InputRule:
    """How large the network's input is for a photo of a given size, in pixels; models/README.md has the fields."""

    rule: Rule
    size: int
    size_min: int
    long_side_max: int | None
    multiple: int
    fit: Fit
    downscale: Filter


@dataclass(frozen=True)
class Normalisation:
    """``(value / divisor - mean) / std`` a channel; ``divisor`` "max" is the photo's own largest value."""

    divisor: float | Literal["max"]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(frozen=True)
class Model:
    """One network: its file, its tensors and its rules.

    ``second_look`` is the rule for a second pass, which tells whether the network agrees with itself. ``edge_error``
    says by how many of its own pixels its edges may be off, ``weight`` how much its alpha counts in the unknown band
    against the photo's colours; models/README.md has all fields.
    """

    name: str
    file: str
    bytes: int
    sha256: str
    input_name: str
    output_name: str
    input: InputRule
    second_look: InputRule
    normalisation: Normalisation
    stretch: bool
    edge_error: int
    weight: float


@dataclass(frozen=True)
class Manifest:
    """All networks, and the name of the one for each kind of subject."""

    subjects: dict[Kind, str]
    models: dict[str, Model]

    def __getitem__(self, name: str) -> Model:
        try:
            return self.models[name]
        except KeyError:
            known = ", ".join(sorted(self.models))
            raise ModelUnavailable(f"There is no model {name!r}; the manifest has {known}.") from None

    def for_subject(self, kind: Kind) -> Model:
        """The network for a person or an object. Raises `ModelUnavailable` if the manifest names none that it has."""
        return self[self.subjects[kind]]

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Read ``manifest.json``. Raises `ModelUnavailable` if it is not one this version understands."""
        try:
            document = json.loads(text)
            if document["version"] != SUPPORTED_VERSION:
                raise ModelUnavailable(f"The manifest has version {document['version']}, not {SUPPORTED_VERSION}.")
            models = {name: _model(name, entry) for name, entry in document["models"].items()}
            subjects = {kind: str(document["subjects"][kind]) for kind in get_args(Kind)}
            return cls(subjects=subjects, models=models)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailable(f"The model manifest can't be read: {error!r}.") from error


def _one_of(kind: Any, value: str) -> Any:
    """``value``, if it is one that this version knows: a later one's must not be taken for something else."""
    if value not in get_args(kind):
        raise ValueError(f"{value!r} is none of {get_args(kind)}")
    return value


def _model(name: str, entry: dict[str, Any]) -> Model:
    norm, output = entry["normalisation"], entry["output"]
    rule = _rule(entry["input"])
    return Model(
        name=name,
        file=entry["file"]["name"],
        bytes=entry["file"]["bytes"],
        sha256=entry["file"]["sha256"],
        input_name=entry["input"]["name"],
        output_name=output["name"],
        input=rule,
        second_look=replace(rule, size=entry["second_look"]["size"], size_min=entry["second_look"]["size_min"]),
        normalisation=Normalisation(
            divisor=norm["divisor"], mean=tuple(norm["mean"]), std=tuple(norm["std"])
        ),
        stretch=output["stretch"],
        edge_error=output["edge_error"],
        weight=output["weight"],
    )


def _rule(entry: dict[str, Any]) -> InputRule:
    return InputRule(
        rule=_one_of(Rule, entry["rule"]),
        size=entry["size"],
        size_min=entry["size_min"],
        long_side_max=entry["long_side_max"],
        multiple=entry["multiple"],
        fit=_one_of(Fit, entry["fit"]),
        downscale=_one_of(Filter, entry["downscale"]),
    )
