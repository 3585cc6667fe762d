"""A missing or failing program is one clear line and an exit code, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from web.build import tools
from web.build.steps import BuildError
from web.build.tools import find_chromium, install_other_browsers, telling_line

ROOT = Path(__file__).parents[2]


def build_with(tmp_path: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run build.py on a copy of its sources where only `programs`, shell scripts, are on PATH."""
    copy, path = tmp_path / "copy", tmp_path / "bin"
    copy.mkdir()
    path.mkdir()
    for name in ("build.py", "package.json", "package-lock.json", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    for name in ("web/build", "models"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, script in programs.items():
        (path / name).write_text(f"#!/bin/sh\n{script}\n")
        (path / name).chmod(0o755)
    return subprocess.run(
        [sys.executable, copy / "build.py"],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


NODE_22 = "echo v22.1.0"
UNREACHABLE = "the package registry cannot be reached; connect to the network and run the build again"


@pytest.mark.parametrize(
    ("programs", "message"),
    [
        ({}, "node is not on PATH: install Node.js 20 or newer, with npm, and run the build again"),
        (
            {"node": NODE_22},
            "npm is not on PATH: install Node.js 20 or newer, with npm, and run the build again",
        ),
        (
            {"node": "echo v18.19.0", "npm": "exit 0"},
            "node is v18.19.0: install Node.js 20 or newer, with npm, and run the build again",
        ),
        (
            {"node": NODE_22, "npm": "echo 'npm error code EINTEGRITY' >&2; exit 1"},
            "npm ci: a package does not have the hash in package-lock.json (exit code 1)",
        ),
        (
            {"node": NODE_22, "npm": "echo 'npm error code ENOTFOUND' >&2; exit 1"},
            f"npm ci: {UNREACHABLE} (exit code 1)",
        ),
        ({"node": NODE_22, "npm": "exit 0"}, "node_modules/.package-lock.json is missing"),
    ],
)
def test_trouble_with_node_is_one_line(tmp_path: Path, programs: dict[str, str], message: str) -> None:
    done = build_with(tmp_path, **programs)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("build: ")
    assert done.stderr.endswith(f"{message}\n")


def test_the_telling_line_of_a_hash_mismatch_has_both_hashes() -> None:
    pip = """
    ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the versions…
        thing==1 from thing-1.whl:
            Expected sha256 aaaa
            Expected     or cccc
                 Got        bbbb
    """
    assert telling_line(pip) == "a download does not have the pinned hash; Expected sha256 aaaa; Got bbbb"


def test_the_telling_line_is_the_error_and_not_the_warning_around_it() -> None:
    assert telling_line("WARNING: old\nValueError: no such value\nhint", "done") == "ValueError: no such value"
    assert telling_line("", "only this") == "only this"
    assert telling_line("", "") == "no output"


def test_a_browser_that_cannot_be_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME_PATH", "/no/such/browser")
    with pytest.raises(BuildError, match="/no/such/browser, which cannot be run"):
        find_chromium()


def test_a_chosen_browser_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME_PATH", sys.executable)
    assert find_chromium() == sys.executable


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Packages that were installed, on a machine of root's that has apt-get, Firefox and nothing else."""
    packages: list[str] = []

    def run(command: tools.Words, **_: object) -> str:
        packages.extend(str(word) for word in command if not str(word).startswith("-"))
        return ""

    present = {"apt-get": "/usr/bin/apt-get", "firefox": "/usr/bin/firefox"}
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", present.get)
    monkeypatch.setattr(tools, "run_tool", run)
    return packages


def test_other_browsers_are_installed_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, installed: list[str]
) -> None:
    monkeypatch.delenv("GOSSAMER_ALL_BROWSERS", raising=False)
    install_other_browsers()
    assert installed == []
    monkeypatch.setenv("GOSSAMER_ALL_BROWSERS", "1")
    install_other_browsers()
    assert installed == ["apt-get", "update", "apt-get", "install", "webkit2gtk-driver", "xvfb"]


def test_other_browsers_are_left_to_people_who_are_not_root(
    monkeypatch: pytest.MonkeyPatch, installed: list[str]
) -> None:
    monkeypatch.setenv("GOSSAMER_ALL_BROWSERS", "1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    install_other_browsers()
    assert installed == []
