#!/usr/bin/env python3
"""Gossamer's build.

    python3 build.py                make dist/, ready for any static host
    python3 build.py serve          make dist/ and serve it on this machine
    python3 build.py test [PART…]   run all checks and tests, or some: lint types unit pyodide e2e
    python3 build.py bench          measure speed in the browser
    python3 build.py evaluate DIR   measure mattes of photos whose true mattes are known; --help tells the rest

Needs Python 3.11 or newer (standard library only) and Node.js 20 or newer with npm. All else is fetched by
hash into .cache/ and node_modules/. Each step runs again only when something it depends on has changed.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the message is for those who have an older one
    sys.exit("build: Python 3.11 or newer is needed; this is " + sys.version.split()[0])
if sys.platform == "win32":
    sys.exit("build: Linux or macOS is needed; on Windows, run it in WSL")

import argparse
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from web.build import check, products, serve, tools
from web.build.project import Project
from web.build.steps import BuildError

ROOT = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    try:
        run: Callable[[Project, argparse.Namespace], int] = options.run
        return run(Project(ROOT, report_to=options.report_to), options)
    except BuildError as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("build: stopped", file=sys.stderr)
        return 130


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py", description="Build, serve and test Gossamer.")
    parser.set_defaults(run=make, report_to=sys.stdout)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    serving = commands.add_parser("serve", help="make dist/ and serve it on this machine")
    serve.add_options(serving)
    serving.set_defaults(run=make_and_serve, report_to=sys.stderr)  # the address is the first line on stdout

    testing = commands.add_parser("test", help="run all checks and tests, or the parts named")
    testing.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(check.PARTS)} (default: all)")
    testing.set_defaults(run=test)

    measuring = commands.add_parser("bench", help="measure speed in the browser")
    measuring.add_argument("--json", type=Path, metavar="FILE", help="write the measurements to FILE as well")
    measuring.set_defaults(run=bench)

    # The script reads all words itself, options too: no word can start with the prefix, so all are taken as they are.
    evaluating = commands.add_parser(
        "evaluate", help="measure mattes of photos whose true mattes are known", add_help=False, prefix_chars="\0"
    )
    evaluating.add_argument("words", nargs="*")
    evaluating.set_defaults(run=evaluate, report_to=sys.stderr)  # the measurements are on stdout
    return parser.parse_args(arguments)


def make(project: Project, _: argparse.Namespace) -> int:
    print(products.make_dist(project))
    return 0


def make_and_serve(project: Project, options: argparse.Namespace) -> int:
    products.make_dist(project)
    return serve.serve(project.dist, options)


def test(project: Project, options: argparse.Namespace) -> int:
    return check.run_parts(project, options.parts)


def bench(project: Project, options: argparse.Namespace) -> int:
    products.make_all(project)
    return check.run_bench(project, options.json)


def evaluate(project: Project, options: argparse.Namespace) -> int:
    products.make_all(project)
    script = project.root / "tests/evaluate/evaluate.py"
    command = [tools.venv_python(project.test_venv), script, *options.words]
    # The caller's folder is kept, from which paths among the words start, and so are the caller's packages.
    path = os.pathsep.join(filter(None, [str(project.root), os.environ.get("PYTHONPATH")]))
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
