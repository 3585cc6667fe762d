"""Pack the shipped models as a data wheel, `gossamer_models`, that the command line finds its networks in.

Written with the standard library alone. The networks are stored, not compressed: they hardly shrink, and the
bytes of the wheel then depend on nothing but its contents.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

PACKAGE = "gossamer_models"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can carry: the wheel holds no time of its own."""

WHEEL_TAGS = b"Wheel-Version: 1.0\nGenerator: gossamer\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_models_wheel(
    wheel: Path, version: str, manifest: Path, models: list[Path], legal: list[Path]
) -> None:
    """Write the file `wheel`: a package of the manifest and the networks, with the `legal` files."""
    info = f"{PACKAGE}-{version}.dist-info"
    members = {
        f"{PACKAGE}/__init__.py": b'"""The networks that `gossamer` runs, with their manifest."""\n',
        f"{PACKAGE}/manifest.json": manifest.read_bytes(),
        **{f"{PACKAGE}/{path.name}": path.read_bytes() for path in models},
        **{f"{info}/licenses/{path.name}": path.read_bytes() for path in legal},
        f"{info}/METADATA": _metadata(version, legal),
        f"{info}/WHEEL": WHEEL_TAGS,
    }
    members[f"{info}/RECORD"] = _record(members, f"{info}/RECORD")
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def _metadata(version: str, legal: list[Path]) -> bytes:
    lines = [
        "Metadata-Version: 2.4",
        "Name: gossamer-models",
        f"Version: {version}",
        "Summary: The networks that gossamer runs",
        "License-Expression: Apache-2.0",
        *(f"License-File: {path.name}" for path in legal),
        "Requires-Python: >=3.11",
    ]
    return ("\n".join(lines) + "\n").encode()


def _record(members: Mapping[str, bytes], own_name: str) -> bytes:
    """The wheel's list of files: name, SHA-256 in URL-safe base64 without padding, length."""
    rows = []
    for name, data in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(data)}")
    return ("\n".join([*rows, f"{own_name},,"]) + "\n").encode()
