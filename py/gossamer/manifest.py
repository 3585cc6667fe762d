"""The model manifest, as the pipeline needs it: how each network wants its input and what its output means.

The manifest travels with the weights (``models/manifest.json``) and is the one home of these facts; nothing here
repeats a number from it.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from gossamer.errors import ModelUnavailable

__all__ = ["InputRule", "Manifest", "Model", "Normalisation"]

SUPPORTED_VERSION = 1
Rule: TypeAlias = Literal["long_side", "short_side", "area", "fixed"]
Fit: TypeAlias = Literal["round", "pad-edge", "pad-reflect"]
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
    """One network: its file, its tensors and its rules."""

    name: str
    file: str
    bytes: int
    sha256: str
    input_name: str
    output_name: str
    input: InputRule
    normalisation: Normalisation
    stretch: bool
    upscale: Filter


@dataclass(frozen=True)
class Manifest:
    """All networks, and the name of the one used by default."""

    default: str
    models: dict[str, Model]

    def __getitem__(self, name: str) -> Model:
        try:
            return self.models[name]
        except KeyError:
            known = ", ".join(sorted(self.models))
            raise ModelUnavailable(f"There is no model {name!r}; the manifest has {known}.") from None

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Read ``manifest.json``. Raises `ModelUnavailable` if it is not one this version understands."""
        try:
            document = json.loads(text)
            if document["version"] != SUPPORTED_VERSION:
                raise ModelUnavailable(f"The manifest has version {document['version']}, not {SUPPORTED_VERSION}.")
            models = {name: _model(name, entry) for name, entry in document["models"].items()}
            return cls(default=document["default"], models=models)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailable(f"The model manifest can't be read: {error!r}.") from error


def _one_of(kind: Any, value: str) -> Any:
    """``value``, if it is one that this version knows: a later one's must not be taken for something else."""
    if value not in get_args(kind):
        raise ValueError(f"{value!r} is none of {get_args(kind)}")
    return value


def _model(name: str, entry: dict[str, Any]) -> Model:
    rule = entry["input"]
    norm = entry["normalisation"]
    return Model(
        name=name,
        file=entry["file"]["name"],
        bytes=entry["file"]["bytes"],
        sha256=entry["file"]["sha256"],
        input_name=rule["name"],
        output_name=entry["output"]["name"],
        input=InputRule(
            rule=_one_of(Rule, rule["rule"]),
            size=rule["size"],
            size_min=rule["size_min"],
            long_side_max=rule["long_side_max"],
            multiple=rule["multiple"],
            fit=_one_of(Fit, rule["fit"]),
            downscale=_one_of(Filter, rule["downscale"]),
        ),
        normalisation=Normalisation(
            divisor=norm["divisor"], mean=tuple(norm["mean"]), std=tuple(norm["std"])
        ),
        stretch=entry["output"]["stretch"],
        upscale=_one_of(Filter, entry["output"]["upscale"]),
    )
