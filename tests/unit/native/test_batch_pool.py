"""The crews: their processes are really started here, and really killed."""

import importlib.util
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from gossamer.batch import Task
from gossamer.batch.pool import Pool
from gossamer.errors import GossamerError
from tests.unit.native import batch_works

posix = pytest.mark.skipif(os.name != "posix", reason="there are no such signals elsewhere")


def tasks(*photos: str, folder: Path = Path()) -> Iterator[Task]:
    return (Task(photo, folder / photo, (folder / f"{photo}.png",), 0, 0) for photo in photos)


class Counting:
    """Counts how many tasks were taken."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.taken = 0
        self._tasks = iter(tasks)

    def __iter__(self) -> Iterator[Task]:
        return self

    def __next__(self) -> Task:
        task = next(self._tasks)
        self.taken += 1
        return task


def test_all_are_done_by_as_many_processes_as_asked_for() -> None:
    photos = [f"{index}" for index in range(20)]
    done = list(Pool(batch_works.slow, 2).run(tasks(*photos)))
    assert sorted(outcome.photo for outcome in done) == sorted(photos)
    processes = {outcome.files["process"] for outcome in done}
    assert len(processes) == 2
    assert str(os.getpid()) not in processes


def test_no_process_is_started_for_nothing() -> None:
    assert list(Pool(batch_works.dead_from_the_start, 2).run(iter(()))) == []


def test_no_more_tasks_are_taken_than_there_are_hands() -> None:
    waiting = Counting(tasks(*map(str, range(10))))
    for done, _ in enumerate(Pool(batch_works.process_of, 2).run(waiting), start=1):
        # One each, and the next for each that is done, of which one may not have been told yet.
        assert waiting.taken <= done + 4


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGKILL", "out-of-memory"), ("SIGSEGV", "internal")])
def test_a_photo_that_ends_its_process_twice_fails_and_the_others_do_not(name: str, code: str) -> None:
    done = {outcome.photo: outcome for outcome in Pool(batch_works.deadly, 2).run(tasks("a", name, "b", "c"))}
    assert set(done) == {"a", name, "b", "c"}
    failure = done.pop(name).failure
    assert failure is not None
    assert failure.code == code
    assert name in failure.message
    assert [outcome.failure for outcome in done.values()] == [None] * 3


@posix
def test_a_photo_whose_process_is_killed_once_is_tried_again(tmp_path: Path) -> None:
    done = list(Pool(batch_works.fatal_once, 2).run(tasks("a", "b", "c", folder=tmp_path)))
    assert sorted(outcome.photo for outcome in done) == ["a", "b", "c"]
    assert [outcome.failure for outcome in done] == [None] * 3


@posix
def test_a_process_killed_from_outside_is_replaced() -> None:
    photos = [f"{index}" for index in range(12)]
    done: list[str] = []
    for outcome in Pool(batch_works.slow, 2).run(tasks(*photos)):
        assert outcome.failure is None
        if len(done) in (1, 5):
            os.kill(int(outcome.files["process"]), signal.SIGKILL)
        done.append(outcome.photo)
    assert sorted(done) == sorted(photos)


def test_processes_that_never_come_up_end_the_batch() -> None:
    with pytest.raises(GossamerError, match="exit status 7"):
        list(Pool(batch_works.dead_from_the_start, 2).run(tasks("a", "b", "c")))


def test_leaving_early_ends_the_processes() -> None:
    done = Pool(batch_works.slow, 2).run(tasks(*map(str, range(10))))
    process = int(next(done).files["process"])
    done.close()  # type: ignore[attr-defined]
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@posix
@pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask is not installed: pip install 'gossamer[dask]'"
)
def test_dask_goes_on_without_a_photo_that_ends_its_worker() -> None:
    from gossamer.batch.on_dask import DaskCrew  # noqa: PLC0415 - optional

    crew = DaskCrew(batch_works.deadly, 2, address=None, visible=())
    done = {outcome.photo: outcome for outcome in crew.run(tasks("a", "SIGKILL", "b", "c"))}
    failure = done.pop("SIGKILL").failure
    assert failure is not None
    assert failure.code == "out-of-memory"
    assert [done[photo].failure for photo in ("a", "b", "c")] == [None] * 3
