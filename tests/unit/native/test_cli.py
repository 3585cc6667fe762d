"""The command line, end to end."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gossamer.api import cut_out
from gossamer.cli import main
from gossamer.pipeline import Result
from gossamer.runtime.native import NativeRuntime
from tests.unit.fakes import FakeRuntime
from tests.unit.pictures import halves, noise, opened, saved, soft


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    """Networks that take no time, and are sure; but for --models."""
    runtime = FakeRuntime()

    def shared(models: Path | None, *, threads: int | None = None) -> FakeRuntime | NativeRuntime:
        return runtime if models is None else NativeRuntime(models, threads=threads)

    monkeypatch.setattr("gossamer.cli.NativeRuntime", shared)
    return runtime


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two small photos in a folder of their own."""
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = [folder / "one.png", folder / "two.jpg"]
    paths[0].write_bytes(saved(halves(40, 30, 1), "PNG"))
    paths[1].write_bytes(saved(halves(30, 40, 2), "JPEG"))
    return paths


def call(*words: object) -> int:
    return main([*map(str, words)])


def test_the_program_as_it_is_installed(photos: list[Path], models: Path, tmp_path: Path) -> None:
    words = ["--output", str(tmp_path / "out"), "--models", str(models), "--threads", "1"]
    program = [sys.executable, "-m", "gossamer", *map(str, photos)]
    done = subprocess.run([*program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.png", "two.png"]


def test_one_photo_lands_beside_itself(photos: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = photos[0].read_bytes()
    assert call(photos[0]) == 0
    assert opened((photos[0].parent / "one-cutout.png").read_bytes()).mode == "RGBA"
    assert photos[0].read_bytes() == before
    assert capsys.readouterr() == ("", "")


def test_one_photo_into_a_named_file(photos: list[Path], tmp_path: Path) -> None:
    assert call(photos[0], "-o", tmp_path / "result.png") == 0
    assert opened((tmp_path / "result.png").read_bytes()).size == (30, 40)


def test_many_photos_into_a_new_folder(photos: list[Path], tmp_path: Path) -> None:
    assert call(*photos, "-o", tmp_path / "deep/out", "--quiet") == 0
    assert sorted(path.name for path in (tmp_path / "deep/out").iterdir()) == ["one.png", "two.png"]


def test_the_matte_too(photos: list[Path], tmp_path: Path) -> None:
    assert call(photos[0], "-o", tmp_path / "out", "--alpha") == 0
    rgba = np.asarray(opened((tmp_path / "out/one.png").read_bytes()))
    matte = opened((tmp_path / "out/one-alpha.png").read_bytes())
    assert matte.mode == "L"
    np.testing.assert_array_equal(np.asarray(matte), rgba[..., 3])


@pytest.mark.parametrize(
    ("type", "name", "format"),
    [
        ("png", "one.png", "PNG"),
        ("webp", "one.webp", "WEBP"),
        ("jpeg", "one.jpg", "JPEG"),
        ("alpha", "one.png", "PNG"),
        ("trimap", "one.png", "PNG"),
    ],
)
def test_every_type(photos: list[Path], tmp_path: Path, type: str, name: str, format: str) -> None:
    assert call(photos[0], "-o", tmp_path / "out", "--type", type) == 0
    assert opened((tmp_path / "out" / name).read_bytes()).format == format


def test_background_and_threshold(photos: list[Path], tmp_path: Path) -> None:
    assert call(photos[0], "-o", tmp_path / "out", "--alpha", "--background", "#0a84ff", "--threshold", "0.5") == 0
    matte = np.asarray(opened((tmp_path / "out/one-alpha.png").read_bytes()))
    rgba = np.asarray(opened((tmp_path / "out/one.png").read_bytes()))
    assert set(np.unique(matte)) <= {0, 255}
    assert (rgba[matte == 0] == (10, 132, 255, 255)).all()


@pytest.mark.parametrize("bad", [b"", b"no picture", saved(noise((40, 40, 3)), "JPEG")[:-200]])
def test_a_bad_photo_does_not_stop_the_others(
    photos: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: bytes
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(bad)
    assert call(broken, *photos, "-o", tmp_path / "out", "-q") == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.png", "two.png"]
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"gossamer: .*broken\.jpg: .+ \[input-\w+\]", line)


@pytest.mark.parametrize(
    ("defect", "told"),
    [
        (IndexError("out of range"), r"IndexError: out of range\. .+ \[internal\]"),
        (RecursionError(), r"RecursionError: .+ \[internal\]"),
        (MemoryError(), r"There is not enough memory .+ \[out-of-memory\]"),
    ],
    ids=repr,
)
def test_a_defect_at_one_photo_does_not_stop_the_others(
    photos: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    defect: Exception,
    told: str,
) -> None:
    def fragile(photo: Path, **how: Any) -> Result:
        if photo.name == "strange.jpg":
            raise defect
        return cut_out(photo, **how)

    monkeypatch.setattr("gossamer.batch.recipe.cut_out", fragile)
    assert call(tmp_path / "strange.jpg", *photos, "-o", tmp_path / "out", "-q") == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.png", "two.png"]
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(rf"gossamer: .*strange\.jpg: {told}", line)


def test_the_keyboard_stops_all(photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Result:
        raise KeyboardInterrupt

    monkeypatch.setattr("gossamer.batch.recipe.cut_out", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call(*photos, "-o", tmp_path / "out", "-q")


def test_a_photo_too_wide_for_its_type_does_not_stop_the_others(photos: list[Path], tmp_path: Path) -> None:
    wide = tmp_path / "wide.png"
    wide.write_bytes(saved(soft(1, 16_384), "PNG"))
    assert call(wide, *photos, "-o", tmp_path / "out", "-q", "--type", "webp") == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.webp", "two.webp"]


def test_a_photo_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path / "none.jpg") == 1
    assert "none.jpg" in capsys.readouterr().err


def test_two_photos_of_one_name(photos: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = tmp_path / "one.jpg"
    twin.write_bytes(photos[1].read_bytes())
    assert call(photos[0], twin, "-o", tmp_path / "out", "-q") == 1
    assert opened((tmp_path / "out/one.png").read_bytes()).size == (30, 40)  # the first one's
    assert "already holds" in capsys.readouterr().err


def test_a_photo_is_never_replaced_by_its_result(photos: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = photos[0].read_bytes()
    assert call(photos[0], "-o", photos[0].parent) == 1
    assert photos[0].read_bytes() == before
    assert "would replace" in capsys.readouterr().err


def test_a_photo_is_never_replaced_by_the_result_of_another(photos: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "one.png"
    other.write_bytes(saved(soft(20, 20, 3), "PNG"))
    before = other.read_bytes()
    assert call(photos[0], other, "-o", tmp_path, "-q") == 1
    assert other.read_bytes() == before


def test_notices_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = tmp_path / "film.gif"
    frames = [opened(saved(soft(20, 20, seed), "PNG")) for seed in (1, 2)]
    film.write_bytes(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert call(film) == 0
    assert "2 frames" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--background", "whit"], "option-invalid"),
        (["--depth", "16", "--type", "webp"], "option-invalid"),
        (["--trimap", "one.png"], "option-invalid"),  # for two photos
        (["--models", "nowhere"], "model-unavailable"),
    ],
)
def test_what_makes_every_photo_fail_is_told_once(
    photos: list[Path], capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    assert call(*photos, *words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("gossamer: ")
    assert line.endswith(f"[{code}]")


WRONG = [["--other"], ["--subject", "cat", "a.jpg"], ["--depth", "12", "a.jpg"]]


@pytest.mark.parametrize("words", [[], ["--type", "tiff", "a.jpg"], ["--threshold", "much", "a.jpg"], *WRONG])
def test_a_wrong_call_explains_itself(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: gossamer" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert re.fullmatch(r"gossamer \d+\.\d+\.\d+\n", capsys.readouterr().out)
