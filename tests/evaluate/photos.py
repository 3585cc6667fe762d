"""Photos with their true mattes, as they lie in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gossamer.arrays import RgbU8
from gossamer.metrics import FloatsF64

__all__ = ["Photo", "find_photos", "read_alpha", "read_bytes", "read_rgb"]


@dataclass(frozen=True)
class Photo:
    """One photo: ``folder/image/stem.png``, its matte ``folder/alpha/stem.png``, and what else there is of it.

    The folder is named as the set. The category says what the photo shows.
    """

    folder: Path
    stem: str
    category: str

    @property
    def set(self) -> str:
        return self.folder.name

    @property
    def name(self) -> str:
        return f"{self.set}__{self.stem}"

    def path(self, kind: str) -> Path:
        return self.folder / kind / f"{self.stem}.png"


def find_photos(folder: Path) -> list[Photo]:
    """All photos below ``folder`` that have a true matte, by set and name.

    Categories are read from ``folder.json`` beside it, a list of objects with set, stem and category; a photo that is
    not in there has its set's name.
    """
    categories = _categories(folder.with_name(f"{folder.name}.json"))
    found = []
    for truth in sorted(folder.glob("*/alpha/*.png")):
        home = truth.parents[1]
        photo = Photo(home, truth.stem, categories.get((home.name, truth.stem), home.name))
        if photo.path("image").is_file():
            found.append(photo)
    return found


def _categories(path: Path) -> dict[tuple[str, str], str]:
    if not path.is_file():
        return {}
    document: Any = json.loads(path.read_text(encoding="utf-8"))
    rows = document["items"] if isinstance(document, dict) else document
    return {(row["set"], row["stem"]): row["category"] for row in rows}


def read_rgb(path: Path) -> RgbU8:
    """(height, width, 3) uint8."""
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


def read_bytes(path: Path) -> NDArray[np.uint8]:
    """A grey picture, or the first channel of one in colour: (height, width) uint8."""
    with Image.open(path) as image:
        return np.array(image.getchannel(0) if image.mode == "RGB" else image.convert("L"))


def read_alpha(path: Path) -> FloatsF64:
    """A matte in [0, 1], (height, width): a file's alpha channel, or its grey of 8 or 16 bits."""
    with Image.open(path) as image:
        if image.mode in ("LA", "RGBA"):
            return np.asarray(image.getchannel("A"), dtype=np.float64) / 255
        if image.mode.startswith("I"):
            return np.asarray(image, dtype=np.float64) / 65535
    return read_bytes(path).astype(np.float64) / 255
