"""The command line's options for what is looked for, and for its edges."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.cli import main
from tests.unit.fakes import FakeRuntime
from tests.unit.pictures import noise, opened, png, saved
from tests.unit.scenes import ALL
from tests.unit.scenes.score import SEED

SCENE = ALL["ramp"](SEED)
HEIGHT, WIDTH = SCENE.alpha.shape


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    """Networks that take no time."""
    runtime = FakeRuntime()
    monkeypatch.setattr("gossamer.cli.NativeRuntime", lambda *_, **__: runtime)
    return runtime


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(saved(SCENE.image, "PNG"))
    return path


@pytest.fixture
def trimap(tmp_path: Path) -> Path:
    path = tmp_path / "trimap.png"
    path.write_bytes(saved(SCENE.trimap, "PNG"))
    return path


def call(*words: object) -> int:
    return main([*map(str, words)])


def pixels(path: Path) -> NDArray[np.uint8]:
    return np.asarray(opened(path.read_bytes()))


@pytest.mark.parametrize(("subject", "name"), [("person", "tiny"), ("object", "other")])
def test_the_subject_names_the_network(photo: Path, fake: FakeRuntime, subject: str, name: str) -> None:
    assert call(photo, "--subject", subject) == 0
    assert fake.calls == [name, name]


def test_what_is_not_sure_is_told(photo: Path, fake: FakeRuntime, capsys: pytest.CaptureFixture[str]) -> None:
    fake._networks["tiny"] = lambda tensor: np.zeros_like(tensor[:, :1])
    assert call(photo, "--subject", "person") == 0
    assert "No subject was found" in capsys.readouterr().err


def test_a_trimap_takes_the_place_of_networks(photo: Path, trimap: Path, fake: FakeRuntime, tmp_path: Path) -> None:
    assert call(photo, "--trimap", trimap, "-o", tmp_path / "out.png", "--alpha") == 0
    assert fake.calls == []
    matte = pixels(tmp_path / "out-alpha.png")
    np.testing.assert_array_equal(matte[~SCENE.unknown], SCENE.trimap[~SCENE.unknown])
    assert ((matte > 0) & (matte < 255))[SCENE.unknown].mean() > 0.5


def test_the_trimap_itself(photo: Path, trimap: Path, tmp_path: Path) -> None:
    assert call(photo, "--trimap", trimap, "--type", "trimap", "-o", tmp_path / "out.png") == 0
    np.testing.assert_array_equal(pixels(tmp_path / "out.png"), SCENE.trimap)


def test_colours_are_cleaned_unless_that_is_not_wanted(photo: Path, trimap: Path, tmp_path: Path) -> None:
    plain, clean = tmp_path / "plain.png", tmp_path / "clean.png"
    assert call(photo, "--trimap", trimap, "-o", plain, "--no-decontaminate") == 0
    assert call(photo, "--trimap", trimap, "-o", clean) == 0
    shown = pixels(plain)[..., 3] > 0
    np.testing.assert_array_equal(pixels(plain)[shown, :3], SCENE.image[shown])
    np.testing.assert_array_equal(pixels(clean)[..., 3], pixels(plain)[..., 3])
    assert (pixels(clean) != pixels(plain)).any()


@pytest.mark.parametrize("depth", [8, 16])
def test_the_depth_is_that_of_the_file(tmp_path: Path, trimap: Path, depth: int) -> None:
    deep = SCENE.image.astype(np.uint16) << 8 | noise((HEIGHT, WIDTH, 3), 4)
    (tmp_path / "deep.png").write_bytes(png(WIDTH, HEIGHT, 16, 2, [row.astype(">u2").tobytes() for row in deep]))
    assert call(tmp_path / "deep.png", "--trimap", trimap, "-o", tmp_path / "out.png", "--depth", depth) == 0
    assert (tmp_path / "out.png").read_bytes()[24] == depth  # of the header


def test_a_trimap_of_another_shape(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wide.png").write_bytes(saved(SCENE.trimap[:80], "PNG"))
    assert call(photo, "--trimap", tmp_path / "wide.png") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("[option-invalid]")


@pytest.mark.parametrize("data", [None, b"no picture"], ids=["missing", "no picture"])
def test_a_trimap_that_cannot_be_read(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / "grey.png").write_bytes(data)
    assert call(photo, "--trimap", tmp_path / "grey.png") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "grey.png" in line
    assert "photo.png" not in line
    assert [path.name for path in tmp_path.glob("*cutout*")] == []


def test_a_trimap_is_never_replaced_by_the_result(photo: Path, trimap: Path) -> None:
    before = trimap.read_bytes()
    assert call(photo, "--trimap", trimap, "-o", trimap) == 1
    assert trimap.read_bytes() == before
