"""Read `manifest.json`, and hold files to the hashes that it pins."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST_PATH = Path(__file__).resolve().parent.parent / "manifest.json"


class RecipeError(Exception):
    """The input or the result of the recipe is not what the manifest says."""


@dataclass(frozen=True)
class Pin:
    """What a file must be: its length in bytes and its SHA-256 in lower-case hex."""

    bytes: int
    sha256: str


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def load_manifest(path: Path = MANIFEST_PATH) -> dict[str, Any]:
    """The whole manifest; see `models/README.md` for its fields."""
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def save_manifest(manifest: dict[str, Any], path: Path = MANIFEST_PATH) -> None:
    path.write_text(_dump(manifest) + "\n", encoding="utf-8")


def pin_of(entry: dict[str, Any]) -> Pin:
    return Pin(bytes=entry["bytes"], sha256=entry["sha256"])


def read_checked(path: Path, pin: Pin) -> bytes:
    """The bytes of `path`. Raises `RecipeError` unless length and hash are those of `pin`."""
    data = path.read_bytes()
    if len(data) != pin.bytes or sha256_hex(data) != pin.sha256:
        raise RecipeError(
            f"{path.name} is not the pinned file: expected {pin.bytes} bytes, sha256 {pin.sha256}; "
            f"found {len(data)} bytes, sha256 {sha256_hex(data)}"
        )
    return data


def shipped_name(model: str, sha256: str) -> str:
    """File names carry the hash, so that a cache can never serve an old file under a new pin."""
    return f"{model}-{sha256[:8]}.onnx"


def _dump(value: Any, indent: int = 0) -> str:
    """JSON with short lists on one line: channel triples stay readable and diffs small."""
    if isinstance(value, dict) and value:
        pad = "  " * (indent + 1)
        rows = (f"{pad}{json.dumps(key)}: {_dump(item, indent + 1)}" for key, item in value.items())
        return "{\n" + ",\n".join(rows) + "\n" + "  " * indent + "}"
    return json.dumps(value, ensure_ascii=False)
