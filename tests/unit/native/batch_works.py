"""Work for a batch that takes no network. In a module of its own: processes that are started afresh import it."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gossamer.batch import Failure, Outcome, Task
from gossamer.batch.files import require_ours, sha256, write_whole

__all__ = ["Alone", "Mirror", "dead_from_the_start", "deadly", "fatal_once", "process_of", "slow"]


@dataclass
class Mirror:
    """The result is the photo backwards; a photo that begins with "broken" can't be cut out, "full" finds no room."""

    seen: list[str] = field(default_factory=list)
    force: bool = False

    def __call__(self, task: Task) -> Outcome:
        self.seen.append(task.photo)
        data = task.source.read_bytes()
        for word, for_all in ((b"broken", False), (b"full", True)):
            if data.startswith(word):
                return Outcome(task.photo, task, Failure(word.decode(), "It can't be.", "Give up.", for_all))
        for target in task.targets:
            try:
                if not self.force:
                    require_ours(target, data[::-1], task.ours.get(target.name))
            except FileExistsError as error:
                return Outcome(task.photo, task, Failure("EEXIST", str(error)))
            write_whole(target, data[::-1])
        files = {target.name: sha256(data[::-1]) for target in task.targets}
        return Outcome(task.photo, task, None, sha256(data), files, 0.5, {"odd": "Look."} if b"odd" in data else {})


class Alone:
    """A crew of one, in this process."""

    def __init__(self, work: Mirror | None = None) -> None:
        self.work = work or Mirror()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            yield self.work(task)


def process_of(task: Task) -> Outcome:
    """Tells which process it ran in."""
    return Outcome(task.photo, task, files={"process": str(os.getpid())})


def slow(task: Task) -> Outcome:
    """Lets others come first."""
    time.sleep(0.2)
    return process_of(task)


def deadly(task: Task) -> Outcome:
    """A photo called as a signal has the process ended by it, as systems do that run out of memory."""
    if task.photo.startswith("SIG"):
        os.kill(os.getpid(), signal.Signals[task.photo])
        time.sleep(60)
    return process_of(task)


def fatal_once(task: Task) -> Outcome:
    """The process is killed at the first try of each photo, which leaves a mark."""
    mark = Path(f"{task.source}.mark")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
    return process_of(task)


class _DeadFromTheStart:
    """Can be sent to a process, but ends it on arrival."""

    def __call__(self, task: Task) -> Outcome:
        raise AssertionError(task)

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)


dead_from_the_start = _DeadFromTheStart()
