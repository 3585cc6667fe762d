"""Files that are whole or not there, and the journal of what is done."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gossamer.batch.files import remove_leftovers, require_ours, sha256, write_whole
from gossamer.batch.journal import Entry, Journal

ENTRY = Entry("sub/a.jpg", 3, 5, sha256(b"photo"), "recipe", {"a.png": sha256(b"result")}, 0.5, {"odd": "Look."})


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        write_whole(tmp_path / "a.png", data)
        assert (tmp_path / "a.png").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.skipif(os.name != "posix", reason="there are no such rights elsewhere")
def test_a_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.png", b"data")
    (tmp_path / "b.png").write_bytes(b"data")
    assert (tmp_path / "a.png").stat().st_mode == (tmp_path / "b.png").stat().st_mode


def test_what_fails_midway_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    write_whole(tmp_path / "a.png", b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a.png", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"old")]


def test_leftovers_go_once_they_are_old(tmp_path: Path) -> None:
    names = [".gossamer-1.part", ".gossamer-2.part", "photo.part"]
    for name in names:
        (tmp_path / name).touch()
    an_hour_ago = time.time() - 3601
    for name in (names[0], names[2]):
        os.utime(tmp_path / name, (an_hour_ago, an_hour_ago))
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gossamer-2.part", "photo.part"]


def test_only_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    require_ours(path, b"new", None)  # nothing is there
    path.write_bytes(b"there")
    require_ours(path, b"new", sha256(b"there"))
    require_ours(path, b"there", None)
    with pytest.raises(FileExistsError, match=r"a\.png"):
        require_ours(path, b"new", sha256(b"other"))


def test_the_journal_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    odd = replace(ENTRY, photo="caf\udce9\n.jpg")  # a name that is no UTF-8, and has a line break
    with Journal(path) as journal:
        assert journal.earlier(ENTRY.photo) is None
        journal.add(ENTRY)
        journal.add(odd)
    with Journal(path) as journal:
        assert journal.earlier(ENTRY.photo) == ENTRY
        assert journal.earlier(odd.photo) == odd
        assert journal.earlier("other.jpg") is None


def test_the_later_entry_counts(tmp_path: Path) -> None:
    for size in (1, 2):
        with Journal(tmp_path / "journal") as journal:
            journal.add(replace(ENTRY, size=size))
    with Journal(tmp_path / "journal") as journal:
        earlier = journal.earlier(ENTRY.photo)
    assert earlier is not None
    assert earlier.size == 2


@pytest.mark.parametrize("kept", range(0, 400, 7))
def test_a_journal_cut_off_anywhere_is_read_up_to_there_and_goes_on(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.add(ENTRY)
        journal.add(replace(ENTRY, photo="b.jpg"))
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    with Journal(path) as journal:
        journal.add(replace(ENTRY, photo="c.jpg"))
    with Journal(path) as journal:
        assert (journal.earlier(ENTRY.photo) is not None) == (kept >= whole.index(b"\n"))
        assert journal.earlier("c.jpg") is not None


@pytest.mark.parametrize("line", [b"\xff\xfe", b"[]", b"{}", b"null", b'{"photo": "a"}', b"NaN"])
def test_lines_that_are_no_entries_are_passed_over(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "journal"
    path.write_bytes(line + b"\n")
    with Journal(path) as journal:
        journal.add(ENTRY)
    with Journal(path) as journal:
        assert journal.earlier(ENTRY.photo) == ENTRY
