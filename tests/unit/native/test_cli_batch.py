"""``gossamer batch``, end to end: with the real networks, real processes, real signals."""

import hashlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gossamer.batch.journal import JOURNAL
from gossamer.cli import main

posix = pytest.mark.skipif(os.name != "posix", reason="there are no such signals elsewhere")
HAS_DASK = importlib.util.find_spec("distributed") is not None
dask = pytest.mark.skipif(not HAS_DASK, reason="Dask is not installed: pip install 'gossamer[dask]'")
PROGRAM = [sys.executable, "-m", "gossamer", "batch"]
PATIENCE_S = 300


@pytest.fixture
def photos(tmp_path: Path, astronaut: Path) -> Path:
    """Three small photos, two of one name."""
    folder = tmp_path / "photos"
    (folder / "sub").mkdir(parents=True)
    with Image.open(astronaut) as portrait:
        for place, left in (("face.jpg", 100), ("sub/face.jpg", 130), ("sub/face.png", 160)):
            portrait.crop((left, 0, left + 200, 240)).resize((100, 120)).save(folder / place)
    return folder


@pytest.fixture
def batch(photos: Path, models: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program on the photos, into a folder of the name given."""

    def run(out: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [*PROGRAM, str(photos), str(tmp_path / out), "--models", str(models), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)

    return run


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each result, by its place."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != JOURNAL]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def singly(photos: Path, models: Path, out: Path) -> dict[str, str]:
    """The same photos through the single command, one by one."""
    for place, target in (
        ("face.jpg", "face.png"), ("sub/face.jpg", "sub/face.jpg.png"), ("sub/face.png", "sub/face.png.png"),
    ):
        assert main([str(photos / place), "-o", str(out / target), "--models", str(models), "--alpha"]) == 0
    return digests(out)


def test_the_same_bytes_by_every_way(
    photos: Path, models: Path, batch: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    ways = {"one": ["--jobs", "1"], "two": ["--jobs", "2"], "threads": ["--jobs", "1", "--threads", "3"]}
    if HAS_DASK:
        ways["dask"] = ["--on", "dask", "--jobs", "2"]
    expected = singly(photos, models, tmp_path / "single")
    assert len(expected) == 6
    for name, words in ways.items():
        done = batch(name, "--alpha", *words)
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""
        assert done.stderr.splitlines()[-1] == "gossamer: 3 made."
        assert digests(tmp_path / name) == expected, name


@dask
def test_the_same_through_a_dask_scheduler(
    photos: Path, batch: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    from distributed import LocalCluster  # noqa: PLC0415 - optional

    (photos / "broken.jpg").write_bytes(b"no picture")
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None) as cluster:
        done = batch("far", "--on", f"dask={cluster.scheduler_address}")
        assert done.returncode == 1, done.stderr
    assert done.stderr.splitlines()[-1] == "gossamer: 3 made, 1 failed."
    assert batch("near").returncode == 1
    assert digests(tmp_path / "far") == digests(tmp_path / "near")


@dask
def test_no_dask_scheduler_there(
    batch: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    done = batch("out", "--on", "dask=tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_run_that_is_ended_goes_on(
    photos: Path,
    models: Path,
    batch: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    for copy in range(6):
        (photos / f"copy{copy}.jpg").write_bytes((photos / "face.jpg").read_bytes())
    command = [*PROGRAM, str(photos), str(tmp_path / "out"), "--models", str(models), "--jobs", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    journal = tmp_path / "out" / JOURNAL
    until(lambda: journal.exists() and b"}\n" in journal.read_bytes())  # one is done, and on record
    # Ctrl+C reaches all processes of a terminal, the others only the one that is meant.
    (os.killpg if number == signal.SIGINT else os.kill)(running.pid, number)
    _, told = running.communicate(timeout=PATIENCE_S)
    until(lambda: not alive(running.pid))
    if number != signal.SIGKILL:
        assert running.returncode == 130
        assert "The same command goes on from there. [cancelled]" in told
        assert "Traceback" not in told
    before = whole_results(tmp_path / "out")
    assert 0 < len(before) < 9

    done = batch("out")
    assert done.returncode == 0, done.stderr
    assert "were done already" in done.stderr
    assert batch("straight").returncode == 0
    after = whole_results(tmp_path / "out")
    assert after == digests(tmp_path / "straight")
    assert before.items() <= after.items()


def whole_results(folder: Path) -> dict[str, str]:
    return {place: digest for place, digest in digests(folder).items() if not place.endswith(".part")}


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(session: int) -> bool:
    """Whether a process of the session is left."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def call(photos: Path, models: Path, tmp_path: Path) -> Callable[..., int]:
    """The command in this process, into the folder out."""

    def run(*words: object) -> int:
        return main(["batch", str(photos), str(tmp_path / "out"), "--models", str(models), *map(str, words)])

    return run


def test_what_failed_is_listed(
    photos: Path, call: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "line\nbreak.jpg").write_bytes(b"no picture")
    (photos / "empty.jpg").touch()
    (photos / "notes.txt").touch()
    assert call("--failed", tmp_path / "failed.txt", "--json", tmp_path / "report.json", "--jobs", 1) == 1
    listed = [line.split("\t") for line in (tmp_path / "failed.txt").read_text().splitlines()]
    assert [photo for photo, _ in listed] == ["empty.jpg", "line\\nbreak.jpg"]
    assert [why[why.rindex("[") :] for _, why in listed] == ["[input-empty]", "[input-format]"]
    report: dict[str, Any] = json.loads((tmp_path / "report.json").read_bytes())
    assert {name: report[name] for name in ("made", "kept", "failed", "others", "stopped")} == {
        "made": 3, "kept": 0, "failed": 2, "others": 1, "stopped": None,
    }
    assert {failure["photo"]: failure["code"] for failure in report["failures"]} == {
        "empty.jpg": "input-empty", "line\nbreak.jpg": "input-format",
    }
    lines = capsys.readouterr().err.splitlines()
    assert sum("[input-" in line for line in lines) == 2
    assert lines[-1].startswith("gossamer: 3 made, 2 failed,")


def test_what_is_worth_a_look_is_reported_also_of_earlier_runs(call: Callable[..., int], tmp_path: Path) -> None:
    reports = []
    for name in ("first.json", "second.json"):
        assert call("--preset", "passport-eu", "--json", tmp_path / name, "-q") == 0
        reports.append(json.loads((tmp_path / name).read_bytes()))
    assert [report["kept"] for report in reports] == [0, 3]
    codes = [{note["photo"]: sorted(note["notices"]) for note in report["remarkable"]} for report in reports]
    assert codes[0] == codes[1]
    assert all("head-guessed" in noted for noted in codes[0].values())


def test_networks_that_are_not_there_stop_all(
    photos: Path, tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/manifest.json").write_bytes((models / "manifest.json").read_bytes())
    words = ["batch", str(photos), str(tmp_path / "out"), "--models", str(tmp_path / "models"), "--jobs", "1"]
    assert main(words) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("[model-unavailable]")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--on", "ray"], "local, dask or dask=HOST:PORT"),
        (["--on", "dask="], "local, dask or dask=HOST:PORT"),
        (["--background", "whit"], "not a colour"),
        (["--models", "nowhere"], "no readable manifest.json"),
    ],
)
def test_what_cannot_be_done_is_told_once(
    call: Callable[..., int], capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert call(*words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_folders_that_cannot_be_used(
    photos: Path, tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for source, target, told in (
        (tmp_path / "gone", tmp_path / "out", "no folder"),
        (tmp_path / "empty", tmp_path / "out", "no photos"),
        (photos, photos, "Name another folder"),
        (photos, tmp_path / "file", "File exists"),
    ):
        assert main(["batch", str(source), str(target), "--models", str(models), "-q"]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert told in line


@pytest.mark.parametrize("words", [["--jobs", "0"], ["--jobs", "many"], ["--threads", "-1"], ["--trimap", "a.png"]])
def test_a_wrong_call_explains_itself(
    call: Callable[..., int], capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        call(*words)
    assert caught.value.code == 2
    assert "usage: gossamer batch" in capsys.readouterr().err
