"""Run the unit tests inside Pyodide and hand every test's outcome over as JSON."""

import contextlib
import io
import json
import os
from collections.abc import Callable
from typing import Any

import pytest

__all__ = ["run"]

PROJECT = "/suite/project"


class Outcomes:
    """A pytest plugin that keeps one entry a test."""

    def __init__(self, report_start: Callable[[str], None]) -> None:
        self.tests: dict[str, dict[str, Any]] = {}
        self._report_start = report_start

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._report_start(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        entry = self.tests.setdefault(report.nodeid, {"name": report.nodeid, "ms": 0.0, "failure": None})
        entry["ms"] += report.duration * 1000
        if not report.passed:
            entry["failure"] = f"{report.when} {report.outcome}\n{report.longreprtext}"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.tests[report.nodeid] = {"name": report.nodeid, "ms": 0.0, "failure": report.longreprtext}


def run(report_start: Callable[[str], None]) -> str:
    """All tests of ``tests/unit`` that were packed: ``{exit, summary, tests: [{name, ms, failure}]}``."""
    os.chdir(PROJECT)
    outcomes, output = Outcomes(report_start), io.StringIO()
    # Capturing by descriptor needs a system that can duplicate them.
    arguments = ["--capture=no", "-p", "no:faulthandler", "-q", "--no-header", "--tb=short", "tests/unit"]
    with contextlib.redirect_stdout(output):
        code = pytest.main(arguments, plugins=[outcomes])
    lines = output.getvalue().strip().splitlines()
    return json.dumps(
        {"exit": int(code), "summary": lines[-1] if lines else "", "tests": list(outcomes.tests.values())}
    )
