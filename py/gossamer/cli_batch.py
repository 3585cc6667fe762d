"""``gossamer batch PHOTOS RESULTS``: a folder of photos, on all cores of this machine or on many machines."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tqdm import tqdm

from gossamer.batch import Batch, Crew, CutOut, Failure, Outcome, failure_of
from gossamer.batch.files import write_whole
from gossamer.batch.pool import Pool
from gossamer.batch.run import Kept
from gossamer.batch.work import made_by
from gossamer.cli_recipe import FORMATS, add_recipe_arguments, recipe_of
from gossamer.errors import GossamerError, InvalidOption

__all__ = ["COMMAND", "main"]

COMMAND = "batch"
FAILED, UNUSABLE, INTERRUPTED = 1, 2, 130
STOPPED = Failure("cancelled", "Stopped.", "The same command goes on from there.")


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status.

    0: all done; 1: some photo failed; 2: nothing could be done, or nothing more; 130: stopped from outside.
    """
    args = _parser().parse_args(arguments)
    try:
        recipe = recipe_of(args, "png")
        maker = made_by(args.models)
        batch = Batch(args.photos, args.results, recipe, maker, again=args.force)
        work = CutOut(recipe, maker, args.models and args.models.resolve(), _threads(args), args.force)
        crew = _crew(args, work, batch)
        total = batch.count()
    except GossamerError as error:
        return _complain(failure_of(error), UNUSABLE)
    if total == 0:
        return _complain(Failure("", f"There are no photos in {args.photos}.", f"It takes {FORMATS}."), UNUSABLE)
    with tqdm(total=total, unit="photo", disable=args.quiet or None, smoothing=0.05) as bar:
        tally = _Tally(bar)
        try:
            with _stopping(batch):
                batch.run(crew, tally)
        except KeyboardInterrupt:
            batch.stop(STOPPED)
        except (GossamerError, OSError) as error:
            batch.stop(failure_of(error))
    _write_lists(args, batch, tally)
    if not args.quiet:
        tqdm.write(f"gossamer: {tally.summary(batch.others)}", file=sys.stderr)
    if batch.stopped is not None:
        return _complain(batch.stopped, INTERRUPTED if batch.stopped is STOPPED else UNUSABLE)
    return FAILED if tally.failures else 0


@dataclass
class _Tally:
    """Counts what became of the photos, and moves the bar."""

    bar: Any
    made: int = 0
    kept: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    remarkable: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, outcome: Outcome | Kept) -> None:
        if isinstance(outcome, Kept):
            self.kept += 1
            self._remark(outcome.entry.photo, outcome.entry.confidence, outcome.entry.notices)
        elif outcome.failure is None:
            self.made += 1
            self._remark(outcome.photo, outcome.confidence, outcome.notices)
        else:
            self.failures.append((outcome.photo, outcome.failure))
            tqdm.write(f"gossamer: {_shown(outcome.photo)}: {outcome.failure}", file=sys.stderr)
        self.bar.update()

    def _remark(self, photo: str, confidence: float | None, notices: Any) -> None:
        if notices:
            self.remarkable.append({"photo": photo, "confidence": confidence, "notices": notices})

    def summary(self, others: int) -> str:
        parts = [f"{self.made} made"]
        parts += [f"{self.kept} were done already"] if self.kept else []
        parts += [f"{len(self.failures)} failed"] if self.failures else []
        parts += [f"{len(self.remarkable)} worth a look"] if self.remarkable else []
        parts += [f"{others} other files left out"] if others else []
        return ", ".join(parts) + "."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"gossamer {COMMAND}",
        description="Remove the background of all photos in a folder and those in it. What is done stays done:"
        " the same command goes on where it was stopped, and works on what is new or has changed.",
    )
    parser.add_argument("photos", type=Path, metavar="PHOTOS", help=f"folder of {FORMATS}")
    parser.add_argument("results", type=Path, metavar="RESULTS", help="folder for the results; mirrors the other")
    add_recipe_arguments(parser, default_type="png")
    group = parser.add_argument_group("the work")
    group.add_argument("--jobs", type=_count, metavar="N", help="photos at a time (default: one for each core)")
    group.add_argument("--threads", type=_count, metavar="N", help="for each of them (default: what cores there are)")
    group.add_argument(
        "--on", default="local", metavar="WHERE",
        help="local (default); dask: workers on this machine; dask=HOST:PORT: those of a Dask scheduler, which see"
        " both folders by the same paths",
    )
    group.add_argument("--force", action="store_true", help="do all again, and replace whatever is in the way")
    group.add_argument("--failed", type=Path, metavar="FILE", help="list the photos that failed, and why")
    group.add_argument("--json", type=Path, metavar="FILE", help="report: counts, failures, what is worth a look")
    group.add_argument("-q", "--quiet", action="store_true", help="no progress bar and no summary")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _cores() -> int:
    """Those that we may use, which can be fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _threads(args: argparse.Namespace) -> int:
    """More threads in all than cores would only be in each other's way."""
    return args.threads or max(1, _cores() // (args.jobs or _cores()))


def _crew(args: argparse.Namespace, work: CutOut, batch: Batch) -> Crew:
    engine, equals, address = args.on.partition("=")
    jobs = args.jobs or _cores()
    if args.on == "local":
        return Pool(work, jobs)
    if engine != "dask" or (equals and not address):
        raise InvalidOption(f"The work can be done on local, dask or dask=HOST:PORT, not on {args.on!r}.")
    try:
        from gossamer.batch.on_dask import DaskCrew  # noqa: PLC0415 - optional
    except ImportError as error:
        raise InvalidOption("Dask is not installed: pip install 'gossamer[dask]'.") from error
    return DaskCrew(work, jobs, address=address or None, visible=(batch.source, batch.target))


@contextmanager
def _stopping(batch: Batch) -> Iterator[None]:
    """Ctrl+C, or the system's wish, has what is in hand finished; the second time it ends at once."""

    def hear(number: int, _: FrameType | None) -> None:
        signal.signal(number, before[signal.Signals(number)])
        batch.stop(STOPPED)
        # Not by way of `sys.stderr`, which may be in the middle of a line.
        os.write(2, b"\ngossamer: Finishing the photos in hand. Once more ends at once.\n")

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_lists(args: argparse.Namespace, batch: Batch, tally: _Tally) -> None:
    if args.failed is not None:
        write_whole(args.failed, "".join(f"{_shown(photo)}\t{why}\n" for photo, why in tally.failures).encode())
    if args.json is not None:
        document = {
            "photos": str(batch.source),
            "results": str(batch.target),
            "recipe": batch.fingerprint,
            "made": tally.made,
            "kept": tally.kept,
            "failed": len(tally.failures),
            "others": batch.others,
            "stopped": batch.stopped and vars(batch.stopped),
            "failures": [{"photo": photo, **vars(failure)} for photo, failure in tally.failures],
            "remarkable": tally.remarkable,
        }
        write_whole(args.json, json.dumps(document, indent=1).encode() + b"\n")


def _shown(photo: str) -> str:
    """A name in one line: it may hold a line break, or bytes that are no text."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in photo)


def _complain(failure: Failure, status: int) -> int:
    tqdm.write(f"gossamer: {failure}", file=sys.stderr)
    return status
