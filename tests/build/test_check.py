"""Counting: what the test runners report becomes the closing line."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.build.check import Tally, read_junit, read_tap, run_parts
from web.build.project import Project
from web.build.steps import BuildError


def test_a_tally_reads_as_one_plain_line() -> None:
    assert str(Tally(passed=3)) == "3 passed, 0 failed"
    assert str(Tally(passed=3, failed=1, skipped=2)) == "3 passed, 1 failed, 2 skipped"


def test_errors_in_junit_are_failures(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    suites = '<testsuite tests="9" failures="1" errors="2" skipped="1"/><testsuite tests="1"/>'
    report.write_text(f"<testsuites>{suites}</testsuites>")
    assert read_junit(report) == Tally(passed=6, failed=3, skipped=1)


def test_cancelled_and_undone_tests_in_tap_are_failures() -> None:
    counts = "# tests 9\n# suites 2\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 2\n"
    assert read_tap(f"ok 1 - # pass 99\n1..9\n{counts}") == Tally(passed=4, failed=4, skipped=1)


def test_a_report_cut_short_counts_nothing() -> None:
    assert read_tap("TAP version 13\n") == Tally()


def test_a_part_that_does_not_exist_is_named_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no part of the tests is called 'unti'; there are lint, types, unit"):
        run_parts(Project(tmp_path), ["unit", "unti"])
    assert not list(tmp_path.iterdir())
