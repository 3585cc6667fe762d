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

from recipe.form import form, form_name
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
from recipe.networks import FORMS, RECIPES

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


def build_form(name: str, kind: str, published: bytes, shipped: bytes) -> bytes:
    """The form of model `name` for a kind of backend, which takes its weights from the `shipped` file."""
    graph = Graph(onnx.load_from_string(published))
    weights = FORMS[name][kind](graph)
    return form(graph, weights.values(), shipped)


def prepare(name: str, entry: dict[str, Any], source: Path, out: Path, *, update: bool) -> list[Path]:
    """Build the files of one model into `out`, and hold each to its pin (or renew the pins in `entry`)."""
    pinned = entry["source"]
    published = read_checked(find_source(source, PurePosixPath(pinned["member"])), pin_of(pinned))
    made = {"file": build(name, published)}
    for kind in FORMS[name]:
        made[kind] = build_form(name, kind, published, made["file"])
    out.mkdir(parents=True, exist_ok=True)
    for field, data in made.items():
        hold(name, field, entry, data, update=update)
        (out / entry[field]["name"]).write_bytes(data)
    return [out / entry[field]["name"] for field in made]


def hold(name: str, field: str, entry: dict[str, Any], data: bytes, *, update: bool) -> None:
    """Raise `RecipeError` unless `data` is what `entry[field]` pins; or pin it."""
    found = Pin(bytes=len(data), sha256=sha256_hex(data))
    if update:
        file_name = shipped_name(name, found.sha256) if field == "file" else form_name(name, field, found.sha256)
        entry[field] = {"name": file_name, "bytes": found.bytes, "sha256": found.sha256}
    elif field not in entry or found != pin_of(entry[field]):
        raise RecipeError(
            f"{name}: the recipe gave {found.bytes} bytes, sha256 {found.sha256}, which is not what the manifest "
            f"pins as {field!r}. If the recipe was meant to change, run again with --update."
        )


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
            for target in prepare(name, manifest["models"][name], args.source, args.out, update=args.update):
                print(f"{target.name}  {target.stat().st_size} bytes")
    except (OSError, RecipeError) as error:
        print(f"prepare: {error}", file=sys.stderr)
        return 1
    if args.update:
        save_manifest(manifest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
