"""A batch: what is done, what is left as it is, what fails, what stops."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gossamer.batch import Batch, Failure, Outcome, Recipe
from gossamer.batch.journal import JOURNAL
from gossamer.batch.run import Kept
from gossamer.errors import InvalidOption
from gossamer.options import Options
from tests.unit.native.batch_works import Alone, Mirror


class Told(NamedTuple):
    made: list[str]
    kept: list[str]
    failed: dict[str, str]
    batch: Batch


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "sub").mkdir(parents=True)
    for place in ("a.jpg", "b.jpg", "sub/c.jpg"):
        (folder / place).write_bytes(place.encode())
    (folder / "notes.txt").touch()
    return folder


@pytest.fixture
def go(photos: Path, tmp_path: Path) -> Callable[..., Told]:
    """Run the batch; tells what became of each photo."""

    def run(crew: Alone | None = None, maker: str = "maker", **options: Any) -> Told:
        recipe = Recipe(Options(**options.pop("recipe", {})))
        told = Told([], [], {}, Batch(photos, tmp_path / "out", recipe, maker, **options))

        def tell(outcome: Outcome | Kept) -> None:
            if isinstance(outcome, Kept):
                told.kept.append(outcome.entry.photo)
            elif outcome.failure is None:
                told.made.append(outcome.photo)
            else:
                told.failed[outcome.photo] = outcome.failure.code

        told.batch.run(crew or Alone(), tell)
        return told

    return run


def results(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != JOURNAL)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


ALL = ["a.jpg", "b.jpg", "sub/c.jpg"]
MADE = {"a.png": b"gpj.a", "b.png": b"gpj.b", "sub/c.png": b"gpj.c/bus"}


def test_the_results_mirror_the_photos(go: Callable[..., Told], tmp_path: Path) -> None:
    told = go()
    assert told[:3] == (ALL, [], {})
    assert told.batch.others == 1
    assert told.batch.count() == 3
    assert told.batch.stopped is None
    assert results(tmp_path / "out") == MADE


def test_what_is_done_stays_done(go: Callable[..., Told]) -> None:
    go()
    assert go()[:3] == ([], ALL, {})
    assert go(again=True)[:3] == (ALL, [], {})


def test_a_run_that_was_stopped_goes_on(go: Callable[..., Told], tmp_path: Path) -> None:
    class Stopping(Alone):
        def run(self, tasks: Any) -> Any:
            for outcome in super().run(tasks):
                yield outcome
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(Stopping())
    assert results(tmp_path / "out") == {"a.png": MADE["a.png"]}
    assert go()[:3] == (ALL[1:], ALL[:1], {})
    assert results(tmp_path / "out") == MADE


def test_a_result_without_its_line_in_the_journal_is_made_again(go: Callable[..., Told], tmp_path: Path) -> None:
    go()
    (tmp_path / "out" / JOURNAL).unlink()
    assert go()[:3] == (ALL, [], {})  # what is there is what would be written


def test_stopping_ends_with_what_is_in_hand(photos: Path, tmp_path: Path) -> None:
    why = Failure("cancelled", "Stopped.")
    batch = Batch(photos, tmp_path / "out", Recipe(Options()), "maker")

    class Stopping(Alone):
        def run(self, tasks: Any) -> Any:
            for outcome in super().run(tasks):
                batch.stop(why)
                yield outcome

    batch.run(Stopping(), lambda _: None)
    assert results(tmp_path / "out") == {"a.png": MADE["a.png"]}
    assert batch.stopped == why


def touch(path: Path, data: bytes | None = None) -> None:
    if data is not None:
        path.write_bytes(data)
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (lambda photo, _: photo.write_bytes(b"other"), ["b.jpg"]),
        (lambda photo, _: touch(photo, b"B.jpg"), ["b.jpg"]),  # as long as before
        (lambda photo, _: touch(photo), []),
        (lambda _, out: (out / "b.png").unlink(), ["b.jpg"]),
        (lambda _, out: shutil.rmtree(out / "sub"), ["sub/c.jpg"]),
        (lambda _, out: (out / "b.png").write_bytes(b"retouched"), []),
    ],
    ids=["longer", "changed", "touched", "lost", "folder lost", "retouched"],
)
def test_what_has_changed_is_done_again(
    go: Callable[..., Told], photos: Path, tmp_path: Path, change: Callable[[Path, Path], object], made: list[str]
) -> None:
    go()
    change(photos / "b.jpg", tmp_path / "out")
    again = go()
    assert again[:3] == (made, [photo for photo in ALL if photo not in made], {})
    assert go()[:3] == ([], ALL, {})


def test_a_touched_photo_is_read_once(go: Callable[..., Told], photos: Path, tmp_path: Path) -> None:
    go()
    touch(photos / "b.jpg")
    go()
    journal = (tmp_path / "out" / JOURNAL).read_bytes()
    go()
    assert (tmp_path / "out" / JOURNAL).read_bytes() == journal


def test_another_recipe_or_maker_does_all_again(go: Callable[..., Told], tmp_path: Path) -> None:
    go()
    assert go(recipe={"threshold": 0.5}).made == ALL
    assert go(recipe={"threshold": 0.5}, maker="newer").made == ALL
    assert go(recipe={"threshold": 0.5, "type": "webp"}, maker="newer").made == ALL
    assert set(results(tmp_path / "out")) == {*MADE, "a.webp", "b.webp", "sub/c.webp"}  # nothing is ever deleted


def test_a_file_from_elsewhere_is_not_replaced(go: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/b.png").write_bytes(b"mine")
    assert go().failed == {"b.jpg": "EEXIST"}
    assert (tmp_path / "out/b.png").read_bytes() == b"mine"
    assert go(Alone(Mirror(force=True)), again=True).failed == {}
    assert results(tmp_path / "out") == MADE


def test_a_retouched_result_is_not_replaced_when_its_photo_changes(
    go: Callable[..., Told], photos: Path, tmp_path: Path
) -> None:
    go()
    (tmp_path / "out/b.png").write_bytes(b"retouched")
    (photos / "b.jpg").write_bytes(b"changed, too")
    (photos / "a.jpg").write_bytes(b"changed")
    told = go()
    assert told[:3] == (["a.jpg"], ["sub/c.jpg"], {"b.jpg": "EEXIST"})


def test_a_failure_is_its_photos_own_and_is_tried_again(go: Callable[..., Told], photos: Path) -> None:
    (photos / "b.jpg").write_bytes(b"broken")
    assert go()[:3] == (["a.jpg", "sub/c.jpg"], [], {"b.jpg": "broken"})
    assert go()[:3] == ([], ["a.jpg", "sub/c.jpg"], {"b.jpg": "broken"})
    (photos / "b.jpg").write_bytes(b"mended")
    assert go()[:3] == (["b.jpg"], ["a.jpg", "sub/c.jpg"], {})


def test_what_all_would_meet_stops_all(go: Callable[..., Told], photos: Path) -> None:
    (photos / "b.jpg").write_bytes(b"full")
    told = go()
    assert told[:3] == (["a.jpg"], [], {"b.jpg": "full"})
    assert told.batch.stopped is not None
    assert told.batch.stopped.code == "full"


def test_a_full_disk_is_seen_before_it_is_full(go: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100 << 20))
    told = go()
    assert told[:3] == ([], [], {})
    assert told.batch.stopped is not None
    assert "100 MB" in told.batch.stopped.message


def test_a_photo_that_goes_away_fails_alone(go: Callable[..., Told], photos: Path) -> None:
    class Thief(Alone):
        def run(self, tasks: Any) -> Any:
            for outcome in super().run(tasks):
                (photos / "b.jpg").unlink(missing_ok=True)
                yield outcome

    assert go(Thief())[:3] == (["a.jpg", "sub/c.jpg"], [], {"b.jpg": "ENOENT"})


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_results_are_not_written_through_links(go: Callable[..., Told], photos: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/sub").symlink_to(photos)
    before = results(photos)
    assert go()[:2] == (["a.jpg", "b.jpg"], [])
    assert results(photos) == before


@pytest.mark.parametrize("place", [".", "..", "../photos"])
def test_the_results_cannot_go_among_the_photos(photos: Path, place: str) -> None:
    with pytest.raises(InvalidOption, match="Name another folder"):
        Batch(photos, photos / place, Recipe(Options()), "maker")


def test_results_in_a_folder_of_the_photos_are_no_photos(photos: Path) -> None:
    batch = Batch(photos, photos / "out", Recipe(Options()), "maker")
    for _ in range(2):
        batch.run(Alone(), lambda _: None)
        assert batch.count() == 3
    assert set(results(photos / "out")) == set(MADE)


def test_tasks_are_taken_one_by_one(go: Callable[..., Told], photos: Path) -> None:
    class Late(Alone):
        def run(self, tasks: Any) -> Any:
            first = next(tasks)
            shutil.rmtree(photos / "sub")  # had it been looked at before its turn, a photo would be missed
            yield from super().run([first, *tasks])

    assert go(Late())[:3] == (["a.jpg", "b.jpg"], [], {"sub": "ENOENT"})


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are always text there")
def test_names_that_are_no_text(go: Callable[..., Told], photos: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    (photos / name).write_bytes(b"x")
    assert name in go().made
    assert name in go().kept
    assert (tmp_path / "out" / os.fsdecode(b"caf\xe9.png")).exists()
