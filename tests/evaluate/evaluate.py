"""`python3 build.py evaluate DIR`: how good mattes are, on photos whose true mattes are known."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

import gossamer
from gossamer.arrays import alpha_to_u8
from tests.evaluate import cutouts, report, sheet, trimaps
from tests.evaluate.arguments import parse
from tests.evaluate.outcome import Examine, Outcome
from tests.evaluate.photos import Photo, find_photos

__all__ = ["main"]

CutOut = Callable[..., gossamer.Result]


def main(words: Sequence[str] | None = None, cut_out: CutOut = gossamer.cut_out) -> int:
    arguments = parse(words)
    photos = find_photos(arguments.folder)
    if arguments.trimaps:
        photos = [photo for photo in photos if photo.path(arguments.trimaps).is_file()]
    if not photos:
        sys.stderr.write(f"evaluate: {arguments.folder} holds no photos with what is needed\n")
        return 2
    outcomes, problems = _examine_all(photos, _way(arguments, cut_out), arguments)
    if outcomes:
        parts = [report.table(outcomes), report.color_table(outcomes), report.time_line(outcomes)]
        sys.stdout.write("\n".join(filter(None, parts)))
    if arguments.json:
        settings = {"options": arguments.options, "trimaps": arguments.trimaps, "stored": arguments.pred is not None}
        document = report.document(outcomes, problems, settings)
        text = json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False, default=str)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    if problems:
        sys.stderr.write(f"evaluate: {len(problems)} of {len(photos)} photos could not be measured\n")
    return 1 if problems else 0


def _way(arguments: argparse.Namespace, cut_out: CutOut) -> Examine:
    """How each photo's matte is come by."""
    if arguments.trimaps:
        rival = trimaps.closed_form() if arguments.against_pymatting else None
        return trimaps.given(arguments.trimaps, trimaps.own(), rival)
    if arguments.pred:
        return cutouts.stored_in(arguments.pred)
    return cutouts.made_by(cut_out, arguments.options)


def _examine_all(
    photos: Sequence[Photo], examine: Examine, arguments: argparse.Namespace
) -> tuple[list[Outcome], list[str]]:
    """All outcomes, and a line for each photo that has none; mattes and the sheet are written on the way."""
    outcomes: list[Outcome] = []
    problems: list[str] = []
    rows: list[Image.Image] = []
    for count, photo in enumerate(photos, start=1):
        try:
            outcome, matte = examine(photo)
        except (gossamer.GossamerError, OSError, TypeError, ValueError) as error:
            problems.append(f"{photo.name}: {error}")
            _tell(count, len(photos), problems[-1])
            continue
        _tell(count, len(photos), _line(outcome))
        if arguments.write_mattes:
            arguments.write_mattes.mkdir(parents=True, exist_ok=True)
            levels = alpha_to_u8(matte.alpha.astype(np.float32))
            Image.fromarray(levels).save(arguments.write_mattes / f"{photo.name}.png")
        if arguments.sheet:
            rows.append(sheet.row(outcome, matte))
        outcomes.append(outcome)
    if rows:
        sheet.stack(rows).save(arguments.sheet)
    return outcomes, problems


def _tell(count: int, total: int, text: str) -> None:
    sys.stderr.write(f"{count:>{len(str(total))}}/{total} {text}\n")
    sys.stderr.flush()


def _line(outcome: Outcome) -> str:
    column, value = next(iter(outcome.scores.items()))
    line = f"{outcome.photo.name:36} {column} {report.number(column, value)}"
    return f"{line} {outcome.timings['total']:7.0f} ms" if outcome.timings else line


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
