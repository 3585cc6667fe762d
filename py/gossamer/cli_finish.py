"""What the command line's words about crop, size and shadow mean."""

import argparse
import re
from typing import Any

from gossamer.errors import InvalidOption
from gossamer.finish import Preset, presets
from gossamer.options import Options, Shadow, parse_color

__all__ = ["add_finish_arguments", "chosen_preset", "finish_options"]

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"


def add_finish_arguments(parser: argparse.ArgumentParser) -> None:
    """Add them to the command line; `finish_options` reads them."""
    group = parser.add_argument_group("crop, size and shadow")
    group.add_argument("--preset", choices=sorted(presets()), help="size, margin and background for a purpose")
    group.add_argument(
        "--crop", metavar="WHAT", help="'subject', or X,Y,WIDTH,HEIGHT in pixels (--crop=-9,… beside the photo)"
    )
    group.add_argument("--margin", metavar="M", help="around the subject, of its longer side: 5%% or 0.05")
    group.add_argument("--aspect", metavar="W:H", help="to which the frame grows: 4:5 or 0.8")
    group.add_argument("--size", metavar="WxH", help="exact pixels: 1200x1200, or 1200x or x800 to keep the aspect")
    group.add_argument("--dpi", type=float, help="pixels per inch that the file states")
    group.add_argument(
        "--shadow", nargs="?", const="0.5", metavar="S", help="where the subject stands, 0 to 1 dark (default: 0.5)"
    )


def chosen_preset(args: argparse.Namespace) -> Preset | None:
    """The preset that was named, if any."""
    return None if args.preset is None else presets()[args.preset]


def finish_options(args: argparse.Namespace) -> dict[str, Any]:
    """Fields of `Options`: of the preset, with what else was asked for in their place. Raises `InvalidOption`."""
    options = {} if args.preset is None else _of_preset(presets()[args.preset], args)
    if args.crop is not None:
        options |= {"crop": _crop(args.crop), "margin": 0}
    if args.margin is not None:
        options["margin"] = _margin(args.margin)
    if args.aspect is not None:
        options["aspect"] = _aspect(args.aspect)
    if args.size is not None:
        options |= _size(args.size)
    if args.dpi is not None:
        options["dpi"] = args.dpi
    if args.shadow is not None:
        options["shadow"] = Shadow(strength=_value("shadow", args.shadow))
    return options


def _of_preset(preset: Preset, args: argparse.Namespace) -> dict[str, Any]:
    width, height = preset.pixels_at(Options(dpi=args.dpi).dpi)
    options: dict[str, Any] = {"crop": "subject", "width": width, "height": height, "dpi": preset.dpi}
    options["margin"] = preset.margin
    if preset.background is not None and args.depth == 8:
        options["background"] = parse_color(preset.background)
    return options


def _crop(text: str) -> Any:
    if text == "subject":
        return text
    if not re.fullmatch(rf"{NUMBER}(?:,{NUMBER}){{3}}", text):
        raise InvalidOption(f"The crop {text!r} is neither 'subject' nor X,Y,WIDTH,HEIGHT.")
    return tuple(map(float, text.split(",")))


def _margin(text: str) -> float:
    return _value("margin", text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def _aspect(text: str) -> float:
    width, colon, height = text.partition(":")
    above, below = _value("aspect", width), _value("aspect", height) if colon else 1
    if below == 0:
        raise InvalidOption(f"The aspect {text!r} is no width:height.")
    return above / below


def _size(text: str) -> dict[str, int | None]:
    found = re.fullmatch(r"(\d{1,9})?[x×](\d{1,9})?", text)
    if found is None or found[0] in ("x", "×"):
        raise InvalidOption(f"The size {text!r} is not like 1200x1200, 1200x or x800.")
    width, height = (None if side is None else int(side) for side in found.groups())
    return {"width": width, "height": height}


def _value(what: str, text: str) -> float:
    if not re.fullmatch(NUMBER, text):
        raise InvalidOption(f"The {what} {text!r} is no number.")
    return float(text)
