"""Runs the checks and tests and counts them: linters, type checkers, pytest, Node's test runner."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from web.build import products, tools
from web.build.project import Project
from web.build.steps import BuildError

PARTS = ("lint", "types", "unit", "pyodide", "e2e")
PYTHON_SOURCES = ("build.py", "py", "models", "web/build", "tests")
TYPED_SOURCES = ("build.py", "py/gossamer", "models/wheel.py", "web/build", "tests")
PYTEST_NO_TESTS = 5
TAP_COUNT = re.compile(r"^# (\w+) (\d+)$", re.MULTILINE)


@dataclass
class Tally:
    """How many tests passed, failed and were skipped. Each linter and type checker counts as one test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Tally) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def run_parts(project: Project, parts: Sequence[str]) -> int:
    """Run the parts named, or all, in their order; return the exit code."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise BuildError(f"no part of the tests is called {unknown[0]!r}; there are {', '.join(PARTS)}")
    chosen = [part for part in PARTS if not parts or part in parts]
    products.make_all(project)
    runners: dict[str, Callable[[Project], Tally]] = {
        "lint": lint,
        "types": types,
        "unit": unit,
        "pyodide": lambda project: browser(project, "pyodide"),
        "e2e": e2e,
    }
    total = Tally()
    for part in chosen:
        print(f"\n== {part}", flush=True)
        total.add(runners[part](project))
    print(f"\n{total}", flush=True)
    return 1 if total.failed else 0


def lint(project: Project) -> Tally:
    ruff: tools.Words = [_tool(project, "ruff"), "check", "--quiet", "--output-format=concise"]
    return _verdict(project, *ruff, *_present(project, PYTHON_SOURCES))


def types(project: Project) -> Tally:
    mypy: tools.Words = [_tool(project, "mypy"), "--no-error-summary", "--cache-dir", project.cache / "mypy"]
    total = _verdict(project, *mypy, *_present(project, TYPED_SOURCES))
    # The recipe runs as a script, so its modules are top-level ones: another import root.
    recipe = _present(project, ("models/prepare.py", "models/expect.py", "models/measure.py", "models/recipe"))
    total.add(_verdict(project, *mypy, *recipe, env={"MYPYPATH": "models:py"}))
    # One configuration for each kind of global scope: page, worker, Node.
    for config in sorted([*project.root.glob("web/tsconfig*.json"), *project.root.glob("tests/**/tsconfig*.json")]):
        total.add(_verdict(project, project.node_modules / ".bin/tsc", "-p", config))
    return total


def unit(project: Project) -> Tally:
    total = Tally()
    folders = _present(project, ("tests/unit", "tests/build"))
    if folders:
        total.add(_pytest(project, folders))
    return total


def e2e(project: Project) -> Tally:
    tools.install_other_browsers()
    return browser(project, "e2e")


def browser(project: Project, part: str) -> Tally:
    scripts = _test_scripts(project.root / "tests" / part)
    return _node(project, part, scripts, browser_env(project)) if scripts else Tally()


def run_bench(project: Project, report: Path | None) -> int:
    """Run the browser benchmark, which writes its numbers to `report` where that is given."""
    script = project.root / "tests/bench/bench.mjs"
    if not script.is_file():
        raise BuildError(f"{script.relative_to(project.root)} is missing")
    node, _ = tools.require_node()
    words: tools.Words = ["--json", report.resolve()] if report else []
    return _run(project, node, script, *words, env=browser_env(project))


def browser_env(project: Project) -> dict[str, str]:
    """What the browser tests are told: where Chromium is, and which Python has the package installed."""
    return {"GOSSAMER_CHROMIUM": tools.find_chromium(), "GOSSAMER_PYTHON": str(_tool(project, "python"))}


def _pytest(project: Project, folders: list[str]) -> Tally:
    report = _report_path(project, "pytest.xml")
    code = _run(project, _tool(project, "python"), "-m", "pytest", f"--junitxml={report}", *folders)
    if code == PYTEST_NO_TESTS:
        return Tally()
    tally = read_junit(report) if report.is_file() else Tally()
    if code != 0 and tally.failed == 0:
        tally.failed = 1  # pytest itself broke
    return tally


def read_junit(report: Path) -> Tally:
    """The counts of a JUnit report."""
    total = Tally()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest's own report
        count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        total.add(Tally(count["tests"] - failed - count["skipped"], failed, count["skipped"]))
    return total


def _node(project: Project, name: str, scripts: list[Path], env: Mapping[str, str]) -> Tally:
    """Run Node's test runner: readable text for the person, TAP for the count.

    One file at a time: two browsers at once on a small machine only make each other's waits run out.
    """
    report = _report_path(project, f"{name}.tap")
    node, _ = tools.require_node()
    readable: tools.Words = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    counted: tools.Words = ["--test-reporter=tap", f"--test-reporter-destination={report}"]
    code = _run(project, node, "--test", "--test-concurrency=1", *readable, *counted, *scripts, env=env)
    tally = read_tap(report.read_text(encoding="utf-8")) if report.is_file() else Tally()
    if code != 0 and tally.failed == 0:
        tally.failed = 1
    return tally


def read_tap(text: str) -> Tally:
    """The counts that Node's TAP report closes with; a test cancelled or left undone has not passed."""
    count = {name: int(number) for name, number in TAP_COUNT.findall(text)}
    failed = sum(count.get(name, 0) for name in ("fail", "cancelled", "todo"))
    return Tally(count.get("pass", 0), failed, count.get("skipped", 0))


def _verdict(project: Project, *words: str | Path, env: Mapping[str, str] | None = None) -> Tally:
    passed = _run(project, *words, env=env) == 0
    print(f"{Path(words[0]).name}: {'passed' if passed else 'failed'}", flush=True)
    return Tally(passed=1) if passed else Tally(failed=1)


def _run(project: Project, *words: str | Path, env: Mapping[str, str] | None = None) -> int:
    command = [str(word) for word in words]
    return subprocess.run(command, cwd=project.root, env={**os.environ, **(env or {})}, check=False).returncode


def _tool(project: Project, name: str) -> Path:
    return project.test_venv / "bin" / name


def _present(project: Project, paths: Sequence[str]) -> list[str]:
    """Those of the files that exist, and of the folders that hold any Python."""
    return [path for path in paths if any((project.root / path).rglob("*.py")) or (project.root / path).is_file()]


def _test_scripts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.test.*") if path.suffix in (".js", ".mjs"))


def _report_path(project: Project, name: str) -> Path:
    path = project.cache / "reports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path
