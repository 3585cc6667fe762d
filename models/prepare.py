#!/usr/bin/env python3
"""Turn a published fp32 network into the file that ships, as `manifest.json` pins both.

    prepare.py --source DIR_OR_FILE --out DIR [--model NAME] [--update]

The source must have the SHA-256 in the manifest, and so must the result: the recipe is deterministic, and
a result with another hash is an error. `--update` writes the new pin into the manifest instead.
Needs onnx and NumPy.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import onnx

from recipe.graph import Graph
from recipe.manifest import (
    Pin,
    RecipeError,
    load_manifest,
    pin_of,
    read_checked,
    save_manifest,
    sha256_hex,
    shipped_name,
)
from recipe.networks import RECIPES

MAX_SHIPPED_BYTES = 7_000_000


def build(name: str, published: bytes) -> bytes:
    """The shipped file of model `name`, made from the bytes of its published fp32 file."""
    graph = Graph(onnx.load_from_string(published))
    RECIPES[name](graph)
    graph.share_equal_constants()
    shipped = graph.to_bytes()
    if len(shipped) > MAX_SHIPPED_BYTES:
        raise RecipeError(f"{name}: {len(shipped)} bytes, more than the {MAX_SHIPPED_BYTES} allowed")
    return shipped


def prepare(name: str, entry: dict[str, Any], source: Path, out: Path, *, update: bool) -> Path:
    """Build one model into `out`, and hold it to its pin (or renew the pin in `entry`)."""
    pinned = entry["source"]
    path = find_source(source, PurePosixPath(pinned["member"]))
    shipped = build(name, read_checked(path, pin_of(pinned)))
    found = Pin(bytes=len(shipped), sha256=sha256_hex(shipped))
    if update:
        entry["file"] = {"name": shipped_name(name, found.sha256), "bytes": found.bytes, "sha256": found.sha256}
    elif found != pin_of(entry["file"]):
        raise RecipeError(
            f"{name}: the recipe gave {found.bytes} bytes, sha256 {found.sha256}, but the manifest pins "
            f"{entry['file']['sha256']}. If the recipe was meant to change, run again with --update."
        )
    out.mkdir(parents=True, exist_ok=True)
    target: Path = out / entry["file"]["name"]
    target.write_bytes(shipped)
    return target


def find_source(source: Path, member: PurePosixPath) -> Path:
    """`source` itself, or in a folder the file at the wheel's path or of the same name."""
    candidates = [source] if source.is_file() else [source / member, source / member.name]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise RecipeError(f"no {member.name} in {source}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the model files that ship.")
    parser.add_argument("--source", type=Path, required=True, help="fp32 file, or a folder that holds it")
    parser.add_argument("--out", type=Path, required=True, help="folder for the result")
    parser.add_argument("--model", choices=sorted(RECIPES), help="only this one (default: all)")
    parser.add_argument("--update", action="store_true", help="pin the result in the manifest")
    args = parser.parse_args(argv)

    manifest = load_manifest()
    names = [args.model] if args.model else list(manifest["models"])
    if args.source.is_file() and len(names) > 1:
        parser.error("--source names one file: say which --model it is")
    try:
        for name in names:
            target = prepare(name, manifest["models"][name], args.source, args.out, update=args.update)
            print(f"{target.name}  {target.stat().st_size} bytes")
    except (OSError, RecipeError) as error:
        print(f"prepare: {error}", file=sys.stderr)
        return 1
    if args.update:
        save_manifest(manifest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
