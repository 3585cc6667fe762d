"""Crop, size, density, shadow and presets on the command line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gossamer.batch import Recipe
from gossamer.cli import main
from gossamer.options import Options, Shadow
from tests.unit.fakes import FakeRuntime
from tests.unit.pictures import noise, opened, saved


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gossamer.cli.NativeRuntime", lambda *_, **__: FakeRuntime())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A light box on dark ground."""
    rgb = noise((96, 128, 3)) // 8
    rgb[20:70, 40:80] += 200
    path = tmp_path / "photo.png"
    path.write_bytes(saved(rgb, "PNG"))
    return path


def call(photo: Path, *words: str) -> int:
    return main([str(photo), "-o", str(photo.with_name("out.png")), *words])


def made(photo: Path, *words: str) -> Any:
    assert call(photo, *words) == 0
    return opened(photo.with_name("out.png").read_bytes())


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["--crop", "subject"], {"crop": "subject"}),
        (["--crop", "subject", "--margin", "5%"], {"crop": "subject", "margin": 0.05}),
        (["--crop", "subject", "--margin", ".05"], {"crop": "subject", "margin": 0.05}),
        (["--aspect", "4:5"], {"aspect": 0.8}),
        (["--crop", "10,20,30,40.5"], {"crop": (10, 20, 30, 40.5)}),
        (["--crop=-10,20,30,40"], {"crop": (-10, 20, 30, 40)}),
        (["--aspect", "1.5"], {"aspect": 1.5}),
        (["--size", "60x80"], {"width": 60, "height": 80}),
        (["--size", "60x"], {"width": 60}),
        (["--size", "x80"], {"height": 80}),
        (["--dpi", "300"], {"dpi": 300}),
        (["--shadow"], {"shadow": Shadow()}),
        (["--shadow", "0.8"], {"shadow": Shadow(0.8)}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_become_options(
    photo: Path, words: list[str], options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def listen(recipe: Recipe, *_: Any, **__: Any) -> None:
        asked.append(recipe.options)
        raise OSError

    monkeypatch.setattr(Recipe, "cut_out", listen)
    call(photo, *words)
    assert asked == [Options(**options)]


def test_the_file_is_as_asked_for(photo: Path) -> None:
    image = made(photo, "--crop", "subject", "--margin", "10%", "--size", "90x60", "--dpi", "300", "--shadow")
    assert image.size == (90, 60)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.0127)
    rgba = np.asarray(image)
    assert (rgba[..., 3] == 255).any()


@pytest.mark.parametrize(
    ("preset", "size", "background"),
    [("marketplace-1600", (1600, 1600), 255), ("passport-eu", (413, 531), 0xEE), ("passport-us", (600, 600), 255)],
)
def test_presets(
    photo: Path, preset: str, size: tuple[int, int], background: int, capsys: pytest.CaptureFixture[str]
) -> None:
    image = made(photo, "--preset", preset)
    assert image.size == size
    assert np.asarray(image)[0, 0].tolist() == [background] * 3 + [255]
    assert ("chin to crown" in capsys.readouterr().err) == preset.startswith("passport")


def test_what_is_said_besides_a_preset_counts_more(photo: Path) -> None:
    assert made(photo, "--preset", "passport-eu", "--dpi", "600").size == (827, 1063)
    words = ["--background", "#102030", "--size", "35x45", "--crop", "0,0,35,45"]
    image = made(photo, "--preset", "passport-eu", *words)
    assert image.size == (35, 45)
    assert np.asarray(image)[0, 0].tolist() == [0x10, 0x20, 0x30, 255]


@pytest.mark.parametrize(
    "words",
    [
        ["--crop", "face"],
        ["--crop", "1,2,3"],
        ["--crop", "1,2,nan,4"],
        ["--crop", "1e9,2,3,4"],
        ["--margin", "5%"],
        ["--crop", "subject", "--margin", "x"],
        ["--crop", "subject", "--margin=-5%"],
        ["--aspect", "4:0"],
        ["--aspect", "a:b"],
        ["--size", "x"],
        ["--size", "0x"],
        ["--size", "12"],
        ["--size", "999999999x9"],
        ["--dpi", "nan"],
        ["--dpi", "0", "--preset", "passport-eu"],
        ["--shadow", "2"],
        ["--shadow", "much"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(photo: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(photo, *words) == 2
    assert "[option-invalid]" in capsys.readouterr().err
    assert not photo.with_name("out.png").exists()
