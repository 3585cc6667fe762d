"""The walk through a folder, and what results are called."""

import os
import re
import sys
from pathlib import Path

import pytest

from gossamer.batch import Recipe
from gossamer.batch.names import targets_in
from gossamer.batch.photos import PHOTO_NAMES, Folder, folders
from gossamer.options import Options
from tests.unit.fakes import ROOT

ELSEWHERE = Path("elsewhere")
PNG, MATTE_TOO, WEBP = Recipe(Options()), Recipe(Options(), matte=True), Recipe(Options(type="webp"), matte=True)


def walked(root: Path, without: Path = ELSEWHERE) -> list[Folder]:
    def unread(place: str, error: OSError) -> None:
        raise AssertionError(place) from error

    return list(folders(root, without=without, unread=unread))


def fill(root: Path, *places: str) -> None:
    for place in places:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def names(photos: list[str], recipe: Recipe = PNG) -> list[list[str]]:
    return [[target.name for target in targets] for targets in targets_in(Path("out"), photos, recipe)]


def test_folders_come_in_order_with_their_photos(tmp_path: Path) -> None:
    fill(tmp_path, "b.JPG", "a.png", "notes.txt", ".hidden.jpg", "sub/deep/c.heic", "sub/d.tiff", ".git/e.jpg")
    found = [(folder.place, folder.photos, folder.others) for folder in walked(tmp_path)]
    assert found == [("", ("a.png", "b.JPG"), 1), ("sub", ("d.tiff",), 0), ("sub/deep", ("c.heic",), 0)]


def test_the_page_takes_the_same_names() -> None:
    kinds = (ROOT / "web/page/intake/kinds.js").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"^const PHOTO_NAMES = /(.+)/i;$", kinds, re.MULTILINE)
    assert PHOTO_NAMES.pattern == pattern


def test_results_among_the_photos_are_not_taken_for_photos(tmp_path: Path) -> None:
    fill(tmp_path, "a.jpg", "out/a.png")
    assert [folder.place for folder in walked(tmp_path, tmp_path / "out")] == [""]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_followed_but_never_in_circles(tmp_path: Path) -> None:
    fill(tmp_path / "photos", "a.jpg", "sub/b.jpg")
    fill(tmp_path, "other/c.jpg")
    (tmp_path / "photos/sub/up").symlink_to(tmp_path / "photos")
    (tmp_path / "photos/sub/self").symlink_to(tmp_path / "photos/sub")
    (tmp_path / "photos/to").symlink_to(tmp_path / "other")
    (tmp_path / "photos/linked.jpg").symlink_to(tmp_path / "other/c.jpg")
    (tmp_path / "photos/nowhere").symlink_to(tmp_path / "gone")
    found = [(folder.place, folder.photos) for folder in walked(tmp_path / "photos")]
    assert found == [("", ("a.jpg", "linked.jpg")), ("sub", ("b.jpg",)), ("to", ("c.jpg",))]


def test_what_cannot_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.jpg", "locked/b.jpg", "open/c.jpg")
    scan = os.scandir

    def refusing(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)  # to root, no folder is locked
    told: list[str] = []
    found = folders(tmp_path, without=ELSEWHERE, unread=lambda place, why: told.append(f"{place}: {why.strerror}"))
    assert [folder.place for folder in found] == ["", "open"]
    assert told == ["locked: Permission denied"]


def test_a_result_has_the_name_of_its_photo() -> None:
    assert names(["IMG 1.jpg", "b.c.png"]) == [["IMG 1.png"], ["b.c.png"]]
    assert names(["a.jpg"], WEBP) == [["a.webp", "a-alpha.png"]]


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        (["a.jpg", "a.png", "b.jpg"], ["a.jpg.png", "a.png.png", "b.png"]),
        (["A.jpg", "a.png"], ["A.jpg.png", "a.png.png"]),  # the same to Windows and macOS
        (["a.jpg", "a.jpg.png", "a.png"], ["a.jpg.png", "a.jpg-2.png", "a.png.png"]),
        (["A.JPG", "a.jpg"], ["A.JPG.png", "a.jpg-2.png"]),
        (["e\u0301.jpg", "\u00e9.png"], ["e\u0301.jpg.png", "\u00e9.png.png"]),
    ],
    ids=str,
)
def test_no_two_results_have_the_same_name(photos: list[str], expected: list[str]) -> None:
    assert names(photos) == [[name] for name in expected]


def test_a_matte_is_not_written_over_a_result() -> None:
    assert names(["a-alpha.jpg", "a.jpg"], MATTE_TOO) == [
        ["a-alpha.png", "a-alpha-alpha.png"],
        ["a-2.png", "a-2-alpha.png"],
    ]
