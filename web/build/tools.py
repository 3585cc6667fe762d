"""The programs the build calls: finding them, running them, one clear line where one is missing or fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from web.build.steps import BuildError

NODE_MIN = 20
OFFLINE = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|Name or service")
FAILURE = re.compile(r"(npm )?(error|err!)|\w*(Error|Exception)\b", re.IGNORECASE)
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OTHER_BROWSERS = {
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),
}
"""Debian's packages, and the programs that stand for them."""

Words = list[str | Path]
"""A command line: the program and its arguments."""


def run_tool(command: Words, *, what: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a program to its end and return what it printed; a failure is one line that starts with `what`."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            check=False,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except FileNotFoundError:
        raise BuildError(f"{what}: {command[0]} is not installed") from None
    if done.returncode != 0:
        raise BuildError(f"{what}: {telling_line(done.stderr, done.stdout)} (exit code {done.returncode})")
    return done.stdout


def telling_line(*streams: str) -> str:
    """The line of a failed program's output that says what went wrong."""
    lines = [line.strip() for text in streams for line in text.splitlines() if line.strip()]
    if any("DO NOT MATCH THE HASHES" in line for line in lines):
        firsts = (next((line for line in lines if line.startswith(word)), "") for word in ("Expected", "Got"))
        told = [" ".join(line.split()) for line in firsts if line]
        return "; ".join(["a download does not have the pinned hash", *told])
    if any("EINTEGRITY" in line for line in lines):
        return "a package does not have the hash in package-lock.json"
    if any(OFFLINE.search(line) for line in lines):
        return "the package registry cannot be reached; connect to the network and run the build again"
    errors = [line for line in lines if FAILURE.match(line)]
    return (errors or lines or ["no output"])[-1][:300]


def require_node() -> tuple[str, str]:
    """Paths of `node` and `npm`; an error where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    advice = f"install Node.js {NODE_MIN} or newer, with npm, and run the build again"
    if node is None or npm is None:
        raise BuildError(f"{'npm' if node else 'node'} is not on PATH: {advice}")
    version = run_tool([node, "--version"], what="node --version", cwd=Path.cwd()).strip()
    major = re.match(r"v(\d+)\.", version)
    if major is None or int(major[1]) < NODE_MIN:
        raise BuildError(f"node is {version or 'of unknown version'}: {advice}")
    return node, npm


def install_node_packages(root: Path) -> None:
    """Fill node_modules/ with what package-lock.json pins; npm checks every package's integrity hash.

    One full set, runtimes and test tools together: two sets would overwrite each other at each command.
    """
    _, npm = require_node()
    command: Words = [npm, "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run_tool(command, what="npm ci", cwd=root)


def create_venv(folder: Path, lock: Path, *, root: Path) -> None:
    """Make a virtual environment with exactly the packages of a hash lock."""
    shutil.rmtree(folder, ignore_errors=True)
    what = "python -m venv"
    try:
        run_tool([sys.executable, "-m", "venv", folder], what=what, cwd=root)
    except BuildError as error:
        shutil.rmtree(folder, ignore_errors=True)
        advice = "on Debian and Ubuntu: apt-get install python3-venv"
        raise BuildError(f"{error}: Python's venv and ensurepip are needed ({advice})") from None
    try:
        words: Words = ["install", "--require-hashes", "--only-binary=:all:", "-r", lock]
        pip(folder, *words, root=root, what=f"pip, {lock.name}")
    except BuildError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def install_wheels(venv: Path, wheels: Sequence[Path], *, root: Path) -> None:
    """Install our own wheels, whose dependencies the environment's lock has brought already."""
    words: Words = ["install", "--no-index", "--no-deps", "--force-reinstall", *wheels]
    pip(venv, *words, root=root, what="installing wheels")


def pip(venv: Path, *arguments: str | Path, root: Path, what: str = "pip") -> str:
    command = [venv_python(venv), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    return run_tool(command, what=what, cwd=root)


def venv_python(folder: Path) -> Path:
    return folder / "bin" / "python"


def venv_marks(folder: Path) -> list[Path]:
    """Files that stand for an environment made from a lock: its configuration, its packages' file lists."""
    return [folder / "pyvenv.cfg", *sorted({*_lists_of_files(folder, "*")} - {*own_marks(folder)})]


def own_marks(folder: Path) -> list[Path]:
    """The same for our own packages, which come and go in it."""
    return sorted(_lists_of_files(folder, "gossamer*"))


def _lists_of_files(folder: Path, package: str) -> Iterator[Path]:
    return folder.glob(f"lib/python*/site-packages/{package}.dist-info/RECORD")


def find_chromium() -> str:
    """A Chromium for the browser tests: $CHROME_PATH, or one on PATH, or a macOS application.

    Where there is none, root on Debian and its kin gets Debian's package installed.
    """
    chosen = os.environ.get("CHROME_PATH")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise BuildError(f"CHROME_PATH names {chosen}, which cannot be run")
        return chosen
    found = _installed_chromium()
    if found is None and _may_install():
        _install(["chromium"])
        found = _installed_chromium()
    if found is None:
        raise BuildError("no Chromium for the browser tests: install one, or name it in CHROME_PATH")
    return found


def install_other_browsers() -> None:
    """With $GOSSAMER_ALL_BROWSERS, Firefox and WebKitGTK for root on Debian and its kin.

    Their tests find them on PATH; where one is missing they are skipped, or fail where the variable is set.
    """
    if not os.environ.get("GOSSAMER_ALL_BROWSERS") or not _may_install():
        return
    missing = [package for package, names in OTHER_BROWSERS.items() if not any(map(shutil.which, names))]
    if missing:
        _install(missing)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: Sequence[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        run_tool(["apt-get", "-qq", *words], what=f"apt-get {words[0]}", cwd=Path("/"), env=quiet)


def _installed_chromium() -> str | None:
    on_path = next((path for name in BROWSER_NAMES if (path := shutil.which(name))), None)
    return on_path or next((path for path in MAC_BROWSERS if os.access(path, os.X_OK)), None)
