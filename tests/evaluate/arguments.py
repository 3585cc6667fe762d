"""The words on the command line."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["parse"]

LAYOUT = "DIR holds SET/image/*.png and SET/alpha/*.png, and may hold SET/fg (true colours) and trimaps."


def parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build.py evaluate", description="Measure mattes against true ones.", epilog=LAYOUT
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="photos with their true mattes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png", help="draw what was found")
    parser.add_argument("--write-mattes", type=Path, metavar="DIR", help="write the mattes as DIR/SET__NAME.png")
    parser.add_argument("--pred", type=Path, metavar="DIR", help="measure such mattes instead of making any")
    parser.add_argument(
        "--options",
        nargs="+",
        action="extend",
        default=[],
        type=_option,
        metavar="KEY=VALUE",
        help="how to cut out: arguments of gossamer.cut_out",
    )
    parser.add_argument("--trimaps", metavar="KIND", help="solve the trimaps SET/KIND/*.png and measure inside them")
    parser.add_argument(
        "--against-pymatting", action="store_true", help="with --trimaps: compare with PyMatting, found by PYTHONPATH"
    )
    arguments = parser.parse_args(words)
    _check(parser, arguments)
    arguments.options = dict(arguments.options)
    return arguments


def _check(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    for folder in (arguments.folder, arguments.pred):
        if folder is not None and not folder.is_dir():
            parser.error(f"there is no folder {folder}")
    for file in (arguments.json, arguments.sheet):
        if file is not None and not file.parent.is_dir():
            parser.error(f"there is no folder {file.parent}")
    if sum(map(bool, (arguments.pred, arguments.trimaps, arguments.options))) > 1:
        parser.error("--pred, --trimaps and --options exclude each other")
    if arguments.against_pymatting and not arguments.trimaps:
        parser.error("--against-pymatting needs --trimaps")
    if arguments.against_pymatting and find_spec("pymatting") is None:
        parser.error("--against-pymatting needs the package pymatting: name its folder in PYTHONPATH")


def _option(word: str) -> tuple[str, Any]:
    """``key=value``; the value is a Python literal, or else text."""
    key, equals, value = word.partition("=")
    if not (equals and key.isidentifier()):
        raise argparse.ArgumentTypeError(f"{word!r} is not KEY=VALUE")
    try:
        return key, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return key, value
