"""The command line: ``gossamer photo.jpg [more …] -o out/``."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from tqdm import tqdm

from gossamer.api import cut_out, open_draft, read_trimap
from gossamer.cli_finish import add_finish_arguments, chosen_preset, finish_options
from gossamer.decode import Notice
from gossamer.encode import encode_alpha
from gossamer.errors import GossamerError, InvalidOption, ModelUnavailable
from gossamer.finish import Preset, head_box
from gossamer.options import Depth, Options, OutputType, Subject, parse_color
from gossamer.pipeline import Result
from gossamer.runtime.native import NativeRuntime

__all__ = ["main"]

SUFFIXES: dict[OutputType, str] = {"png": ".png", "webp": ".webp", "jpeg": ".jpg", "alpha": ".png", "trimap": ".png"}
FAILED, UNUSABLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 all done, 1 some photo failed, 2 nothing could be done."""
    args = _parser().parse_args(arguments)
    try:
        options = _options(args)
        if args.trimap is not None and len(args.photos) > 1:
            raise InvalidOption("A trimap belongs to one photo.")
        runtime = NativeRuntime(args.models, threads=args.threads)
    except GossamerError as error:
        return _complain(None, error, UNUSABLE)
    try:
        trimap = read_trimap(args.trimap)
    except (GossamerError, OSError) as error:
        return _complain(args.trimap, error, UNUSABLE)

    status = 0
    jobs = list(_jobs(args.photos, args.output, options.type, matte=args.alpha))
    taken = {photo.resolve(): f"replace the photo {photo}" for photo in args.photos}
    if args.trimap is not None:
        taken[args.trimap.resolve()] = f"replace the trimap {args.trimap}"
    for photo, target, matte in tqdm(jobs, unit="photo", disable=len(jobs) == 1 or args.quiet or None):
        try:
            _take((target, matte), photo, taken)
            result = _cut_out(photo, options, chosen_preset(args), trimap=trimap, runtime=runtime)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(result.data)
            if matte is not None:
                matte.write_bytes(encode_alpha(result.alpha))
        except ModelUnavailable as error:
            return _complain(None, error, UNUSABLE)  # no photo will do better
        except Exception as error:  # noqa: BLE001 - a defect that one photo brings to light must not stop the others
            status = _complain(photo, error, FAILED)
            continue
        for notice in result.notices:
            tqdm.write(f"{photo}: {notice.message}", file=sys.stderr)
    return status


def _options(args: argparse.Namespace) -> Options:
    """What to make of every photo. Raises `InvalidOption`."""
    options = finish_options(args)
    if args.background is not None:
        options["background"] = parse_color(args.background)
    return Options(
        type=args.type or _type_of(args.output),
        threshold=args.threshold,
        subject=args.subject,
        decontaminate=args.decontaminate,
        depth=args.depth,
        **options,
    )


def _cut_out(photo: Path, options: Options, preset: Preset | None, **how: Any) -> Result:
    """As `gossamer.cut_out`, with the head in its place where the preset is a document's."""
    if preset is None or preset.kind != "document" or options.crop != "subject":
        return cut_out(photo, **vars(options), **how)
    draft = open_draft(photo, subject=options.subject, depth=options.depth, **how)
    head = head_box(draft.alpha)
    if head is not None:
        options = replace(options, crop=preset.placed(head, draft.photo.size[0]), margin=0)
    result = cut_out(draft, **vars(options))
    return replace(result, notices=(*result.notices, _head_notice(preset)))


def _head_notice(preset: Preset) -> Notice:
    least, most = preset.head
    message = f"Measure the head: {least:g} to {most:g} mm from chin to crown. Its place is a guess; --crop moves it."
    return Notice("head-guessed", message)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gossamer",
        description="Remove the background of photos. Nothing leaves this computer.",
    )
    formats = "JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF; HEIC with the package pillow-heif"
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO", help=formats)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PATH",
        help="folder for the results, or a file name for a single photo (default: beside each photo)",
    )
    parser.add_argument("--type", choices=get_args(OutputType), help="what to write (default: as -o says, else png)")
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
    parser.add_argument(
        "--trimap", type=Path, metavar="FILE",
        help="for a single photo: black background, white foreground, grey to be solved; no network runs",
    )
    add_finish_arguments(parser)
    parser.add_argument("--models", type=Path, metavar="DIR", help="folder with manifest.json and the weights")
    parser.add_argument("--threads", type=int, metavar="N", help="processor threads (default: all cores)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('gossamer')}")
    return parser


def _type_of(output: Path | None) -> OutputType:
    """What the name of an output file asks for."""
    suffix = "" if output is None or output.is_dir() else output.suffix.lower()
    return {".webp": "webp", ".jpg": "jpeg", ".jpeg": "jpeg"}.get(suffix, "png")  # type: ignore[return-value]


def _jobs(
    photos: Sequence[Path], output: Path | None, type: OutputType, *, matte: bool
) -> Iterator[tuple[Path, Path, Path | None]]:
    """(photo, file to write, matte file or None) for each photo."""
    suffix = SUFFIXES[type]
    for photo in photos:
        if output is None:
            target = photo.with_name(f"{photo.stem}-cutout{suffix}")
        elif len(photos) == 1 and output.suffix.lower() in (*SUFFIXES.values(), ".jpeg") and not output.is_dir():
            target = output
        else:
            target = output / f"{photo.stem}{suffix}"
        yield photo, target, target.with_name(f"{target.stem}-alpha.png") if matte else None


def _take(targets: Sequence[Path | None], photo: Path, taken: dict[Path, str]) -> None:
    """Claim files for the results of a photo; never one that is a photo, or already holds another's result."""
    for path in filter(None, targets):
        if path.resolve() in taken:
            raise FileExistsError(f"the result would {taken[path.resolve()]}; choose another folder with -o")
        taken[path.resolve()] = f"be written to {path}, which already holds the result of {photo}"


def _complain(photo: Path | None, error: Exception, status: int) -> int:
    if not isinstance(error, GossamerError | OSError):
        error = GossamerError(f"{type(error).__name__}: {error}.")  # a defect
    where = f"{photo}: " if photo is not None else ""
    advice = getattr(error, "advice", "")
    code = f" [{error.code}]" if isinstance(error, GossamerError) else ""
    tqdm.write(f"gossamer: {where}{error} {advice}".rstrip() + code, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
