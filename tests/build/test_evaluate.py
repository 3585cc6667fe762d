"""The evaluation of mattes: two small photos, a pipeline whose errors are known, and what is told about them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import build
import gossamer
from gossamer.errors import DamagedInput
from gossamer.metrics import COLUMNS
from tests.evaluate import report, sheet, trimaps
from tests.evaluate.cutouts import stored_in
from tests.evaluate.evaluate import main
from tests.evaluate.photos import find_photos, read_alpha
from tests.unit.pictures import saved

# Ten columns each of foreground, of 0.4 and of background. The subject is red, what is behind it blue.
TRUTH = np.repeat(np.array([255, 102, 0], dtype=np.uint8), 10)[np.newaxis].repeat(20, axis=0)
RED, BLUE = np.array([255, 0, 0]), np.array([0, 0, 255])
PHOTO = np.rint(RED * (TRUTH / 255)[..., np.newaxis] + BLUE * (1 - TRUTH / 255)[..., np.newaxis]).astype(np.uint8)
SOFT = TRUTH == 102


def save(pixels: NDArray[np.uint8], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved(pixels, "PNG"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of one photo with a trimap, and one of one with true colours; only the first has a category."""
    for name in ("fur/image/bear.png", "glass/image/vase.png"):
        save(PHOTO, tmp_path / "photos" / name)
    save(TRUTH, tmp_path / "photos/fur/alpha/bear.png")
    save(np.dstack([TRUTH] * 3), tmp_path / "photos/glass/alpha/vase.png")
    save(np.where(SOFT, np.uint8(128), TRUTH), tmp_path / "photos/fur/narrow/bear.png")
    save(np.broadcast_to(RED.astype(np.uint8), PHOTO.shape), tmp_path / "photos/glass/fg/vase.png")
    (tmp_path / "photos.json").write_text('[{"set": "fur", "stem": "bear", "category": "animal"}]')
    return tmp_path / "photos"


def cut_out(path: Path, **_: Any) -> gossamer.Result:
    """The vase exactly, with clean colours; 0.6 instead of 0.4 where the bear is soft, in the photo's colours."""
    exact = path.stem == "vase"
    alpha = TRUTH if exact else np.where(SOFT, np.uint8(153), TRUTH)
    color = np.broadcast_to(RED.astype(np.uint8), PHOTO.shape) if exact else PHOTO
    return gossamer.Result(
        data=saved(np.dstack([color, alpha]), "PNG"),
        mime_type="image/png",
        alpha=alpha,
        trimap=np.where(SOFT, np.uint8(128), TRUTH),
        band_width=10,
        model="fake",
        network_size=(20, 30),
        confidence=1,
        timings={"decode": 1.0, "segment": 7.0},
    )


def table_lines(text: str) -> dict[str, list[str]]:
    """The cells of a table's medians by label."""
    lines = [line.split() for line in text.splitlines()]
    return {cells[0]: cells[3:] for cells in lines if cells[2:3] == ["median"]}


def test_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)], cut_out) == 0
    out, err = capsys.readouterr()
    lines = table_lines(out)
    assert list(lines) == ["all", "animal", "glass", "fur"]
    # A third of the bear is off by 0.2: mean 0.0667, squares 0.0133, 600 pixels · 0.0667 = 0.04 thousands.
    assert lines["animal"][:3] == lines["fur"][:3] == ["0.0667", "0.01333", "0.04"]
    assert lines["glass"] == ["0.0000", "0.00000", "0.00", "0.00", "0.00", "0.0000", "0.00", "0.00", "1.0000"]
    assert lines["all"][0] == "0.0333"
    assert err.splitlines()[0].startswith("1/2 fur__bear")
    assert "MAD 0.0667" in err.splitlines()[0]
    assert "decode 1, segment 7" in out


def test_colors(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(folder), "--json", str(tmp_path / "all.json")], cut_out) == 0
    # In the soft third the photo's own colour is (102, 0, 153) instead of (255, 0, 0). Two of three channels are off
    # by 153, and show at 0.4: 40.8 on any background. The cut-out's colours are the true ones.
    (white,) = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("glass__vase")]
    assert white == ["glass__vase", "white", "40.80", "0.00", "100.0", "%"]
    colors = json.loads((tmp_path / "all.json").read_text())["colors"]
    assert list(colors) == ["white", "black", "green"]
    for errors in colors.values():
        assert errors == pytest.approx({"own": 40.8, "cut_out": 0, "reduction": 100})


