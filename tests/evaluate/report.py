"""Averages of many outcomes, as tables for a person and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tests.evaluate.outcome import Outcome

__all__ = ["color_table", "document", "number", "table", "time_line"]

DECIMALS = {"MAD": 4, "MSE": 5, "MSE.s": 4, "IoU": 4, "px": 0}
LABEL, CELL = 24, 10

Average = dict[str, Any]
"""``n``, and ``median`` and ``mean`` by column."""


def document(outcomes: Sequence[Outcome], problems: Sequence[str], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that was found out, of plain values that JSON has: None for what is no number."""
    plain = {
        "settings": dict(settings),
        "summary": summary(outcomes),
        "colors": color_summary(outcomes),
        "timings": _average([outcome.timings for outcome in outcomes]),
        "items": [_item(outcome) for outcome in outcomes],
        "problems": list(problems),
    }
    result: dict[str, Any] = _without_nan(plain)
    return result


def _item(outcome: Outcome) -> dict[str, Any]:
    height, width = outcome.size
    return {
        "set": outcome.photo.set,
        "stem": outcome.photo.stem,
        "category": outcome.photo.category,
        "size": [width, height],
        "scores": outcome.scores,
        "timings": outcome.timings,
        "colors": outcome.colors,
    }


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Averages over all, by category and by set."""

    def grouped(key: Callable[[Outcome], str]) -> dict[str, Average]:
        names = sorted({key(outcome) for outcome in outcomes})
        return {name: _average([one.scores for one in outcomes if key(one) == name]) for name in names}

    return {
        "all": _average([outcome.scores for outcome in outcomes]),
        "category": grouped(lambda outcome: outcome.photo.category),
        "set": grouped(lambda outcome: outcome.photo.set),
    }


def _average(rows: Sequence[Mapping[str, float]]) -> Average:
    """Median and mean of each column, over the rows that have a number there."""
    columns = dict.fromkeys(name for row in rows for name in row)
    median, mean = {}, {}
    for column in columns:
        values = [row[column] for row in rows if not math.isnan(row.get(column, math.nan))]
        median[column] = float(np.median(values)) if values else math.nan
        mean[column] = float(np.mean(values)) if values else math.nan
    return {"n": len(rows), "median": median, "mean": mean}


def color_summary(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """By background: the mean errors, and by how many percent the cut-outs' is less than that of the photos' own."""
    rows = [outcome.colors for outcome in outcomes if outcome.colors]
    result = {}
    for background in rows[0] if rows else ():
        mean = _average([row[background] for row in rows])["mean"]
        result[background] = {**mean, "reduction": _reduction(mean)}
    return result


def _reduction(errors: Mapping[str, float]) -> float:
    return 100 * (1 - errors["cut_out"] / errors["own"]) if errors["own"] else math.nan


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nan(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def table(outcomes: Sequence[Outcome]) -> str:
    """The scores: two lines, median and mean, for all photos, each category and each set."""
    averages = summary(outcomes)
    columns = list(averages["all"]["mean"])
    head = f"{'':{LABEL}}{'n':>4} {'':6}" + "".join(f"{column:>{CELL}}" for column in columns)
    lines = [head, "-" * len(head), *_lines("all", averages["all"], columns)]
    for group in ("category", "set"):
        lines.append(f"by {group}")
        for name, average in averages[group].items():
            lines += _lines(f"  {name}", average, columns)
    return "\n".join(lines) + "\n"


def _lines(label: str, average: Average, columns: Sequence[str]) -> list[str]:
    def cells(kind: str) -> str:
        return "".join(f"{number(column, average[kind][column]):>{CELL}}" for column in columns)

    first = f"{label:{LABEL}}{average['n']:>4} median" + cells("median")
    return [first, f"{'':{LABEL}}{'':4} mean  " + cells("mean")]


def number(column: str, value: float) -> str:
    """A value as its column shows it."""
    return "-" if math.isnan(value) else f"{value:.{DECIMALS.get(column, 2)}f}"


def color_table(outcomes: Sequence[Outcome]) -> str:
    """Errors of composites with the photos' own colours and with the cut-outs'; empty where none were measured."""
    averages = color_summary(outcomes)
    if not averages:
        return ""
    head = f"{'colours, levels of 255':{LABEL + 10}}{'on':8}{'own':>{CELL}}{'cut-out':>{CELL}}{'less by':>{CELL}}"
    lines = [head, "-" * len(head)]
    rows = [(one.photo.name, one.colors) for one in outcomes if one.colors]
    for name, colors in [*rows, ("mean", averages)]:
        for background, errors in colors.items():
            values = "".join(f"{errors[whose]:{CELL}.2f}" for whose in ("own", "cut_out"))
            lines.append(f"{name:{LABEL + 10}}{background:8}{values}{_reduction(errors):{CELL - 2}.1f} %")
            name = ""  # noqa: PLW2901 - only the first of its lines is labelled
    return "\n".join(lines) + "\n"


def time_line(outcomes: Sequence[Outcome]) -> str:
    """Median times; empty where nothing was timed."""
    median = _average([outcome.timings for outcome in outcomes])["median"]
    if not median:
        return ""
    return "median ms: " + ", ".join(f"{stage} {value:.0f}" for stage, value in median.items()) + "\n"
