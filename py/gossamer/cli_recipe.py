"""What the command line's words about the result mean, for one photo as for a folder of them."""

import argparse
from pathlib import Path
from typing import get_args

from gossamer.batch import Recipe
from gossamer.cli_finish import add_finish_arguments, chosen_preset, finish_options
from gossamer.options import Depth, Options, OutputType, Subject, parse_color

__all__ = ["FORMATS", "add_recipe_arguments", "recipe_of"]

FORMATS = "JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF; HEIC with the package pillow-heif"


def add_recipe_arguments(parser: argparse.ArgumentParser, *, default_type: str) -> None:
    """Add them to a command line; `recipe_of` reads them."""
    parser.add_argument("--type", choices=get_args(OutputType), help=f"what to write (default: {default_type})")
    parser.add_argument("--alpha", action="store_true", help="write the matte too, as NAME-alpha.png")
    parser.add_argument("--background", metavar="COLOR", help="put the subject on a colour: white, #0a84ff, …")
    parser.add_argument("--threshold", type=float, metavar="A", help="make alpha binary at A, 0 < A <= 1")
    parser.add_argument("--subject", choices=get_args(Subject), default="auto", help="to look for (default: auto)")
    parser.add_argument(
        "--no-decontaminate", dest="decontaminate", action="store_false",
        help="leave the photo's colours in soft edges, and with them the old background",
    )
    parser.add_argument(
        "--depth", type=int, choices=get_args(Depth), default=8, help="16 keeps 16-bit colour, in PNG (default: 8)"
    )
    add_finish_arguments(parser)
    parser.add_argument("--models", type=Path, metavar="DIR", help="folder with manifest.json and the weights")


def recipe_of(args: argparse.Namespace, type: OutputType) -> Recipe:
    """What to make of every photo; ``type`` where none was named. Raises `InvalidOption`."""
    options = finish_options(args)
    if args.background is not None:
        options["background"] = parse_color(args.background)
    made = Options(
        type=args.type or type,
        threshold=args.threshold,
        subject=args.subject,
        decontaminate=args.decontaminate,
        depth=args.depth,
        **options,
    )
    return Recipe(made, chosen_preset(args), args.alpha)