def test_json(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    assert main([str(folder), "--json", str(file), "--options", "threshold=0.5", "subject=person"], cut_out) == 0
    document = json.loads(file.read_text())
    assert document["settings"]["options"] == {"threshold": 0.5, "subject": "person"}
    assert document["summary"]["all"]["n"] == 2
    assert document["summary"]["category"]["animal"]["mean"]["SAD"] == pytest.approx(0.04)
    assert document["timings"]["median"]["segment"] == 7
    bear, vase = document["items"]
    assert (bear["set"], bear["stem"], bear["category"], bear["size"]) == ("fur", "bear", "animal", [30, 20])
    assert tuple(bear["scores"]) == COLUMNS
    assert bear["colors"] == {}
    assert set(bear["timings"]) == {"total", "decode", "segment"}
    assert vase["category"] == "glass"


def test_options_reach_the_pipeline(folder: Path) -> None:
    calls: list[dict[str, Any]] = []

    def recording(path: Path, **options: Any) -> gossamer.Result:
        calls.append(options)
        return cut_out(path)

    words = ["--options", "threshold=0.5", "subject=person", "--options", "background=None"]
    assert main([str(folder), *words], recording) == 0
    assert calls == [{"threshold": 0.5, "subject": "person", "background": None}] * 2


def test_a_photo_that_fails_does_not_stop_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def failing(path: Path) -> gossamer.Result:
        if path.stem == "bear":
            raise DamagedInput("It is torn.")
        return cut_out(path)

    assert main([str(folder), "--json", str(tmp_path / "all.json")], failing) == 1
    out, err = capsys.readouterr()
    assert list(table_lines(out)) == ["all", "glass"]
    assert "1/2 fur__bear: It is torn." in err
    assert "1 of 2 photos" in err
    assert json.loads((tmp_path / "all.json").read_text())["problems"] == ["fur__bear: It is torn."]


def test_mattes_written_are_measured_the_same(folder: Path, tmp_path: Path) -> None:
    made, stored, mattes = tmp_path / "made.json", tmp_path / "stored.json", tmp_path / "new/mattes"
    assert main([str(folder), "--json", str(made), "--write-mattes", str(mattes)], cut_out) == 0
    assert sorted(path.name for path in mattes.iterdir()) == ["fur__bear.png", "glass__vase.png"]
    assert main([str(folder), "--json", str(stored), "--pred", str(mattes)]) == 0
    first, second = (json.loads(path.read_text()) for path in (made, stored))
    assert first["summary"] == second["summary"]
    assert second["timings"]["n"] == 2
    assert second["timings"]["median"] == {}


@pytest.mark.parametrize(
    "picture",
    [
        Image.fromarray(TRUTH),
        Image.fromarray(np.dstack([TRUTH] * 3)),
        Image.fromarray(np.dstack([PHOTO, TRUTH])),
        Image.fromarray(TRUTH.astype(np.uint16) * 257),
    ],
    ids=["grey", "colour", "alpha", "16-bit"],
)
def test_mattes_of_every_kind_are_read(tmp_path: Path, picture: Image.Image) -> None:
    picture.save(tmp_path / "matte.png")
    np.testing.assert_allclose(read_alpha(tmp_path / "matte.png"), TRUTH / 255, rtol=1e-15)


def test_the_sheet_shows_photo_matte_cut_out_and_error(folder: Path, tmp_path: Path) -> None:
    assert main([str(folder), "--sheet", str(tmp_path / "sheet.png")], cut_out) == 0
    with Image.open(tmp_path / "sheet.png") as image:
        shown = np.asarray(image.convert("RGB"))
    step = sheet.SIDE + sheet.GAP
    top = sheet.GAP + sheet.TEXT + sheet.GAP // 2
    bear = [shown[top : top + 20, left : left + 30] for left in range(sheet.GAP, sheet.WIDTH - sheet.GAP, step)]
    assert len(bear) == 4
    np.testing.assert_array_equal(bear[0], PHOTO)
    np.testing.assert_array_equal(bear[1][..., 0], np.where(SOFT, 153, TRUTH))
    # The bear's soft third is (102, 0, 153), shown at 0.6 on magenta: 163.2, 0 and 193.8.
    assert bear[2][10, 15].tolist() == [163, 0, 194]
    assert bear[2][10, 25].tolist() == [255, 0, 255]
    np.testing.assert_array_equal(bear[3][..., 0], np.where(SOFT, 51, 0))
    assert (shown[: sheet.GAP + sheet.TEXT] != sheet.PAPER).any()  # the name
    assert shown.shape == (2 * (top + 20) + sheet.GAP, sheet.WIDTH, 3)


def test_large_photos_become_thumbnails(folder: Path, tmp_path: Path) -> None:
    large = np.zeros((300, 700), dtype=np.uint8)
    for kind in ("image", "alpha"):
        save(large, folder / f"wide/{kind}/sea.png")
    (photo,) = [photo for photo in find_photos(folder) if photo.set == "wide"]
    save(large, tmp_path / "mattes/wide__sea.png")
    row = sheet.row(*stored_in(tmp_path / "mattes")(photo))
    assert row.width == sheet.WIDTH
    assert row.height == sheet.GAP + sheet.TEXT + sheet.GAP // 2 + 120  # 280 / 700 of 300


def test_given_trimaps_are_measured_inside_them(folder: Path) -> None:
    seen: list[tuple[int, ...]] = []

    def constant(value: float) -> trimaps.Estimator:
        def estimate(rgb: NDArray[np.uint8], trimap: NDArray[np.uint8]) -> NDArray[np.float32]:
            assert rgb.shape == (*trimap.shape, 3)
            seen.append(trimap.shape)
            return np.full(trimap.shape, value, dtype=np.float32)

        return estimate

    photo = find_photos(folder)[0]
    outcome, matte = trimaps.given("narrow", constant(0.5), constant(0.2))(photo)
    # Both are run once before, on something small.
    assert seen == [(32, 32), (32, 32), (20, 30), (20, 30)]
    # Of 200 unknown pixels, all 0.4: off by 0.1 and by 0.2.
    assert outcome.scores["px"] == 200
    assert outcome.scores["MSE‰"] == pytest.approx(10)
    assert outcome.scores["SAD"] == pytest.approx(0.02)
    assert outcome.scores["cf MSE‰"] == pytest.approx(40, rel=1e-6)
    ratio = outcome.scores["cf µs/px"] / outcome.scores["µs/px"]
    assert outcome.scores["cf time ×"] == pytest.approx(ratio)
    assert matte.rgba.shape == (20, 30, 4)
    assert "cf time ×" in report.table([outcome])
    alone, _ = trimaps.given("narrow", constant(0.5))(photo)
    assert not [column for column in alone.scores if column.startswith("cf")]


def test_a_value_that_is_no_number_is_left_out(folder: Path, tmp_path: Path) -> None:
    hard = np.where(TRUTH > 0, np.uint8(255), np.uint8(0))
    save(hard, folder / "fur/alpha/bear.png")
    assert main([str(folder), "--json", str(tmp_path / "all.json")], cut_out) == 0
    document = json.loads((tmp_path / "all.json").read_text())
    assert document["items"][0]["scores"]["MSE.s"] is None
    assert document["summary"]["set"]["fur"]["mean"]["MSE.s"] is None
    assert document["summary"]["all"]["mean"]["MSE.s"] == 0
    assert report.number("MSE.s", math.nan) == "-"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "there is no folder nowhere"),
        ([".", "--options", "subject"], "'subject' is not KEY=VALUE"),
        ([".", "--pred", ".", "--options", "a=1"], "exclude each other"),
        ([".", "--against-pymatting"], "needs --trimaps"),
        ([".", "--sheet", "nowhere/sheet.png"], "there is no folder nowhere"),
    ],
)
def test_wrong_calls_explain_themselves(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_photos(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "holds no photos" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["photos", "--json", "a.json"], ["--options", "a=1", "--pred", "b", "photos"], ["--help"], []]
)
def test_the_build_hands_all_words_on(words: list[str]) -> None:
    options = build.parse(["evaluate", *words])
    assert options.run is build.evaluate
    assert options.words == words
