"""The command line: ``gossamer photo.jpg [more …] -o out/``, and ``gossamer batch`` for whole folders."""

import argparse
import errno
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from gossamer import cli_batch
from gossamer.api import read_trimap
from gossamer.batch import Recipe, failure_of
from gossamer.batch.recipe import SUFFIXES
from gossamer.cli_recipe import FORMATS, add_recipe_arguments, recipe_of
from gossamer.errors import GossamerError, InvalidOption, ModelUnavailable
from gossamer.options import OutputType
from gossamer.runtime.native import NativeRuntime

__all__ = ["main"]

FAILED, UNUSABLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 all done, 1 some photo failed, 2 nothing could be done."""
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] == cli_batch.COMMAND:
        return cli_batch.main(words[1:])
    return _cut_out(_parser().parse_args(words))


def _cut_out(args: argparse.Namespace) -> int:
    try:
        recipe = recipe_of(args, _type_of(args.output))
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
    jobs = list(_jobs(args.photos, args.output, recipe))
    taken = {photo.resolve(): f"replace the photo {photo}" for photo in args.photos}
    if args.trimap is not None:
        taken[args.trimap.resolve()] = f"replace the trimap {args.trimap}"
    for photo, targets in tqdm(jobs, unit="photo", disable=len(jobs) == 1 or args.quiet or None):
        try:
            _take(targets, photo, taken)
            result = recipe.cut_out(photo, trimap=trimap, runtime=runtime)
            targets[0].parent.mkdir(parents=True, exist_ok=True)
            for target, data in zip(targets, recipe.contents(result), strict=True):
                target.write_bytes(data)
        except ModelUnavailable as error:
            return _complain(None, error, UNUSABLE)  # no photo will do better
        except Exception as error:  # noqa: BLE001 - a defect that one photo brings to light must not stop the others
            status = _complain(photo, error, FAILED)
            continue
        for notice in result.notices:
            tqdm.write(f"{photo}: {notice.message}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gossamer",
        description="Remove the background of photos. Nothing leaves this computer.",
        epilog=f"Whole folders, on all cores or on many machines: gossamer {cli_batch.COMMAND} --help",
    )
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO", help=FORMATS)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PATH",
        help="folder for the results, or a file name for a single photo (default: beside each photo)",
    )
    add_recipe_arguments(parser, default_type="as -o says, else png")
    parser.add_argument(
        "--trimap", type=Path, metavar="FILE",
        help="for a single photo: black background, white foreground, grey to be solved; no network runs",
    )
    parser.add_argument("--threads", type=int, metavar="N", help="processor threads (default: all cores)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('gossamer')}")
    return parser


def _type_of(output: Path | None) -> OutputType:
    """What the name of an output file asks for."""
    suffix = "" if output is None or output.is_dir() else output.suffix.lower()
    return {".webp": "webp", ".jpg": "jpeg", ".jpeg": "jpeg"}.get(suffix, "png")  # type: ignore[return-value]


def _jobs(photos: Sequence[Path], output: Path | None, recipe: Recipe) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Each photo and the files to write."""
    suffix = SUFFIXES[recipe.options.type]
    for photo in photos:
        if output is None:
            target = photo.with_name(f"{photo.stem}-cutout{suffix}")
        elif len(photos) == 1 and output.suffix.lower() in (*SUFFIXES.values(), ".jpeg") and not output.is_dir():
            target = output
        else:
            target = output / f"{photo.stem}{suffix}"
        yield photo, recipe.targets(target)


def _take(targets: Sequence[Path], photo: Path, taken: dict[Path, str]) -> None:
    """Claim files for the results of a photo; never one that is a photo, or already holds another's result."""
    for path in targets:
        if path.resolve() in taken:
            what = f"The result would {taken[path.resolve()]}; choose another folder with -o"
            raise FileExistsError(errno.EEXIST, what)
        taken[path.resolve()] = f"be written to {path}, which already holds the result of {photo}"


def _complain(photo: Path | None, error: Exception, status: int) -> int:
    where = f"{photo}: " if photo is not None else ""
    tqdm.write(f"gossamer: {where}{failure_of(error)}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
